"""Collections: what reviewers would give a colleague to read first, in order."""
