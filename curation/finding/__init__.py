"""Filters, questions and pages of results: what every shelf shows its entries with."""
