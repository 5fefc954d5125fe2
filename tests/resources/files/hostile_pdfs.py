"""PDFs made to harm or to carry names, each with why it is refused."""

import io
from collections.abc import Callable
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from resources.files.refusals import Why
from tests.resources.files import made
from tests.resources.files.made import PLANTED

SCRIPT = b"<script>alert(1)</script>"


class Hostile(NamedTuple):
    """What it is called, how it is made, why it is refused."""

    name: str
    made: Callable[[], bytes]
    why: Why


def _locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    return made.written(writer)


def _pdf_bomb() -> bytes:
    """Two streams of 60 megabytes each, packed into a few kilobytes."""
    writer = PdfWriter()
    page = writer.add_blank_page(9, 9)
    streams = []
    for filling in (b" ", b"\n"):
        stream = DecodedStreamObject()
        stream.set_data(filling * 60_000_000)
        streams.append(writer._add_object(stream.flate_encode(9)))
    page[NameObject("/Contents")] = ArrayObject(streams)
    return made.written(writer)


def _pdf_with_huge_picture() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(9, 9)
    picture = writer._add_object(made.picture_in_pdf(made.jpg(), width=60_000_000))
    drawn = DictionaryObject({NameObject("/A"): picture})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    return made.written(writer)


def _attached_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf())))
    writer.add_attachment("list.txt", b"names")
    return made.written(writer)


def _script_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf())))
    script = writer._add_object(made.of_pdf({"/S": "/JavaScript", "/JS": "app.alert(1)"}))
    names = {"/JavaScript": {"/Names": ["a", script]}}
    writer.root_object[NameObject("/Names")] = made.of_pdf(names)
    return made.written(writer)


def _hidden_name_pdf() -> bytes:
    """The word is written in hexadecimal digits, which mean the same."""
    return made.opening(S="/Launch", F="a.exe").replace(b"/Launch", b"/L#61unch")


def _looping_pdf() -> bytes:
    """A page tree whose branch leads back to its root."""
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    pages = writer.root_object["/Pages"]
    pages[NameObject("/Kids")].append(writer.root_object.raw_get("/Pages"))
    return made.written(writer)


PDFS = [
    Hostile("a.pdf", lambda: b"GIF89a\n" + made.pdf(), Why.AROUND),
    Hostile("a.pdf", lambda: SCRIPT + made.pdf(), Why.AROUND),
    Hostile("a.pdf", lambda: made.pdf() + made.packed({"a.class": b"x"}), Why.AROUND),
    Hostile("a.pdf", lambda: made.pdf() + SCRIPT, Why.AROUND),
    Hostile("a.pdf", lambda: b"%PDF-1.7\n%%EOF\n", Why.BROKEN),
    Hostile("a.pdf", lambda: made.pdf()[:-40], Why.BROKEN),
    Hostile("a.pdf", _looping_pdf, Why.BROKEN),
    Hostile("a.pdf", _locked_pdf, Why.PASSWORD),
    Hostile("a.pdf", _pdf_bomb, Why.SIZE),
    Hostile("a.pdf", _pdf_with_huge_picture, Why.POINTS),
    Hostile("a.pdf", lambda: made.pdf(501), Why.PAGES),
    Hostile("a.pdf", _script_pdf, Why.STARTS),
    Hostile("a.pdf", lambda: made.opening(S="/JavaScript", JS="app.alert(1)"), Why.STARTS),
    Hostile("a.pdf", _hidden_name_pdf, Why.STARTS),
    Hostile("a.pdf", lambda: made.pdf(page={"/AA": {"/O": {"/S": "/Named"}}}), Why.STARTS),
    Hostile(
        "a.pdf",
        lambda: made.annotated(Subtype="/Link", A={"/S": "/Launch", "/F": "a.exe"}),
        Why.STARTS,
    ),
    Hostile(
        "a.pdf",
        lambda: made.annotated(Subtype="/Link", A={"/S": "/URI", "/URI": "file:///etc/passwd"}),
        Why.LINKS,
    ),
    Hostile(
        "a.pdf",
        lambda: made.annotated(Subtype="/Link", A={"/S": "/GoToR", "/F": "//host/a.pdf"}),
        Why.ELSEWHERE,
    ),
    Hostile("a.pdf", _attached_pdf, Why.INSIDE),
    Hostile("a.pdf", lambda: made.annotated(Subtype="/FileAttachment"), Why.INSIDE),
    Hostile("a.pdf", lambda: made.annotated(Subtype="/RichMedia"), Why.PLAYS),
    Hostile("a.pdf", lambda: made.pdf(root={"/AcroForm": {"/XFA": "x"}}), Why.FORM),
    Hostile(
        "a.pdf",
        lambda: made.annotated(Subtype="/Widget", FT="/Sig", V={"/Type": "/Sig", "/Name": PLANTED}),
        Why.SIGNED,
    ),
]
