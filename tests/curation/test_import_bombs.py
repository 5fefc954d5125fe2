"""Files made to harm whoever reads them are refused at once, with little memory, and in words."""

import pytest

from bench import import_bombs

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def refusals():
    """How each is refused, by one process that may hold 512 MB."""
    return import_bombs.refusals(import_bombs.BOMBS)


def test_there_are_thirty_bombs_at_least(refusals):
    assert len(refusals) >= 30


def test_every_bomb_is_refused_with_a_sentence(refusals):
    assert [name for name, one in refusals.items() if not one.words.endswith((".", "?"))] == []


def test_every_bomb_is_refused_within_two_seconds_of_work(refusals):
    slow = {name: one.seconds for name, one in refusals.items() if one.seconds > 2}

    assert slow == {}


def test_all_bombs_together_stay_within_512_megabytes(refusals):
    assert max(one.memory for one in refusals.values()) <= 512 * 2**20


def test_plain_workbook_is_read():
    """The same parts without a trap: so it is the traps that are refused."""
    row = "<row><c t='inlineStr'><is><t>Homes</t></is></c></row>"

    read = import_bombs.refusals({"plain": lambda: import_bombs.workbook(import_bombs.HEAD + row)})

    assert read["plain"].words == ""
