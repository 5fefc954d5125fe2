"""The pages of this part: each view reads the request, makes one call, answers."""
