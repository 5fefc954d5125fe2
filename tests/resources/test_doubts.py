"""What a reviewer reads before publishing: what it would raise, and what raises it unfairly."""

import pytest

from curation import shelves
from curation.desk import checks
from curation.desk.checks import Sent
from curation.models import Submission
from tests.factories import make_organization
from tests.library import make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db

UNKNOWN = "We do not know this organization yet: is it one?"
SIMILAR = "An agency with a similar name stands behind the lesson or another answer"
RAISED = "With it, the lesson stands on “Tried by others too”"


def doubts(entry, address="worker@example.org", **said):
    """What is to be looked at before an entry, or an edit of it, becomes public."""
    shelf = shelves.of(entry)
    values = said or shelf.values(entry)
    return [str(each) for each in shelf.doubts(entry, address, values)]


def test_first_answer_of_another_agency_says_what_it_raises():
    lesson = make_lesson(publisher="Far North Welcome House")
    assert doubts(make_answer(lesson, review="submitted")) == [UNKNOWN, RAISED]


def test_answer_that_raises_nothing_is_no_matter():
    lesson = make_lesson(publisher="Far North Welcome House")
    make_answer(lesson)
    assert doubts(make_answer(lesson, agency="Tidewater Hub", review="submitted")) == [UNKNOWN]


def test_sender_of_the_lesson_who_answers_it_is_named():
    lesson = make_lesson(publisher="Far North Welcome House")
    Submission.objects.create(entry=lesson, stance="run", email="worker@example.org")
    answer = make_answer(lesson, review="submitted")
    assert doubts(answer) == [
        UNKNOWN,
        "The same address sent the lesson itself",
        RAISED,
    ]
    assert doubts(answer, "somebody@example.org") == [UNKNOWN, RAISED]


def test_agency_that_answers_under_another_spelling_is_named():
    lesson = make_lesson(publisher="Far North Welcome House")
    make_answer(lesson, agency="Quarry Town Services")
    again = make_answer(lesson, agency="Quarry Town Svcs", review="submitted")
    assert doubts(again) == [UNKNOWN, SIMILAR]


def test_hidden_answer_is_compared_with_nothing():
    lesson = make_lesson(publisher="Far North Welcome House")
    same = make_answer(lesson, agency="Far North Welcome Hse", review="submitted")
    before = doubts(same)
    same.visibility = "hidden"
    same.save()
    assert (before, doubts(same)) == ([UNKNOWN, SIMILAR, RAISED], [UNKNOWN, RAISED])


def test_hidden_lesson_is_compared_with_nothing_and_the_reviewer_is_told_so():
    lesson = make_lesson(publisher="Far North Welcome House", visibility="hidden")
    Submission.objects.create(entry=lesson, stance="run", email="worker@example.org")
    same = make_answer(lesson, agency="Far North Welcome Hse", review="submitted")
    other = make_answer(lesson, agency="Tidewater Hub", review="submitted")
    told = [
        UNKNOWN,
        "The lesson or another answer hides a name. Do you doubt that this is another agency? "
        "Then open the name there",
        RAISED,
    ]
    assert (doubts(same), doubts(other, "somebody@example.org")) == (told, told)


def test_organization_of_our_list_is_no_matter():
    lesson = make_lesson(publisher="Far North Welcome House")
    agency = make_organization("Prairie Newcomer Centre")
    known = make_answer(lesson, agency="", organization=agency, review="submitted")
    public = make_answer(lesson, agency="Tidewater Hub", visibility="hidden")
    assert UNKNOWN not in [*doubts(known), *doubts(public, year=2020)]
    assert UNKNOWN in doubts(public, agency="Invented Hub", organization=None)


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        (
            "hidden",
            ["Somebody may be recognized by this: “Smooth Rock Falls”, “Ms. Okafor”"],
        ),
        ("agency", ["Somebody may be recognized by this: “Ms. Okafor”"]),
        ("named", []),
    ],
)
def test_words_by_which_somebody_who_is_hidden_may_be_recognized_are_named(visibility, expected):
    lesson = make_lesson(review="submitted", visibility=visibility)
    words = "In Smooth Rock Falls, Ms. Okafor rang them."
    assert doubts(lesson, description_en=words) == expected
    assert doubts(make_lesson("B"), description_en=words, visibility=visibility) == expected


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
        UNKNOWN,
        "No phone number or invitation in the text",
        "No other page has a name like it",
    ]
