"""How sure is this? A table of cases, and what must hold for all others."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import cop_directory
from curation.loading import read
from resources.evidence import RUNGS, Answer, Evidence, Step, ladder, meaning, rung_of, standing
from resources.models.choices import Kind, Method, Verdict

pytestmark = pytest.mark.once

VOCABULARY = Path(cop_directory.__file__).parent / "data" / "vocabulary.csv"
VERDICTS_AT_RANDOM = st.sampled_from(Verdict.values)
QUICK = settings(max_examples=200, deadline=None, database=None)
# One case that fails is enough; it need not be the smallest.
UNSHRUNK = settings(QUICK, max_examples=1000, phases=[Phase.generate], derandomize=True)

LINK = "https://example.org/numbers"


def answers(*said):
    """("b", "worked", …): agency, verdict, then method, n and link."""
    return tuple(Answer(*each) for each in said)


WORKED = answers(("b", "worked"))
DID_NOT = answers(("b", "did-not"))
COUNTED = answers(("b", "worked", "own-numbers", 26, LINK))

# (of a lesson by the agency "a", or by one that we do not know: "", where it stands)
LESSONS = [
    ({}, 1),
    ({"agency": ""}, 1),
    # Whatever the agency itself says of its own lesson, alone it stays where it is.
    ({"method": "observation"}, 1),
    ({"method": "staff-feedback", "n": 12}, 1),
    ({"method": "own-numbers", "n": 400, "link": LINK}, 1),
    ({"method": "client-feedback", "n": 40, "link": LINK}, 1),
    ({"method": "evaluation", "link": LINK}, 1),
    ({"method": "study", "link": LINK}, 1),
    ({"method": "study", "by_others": True, "peer_reviewed": True}, 1),
    ({"answers": answers(("a", "worked"), ("a", "worked", "study", 99, LINK))}, 1),
    # Another agency
    ({"answers": WORKED}, 2),
    ({"answers": answers(("b", "partly"))}, 2),
    ({"answers": DID_NOT}, 2),
    ({"answers": answers(("b", "could-not-try"))}, 1),
    ({"answers": answers(("", "worked"))}, 1),
    ({"answers": answers(("a", "did-not"), ("b", "could-not-try"))}, 1),
    ({"agency": "", "answers": WORKED}, 1),
    ({"agency": "", "answers": WORKED + DID_NOT}, 1),
    ({"agency": "", "answers": answers(("b", "worked"), ("c", "did-not"))}, 2),
    # Somebody counted
    ({"answers": COUNTED}, 3),
    ({"method": "own-numbers", "n": 26, "link": LINK, "answers": DID_NOT}, 3),
    ({"method": "own-numbers", "n": 10, "link": LINK, "answers": WORKED}, 3),
    ({"method": "own-numbers", "n": 9, "link": LINK, "answers": WORKED}, 2),
    ({"method": "own-numbers", "n": None, "link": LINK, "answers": WORKED}, 2),
    ({"method": "own-numbers", "n": 26, "answers": WORKED}, 2),
    ({"method": "observation", "n": 26, "link": LINK, "answers": WORKED}, 2),
    ({"method": "evaluation", "link": LINK, "answers": WORKED}, 3),
    ({"answers": answers(("b", "did-not", "evaluation", None, LINK))}, 3),
    ({"answers": answers(("b", "could-not-try", "own-numbers", 26, LINK))}, 1),
    ({"agency": "", "answers": COUNTED}, 1),
    # Somebody from outside
    ({"method": "evaluation", "by_others": True, "link": LINK}, 4),
    ({"method": "evaluation", "by_others": True}, 1),
    ({"method": "evaluation", "by_others": True, "answers": WORKED}, 2),
    ({"method": "own-numbers", "n": 26, "by_others": True, "link": LINK}, 1),
    ({"method": "study", "by_others": True, "link": LINK}, 4),
    ({"method": "study", "peer_reviewed": True, "link": LINK}, 5),
    ({"method": "study", "peer_reviewed": True, "link": LINK, "answers": DID_NOT}, 5),
    ({"method": "evaluation", "peer_reviewed": True, "link": LINK}, 1),
]
# (of a guide, a report or an article, where it stands)
PUBLISHED = [
    ({"kind": "report"}, 0),
    ({"kind": "guide", "method": "unknown", "link": LINK}, 0),
    ({"kind": "article", "link": LINK, "peer_reviewed": True}, 0),
    ({"kind": "toolkit", "method": "observation"}, 1),
    ({"kind": "report", "method": "client-feedback", "n": 60, "link": LINK}, 3),
    ({"kind": "report", "method": "client-feedback", "n": 60}, 1),
    ({"kind": "evaluation", "method": "evaluation", "link": LINK}, 3),
    ({"kind": "evaluation", "method": "evaluation", "link": LINK, "by_others": True}, 4),
    ({"kind": "report", "method": "study", "link": LINK, "by_others": True}, 4),
    ({"kind": "article", "method": "study", "link": LINK, "peer_reviewed": True}, 5),
    ({"kind": "article", "method": "study", "peer_reviewed": True}, 1),
]


@pytest.mark.parametrize(("said", "step"), LESSONS + PUBLISHED)
def test_step_follows_from_what_can_be_checked(said, step):
    assert standing(Evidence(**{"agency": "a", **said})) == step


def test_ladder_marks_what_is_reached_and_where_it_stands():
    evidence = Evidence(agency="a", answers=WORKED)

    assert ladder(evidence) == [
        Step("One agency’s experience", True, False),
        Step("Tried by others too", True, True),
        Step("Measured locally", False, False),
        Step("Independent evaluation", False, False),
        Step("Published research", False, False),
    ]
    assert meaning(evidence) == "At least one other agency tried it, and says how it went."


def test_ladder_leaves_a_step_empty_that_nobody_took():
    evaluated = Evidence(agency="a", method="evaluation", by_others=True, link=LINK)

    assert [step.is_reached for step in ladder(evaluated)] == [True, False, False, True, False]


def test_nothing_is_claimed_of_what_does_not_say_how_it_knows():
    report = Evidence(kind="report")

    assert (rung_of(report), meaning(report)) == (None, "")
    assert [step.is_reached for step in ladder(report)] == [False] * 5


def test_steps_are_those_of_the_vocabulary():
    terms = [row for row in read(VOCABULARY) if row["facet"] == "evidence"]

    assert [rung.slug for rung in RUNGS] == [term["slug"] for term in terms]
    assert [str(rung.name) for rung in RUNGS] == [term["label_en"] for term in terms]


# ── Whatever is said ────────────────────────────────────────────────────────────────────────────

SAID = {
    "method": st.sampled_from(Method.values),
    "n": st.sampled_from([None, 0, 9, 10, 400]),
    "link": st.sampled_from(["", LINK]),
}
ANSWERS = st.lists(
    st.builds(
        Answer, agency=st.sampled_from(["", "a", "b", "c"]), verdict=VERDICTS_AT_RANDOM, **SAID
    ),
    max_size=4,
).map(tuple)
EVIDENCE = st.builds(
    Evidence,
    kind=st.sampled_from([Kind.LESSON, Kind.LESSON, Kind.REPORT]),
    by_others=st.booleans(),
    peer_reviewed=st.booleans(),
    agency=st.sampled_from(["", "a"]),
    answers=ANSWERS,
    **SAID,
)


def more_answers_never_lower_it(step, evidence, more):
    return step(replace(evidence, answers=evidence.answers + more)) >= step(evidence)


def one_agency_alone_never_raises_it(step, evidence, more):
    """Its own answers, whatever they say; where we do not know it, those of any one agency."""
    one = evidence.agency or "b"
    alone = tuple(replace(answer, agency=one) for answer in evidence.answers + more)
    return step(replace(evidence, answers=alone)) == step(replace(evidence, answers=()))


def what_it_says_of_its_own_lesson_never_raises_it(step, evidence, more):
    own = replace(evidence, kind=Kind.LESSON, by_others=False, peer_reviewed=False, answers=())
    return step(own) == 1


def order_does_not_matter(step, evidence, more):
    answers = evidence.answers + more
    there = step(replace(evidence, answers=answers))
    return there == step(replace(evidence, answers=answers[::-1]))


def who_could_not_try_never_raises_it(step, evidence, more):
    idle = tuple(replace(answer, verdict=Verdict.COULD_NOT_TRY) for answer in more)
    return step(replace(evidence, answers=evidence.answers + idle)) == step(evidence)


def nobody_disagrees(evidence):
    verdicts = {answer.verdict for answer in evidence.trials}
    return len(verdicts) == 1


def somebody_answered_at_all(evidence):
    return bool(evidence.answers)


def says_that_it_counted(evidence):
    return (evidence.n or 0) >= 10


def the_first_worked(evidence):
    return [answer.verdict for answer in evidence.answers][:1] == ["worked"]


def another_answered(evidence):
    return bool(evidence.of_others)


# Each property, and a rule in place of that of the second step that it must find wrong.
PROPERTIES = [
    (more_answers_never_lower_it, nobody_disagrees),
    (one_agency_alone_never_raises_it, somebody_answered_at_all),
    (what_it_says_of_its_own_lesson_never_raises_it, says_that_it_counted),
    (order_does_not_matter, the_first_worked),
    (who_could_not_try_never_raises_it, another_answered),
]


def check(holds, rungs, often):
    """Try `holds` on whatever may be said, with the ladder `rungs`."""

    @often
    @given(evidence=EVIDENCE, more=ANSWERS)
    def whatever(evidence, more):
        assert holds(lambda said: standing(said, rungs), evidence, more)

    whatever()


@pytest.mark.parametrize("holds", [holds for holds, _ in PROPERTIES])
def test_ladder_holds_whatever_is_said(holds):
    check(holds, RUNGS, QUICK)


@pytest.mark.parametrize(("holds", "wrong"), PROPERTIES)
def test_property_sees_a_wrong_rule(holds, wrong):
    rungs = (RUNGS[0], replace(RUNGS[1], holds=wrong), *RUNGS[2:])

    with pytest.raises(AssertionError):
        check(holds, rungs, UNSHRUNK)
