"""Tests on the project's own data, which they only read: it is loaded once for the whole folder."""
