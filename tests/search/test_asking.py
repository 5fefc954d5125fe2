"""What a question finds, in which order, and what the answer says about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import index
from search.index import Reason, ask
from tests.search.samples import CONCEPTS, GROUPS, doc

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Ottawa Local Immigration Partnership", 2),
        ("olip", 2),
        ("PLI Ottawa", 2),
        ("vernon lip", 1),
        ("rif nb", 5),
        ("RIF-NB", 5),
        ("rifnb", 5),
        ("reseau immigration francophone nouveau brunswick", 5),
        ("asylum seekers housing", 3),
        ("logement demandeurs d'asile", 3),
        ("hébergement", 3),
        ("enseignante", 6),
        ("instructors", 6),
        ("english tutela", 6),
        ("移民", 7),
        ("渥太华", 7),
        ("القادمين", 8),
        ("bibliothèques", 9),
        ("library", 9),
        ("sante mentale", 10),
        ("Canmore", 4),
        ("l’école", 5),
        ("familles", 5),
    ],
)
def test_question_finds_its_group_first(groups, words, first):
    answer = ask(words)

    assert (answer.keys[0], answer.exact) == (first, True)


@pytest.mark.parametrize(
    "words",
    [
        "Kamloops local immigration partnership",
        "discord server",
        "knitting circle Gander",
        "dental care for newcomers",
        "housing Gander",
        "zzzzzz qqqqq",
        "vernon yoga",
    ],
)
def test_question_without_answer_says_so(groups, words):
    assert ask(words).exact is False


def test_place_without_a_group_gives_what_is_near(groups):
    answer = ask("Kamloops local immigration partnership")

    assert answer.keys[0] == 1
    assert answer.because == [
        Reason("Kamloops", "Kamloops", False, ("place:kamloops",)),
        Reason(
            "local immigration partnership",
            "Local Immigration Partnership (LIP)",
            True,
            ("kind:lip",),
        ),
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("je travaille dans une école avec des familles immigrantes, y a-t-il un réseau", 5),
        ("hi, I am looking for other teachers of english who could share webinars", 6),
        ("does anybody here know a group about housing for asylum seekers", 3),
    ],
)
def test_chatty_words_do_not_make_a_good_match_inexact(groups, words, first):
    answer = ask(words)

    assert (answer.keys[0], answer.exact) == (first, True)


@pytest.mark.parametrize("words", ["network", "group", "réseau", "settlement"])
def test_quiet_word_alone_finds_what_holds_it(groups, words):
    answer = ask(words)

    assert answer.exact is True
    assert 0 < answer.total < len(GROUPS)


@pytest.mark.parametrize("words", ["", "   ", "\x00", "!?", "\u202e", "...", "'\"()*"])
def test_empty_question_asks_for_everything(groups, words):
    answer = ask(words)

    assert (answer.total, answer.exact, answer.corrected) == (len(GROUPS), True, None)


def test_everything_is_ordered_by_standing_then_title(groups):
    assert ask("", limit=99).keys == [6, 1, 5, 3, 9, 2, 8, 7, 10, 4]


def test_everything_in_french_puts_french_groups_first_among_equals(groups):
    assert ask("", lang="fr", limit=99).keys == [6, 1, 2, 5, 3, 9, 8, 7, 10, 4]


def test_french_first_among_equal_matches_only_in_french(db):
    index.rebuild(
        [(1, doc("Cercle un", "tricot")), (2, doc("Cercle un", "tricot", languages=("fr",)))], ()
    )

    assert (ask("tricot", lang="fr").keys, ask("tricot", lang="en").keys) == ([2, 1], [1, 2])


def test_name_beats_tag_beats_text(db):
    index.rebuild(
        [(1, doc("One", "about weaving")), (2, doc("Two", tags=("weaving",))), (3, doc("Weaving"))],
        (),
    )

    assert ask("weaving").keys == [3, 2, 1]


def test_whole_name_comes_first_though_others_hold_its_words_and_stand_better(db):
    index.rebuild(
        [
            (1, doc("Choir of Hope and Choir", "hope choir", standing=9)),
            (2, doc("Hope Choir", standing=0)),
        ],
        (),
    )

    assert ask("hope choir").keys == [2, 1]


def test_said_word_counts_more_than_its_synonym(db):
    index.rebuild([(1, doc("Enseignant", standing=6)), (2, doc("Teacher"))], CONCEPTS)

    assert (ask("teacher").keys, ask("enseignant").keys) == ([2, 1], [1, 2])


def test_standing_orders_equals_and_ties_go_by_key(db):
    index.rebuild([(7, doc("Choir")), (3, doc("Choir")), (9, doc("Choir", standing=8))], ())

    assert ask("choir").keys == [9, 3, 7]


def test_sorts_by_name_and_by_newest(groups):
    assert ask("partnership", order="name", limit=3).keys == [9, 2, 1]
    assert ask("partnership", order="newest", limit=3).keys == [9, 2, 1]
    assert ask("", order="newest", limit=3).keys == [10, 9, 8]


def test_names_sort_without_accents_and_case_in_the_readers_language(db):
    index.rebuild(
        [
            (1, doc("zebra", fr="abeille")),
            (2, doc("Étoile", fr="Zoo")),
            (3, doc("eau", fr="écran")),
        ],
        (),
    )

    assert (ask("", order="name").keys, ask("", order="name", lang="fr").keys) == (
        [3, 2, 1],
        [1, 3, 2],
    )


def test_small_word_is_an_acronym_only_in_capitals(db):
    index.rebuild([(1, doc("Ring on AI")), (2, doc("Cercle", "j'ai dit, on a vu"))], CONCEPTS)

    assert ask("artificial intelligence").keys == [1]
    assert [reason.label for reason in ask("ring ON").because] == [None, "Ontario"]
    assert [reason.label for reason in ask("ring on").because] == [None]


def test_reasons_say_what_each_group_has(groups):
    answer = ask("housing, libraries and asylum seekers", lang="fr")

    assert answer.reasons == {
        3: ["Logement", "Demandeurs d’asile"],
        9: ["Bibliothèque"],
        4: ["Demandeurs d’asile"],
        2: ["Logement"],
    }


def test_mark_shows_words_and_synonyms(groups):
    answer = ask("asylum seekers library")

    pieces = index.mark("Libraries for refugee claimants.", answer)

    assert pieces == [
        ("Libraries", True),
        (" for ", False),
        ("refugee claimants", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "a AND b",
        '"unclosed',
        "NEAR(a b)",
        "%_\\",
        "'; DROP TABLE x; --",
        "*",
        "a:b",
        "\ud800",
        "🎉",
        "\u202eabc",
        "ﷺ",
        "a" * 199 + " é",
        "´'’",
        "-",
        "( OR )",
        "\x00\x01",
        "ノ",
        "l'",
        "'s",
        "..",
        "a.b.c.",
        "İ" * 300,
    ],
)
def test_any_text_is_a_question(groups, words):
    answer = ask(words, lang="xx", offset=-5)

    assert index.mark(words[:50], answer) is not None
    assert index.suggest(words, lang="xx") is not None
    assert answer.total == len(ask(words, limit=99).keys)


def test_index_without_rows_answers(db):
    assert (ask("x").total, ask().keys, index.suggest("x", lang="en"), index.state().base) == (
        0,
        [],
        [],
        None,
    )


def test_asking_reads_one_row_when_warm(groups):
    ask("vernon housing", filters={"kind": ["lip"]})

    with CaptureQueriesContext(connection) as queries:
        ask("vernon housing", filters={"kind": ["lip"]})

    assert len(queries) == 1


def test_small_word_of_the_other_language_is_an_acronym_in_any_case(db):
    index.rebuild([(1, doc("Ring", tags=("AI",))), (2, doc("Cercle", "ça va"))], CONCEPTS)

    assert ask("ai for teachers").because[0].label == "Artificial intelligence"
    assert "Artificial intelligence" not in [r.label for r in ask("où ai je une place").because]


def test_one_known_word_among_many_unknown_ones_is_found(groups):
    unknown = " ".join(f"{n}x" for n in range(40))

    answer = ask(f"{unknown} tutela")

    assert (answer.keys, answer.exact) == ([6], False)


def test_page_of_a_long_list_is_the_beginning_of_the_whole_list(db):
    index.rebuild(
        [
            (n, doc("Choir " * (n % 3) + f"n{n}", "choir hope" if n % 2 else "hope",
                    tags=("choir",) if n % 5 == 0 else (), standing=n % 10,
                    languages=("fr",) if n % 7 else ("en",)))
            for n in range(1, 400)
        ],
        (),
    )  # fmt: skip

    for words in ("choir", "hope choir", "choir hope n5", ""):
        whole = ask(words, limit=1000, lang="fr").keys
        assert [ask(words, limit=5, offset=at, lang="fr").keys for at in (0, 5, 40)] == [
            whole[0:5], whole[5:10], whole[40:45],
        ]  # fmt: skip
