"""Is this file what its name says, and harmless? What is kept is never the file as it came."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from curation.arriving import LARGEST
from resources.files import apart, names
from resources.files.cleaning import Clean
from resources.files.kinds import OLD_OFFICE, STARTS, Kind
from resources.files.refusals import Refused, Why

_NEAR_START = 1024  # bytes within which some readers still find the beginning of a PDF
_NEEDED = {"odt": "mimetype", "docx": "word/", "xlsx": "xl/"}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: cleaned, under a harmless name.

    `size` counts bytes; `sha256` is of what is kept, in hexadecimal digits.
    """

    kind: str
    name: str
    content: bytes
    size: int
    sha256: str


def look_at(name: str, content: BinaryIO, size: int, *, clean: Clean = apart.clean) -> Checked:
    """Check a file, and make it anew without names of people in its properties.

    `size` is what was said of it, in bytes; no more than 5 MB are read. Raises Refused.
    """
    kind = names.kind_of(name)
    if size > LARGEST:
        raise Refused(Why.LARGE)
    data = content.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(Why.LARGE)
    _check_start(data, kind)
    cleaned = clean(data, kind.name)
    if len(cleaned) > 2 * LARGEST:  # a picture that was packed better than we can
        raise Refused(Why.LARGE)
    return Checked(
        kind=kind.name,
        name=names.safe_name(name),
        content=cleaned,
        size=len(cleaned),
        sha256=hashlib.sha256(cleaned).hexdigest(),
    )


def _check_start(data: bytes, kind: Kind) -> None:
    """Raise Refused unless the contents begin as the kind does."""
    if not data.strip(b"\0 \r\n\t"):
        raise Refused(Why.EMPTY)
    if data.startswith(OLD_OFFICE) and STARTS[kind.name] == STARTS["docx"]:
        raise Refused(Why.OLD, kind=kind.label)
    if not data.startswith(STARTS[kind.name]):
        if _begins_later(data, kind):
            raise Refused(Why.AROUND)
        raise _other(kind)
    if STARTS[kind.name] == STARTS["docx"] and not _is_package(data, kind):
        raise _other(kind)


def _begins_later(data: bytes, kind: Kind) -> bool:
    """Whether there is something before a file that is the kind after all."""
    if STARTS[kind.name] == STARTS["docx"]:
        return data[-22:].startswith(b"PK\x05\x06")
    return STARTS[kind.name] in data[1 : _NEAR_START + 16] and kind.name == "pdf"


def _is_package(data: bytes, kind: Kind) -> bool:
    """Whether an archive holds what this kind must; a damaged one is left to its cleaner."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return True
    return any(name.startswith(_NEEDED[kind.name]) for name in inside)


def _other(kind: Kind) -> Refused:
    return Refused(Why.OTHER, ending=kind.name, kind=kind.label)
