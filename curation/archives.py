"""Archives that strangers send: a workbook, a document. Looked at before anything reads them.

A few kilobytes can be made that fill a machine, or that two programs read in two ways. What is
counted here is read from the archive's directory, which costs a few thousandths of a second.
"""

import io
import struct
import zipfile
import zlib
from enum import Enum
from itertools import pairwise

_ENTRY = b"PK\x01\x02"
_START = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_LARGE_END_SIZE = 76  # of the two records that stand before it in archives with 64-bit sizes
_DESCRIPTORS = (12, 16, 20, 24)  # bytes behind a part whose size was not known before
_LINK = 0o120000  # a symbolic link, among the types of files


class What(Enum):
    """What is wrong with an archive."""

    PARTS = "too many parts"
    SIZE = "too large when unpacked"
    PASSWORD = "behind a password"
    AROUND = "something in front of it, behind it, or between its parts"
    BROKEN = "damaged, or made to be read in two ways"


class Trouble(Exception):
    """The archive may not be used; `what` says why. The words for people are the caller's."""

    def __init__(self, what: What) -> None:
        self.what = what
        super().__init__(what.value)


def unpacked(data: bytes, *, parts: int, size: int) -> dict[str, bytes]:
    """What is in an archive, by name, in its order. Raises Trouble.

    `parts` is how many it may hold at most, `size` how many bytes they may have together.
    """
    if data.count(_ENTRY) > parts:
        raise Trouble(What.PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), size)
            return {part.filename: archive.read(part) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Trouble(What.BROKEN) from error
    except (ValueError, struct.error) as error:
        raise Trouble(What.BROKEN) from error
    except RuntimeError as error:  # what zipfile says of a file behind a password
        raise Trouble(What.PASSWORD) from error


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.filename.lower() for part in parts]
    if sum(part.file_size for part in parts) > size:
        raise Trouble(What.SIZE)
    if len(set(names)) != len(names):
        raise Trouble(What.BROKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise Trouble(What.PASSWORD)


def check_layout(data: bytes, *, times: int) -> None:
    """Raise Trouble for an archive of which not every byte is accounted for by one part.

    Also for names that lead out of it, links in the place of files, and parts that grow more
    than `times` when they are unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, start = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
        raise Trouble(What.BROKEN) from error
    if any(map(_leads_out, parts)):
        raise Trouble(What.BROKEN)
    if any(part.file_size > times * (part.compress_size + 1000) for part in parts):
        raise Trouble(What.SIZE)
    _check_seams(data, parts, start)


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """Whether a part would land elsewhere than beneath the folder that it is unpacked into."""
    name = part.orig_filename
    steps = name.replace("\\", "/").split("/")
    is_link = (part.external_attr >> 16) & 0o170000 == _LINK
    return is_link or ".." in steps or steps[0] == "" or ":" in name or "\0" in name


def _check_seams(data: bytes, parts: list[zipfile.ZipInfo], directory: int) -> None:
    """Each part begins where the one before it ends; the directory and its end close the file."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    starts = [*(part.header_offset for part in ordered), directory]
    if not data.startswith(_START) or starts[0] != 0:
        raise Trouble(What.AROUND)
    for part, (start, following) in zip(ordered, pairwise(starts), strict=True):
        if data[start : start + 4] != _START:
            raise Trouble(What.BROKEN)
        gap = following - _end(data, part)
        if gap < 0:
            raise Trouble(What.BROKEN)
        if gap and not (part.flag_bits & 8 and gap in _DESCRIPTORS):
            raise Trouble(What.AROUND)
    end = len(data) - _END_SIZE
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if data[end : end + 4] != _END or end - directory - size not in (0, _LARGE_END_SIZE):
        raise Trouble(What.AROUND)


def _end(data: bytes, part: zipfile.ZipInfo) -> int:
    """Where the bytes of a part end."""
    lengths = data[part.header_offset + 26 : part.header_offset + 30]
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    return part.header_offset + 30 + name + extra + part.compress_size
