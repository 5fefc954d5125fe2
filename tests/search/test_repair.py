"""Words that nobody knows are read as the nearest known one."""

import pytest

from search.index import ask, drop, put, suggest
from search.repair import Dictionary, near
from tests.search.samples import doc

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        ("webinras", "webinars"),
        ("Webinras", "Webinars"),
        ("WEBINRAS", "WEBINARS"),
        ("verno lip", "vernon lip"),
        ("mental helth", "mental health"),
        ("bibliotheque", None),
        ("bibliotéque", "bibliothèque"),
        ("bibliohteque", "bibliothèque"),
        ("hosing for asylum sekers", "housing for asylum seekers"),
        ("kamlops", "kamloops"),
        ("teachers, libarries", "teachers, libraries"),
        ("ottawa", None),
    ],
)
def test_question_after_repair_is_whole(groups, words, corrected):
    assert ask(words).corrected == corrected


@pytest.mark.parametrize(
    "words",
    [
        "gander",
        "Gander",
        "kamloops",
        "discord",
        "dental",
        "knitting",
        "hotel",
        "lp",
        "移民局",
        "x1234",
    ],
)
def test_known_places_and_real_words_are_never_repaired(groups, words):
    put(77, doc("gender ganter rental mental hostel kamlops discard fitting"))

    assert ask(words).corrected is None


def test_as_typed_repairs_nothing(groups):
    answer = ask("webinras", as_typed=True)

    assert (answer.corrected, answer.total, answer.exact) == (None, 0, False)


def test_word_of_a_name_is_preferred(db):
    for key in range(1, 5):
        put(key, doc(f"Group {key}", "a comet of stars"))
    put(9, doc("Comer", "something else"))

    assert ask("comek").corrected == "comer"


def test_more_frequent_word_is_preferred(db):
    put(1, doc("One", "planet"))
    put(2, doc("Two", "planer planer"))
    put(3, doc("Three", "planer"))

    assert ask("planem").corrected == "planer"


def test_new_word_serves_repair_at_once_and_a_gone_one_no_longer(groups):
    put(50, doc("Xylophonists"))
    first = ask("xylofonists").corrected
    drop(50)

    assert (first, ask("xylofonists").corrected) == ("xylophonists", None)


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [
        ("hybird", "hybrid", 1),
        ("helth", "health", 1),
        ("dental", "mental", None),
        ("abc", "abd", None),
        ("sponsership", "sponsorship", 1),
        ("lethbrige", "lethbridge", 1),
        ("imigrashun", "immigration", None),
        ("helht", "herth", None),
        ("settelmant", "settlement", 2),
        ("settement", "settlement", 1),
        ("ehalth", "health", 1),
    ],
)
def test_near(word, other, slips):
    assert near(word, other) == slips


def test_dictionary_finds_all_that_are_near():
    words = [
        "settlement",
        "settlements",
        "settler",
        "element",
        "health",
        "heath",
        "hearth",
        "wealth",
        "gender",
        "gendre",
    ]
    dictionary = Dictionary(words)

    for typed in (
        "setlement",
        "settelment",
        "helth",
        "gendr",
        "hea1th",
        "zzzz",
        "health",
        "elemant",
    ):
        for slips in (1, 2):
            expected = sorted(word for word in words if near(typed, word) == slips)
            assert sorted(dictionary.near(typed, slips)) == expected


def test_suggestions(groups):
    assert suggest("ott", lang="en") == ["Ottawa", "Ottawa Local Immigration Partnership"]
    assert suggest("ott", lang="fr") == ["Ottawa", "Partenariat local en immigration d’Ottawa"]
    assert suggest("santé m", lang="fr") == ["Projet de santé mentale"]
    assert suggest("logem", lang="fr") == ["Logement"]
    assert suggest("logem", lang="en") == []
    assert suggest("immigration par", lang="en") == [
        "Local Immigration Partnership (LIP)",
        "Vernon Local Immigration Partnership",
        "Ottawa Local Immigration Partnership",
    ]


def test_suggestions_name_only_what_is_there_and_visible(groups):
    drop(6)

    assert suggest("tut", lang="en") == []
    assert suggest("kaml", lang="en") == []
    assert suggest("ott", lang="en", within={"province": ["BC"]}) == []
    assert len(suggest("p", lang="en", limit=2)) == 2
