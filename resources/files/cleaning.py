"""Which kind of file is cleaned by what."""

from collections.abc import Callable

from resources.files import office, opendocument, pdf, pictures

Clean = Callable[[bytes, str], bytes]

CLEANERS: dict[str, Clean] = {
    "pdf": pdf.clean,
    "odt": opendocument.clean,
    "docx": office.clean,
    "xlsx": office.clean,
    "png": pictures.clean,
    "jpg": pictures.clean,
}


def clean(data: bytes, kind: str) -> bytes:
    """The same file without names of people in its properties. Raises Refused."""
    return CLEANERS[kind](data, kind)
