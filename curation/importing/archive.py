"""Is this file a workbook that may be opened? Looked at before anything reads it.

An .xlsx file is an archive of XML. Small files can be made that fill a machine once unpacked, or
that keep its reader busy for an hour. What is counted here is read from the archive's directory
(`curation/archives.py`) and from the raw bytes, which costs a tenth of a second at most.
"""

import re
from itertools import accumulate

from django.utils.translation import gettext as _

from curation import archives
from curation.archives import What

MEGABYTE = 1_000_000
UNPACKED = 20 * MEGABYTE
PARTS = 300
TAGS = {"strings": 400_000, "sheet": 1_000_000, "other": 30_000}

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ATTLIST|ELEMENT)", re.IGNORECASE)
# A tag with more than a few thousand attributes is a trap; a shorter one cannot hold so many.
_LONG_TAG = re.compile(rb"<[^<]{20000,}")
ATTRIBUTES = 5000
_TAG = re.compile(rb"<(?:/|\w(?:[^<>]*/>)?)")
DEEPEST = 64
_MARKS = b"\xef\xbb\xbf \t\r\n"
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_RUNS_PROGRAMS = re.compile(r"vbaproject|macrosheets|activex|embeddings")


class TableRefused(Exception):
    """The table cannot be read; the text says why and what to do, and can be shown to a person."""


def check(data: bytes, *, rows: int, columns: int) -> None:
    """Raise TableRefused for a workbook that is too big, is not what it says, or runs programs.

    `rows` and `columns` are the most that may stand in a sheet, its header not counted.
    """
    try:
        parts = archives.unpacked(data, parts=PARTS, size=UNPACKED)
    except archives.Trouble as trouble:
        raise _refusal(trouble.what) from trouble
    names = [name.lower() for name in parts]
    if any(map(_RUNS_PROGRAMS.search, names)):
        raise _runs_programs()
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise TableRefused(
            _("This is no Excel workbook. Save your table as .xlsx or CSV, and send that.")
        )
    for name, part in zip(names, parts.values(), strict=True):
        _check_part(name, part, rows, columns)


def _refusal(what: What) -> TableRefused:
    """What is wrong with the archive, in words."""
    if what == What.PARTS:
        return TableRefused(_("There are too many parts in this file. Save only the sheet as CSV."))
    if what == What.SIZE:
        return TableRefused(
            _("Unpacked, this file is larger than 20 megabytes. Split it into several tables.")
        )
    if what == What.PASSWORD:
        return TableRefused(_("This file is protected by a password. Save it without one."))
    return broken()


def _runs_programs() -> TableRefused:
    return TableRefused(
        _("There are macros or other programs in this file. Save it as plain .xlsx or CSV.")
    )


def broken() -> TableRefused:
    """The file cannot be read, whatever it is."""
    return TableRefused(
        _("This file is damaged, or it is no Excel workbook. Open it, and save it as .xlsx or CSV.")
    )


def _check_part(name: str, data: bytes, rows: int, columns: int) -> None:
    """Raise TableRefused for XML with declarations, or more of it than we would read."""
    start = data[:200].lstrip(_MARKS)
    if not start.startswith((b"<", *_WIDE)):
        return  # a picture, a printer's settings: not read
    encoding = _ENCODING.match(start)
    if (encoding and encoding[1].lower() not in _PLAIN) or start.startswith(_WIDE):
        raise broken()
    if _DECLARED.search(data):
        raise broken()
    if any(tag.group().count(b"=") > ATTRIBUTES for tag in _LONG_TAG.finditer(data)):
        raise broken()
    if b"macroEnabled" in data and name == "[content_types].xml":
        raise _runs_programs()
    sheet = "/worksheets/" in name and name.endswith(".xml")
    kind = "sheet" if sheet else "strings" if "sharedstrings" in name else "other"
    if data.count(b"<") > TAGS[kind]:
        raise TableRefused(
            _("There is too much in this file. Copy only your table into a new one, or split it.")
        )
    cells = [len(_CELL.findall(row)) for row in _ROW.split(data)[1:]] if sheet else []
    if len(cells) > rows + 1:
        raise too_many_rows(rows)
    if max(cells, default=0) > columns:
        raise too_many_columns(columns)
    if _depth(data) > DEEPEST:
        raise broken()


def _depth(data: bytes) -> int:
    """How deep elements lie within each other."""
    steps = (-1 if tag == b"</" else tag[-1:] != b">" for tag in _TAG.findall(data))
    return max(accumulate(steps), default=0)


def too_many_rows(rows: int) -> TableRefused:
    """More rows than we take."""
    return TableRefused(
        _("There are more than %(rows)s rows in this table. Split it into several.")
        % {"rows": rows}
    )


def too_many_columns(columns: int) -> TableRefused:
    """More columns than we take."""
    return TableRefused(
        _("There are more than %(columns)s columns in this table. Keep only those of our template.")
        % {"columns": columns}
    )
