"""What other agencies say, in words, and what nobody knows yet."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.evidence import Answer, Evidence
from resources.evidence_words import in_words, what_we_do_not_know
from resources.models.choices import Verdict
from resources.unrecognizable import Context

pytestmark = pytest.mark.once

LINK = "https://example.org/numbers"


def at(agency, verdict, size, because="", **context):
    return Answer(agency, verdict, because=because, context=Context(place_size=size, **context))


SMALL = [at(agency, "worked", "small-centre") for agency in "bcd"]
PARTLY = at("e", "partly", "small-centre")
CITY = at("f", "did-not", "large-city", "devices")

REASONS = ["time", "", "cost"]

WORDS = [
    ([], []),
    (
        [at("b", "worked", "small-centre", provinces=("ON",), year=2026)],
        ["Worked for an agency in a small centre (Ontario, 2026)."],
    ),
    (
        [at("b", "could-not-try", "", "time"), at("c", "did-not", "rural", region="atlantic")],
        [
            "An agency in a place whose size is not shown could not try it: time.",
            "Did not work for an agency in a rural area (Atlantic provinces).",
        ],
    ),
    (
        [*SMALL, PARTLY, CITY],
        [
            "Worked for 3 of 4 agencies in small centres, in part for 1; "
            "did not for 1 in a large city: devices."
        ],
    ),
    (SMALL, ["Worked for 3 agencies in small centres."]),
    (
        [CITY, *SMALL[:2]],
        ["Worked for 2 agencies in small centres; did not for 1 in a large city: devices."],
    ),
    (
        [
            at(agency, "did-not", "rural", why)
            for agency, why in [("b", "time"), ("c", ""), ("d", "cost")]
        ],
        ["Did not work for 3 agencies in rural areas: cost, time."],
    ),
    (
        [*SMALL, at("g", "could-not-try", "remote", "devices")],
        [
            "Worked for 3 agencies in small centres.",
            "1 agency could not try it: devices.",
        ],
    ),
    # The lesson's own agency, and one that answered twice, are not counted again.
    (
        [at("a", "worked", "rural"), *SMALL, SMALL[0]],
        ["Worked for 3 agencies in small centres."],
    ),
]


@pytest.mark.parametrize(("said", "words"), WORDS)
def test_answers_are_told_in_words(said, words):
    assert in_words(Evidence(agency="a", answers=tuple(said))) == words


IN_FRENCH = [
    (
        [*SMALL, PARTLY, CITY],
        [
            "A fonctionné pour 3 organismes sur 4 dans de petits centres, en partie pour 1 autre; "
            "n’a pas fonctionné pour 1 autre dans une grande ville\u00a0: devices."
        ],
    ),
    (
        [at("b", "worked", "rural"), PARTLY, at("c", "did-not", "rural"), CITY],
        [
            "A fonctionné pour 1 organisme sur 2 en milieu rural, n’a pas fonctionné pour "
            "1 autre; a fonctionné en partie pour 1 autre dans un petit centre; "
            "n’a pas fonctionné pour 1 autre dans une grande ville\u00a0: devices."
        ],
    ),
    (
        [at("b", "worked", "remote", provinces=("QC",), year=2026)],
        ["A fonctionné pour un organisme en région éloignée (Québec, 2026)."],
    ),
]


@pytest.mark.parametrize(("said", "words"), IN_FRENCH)
def test_answers_are_told_in_french(said, words):
    with override("fr"):
        assert in_words(Evidence(agency="a", answers=tuple(said))) == words


ANSWERS = st.lists(
    st.builds(
        at,
        st.sampled_from("bcdef"),
        st.sampled_from(Verdict.values),
        st.sampled_from(["", "rural", "large-city"]),
    )
).map(tuple)


def test_answers_are_never_a_score():
    @settings(max_examples=200, deadline=None, database=None)
    @given(answers=ANSWERS)
    def whatever(answers):
        said = " ".join(in_words(Evidence(agency="a", answers=answers)))
        assert not re.search(r"%|/|\d[.,]\d", said)

    whatever()


# ── What we do not know ─────────────────────────────────────────────────────────────────────────

CITY_ENGLISH = Context(place_size="large-city", languages=("en",))

UNKNOWN = [
    (
        Evidence(agency="a"),
        [
            "Not said: how those who wrote it know.",
            "No other agency has said yet how it went for them.",
            "Nobody has measured it yet.",
            "Nobody from outside has examined it yet.",
            "We do not know how large the place was.",
        ],
    ),
    (
        Evidence(
            method="own-numbers",
            agency="a",
            answers=(Answer("b", "could-not-try"),),
            context=CITY_ENGLISH,
        ),
        [
            "No other agency has been able to try it yet.",
            "Somebody counted, but we do not know how many people.",
            "Nobody from outside has examined it yet.",
            "All of this comes from large cities.",
            "We do not know how it goes in French.",
        ],
    ),
    (
        Evidence(
            method="own-numbers",
            n=40,
            agency="a",
            answers=(at("b", "worked", "small-centre", languages=("fr",)),),
            context=CITY_ENGLISH,
        ),
        [
            "Somebody counted, but the numbers cannot be looked at.",
            "Nobody from outside has examined it yet.",
            "We do not know how it goes in rural or remote places.",
        ],
    ),
    (Evidence(kind="report"), ["Not said: how those who wrote it know."]),
    (
        Evidence(kind="article", method="study", peer_reviewed=True, link=LINK),
        [],
    ),
]


@pytest.mark.parametrize(("evidence", "unknown"), UNKNOWN)
def test_what_nobody_knows_is_said(evidence, unknown):
    assert what_we_do_not_know(evidence) == unknown
