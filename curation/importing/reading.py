"""A table that somebody sent, as rows of text: CSV in the usual encodings, or an .xlsx workbook.

Everything is bounded before it is read, and every refusal says what to do. tablib would read a
whole table before anybody could count its rows, so the rows are taken one by one from what it
stands on: Python's csv and openpyxl in its read-only mode.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from curation.importing import archive, escaping
from curation.importing.archive import MEGABYTE, TableRefused

LARGEST = 5 * MEGABYTE
ROWS = 20_000
COLUMNS = 120
WIDEST = 1000  # columns, the empty ones at the end counted
LONGEST_CELL = 20_000  # characters
SEPARATORS = (",", ";", "\t")

_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


@dataclass(frozen=True)
class Read:
    """The header and the rows below it, numbered as a spreadsheet does; cells are stripped text.

    `remark` is what the sender should know of how it was read, or "".
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    remark: str = ""


def read(data: bytes, is_header: Callable[[str], bool]) -> Read:
    """Read a table; `is_header` knows a column's name. Raises TableRefused."""
    if len(data) > LARGEST:
        raise TableRefused(_("This file is larger than 5 megabytes. Split it into several."))
    if not data.strip():
        raise TableRefused(_("This file is empty."))
    if data.startswith(_OLD_EXCEL):
        raise TableRefused(
            _("This is an old Excel file, or one with a password. Save it as .xlsx or CSV.")
        )
    if data.startswith(_PDF):
        raise TableRefused(_("This is a PDF. Send the table itself, as .xlsx or CSV."))
    if data.startswith(_ZIP):
        return _table(_of_workbook(data), is_header)
    text, remark = decoded(data)
    return _table(_of_csv(text, is_header), is_header, remark)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file, and a remark where the encoding had to be guessed.

    Raises TableRefused for what is no text.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise TableRefused(
            _("The letters of this file cannot be read. Save it as “CSV UTF-8”, or send an .xlsx.")
        ) from None
    if "\0" in text:
        raise TableRefused(_("This is no table. Save your table as .xlsx or CSV, and send that."))
    remark = ""
    if encoding == "cp1252":
        remark = _(
            "The file does not say how its letters are written; we read it as Windows-1252, as "
            "older programs write it. Look whether the accents below are right. If not, save it "
            "as “CSV UTF-8”."
        )
    return text, remark


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


Lines = Iterable[tuple[int, list[str]]]


def _of_csv(text: str, is_header: Callable[[str], bool]) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV text, cut at whichever separator makes the most known names."""
    known = {
        separator: sum(map(is_header, _first_line(text, separator))) for separator in SEPARATORS
    }
    separator = max(SEPARATORS, key=lambda each: known[each])
    lines = csv.reader(_bounded(text, separator), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            yield number, cells
    except csv.Error as error:
        raise TableRefused(
            _("Row %(row)s cannot be read: a quotation mark is missing, or a cell is too long.")
            % {"row": number + 1}
        ) from error


def _bounded(text: str, separator: str) -> Iterator[str]:
    """The lines of a text, none with more separators than a text in a cell may hold."""
    for line in io.StringIO(text, newline=""):
        if line.count(separator) > LONGEST_CELL:
            raise archive.too_many_columns(COLUMNS)
        yield line


def _first_line(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text[:LONGEST_CELL], newline=""), delimiter=separator))
    except (StopIteration, csv.Error):
        return []


def _of_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook's first sheet. Raises TableRefused, also for formulas and errors."""
    archive.check(data, rows=ROWS, columns=COLUMNS)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number > ROWS + 1:
                raise archive.too_many_rows(ROWS)
            yield number, [_text(cell, number, place) for place, cell in enumerate(cells, start=1)]
    except TableRefused:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do
        raise archive.broken() from error


def _text(cell: Any, row: int, column: int) -> str:
    """A cell as somebody would have typed it."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    where = {"cell": f"{get_column_letter(column)}{row}"}
    if kind == "f" or not isinstance(value, _READABLE):
        raise TableRefused(
            _("Cell %(cell)s holds a formula. Copy it, and paste it as a value.") % where
        )
    if kind == "e":
        raise TableRefused(_("Cell %(cell)s holds an error. Correct it, and save again.") % where)
    return _typed(value)


_READABLE = (str, int, float, bool, dt.date, dt.time, dt.timedelta, type(None))


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def _table(lines: Lines, is_header: Callable[[str], bool], remark: str = "") -> Read:
    """The header and the rows that are not empty. Raises TableRefused."""
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for number, raw in lines:
        if len(raw) > WIDEST:
            raise archive.too_many_columns(COLUMNS)
        cells = [_cleaned(cell, number, place) for place, cell in enumerate(raw, start=1)]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS:
            raise archive.too_many_columns(COLUMNS)
        if not header:
            header = _checked_header(cells, is_header)
        elif cells:
            rows.append((number, _fitted(cells, header, number)))
        if len(rows) > ROWS:
            raise archive.too_many_rows(ROWS)
    if not rows:
        raise nothing_filled_in()
    return Read(header, rows, remark)


def nothing_filled_in() -> TableRefused:
    """There is nothing but the header."""
    return TableRefused(_("There is no row below the names of the columns. Fill in at least one."))


def _cleaned(cell: str, row: int, column: int) -> str:
    if len(cell) > LONGEST_CELL:
        raise TableRefused(
            _("Cell %(cell)s is longer than any text we can show. Shorten it.")
            % {"cell": f"{get_column_letter(column)}{row}"}
        )
    if "\0" in cell:
        raise TableRefused(
            _("Cell %(cell)s holds an error. Correct it, and save again.")
            % {"cell": f"{get_column_letter(column)}{row}"}
        )
    return escaping.plain(cell.strip()).strip()


def _checked_header(cells: list[str], is_header: Callable[[str], bool]) -> list[str]:
    if not any(map(is_header, cells)):
        raise TableRefused(
            _("The first row must hold the names of the columns, as in our template.")
        )
    unknown = [cell for cell in cells if not is_header(cell)]
    if unknown:
        raise TableRefused(
            _("We do not know these columns: %(names)s. Take them away, or name them as in our "
              "template.")
            % {"names": ", ".join(f"“{name[:40]}”" for name in unknown[:5])}
        )  # fmt: skip
    return cells


def _fitted(cells: list[str], header: list[str], row: int) -> list[str]:
    if len(cells) > len(header):
        raise TableRefused(
            _("Row %(row)s has more cells than there are columns. Is a quotation mark missing?")
            % {"row": row}
        )
    return cells + [""] * (len(header) - len(cells))
