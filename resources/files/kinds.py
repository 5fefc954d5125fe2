"""The kinds of files that are taken: their endings, and how their contents begin."""

from dataclasses import dataclass

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Kind:
    """One kind.

    name       its canonical ending; endings: all that a file's name may have
    label      what people call it
    served_as  the content type that it is given out with, whatever was said when it came
    """

    name: str
    label: str
    served_as: str
    endings: tuple[str, ...]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", ("pdf",)),
        Kind("odt", "ODT", "application/vnd.oasis.opendocument.text", ("odt",)),
        Kind("docx", "DOCX", f"{OFFICE}.wordprocessingml.document", ("docx",)),
        Kind("xlsx", "XLSX", f"{OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Kind("png", "PNG", "image/png", ("png",)),
        Kind("jpg", "JPG", "image/jpeg", ("jpg", "jpeg")),
    )
}
BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STARTS = {
    "pdf": b"%PDF-",
    "odt": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
}
