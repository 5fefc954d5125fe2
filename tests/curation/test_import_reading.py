"""Tables are read in every usual writing, and no cell can be taken for a formula."""

import io
import unicodedata

import pytest
from tablib import Dataset

from curation.importing import escaping, writing
from curation.importing.columns import Columns
from curation.importing.reading import read
from tests.curation.tables import a_csv, known
from tests.factories import make_listing, make_organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark"])
def test_accents_arrive_in_every_usual_encoding(encoding):
    text = a_csv({"name_fr": "Santé mentale à Québec"})
    data = (
        b"\xff\xfe" + text.encode("utf-16-le")
        if encoding == "utf-16-le-mark"
        else text.encode(encoding)
    )

    table = read(data, known)

    assert (table.rows, table.remark) == ([(2, ["Santé mentale à Québec"])], "")


def test_old_encoding_is_read_and_said():
    table = read(a_csv({"name_fr": "Santé à l’œuvre"}).encode("cp1252"), known)

    assert table.rows == [(2, ["Santé à l’œuvre"])]
    assert "Windows-1252" in table.remark


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found(separator):
    row = {"name_en": "Homes, and more; much more", "acronym": "HM"}

    table = read(a_csv(row, delimiter=separator).encode(), known)

    assert table.rows == [(2, ["Homes, and more; much more", "HM"])]


def test_columns_are_known_by_what_people_call_them_in_both_languages():
    columns = Columns("listing")

    assert [columns.name_of(header) for header in ("name, in ENGLISH", "acronym", "Colour")] == [
        "name_en",
        "acronym",
        None,
    ]


# Formulas --------------------------------------------------------------------------------------

SIGNS = "=+-@＝＋－＠﹢﹣⁼₊−\t\r\n"
BEFORE = ("", " ", "\u200b", "\ufeff", "\u00a0", "\u2060", "\u00ad", "\u202e", "\u3164", "\u200d ")
AFTER = ("1+1", "cmd|'/c calc'!A0", 'HYPERLINK("https://x.example")')
HOSTILE = [before + sign + after for sign in SIGNS for before in BEFORE for after in AFTER]
HARMLESS = [
    "Homes",
    "a=b",
    "1-2",
    "'tis the season",
    "d’accord",
    "«\u00a0ici\u00a0»",
    "#12",
    "",
    "x'",
]


def first_seen(text):
    """What a spreadsheet program would look at."""
    seen = (sign for sign in text if unicodedata.category(sign)[0] != "C" and not sign.isspace())
    return next(seen, "")


def test_no_cell_can_be_taken_for_a_formula():
    assert len(HOSTILE) >= 200
    assert {escaping.cell(text)[0] for text in HOSTILE} == {"'"}
    assert [escaping.cell(text) for text in HARMLESS] == HARMLESS


def test_every_cell_comes_back_as_it_was():
    cells = [*HOSTILE, *HARMLESS, "'=1", "''", "'"]

    assert [escaping.plain(escaping.cell(text)) for text in cells] == cells


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_written_cell_begins_with_a_sign_of_a_formula(form):
    agency = make_organization()
    for number, text in enumerate(HOSTILE[::20]):
        make_listing(f"{text} {number}", hosts=(agency,))

    data = writing.own("listing", agency.listings.all(), form)

    written = Dataset().load(io.BytesIO(data) if form == "xlsx" else data.decode(), format=form)
    cells = [str(cell) for row in written for cell in row if cell]
    assert len(cells) > len(HOSTILE[::20])
    assert [cell for cell in cells if first_seen(cell) in set("=+-@＝＋－＠")] == []
