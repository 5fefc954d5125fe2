"""Documents that are archives: taken apart safely, and put together without traces."""

import io
import zipfile

from curation import archives
from curation.archives import What
from curation.arriving import MEGABYTE
from resources.files import pictures
from resources.files.refusals import Refused, Why

PARTS = 2000
UNPACKED = 40 * MEGABYTE
TIMES = 200

_WHY = {
    What.PARTS: Why.SIZE,
    What.SIZE: Why.SIZE,
    What.PASSWORD: Why.PASSWORD,
    What.AROUND: Why.AROUND,
    What.BROKEN: Why.BROKEN,
}
_PICTURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"))
_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"MZ", b"Rar!", b"RIFF", b"ID3", b"OggS")


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by their names, in their order, folders left out. Raises Refused."""
    try:
        found = archives.unpacked(data, parts=PARTS, size=UNPACKED)
        archives.check_layout(data, times=TIMES)
    except archives.Trouble as trouble:
        raise Refused(_WHY[trouble.what]) from trouble
    if any(content for name, content in found.items() if name.endswith("/")):
        raise Refused(Why.BROKEN)
    return {name: content for name, content in found.items() if not name.endswith("/")}


def put_together(parts: dict[str, bytes], first_plain: str = "") -> bytes:
    """An archive of these parts, each as old as any archive can say.

    `first_plain` is a part that must not be packed.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            packed = zipfile.ZIP_STORED if name == first_plain else zipfile.ZIP_DEFLATED
            part = zipfile.ZipInfo(name)
            part.compress_type, part.create_system, part.external_attr = packed, 0, 0
            archive.writestr(part, content)
    return file.getvalue()


def clean_picture(content: bytes) -> bytes:
    """A picture within a document, drawn anew; its contents say its kind. Raises Refused."""
    for start, kind in _PICTURES:
        if content.startswith(start):
            return pictures.clean(content, kind)
    raise Refused(Why.INSIDE if content.startswith(_FILES) else Why.PICTURE)
