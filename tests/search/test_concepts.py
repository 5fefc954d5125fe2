"""Which concepts a text holds, and what they are worth in an answer."""

import pytest

from search import index
from search.index import Concept, ask
from search.language import tokens, uninflected
from search.thesaurus import Thesaurus
from tests.search.samples import doc

pytestmark = pytest.mark.django_db

WORDS = (
    Concept("topic:employment", {"en": "Employment"}, ("jobs",)),
    Concept("role:employer", {"en": "Employer", "fr": "Employeur"}, ("employers",)),
    Concept("role:teacher", {"en": "Teacher"}, ("English teachers", "instructor")),
    Concept("topic:english", {"en": "English classes"}, ("English as a second language", "ESL")),
    Concept("topic:sharing", {"en": "Knowledge sharing"}, ("newsletter", "webinar")),
    Concept("topic:law", {"en": "Legal help"}, ()),
    Concept("role:lawyer", {"en": "Lawyer"}, (), ("topic:law",)),
    Concept("word:agency", {"en": "agency"}, ("NGO",), (), True),
    Concept("scope:national", {"en": "All of Canada"}, ()),
    Concept("region:ab", {"en": "Alberta"}, (), ("scope:national",)),
    Concept("region:nb", {"en": "New Brunswick"}, (), ("scope:national",)),
    Concept("place:medicine-hat", {"en": "Medicine Hat"}, (), ("region:ab", "scope:national")),
)


def concepts_in(text):
    return [key for match in Thesaurus(WORDS).find(tokens(text)) for key in match.keys]


@pytest.mark.parametrize(
    ("word", "without"),
    [
        ("agencies", "agency"),
        ("libraries", "library"),
        ("nationaux", "national"),
        ("travailleuses", "travailleur"),
        ("coordonnatrice", "coordonnateur"),
        ("professionnelles", "professionnel"),
        ("employers", "employer"),
        ("employment", "employment"),
        ("refugee", "refugee"),
        ("forme", "forme"),
        ("bus", "bus"),
        ("lip", "lip"),
        ("渥太", "渥太"),
    ],
)
def test_uninflected_takes_off_plural_and_feminine_only(word, without):
    assert uninflected(word) == without


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("employment of newcomers", ["topic:employment"]),
        ("an employer", ["role:employer"]),
        ("employed people", []),
        ("instructors and NGOs", ["role:teacher", "word:agency"]),
        ("English teachers", ["role:teacher"]),
        # The longest phrase wins even where a shorter one begins before it.
        ("instructor English as a second language", ["role:teacher", "topic:english"]),
    ],
)
def test_text_holds_the_concepts_that_it_names(text, held):
    assert concepts_in(text) == held


def test_labels_of_tags_are_words_and_no_concepts(db):
    index.rebuild([(1, doc("One", tags=("Employment and income",)))], WORDS)

    assert (ask("income").keys, ask("jobs").keys) == ([1], [])


def test_the_very_word_in_a_sentence_comes_before_a_tag_that_means_it(db):
    documents = [
        (1, doc("One", "Shares much.", concepts=("topic:sharing",))),
        (2, doc("Two", "It has a newsletter.")),
    ]
    index.rebuild(documents, WORDS)

    assert (ask("newsletters").keys, ask("knowledge sharing").keys) == ([2, 1], [1, 2])


def test_what_is_near_comes_after_what_is_meant(db):
    documents = [(1, doc("One", concepts=("topic:law",))), (2, doc("Two", "For lawyers."))]
    index.rebuild(documents, WORDS)

    answer = ask("lawyer")

    assert (answer.keys, answer.exact) == ([2, 1], True)
    assert answer.reasons == {2: ["Lawyer"], 1: ["Legal help"]}


def test_the_topic_in_the_country_comes_before_the_topic_in_another_province(db):
    documents = [
        (1, doc("One", province="NB", concepts=("topic:english",))),
        (2, doc("Two", province="ON", concepts=("topic:english", "scope:national"))),
        (3, doc("Three", province="AB", concepts=("topic:english",))),
        (4, doc("Four", province="AB", concepts=("topic:english", "place:medicine-hat"))),
        *((n, doc("Other", province="NB")) for n in range(5, 25)),
    ]
    index.rebuild(documents, WORDS)

    assert ask("ESL medicine hat").keys == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        ("medecine hat esl", "medicine hat esl"),
        ("Medecine Hat", "Medicine Hat"),
        ("new brunswik", "new brunswick"),
        ("hat", None),
        ("medicine", None),
    ],
)
def test_misspelled_name_of_a_place_is_put_right(db, words, corrected):
    documents = [(1, doc("Medecine", "The medicine and the hat.")), (2, doc("Medicine Hat"))]
    index.rebuild(documents, WORDS)

    assert ask(words).corrected == corrected


def test_everyday_thing_that_nobody_has_is_no_exact_match_in_a_long_question(db):
    index.rebuild([(1, doc("ESL network"))], WORDS)

    assert ask("I am looking for knitting with an ESL teacher").exact is False


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        # One body's acronym is not another's with a letter changed; a letter too many is a slip.
        ("OCAX", None),
        ("OCASSI", "OCASI"),
        # Another form of a word is no slip, and finds what it finds by its stem.
        ("evaluated", None),
        ("employement", "employment"),
    ],
)
def test_repair_leaves_what_is_no_slip(db, words, corrected):
    documents = [(1, doc("OCAP")), (2, doc("OCASI")), (3, doc("Evaluator of employment"))]
    index.rebuild(documents, WORDS)

    assert ask(words).corrected == corrected


def test_few_matches_are_joined_by_what_holds_a_part(db):
    documents = [(1, doc("ESL")), (2, doc("Employer")), (3, doc("Other"))]
    index.rebuild(documents, WORDS)

    answer = ask("knitting ESL")

    assert (answer.keys, answer.exact) == ([1], False)
