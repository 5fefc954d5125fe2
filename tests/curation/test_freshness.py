"""How alive is it? Dates and the clock on one side, one state and one sentence on the other."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from curation.freshness import (
    SENTENCES,
    SHAPE,
    STANDING,
    Freshness,
    add_months,
    freshness,
    sign,
)
from curation.models import Entry

pytestmark = pytest.mark.once

TODAY = dt.date(2026, 6, 15)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def entry(**fields):
    dates = {name: day(value) for name, value in fields.items() if name.endswith("_on")}
    witness = {"confirmed_by": "group"} if "confirmed_on" in fields else {}
    return Entry(**{**witness, **fields, **dates})


# (what is known, state on 15 June 2026)
STATES = [
    ({}, "unconfirmed"),
    ({"source": "page", "source_year": 2019}, "unconfirmed"),
    ({"activity": "active", "activity_on": "2026-06-14"}, "unconfirmed"),
    ({"link_checked_on": "2026-06-14", "link_answered": True}, "unconfirmed"),
    ({"confirmed_on": "2026-06-15"}, "confirmed"),
    ({"confirmed_on": "2025-12-15"}, "confirmed"),
    ({"confirmed_on": "2025-12-14"}, "due"),
    ({"confirmed_on": "2025-10-16"}, "due"),
    ({"confirmed_on": "2025-10-15"}, "stale"),
    ({"confirmed_on": "2010-01-01"}, "stale"),
    ({"confirmed_on": "2026-05-15", "review_months": 1}, "confirmed"),
    ({"confirmed_on": "2026-05-14", "review_months": 1}, "due"),
    ({"confirmed_on": "2025-06-15", "review_months": 12}, "confirmed"),
    ({"confirmed_on": "2025-06-14", "review_months": 12}, "due"),
    ({"last_activity_on": "2026-06-01"}, "unconfirmed"),
    ({"last_activity_on": "2024-12-14"}, "unconfirmed"),
    ({"last_activity_on": "2024-12-13"}, "dormant"),
    ({"confirmed_on": "2025-10-15", "last_activity_on": "2020-01-01"}, "stale"),
    ({"confirmed_on": "2024-12-13", "last_activity_on": "2020-01-01"}, "dormant"),
    ({"confirmed_on": "2020-01-01", "last_activity_on": "2026-06-01"}, "stale"),
    ({"confirmed_on": "2026-06-15", "last_activity_on": "2020-01-01"}, "confirmed"),
    ({"activity": "closed"}, "closed"),
    ({"activity": "closed", "confirmed_on": "2026-06-15"}, "closed"),
    ({"activity": "closing", "closed_on": "2026-06-30"}, "unconfirmed"),
    ({"activity": "paused", "confirmed_on": "2026-06-15"}, "confirmed"),
]


@pytest.mark.parametrize(("known", "state"), STATES)
def test_state_follows_from_dates(known, state):
    assert freshness(entry(**known), on=TODAY) == state


# (what is known, English sentence, French sentence); {} is the day in the language's own manner
SENTENCE = [
    (
        {"confirmed_on": "2026-06-01"},
        "Confirmed by the group on {}",
        "Confirmé par le groupe le {}",
    ),
    (
        {"confirmed_on": "2025-12-14"},
        "Confirmed on {}; we have asked again",
        "Confirmé le {}; nouvelle vérification demandée",
    ),
    ({"confirmed_on": "2025-01-02"}, "Not confirmed since {}", "Non confirmé depuis le {}"),
    (
        {"last_activity_on": "2023-02-03"},
        "No sign of activity since {}",
        "Aucun signe d’activité depuis le {}",
    ),
    (
        {"source": "page", "source_year": 2019},
        "From public pages (2019). The group has not confirmed it yet.",
        "Renseignements tirés de pages publiques (2019). Le groupe ne les a pas encore confirmés.",
    ),
    (
        {"source": "named"},
        "From public pages. The group has not confirmed it yet.",
        "Renseignements tirés de pages publiques. Le groupe ne les a pas encore confirmés.",
    ),
]


@pytest.mark.parametrize(("known", "english", "french"), SENTENCE)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_sentence_is_the_one_agreed_on(known, english, french, lang):
    with override(lang):
        said = sign(entry(**known), on=TODAY).sentence
    days = [in_words(day(value), lang) for name, value in known.items() if "_on" in name]
    assert words_of(said) == words_of({"en": english, "fr": french}[lang].format(*days))


def words_of(sentence: str) -> list[str]:
    """The words in alphabetical order: "June 1, 2026" and "1 June 2026" are both good English."""
    return sorted(re.findall(r"\w+", sentence.replace("1er ", "1 ")))


def in_words(day: dt.date, lang: str) -> str:
    months = {
        "en": {1: "January", 2: "February", 6: "June", 12: "December"},
        "fr": {1: "janvier", 2: "février", 6: "juin", 12: "décembre"},
    }
    return f"{day.day} {months[lang][day.month]} {day.year}"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_each_witness_has_a_sentence_of_its_own(lang):
    with override(lang):
        said = {
            sign(entry(confirmed_on="2026-06-01", confirmed_by=each), on=TODAY).sentence: each
            for each in ("group", "volunteer", "member")
        }
    assert sorted(said.values()) == ["group", "member", "volunteer"]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    "known", [known for known, _ in STATES] + [{"activity": "closed", "closed_on": "2026-01-01"}]
)
def test_sentence_is_whole(known, lang):
    with override(lang):
        said = sign(entry(**known), on=TODAY).sentence
    assert said
    assert "None" not in said
    assert "%" not in said


@pytest.mark.parametrize("known", [known for known, _ in STATES])
def test_french_sentence_is_not_the_english_one(known):
    said = []
    for lang in ("en", "fr"):
        with override(lang):
            said.append(sign(entry(**known), on=TODAY).sentence)
    assert said[0] != said[1]


def test_a_person_as_source_is_not_called_a_public_page():
    with override("en"):
        said = sign(entry(source="person"), on=TODAY).sentence
    assert said == "The group has not confirmed it yet."


def test_no_sign_since_the_latest_of_all_signs():
    known = {"confirmed_on": "2024-12-12", "last_activity_on": "2023-02-03"}
    with override("en"):
        said = sign(entry(**known), on=TODAY).sentence
    assert words_of(said) == words_of("No sign of activity since 12 December 2024")


def test_every_state_has_a_shape_a_standing_and_a_sentence():
    states = set(Freshness)
    assert set(SHAPE) == set(STANDING) == set(SENTENCES) == states


def test_confirmed_stands_before_unconfirmed_before_closed():
    order = sorted(Freshness, key=lambda state: -STANDING[state])
    assert [str(state) for state in order] == [
        "confirmed",
        "due",
        "unconfirmed",
        "stale",
        "dormant",
        "closed",
    ]


MONTHS = [
    ("2026-01-31", 1, "2026-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2025-08-31", 6, "2026-02-28"),
    ("2026-06-15", 12, "2027-06-15"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2026-11-30", 1, "2026-12-30"),
    ("2026-12-31", 1, "2027-01-31"),
    ("2026-10-31", 2, "2026-12-31"),
    ("2026-06-30", 6, "2026-12-30"),
]


@pytest.mark.parametrize(("start", "months", "end"), MONTHS)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert add_months(day(start), months) == day(end)


def test_planted_wrong_date_would_be_seen():
    assert freshness(entry(confirmed_on="2025-12-14"), on=day("2026-06-14")) == "confirmed"
    assert freshness(entry(confirmed_on="2025-12-14"), on=day("2026-06-15")) == "due"
