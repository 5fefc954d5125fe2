"""The columns of a table: what they are called, and what a cell means to the form of the shelf.

The form is the only authority. A cell may hold what people call a thing, in either language, or
the code that we call it by; several things stand in one cell with semicolons between.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import OTHER
from curation import shelves

KEY = "id"
BETWEEN = "; "
# A row whose first cell begins so is a remark to people, and is passed over.
REMARK = "#"
YES, NO = ("yes", "oui", "true", "1", "x"), ("no", "non", "false", "0")


def folded(text: str) -> str:
    """A name as it is compared: no case, no double blanks, one kind of apostrophe."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return " ".join(plain.split())


def key_label() -> str:
    """What people call the column that says which page a row is about."""
    return _("Number of the page (leave empty for a new group)")


@dataclass
class Columns:
    """The columns of one shelf's tables. Made anew for each chunk of work: lists may change."""

    shelf: str
    _cells: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """The fields of the form, by name."""
        return shelves.named(self.shelf).form({}, None).fields

    @cached_property
    def names(self) -> list[str]:
        """All columns, the number of the page first."""
        return [KEY, *self.fields]

    def label(self, name: str) -> str:
        """What people call a column, in the language of the page."""
        return key_label() if name == KEY else shelves.named(self.shelf).label(name)

    @cached_property
    def _by_header(self) -> dict[str, str]:
        found = {folded(name): name for name in self.names}
        for lang in OTHER:
            with override(lang):
                found |= {folded(self.label(name)): name for name in self.names}
        return found

    def name_of(self, header: str) -> str | None:
        """The column that is called so, in either language, or None."""
        return self._by_header.get(folded(header))

    @cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """field → folded words → code, of the fields that are choices; codes come first."""
        found: dict[str, dict[str, str]] = {}
        for name in self.choosing:
            codes: dict[str, str] = {}
            for lang in OTHER:
                with override(lang):
                    codes = {folded(words): code for code, words in self.choices(name)} | codes
            found[name] = codes | {folded(code): code for code, _words in self.choices(name)}
        return found

    @cached_property
    def choosing(self) -> list[str]:
        """The fields in which one chooses from a list."""
        return [n for n, field in self.fields.items() if isinstance(field, forms.ChoiceField)]

    def choices(self, name: str) -> list[tuple[str, str]]:
        """What may be chosen in a field: codes, and words in the language of the page."""
        return [(str(code), str(words)) for code, words in self.fields[name].choices if code]

    def meaning(self, name: str, cell: str) -> Any:
        """What a cell means to the form; what cannot be understood stays as it is, for its no."""
        known = self._words.get(name)
        if self._holds_several(name):
            parts = [part.strip() for part in cell.split(";") if part.strip()]
            return [self._one(known, part) for part in parts]
        if isinstance(self.fields[name], forms.BooleanField):
            return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}.get(folded(cell), cell)
        return self._one(known, cell)

    def _one(self, known: Mapping[str, str] | None, part: str) -> Any:
        if known is not None:
            return known.get(folded(part), part)
        numbered = re.fullmatch(r"#(\d{1,18})", part)
        return int(numbered[1]) if numbered else part

    def _holds_several(self, name: str) -> bool:
        return isinstance(self.fields[name].clean(None), list)

    def cell(self, name: str, value: Any) -> str:
        """A value as a cell: in words where they lead back to it, in codes where they do not."""
        known = name, repr(value)
        if known not in self._cells:
            self._cells[known] = self._written(name, value)
        return self._cells[known]

    def _written(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if (
            name not in self.choosing
            and isinstance(value, str)
            and self._leads_back(name, value, value)
        ):
            return value
        words = BETWEEN.join(shelves.named(self.shelf).words(name, value))
        if self._leads_back(name, words, value):
            return words
        codes = value if isinstance(value, list) else [value]
        return BETWEEN.join(f"#{code}" if type(code) is int else str(code) for code in codes)

    def _leads_back(self, name: str, cell: str, value: Any) -> bool:
        """Whether a cell gives the same value again, to readers of both languages."""
        field = self.fields[name]
        for lang in OTHER:
            with override(lang):
                try:
                    if field.json(field.clean(self.meaning(name, cell))) != value:
                        return False
                except forms.ValidationError:
                    return False
        return True
