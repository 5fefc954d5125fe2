"""What of a lesson is found by which words, and in which order the library shows what is new."""

import pytest

from curation.finding import together
from curation.finding.asking import Asked
from curation.freshness import today
from curation.models import Entry
from resources import browse
from resources.models import Lesson
from resources.shelf import NAME
from tests.factories import make_listing, make_tag, reindex
from tests.library import make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db
TOLD = ["Childcare", "garde d’enfants", "minibus", "gymnase"]


def found(words):
    """What the library has for these words as they stand, in the order of the names."""
    answer = Asked(NAME, words, as_typed=True, order="name").answer("en")
    names = Entry.objects.in_bulk(answer.keys)
    return [names[key].name_en for key in answer.keys] if answer.exact else []


def test_lesson_is_found_by_every_word_that_its_page_tells():
    childcare = make_tag(
        "barrier-childcare", facet="barrier", name="Childcare", name_fr="Garde d’enfants"
    )
    seniors = make_tag("seniors", facet="client-group", name="Seniors", name_fr="Aînés")
    make_lesson("Begin at nine")
    for name, visibility in (("Shown", "named"), ("Unnamed", "hidden")):
        lesson = make_lesson(name, terms=(childcare, seniors), visibility=visibility)
        Lesson.objects.create(resource=lesson, helped_en="A minibus.", happened_fr="Au gymnase.")
    reindex()
    assert {words: found(words) for words in TOLD} == dict.fromkeys(TOLD, ["Shown", "Unnamed"])
    # For whom it was may lead to a hidden agency.
    assert [found("seniors"), found("aînés")] == [["Shown"], ["Shown"]]


def test_what_nothing_answers_is_said_in_the_words_that_were_typed():
    make_tag("recording", facet="word", name="recording", synonyms="video")
    make_listing("Phone Circle")
    make_guide("Phone first")
    reindex()
    said = [part.page.nearby for part in together.search("video phone").parts]
    assert said == ["We found nothing on “video”. These are the nearest."] * 2


def test_new_here_is_what_newest_first_begins_with():
    make_lesson("An example", invented=True)
    make_answer(make_lesson("Useful too"), said_on=today())
    for year in range(2015, 2022):
        make_guide(f"Of {year}", year=year)
    reindex()
    useful, new = browse.useful_and_new()
    newest = Asked(NAME, order="newest").answer("en").keys
    assert [card.resource.name_en for card in useful] == ["Useful too"]
    assert [card.resource.pk for card in new] == newest[:5]
    assert [card.resource.name_en for card in new][:2] == ["Useful too", "Of 2021"]


def test_lessons_that_name_no_agency_are_said_to_be_in_no_filter_whether_there_are_any(client):
    make_lesson()
    make_guide()
    reindex()
    said = "Lessons that do not give their agency are in no filter"
    pages = [client.get(url).content.decode() for url in ("/en/library/", "/en/library/all/")]
    assert [page.count(said) for page in pages] == [1, 1]
