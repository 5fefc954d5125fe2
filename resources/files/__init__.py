"""Files that agencies attach: looked at, made anew without names, kept, given out."""
