"""Tables that leave the house: the empty one to fill in, and what somebody looks after.

Only what the form of the shelf holds is in them: no invitation, no address of a person. Text that
a spreadsheet program would take for a formula is escaped, and read back as it was.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from tablib import Databook, Dataset

from accounts.languages import OTHER
from curation import shelves
from curation.importing import escaping
from curation.importing.columns import REMARK, Columns
from curation.models import Entry

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTH = 28  # of a column, in characters

# What no workbook can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

# The invented row of a shelf's template: what the form would hold.
Example = Callable[[], Mapping[str, Any]]
_examples: dict[str, Example] = {}


def register_example(shelf: str, example: Example) -> None:
    """Take in a shelf's invented row; its `AppConfig.ready()` calls this."""
    _examples[shelf] = example


def own(shelf: str, entries: Iterable[Entry], form: str) -> bytes:
    """Entries as a table that can be sent in again, in one of FORMATS."""
    columns = Columns(shelf)
    rows = [_row(columns, entry) for entry in entries]
    return _packed(form, _sheet(columns, _("Groups"), rows))


def template(shelf: str, form: str) -> bytes:
    """An empty table with one invented row, and with what may stand in which column."""
    columns = Columns(shelf)
    example = _examples[shelf]()
    invented = [
        _("%(mark)s Invented example: take this row away") % {"mark": REMARK},
        *(columns.cell(name, example.get(name)) for name in columns.fields),
    ]
    sheet = _sheet(columns, _("Groups"), [invented])
    if form == "csv":
        for name in columns.choosing:
            words = " | ".join(label for _code, label in columns.choices(name))
            line = f"{REMARK} {columns.label(name)}: {words}"
            sheet.append([line, *[""] * (len(columns.names) - 1)])
        return _packed(form, sheet)
    return _packed(form, sheet, _allowed(columns))


def _row(columns: Columns, entry: Entry) -> list[str]:
    values = shelves.named(columns.shelf).values(entry)
    return [str(entry.pk), *(columns.cell(name, values.get(name)) for name in columns.fields)]


def _sheet(columns: Columns, title: str, rows: list[list[str]]) -> Dataset:
    sheet = Dataset(title=title, headers=[columns.label(name) for name in columns.names])
    for row in rows:
        sheet.append([escaping.cell(_UNWRITABLE.sub("", cell)) for cell in row])
    return sheet


def _allowed(columns: Columns) -> Dataset:
    """What may be chosen in which column, in both languages and as a code."""
    sheet = Dataset(title=_("What may be chosen"))
    sheet.headers = [_("Column"), _("English"), _("French"), _("Code")]
    for name in columns.choosing:
        words: dict[str, list[str]] = {}
        for lang in OTHER:
            with override(lang):
                for code, label in columns.choices(name):
                    words.setdefault(code, []).append(label)
        for code, labels in words.items():
            cells = (columns.label(name), *labels, code)
            sheet.append([escaping.cell(cell) for cell in cells])
    return sheet


def _packed(form: str, *sheets: Dataset) -> bytes:
    """The finished file. CSV begins with a mark by which Excel knows that it is UTF-8."""
    if form == "csv":
        return b"\xef\xbb\xbf" + sheets[0].export("csv").encode()
    return Databook(sheets).export("xlsx", column_width=WIDTH)
