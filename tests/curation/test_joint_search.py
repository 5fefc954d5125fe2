"""Several shelves on one page: the search from the front page, topics, what is discussed where."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cop_directory.shelf import address
from curation.finding import together
from curation.models import Entry, Relation
from tests.factories import make_listing, make_tag, reindex
from tests.flows.conftest import plain_static
from tests.library import make_guide, make_lesson

__all__ = ["plain_static"]
pytestmark = pytest.mark.django_db
SEARCH = "/en/search/"


def page(client, url):
    """The text of a page, its spaces as they are read."""
    answer = client.get(url)
    assert (url, answer.status_code) == (url, 200)
    return re.sub(r"\s+", " ", answer.content.decode())


def headings(text):
    return [re.sub("<[^>]+>", "", each) for each in re.findall("<h2[^>]*>.*?</h2>", text)]


def parts(words):
    """(shelf, how many, what stands there) of the answers to a question."""
    names = dict(Entry.objects.values_list("pk", "name_en"))
    return [
        (part.finder.shelf, part.page.total, [names[key] for key in part.page.answer.keys])
        for part in together.search(words).parts
    ]


# One question -------------------------------------------------------------------------------------


def test_groups_and_library_answer_each_with_its_count(client):
    make_listing("Phone Circle")
    make_listing("Knitting Circle")
    make_lesson("Phone first")
    make_lesson("Knit first", description_en="With wool.")
    reindex()
    assert parts("phone") == [("listing", 1, ["Phone Circle"]), ("resource", 1, ["Phone first"])]
    assert headings(page(client, f"{SEARCH}?q=phone")) == [
        "1 group for “phone”",
        "Phone Circle",
        "1 lesson or guide for “phone”",
        "Phone first",
    ]


def test_only_the_first_few_stand_there_and_a_link_leads_to_all(client):
    for n in range(6):
        make_listing(f"Phone Circle {n}")
    make_lesson("Phone first")
    reindex()
    text = page(client, f"{SEARCH}?q=phone")
    assert [len(names) for _shelf, _total, names in parts("phone")] == [5, 1]
    assert re.findall(r'<a class="btn alt" href="([^"]+)">([^<]+)</a>', text) == [
        ("/en/directory/?q=phone", "All 6 groups")
    ]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("phone", ["listing", "resource"]),
        ("phone circle", ["listing", "resource"]),
        ("phone report", ["resource", "listing"]),
        ("seniors", ["resource", "listing"]),
        ("divide", ["resource", "listing"]),
        ("xyzzyplugh", ["listing", "resource"]),
    ],
)
def test_shelf_whose_best_answer_fits_better_stands_first(words, order):
    make_listing("Phone Circle", description_en="For those who serve seniors.")
    make_guide("Phone report on the divide of seniors")
    reindex()
    assert [shelf for shelf, _total, _names in parts(words)] == order


def test_shelf_without_an_exact_match_says_so_and_the_other_does_not(client):
    make_listing("Phone Circle")
    make_lesson("Knit first", description_en="With wool.")
    reindex()
    text = page(client, f"{SEARCH}?q=phone&exactly=1")
    assert headings(text) == ["1 group for “phone”", "Phone Circle", "Library: no exact match"]
    assert "We found nothing on “phone”." in text


def test_misspelled_word_is_told_once_and_can_be_kept(client):
    make_listing("Housing Circle")
    make_lesson("Housing first")
    reindex()
    text = page(client, f"{SEARCH}?q=hosuing")
    assert text.count("Showing results for <b>housing</b>.") == 1
    assert '<a href="?q=hosuing&amp;exactly=1">' in text


def test_nothing_on_any_shelf_leads_on_and_proposes_each_way_once(client):
    make_listing("Phone Circle")
    text = page(client, f"{SEARCH}?q=xyzzyplugh")
    assert headings(text) == [
        "Groups: no exact match",
        "Library: no exact match",
        "What you can do now",
    ]
    ways = re.findall(r'<li><a href="([^"]+)"><strong>', text)
    assert ways == [*dict.fromkeys(ways)]
    assert "/en/directory/?q=xyzzyplugh" not in ways


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00"])
def test_without_words_there_is_only_the_box(client, query):
    make_listing("Phone Circle")
    text = page(client, SEARCH + query)
    assert ("<h1>Search</h1>" in text, headings(text), "Phone Circle" in text) == (True, [], False)


def test_lesson_that_hides_its_agency_is_found_by_its_words_and_not_by_its_name(client):
    make_lesson("Phone first", visibility="hidden", publisher="Plantedname House")
    make_lesson("Phone second", publisher="Seenname House")
    reindex()
    assert parts("phone")[0][1:] == (2, ["Phone first", "Phone second"])
    assert parts("seenname")[0][1:] == (1, ["Phone second"])
    hidden = together.search("plantedname", as_typed=True)
    assert [part.page.total for part in hidden.parts] == [0, 0]
    assert "Plantedname" not in page(client, f"{SEARCH}?q=phone")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_is_literal_and_does_not_grow(client, rows):
    topic = make_tag("housing")
    groups = [make_listing(f"Housing Circle {n}", tags=(topic,)) for n in range(rows)]
    for n in range(rows):
        lesson = make_lesson(f"Housing first {n}", topics=("housing",))
        Relation.objects.create(from_entry=lesson, to_entry=groups[0], kind="discussed_in")
    reindex()
    pages = {
        f"{SEARCH}?q=housing": 15,
        "/en/topics/": 3,
        "/en/topics/housing/": 16,
        "/en/": 2,
        address(groups[0]): 15,
    }
    counted = {}
    for url in pages:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted[url] = len(queries)
    assert counted == pages


# Suggestions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("", ["Phone first", "Phone Circle"]),
        ("/groups", ["Phone Circle"]),
        ("/library", ["Phone first"]),
    ],
)
def test_suggestions_are_of_all_shelves_or_of_one(client, where, words):
    make_listing("Phone Circle")
    make_lesson("Phone first")
    make_lesson("Phone later", review="submitted")
    reindex()
    assert client.get(f"/en/suggestions{where}?q=phon").json() == {"words": words}


# Topics -------------------------------------------------------------------------------------------


def test_topics_say_how_much_each_shelf_has(client):
    make_listing("Circle", tags=(make_tag("housing"), make_tag("health")))
    make_lesson(topics=("housing", "hybrid-services"))
    make_lesson(topics=("housing",), visibility="hidden")
    make_lesson(topics=("employment",), review="submitted")
    reindex()
    rows = re.findall(
        r'/topics/([a-z-]+)/">[^<]*</a> <span class="ac">([^<]*)<', page(client, "/en/topics/")
    )
    assert rows == [
        ("health", "1 group"),
        ("housing", "1 group, 2 in the library"),
        ("hybrid-services", "1 in the library"),
    ]
    maps = client.get("/sitemap.xml").content.decode()
    assert sorted(set(re.findall("/en/topics/([a-z-]+)/", maps))) == [slug for slug, _words in rows]


def test_topic_shows_its_groups_and_what_the_library_has_on_it(client):
    make_listing("Housing Circle", tags=(make_tag("housing"),))
    make_listing("Health Circle", tags=(make_tag("health"),))
    make_lesson("Housing first", topics=("housing",))
    make_lesson("Health first", topics=("health",))
    reindex()
    text = page(client, "/en/topics/housing/")
    assert headings(text) == ["Housing Circle", "Library", "Housing first"]
    assert '1 group, <a href="#resource">1 in the library</a>' in text


def test_lesson_that_hides_its_agency_stands_on_its_topic_and_on_the_list_behind_it(client):
    for n in range(6):
        make_lesson(f"Lesson {n}", topics=("housing",), visibility="hidden")
    make_lesson("Another", topics=("health",), visibility="hidden")
    reindex()
    text = page(client, "/en/topics/housing/")
    [(url, words)] = re.findall(r'href="([^"]+)">(All [^<]+)</a>', text)
    assert words == "All 6 lessons and guides"
    shown = headings(page(client, url))
    assert sorted(shown) == [f"Lesson {n}" for n in range(6)]
    assert headings(page(client, "/en/library/all/?topic=housing"))[:1] == ["What you can do now"]


# What is discussed in a group ---------------------------------------------------------------------


def test_group_names_the_lessons_that_are_discussed_in_it(client):
    group = make_listing("Phone Circle")
    seen = make_lesson("Phone first")
    others = [
        make_lesson("Phone hidden", visibility="hidden"),
        make_lesson("Phone of an agency", visibility="agency"),
        make_lesson("Phone waiting", review="submitted"),
    ]
    for lesson in (seen, *others):
        Relation.objects.create(from_entry=lesson, to_entry=group, kind="discussed_in")
    Relation.objects.create(from_entry=make_lesson("Phone alike"), to_entry=group, kind="similar")
    assert together.discussed_in(group) == [seen]
    aside = page(client, address(group)).partition("<aside")[2]
    assert re.findall(r'<a href="[^"]+">([^<]+)</a>', aside)[:1] == ["Phone first"]
    assert [name for name in ("hidden", "of an agency", "waiting", "alike") if name in aside] == []
