"""The form of a group."""

from cop_directory.forms.contents import FIELDS, PARTS, SHORT
from cop_directory.forms.group import GroupForm

__all__ = ["FIELDS", "PARTS", "SHORT", "GroupForm"]
