"""Tables of an organization, row by row."""
