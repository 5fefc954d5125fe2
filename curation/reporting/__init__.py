"""Reports by anyone, without an account: what is wrong, and what is dangerous."""

from curation.reporting.reports import of_case, report, settle

__all__ = ["of_case", "report", "settle"]
