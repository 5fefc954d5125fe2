"""Reports by anyone, without an account: what is wrong, and what is dangerous."""
