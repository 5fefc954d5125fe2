"""What other agencies say of a lesson: "We tried this too"."""
