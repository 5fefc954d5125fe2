"""The form of a group."""

from cop_directory.forms.contents import FIELDS, LISTING, PARTS, SHORT
from cop_directory.forms.group import GroupForm, blank

__all__ = ["FIELDS", "LISTING", "PARTS", "SHORT", "GroupForm", "blank"]
