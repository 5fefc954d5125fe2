"""Honest files are taken, open as before, and carry no name that their makers did not write."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from resources.files import cleaning
from resources.files.checking import look_at
from tests.resources.files import made
from tests.resources.files.made import PLANTED

pytestmark = pytest.mark.once

NAMED = {
    "png": made.named_png,
    "jpg": made.named_jpg,
    "docx": made.named_docx,
    "xlsx": made.named_xlsx,
    "odt": made.named_odt,
    "pdf": made.named_pdf,
}
WRITTEN = [PLANTED.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]


def layers(data, depth=0):
    """A file, whatever is packed into it, whatever is packed into that; each with its way."""
    yield "", data
    if depth > 3:
        return
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        for name, part in made.unpacked(data).items():
            yield from ((f"{name}/{way}", inner) for way, inner in layers(part, depth + 1))
        return
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            inner = zlib.decompressobj().decompress(data[start.start() :])
        except zlib.error:
            continue
        yield from ((f"packed/{way}", one) for way, one in layers(inner, depth + 1))


def places_of_the_name(data):
    """Where the planted name stands in a file, however it is written."""
    return [way for way, layer in layers(data) if any(one in layer for one in WRITTEN)]


@pytest.mark.parametrize("kind", NAMED)
def test_planted_name_is_in_no_byte_of_what_is_kept(kind):
    data = NAMED[kind]()

    checked = look_at(f"a.{kind}", io.BytesIO(data), len(data), clean=cleaning.clean)

    assert places_of_the_name(data) != []  # the way of looking finds it
    assert places_of_the_name(checked.content) == []


def test_planted_name_is_looked_for_in_every_part():
    """The parts in which the files above carry the name: so it is the cleaning that took it out."""
    parts = {way.split("/packed")[0].rstrip("/") for way in places_of_the_name(made.named_docx())}

    assert parts == {
        "word/people.xml",
        "word/settings.xml",
        "word/document.xml",
        "word/comments.xml",
        "word/media/image1.png",
        "word/media/image2.jpeg",
        "customXml/item1.xml",
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
        "docProps/thumbnail.jpeg",
        "_xmlsignatures/sig1.xml",
    }


def test_a_name_that_slips_through_is_found():
    """A cleaner that forgets one part: the search above must notice."""
    parts = made.unpacked(cleaning.clean(made.named_docx(), "docx"))

    forgotten = made.packed({**parts, "docProps/custom.xml": f"<a>{PLANTED}</a>"})

    assert places_of_the_name(forgotten) == ["docProps/custom.xml/"]


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_picture_has_its_points_and_nothing_else(kind):
    with Image.open(io.BytesIO(cleaning.clean(NAMED[kind](), kind))) as picture:
        picture.load()
        assert (picture.size, dict(picture.getexif())) == ((8, 6), {})
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert picture.convert("RGB").getpixel((3, 3)) == pytest.approx((10, 120, 60), abs=3)


def test_picture_stands_upright_as_its_note_said():
    with Image.open(io.BytesIO(cleaning.clean(made.named_jpg(turned=True), "jpg"))) as picture:
        assert picture.size == (6, 8)


def test_see_through_picture_stays_so():
    with Image.open(io.BytesIO(cleaning.clean(made.png(), "png"))) as picture:
        assert picture.getpixel((0, 0)) == (10, 120, 60, 200)


def test_pdf_has_its_pages_notes_and_layers():
    reader = PdfReader(io.BytesIO(cleaning.clean(made.named_pdf(), "pdf")))
    page = reader.pages[0]
    note = page["/Annots"][0].get_object()

    assert (len(reader.pages), note["/Contents"]) == (1, "Two phones")
    assert [picture.image.size for picture in page.images] == [(8, 6), (8, 6)]
    assert reader.root_object["/OCProperties"]["/OCGs"][0].get_object()["/Name"] == "Map"
    assert (reader.metadata, reader.xmp_metadata) == (None, None)


def test_pdf_that_opens_on_a_page_is_taken():
    data = made.pdf(root={"/OpenAction": [0, "/Fit"]})

    assert "/OpenAction" not in PdfReader(io.BytesIO(cleaning.clean(data, "pdf"))).root_object


def test_workbook_opens_with_its_values_and_formulas():
    book = load_workbook(io.BytesIO(cleaning.clean(made.xlsx(), "xlsx")))

    assert [cell.value for cell in book.active["A"]] == ["Places", "=1+1"]
    assert list(book.defined_names) == ["places"]
    assert book.properties.lastModifiedBy is None


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt"])
def test_document_names_only_parts_that_are_there(kind):
    parts = made.unpacked(cleaning.clean(NAMED[kind](), kind))
    trees = {
        name: ElementTree.fromstring(part)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    named = {
        value.lstrip("/")
        for name in ("[Content_Types].xml", "META-INF/manifest.xml")
        for line in trees.get(name, ())
        for key, value in line.attrib.items()
        if key.endswith(("PartName", "full-path")) and value != "/"
    }

    assert named - {"meta.xml"} <= set(parts)
    assert all(date == (1980, 1, 1, 0, 0, 0) for date in _dates(kind))


def _dates(kind):
    with zipfile.ZipFile(io.BytesIO(cleaning.clean(NAMED[kind](), kind))) as archive:
        return [part.date_time for part in archive.infolist()]


def test_word_file_keeps_its_text_links_and_pictures():
    parts = made.unpacked(cleaning.clean(made.named_docx(), "docx"))
    references = ElementTree.fromstring(parts["word/_rels/document.xml.rels"])

    assert b"<w:t>Bring two phones</w:t>" in parts["word/document.xml"]
    assert [one.get("Target") for one in references] == [
        "settings.xml",
        "media/image1.png",
        "media/image2.jpeg",
        "https://example.org/",
    ]


def test_text_between_tags_is_written_as_it_was():
    body = '<w:p><w:r><w:t xml:space="preserve"> a &lt; b &amp; c&#13;é </w:t></w:r></w:p>'

    cleaned = made.unpacked(cleaning.clean(made.docx(body), "docx"))["word/document.xml"]

    assert body in cleaned.decode()


def test_open_document_says_its_kind_first_and_unpacked():
    cleaned = cleaning.clean(made.named_odt(), "odt")

    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert b'"Zoom">100<' in made.unpacked(cleaned)["settings.xml"]


@pytest.mark.parametrize("kind", NAMED)
def test_cleaned_file_is_taken_again_by_a_process_apart(kind):
    first = look_at(f"Our Notes.{kind}", *_sent(NAMED[kind]()), clean=cleaning.clean)

    again = look_at(first.name, *_sent(first.content))

    assert (again.kind, again.name, again.size) == (kind, f"Our Notes.{kind}", len(again.content))


def _sent(data):
    return io.BytesIO(data), len(data)
