"""What a reviewer reads before publishing: what it would raise, and what raises it unfairly."""

import pytest

from curation import shelves
from curation.desk import checks
from curation.desk.checks import Sent
from curation.models import Submission
from tests.library import make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db

RAISED = "With it, the lesson stands on “Tried by others too”"


def doubts(entry, address="worker@example.org", **said):
    """What is to be looked at before an entry, or an edit of it, becomes public."""
    shelf = shelves.of(entry)
    values = said or shelf.values(entry)
    return [str(each) for each in shelf.doubts(entry, address, values)]


def test_first_answer_of_another_agency_says_what_it_raises():
    lesson = make_lesson(publisher="Far North Welcome House")
    assert doubts(make_answer(lesson, review="submitted")) == [RAISED]


def test_answer_that_raises_nothing_is_no_matter():
    lesson = make_lesson(publisher="Far North Welcome House")
    make_answer(lesson)
    assert doubts(make_answer(lesson, agency="Tidewater Hub", review="submitted")) == []


def test_sender_of_the_lesson_who_answers_it_is_named():
    lesson = make_lesson(publisher="Far North Welcome House")
    Submission.objects.create(entry=lesson, stance="run", email="worker@example.org")
    answer = make_answer(lesson, review="submitted")
    assert doubts(answer) == ["The same address sent the lesson itself", RAISED]
    assert doubts(answer, "somebody@example.org") == [RAISED]


def test_agency_that_answers_under_another_spelling_is_named():
    lesson = make_lesson(publisher="Far North Welcome House")
    make_answer(lesson, agency="Quarry Town Services")
    again = make_answer(lesson, agency="Quarry Town Svcs", review="submitted")
    assert doubts(again) == [
        "An agency with a similar name stands behind the lesson or another answer"
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"method": "study", "peer_reviewed": True},
            ["Public, it stands on “Published research”. Open its link: is it that?"],
        ),
        ({"method": "observation"}, []),
    ],
)
def test_guide_that_claims_much_is_to_be_opened_first(said, expected):
    assert doubts(make_guide(review="submitted", **said)) == expected


def test_edit_that_raises_a_public_page_is_named_and_another_is_not():
    guide = make_guide(method="study")
    claims = {"method": "study", "peer_reviewed": True}
    assert doubts(guide, **claims) == [
        "Public, it stands on “Published research”. Open its link: is it that?"
    ]
    assert doubts(guide, year=2020) == []
    lesson = make_lesson(publisher="Far North Welcome House")
    answer = make_answer(lesson)
    counted = {"method": "own-numbers", "method_count": 45, "method_link": "https://example.org/n"}
    assert doubts(answer, **counted) == ["With it, the lesson stands on “Measured locally”"]
    assert doubts(answer, year=2020) == []


def test_answer_is_not_asked_for_what_only_groups_have():
    answer = make_answer(make_lesson(), review="submitted")
    values = shelves.of(answer).values(answer)
    said = [each.words for each in checks.of_values(answer, values, Sent(""))]
    assert said == [
        "No phone number or invitation in the text",
        "No other page has a name like it",
    ]
