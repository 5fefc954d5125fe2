"""Files made to harm, to hide something or to carry names are refused, and in words."""

import io

import pytest

from resources.files import apart, cleaning
from resources.files.checking import look_at
from resources.files.refusals import SENTENCES, Refused, Why
from tests.resources.files import made
from tests.resources.files.hostile import HOSTILE

pytestmark = pytest.mark.once


def refusal(name, data, clean=cleaning.clean):
    """How a file is refused; None when it is taken."""
    try:
        look_at(name, io.BytesIO(data), len(data), clean=clean)
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("one", HOSTILE, ids=lambda one: f"{one.why}-{one.name}")
def test_hostile_file_is_refused_for_its_reason(one):
    refused = refusal(one.name, one.made())

    assert refused
    assert (refused.why, str(refused)[-1], "%" in str(refused)) == (one.why, ".", False)


def test_every_reason_that_a_file_can_give_is_tried():
    assert len(HOSTILE) >= 45
    assert (
        {one.why for one in HOSTILE}
        == set(Why) - {Why.SLOW, Why.MANY}
        == set(SENTENCES)
        - {
            Why.SLOW,
            Why.MANY,
        }
    )


def test_file_that_is_something_else_is_refused_by_its_name():
    refused = refusal("notes.pdf", made.png())

    assert str(refused) == (
        "This file is called .pdf but is something else. Save it as PDF once more."
    )


def test_no_more_is_read_than_may_be_kept():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            assert size > 0
            self.given += size
            return b"\0" * size

    endless = Endless()

    with pytest.raises(Refused) as refused:
        look_at("a.pdf", endless, 10)

    assert (refused.value.why, endless.given) == (Why.LARGE, 5_000_001)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.png", made.huge_png(), Why.POINTS),
        ("a.pdf", made.opening(S="/Launch", F="a.exe"), Why.STARTS),
        ("a.docx", made.docx(made.field("DDE a b")), Why.FIELDS),
    ],
)
def test_process_apart_refuses_for_the_same_reason(name, data, why):
    assert refusal(name, data, apart.clean).why == why


def test_process_apart_is_ended_when_it_takes_too_long(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)

    assert refusal("a.png", made.png(), apart.clean).why == Why.SLOW


def test_process_apart_has_no_secrets(monkeypatch):
    """What it is started with is what the system needs, whatever the site itself knows."""
    monkeypatch.setenv("SECRET_KEY", "s" * 50)

    assert set(apart.environment()) <= {"PATH", "SYSTEMROOT"}


@pytest.mark.parametrize(
    ("check", "instead", "missed"),
    [
        ("office_rules.OfficeRules.begin", lambda rules, name, attributes: False, Why.CHANGES),
        ("office_rules.check_field", lambda text: None, Why.FIELDS),
        ("opendocument._TextRules.begin", lambda rules, name, attributes: False, Why.PROGRAMS),
        ("pdf._clean_dictionary", lambda found: None, Why.STARTS),
        ("archives.check_layout", lambda data, times: None, Why.AROUND),
    ],
)
def test_table_notices_when_a_check_is_switched_off(monkeypatch, check, instead, missed):
    place = "curation" if check.startswith("archives") else "resources.files"
    monkeypatch.setattr(f"{place}.{check}", instead)

    refused_for_it = [one for one in HOSTILE if one.why == missed]

    assert None in [refusal(one.name, one.made()) for one in refused_for_it]
