""" "To review": everything that waits, and what happened."""
