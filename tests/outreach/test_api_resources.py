"""The library as JSON: what it prints, how it is asked, what it holds back."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.records import AgencyAnswer, ResourceRecord
from tests.factories import make_listing, make_organization, make_tag, reindex
from tests.library import make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db
RESOURCES, SEARCH = "/api/v1/resources", "/api/v1/search"

# The public record, written out a second time by hand: a new key is a decision, not an accident.
KEYS = set(
    """id url url_fr title title_fr kind is_short_note outcome description description_fr
    text_status text_status_fr about about_fr to_know to_know_fr to_do to_do_fr authors agency
    agency_fr year link licence topics barriers clients provinces all_of_canada region place_size
    agency_size formats languages evidence method method_count method_link answers may_be_outdated
    invented citation citation_fr""".split()
)
KEYS_OF_AN_ANSWER = set(
    """verdict why why_fr agency agency_fr provinces region place_size agency_size clients formats
    year""".split()
)


def ask(client, query="", where=RESOURCES):
    return client.get(f"{where}?{query}").json()


def titles(answer):
    return [item["title"] for item in answer["items"]]


def planted(**fields):
    """A lesson and an answer to it in which every name and context is a planted word."""
    agency = make_organization("Plantedname Agency", name_fr="Plantedname", acronym="PLANTEDNAME")
    lesson = make_lesson(
        authors="Plantedname Person",
        publisher="Plantedname House",
        organization=agency,
        place_size="remote",
        method_link="https://plantedname.example.org/",
        **fields,
    )
    visibility = {k: v for k, v in fields.items() if k == "visibility" and v == "hidden"}
    make_answer(lesson, agency="Plantedname Society", **visibility)
    reindex()
    return lesson


# The record ---------------------------------------------------------------------------------------


def test_record_has_these_keys_and_no_other(client):
    lesson = make_lesson(description_fr="Texte", text_status_fr="human")
    make_answer(lesson)
    [item] = ask(client)["items"]
    assert (set(item), set(item["answers"][0])) == (KEYS, KEYS_OF_AN_ANSWER)
    assert {field.name for field in dataclasses.fields(ResourceRecord)} == KEYS
    assert {field.name for field in dataclasses.fields(AgencyAnswer)} == KEYS_OF_AN_ANSWER


def test_record_says_what_is_public_of_a_guide(client):
    guide = make_guide(
        name_fr="Cartographier la fracture numérique",
        authors="Annalise Huynh, Nisa Malli",
        licence="cc-by",
        about_en="Who is not connected.",
        provinces=("ON",),
        terms=(make_tag("devices", facet="barrier"), make_tag("seniors", facet="client-group")),
    )
    said = client.get(f"{RESOURCES}/{guide.pk}").json()
    told = {key: value for key, value in said.items() if value not in ("", [], None, False)}
    assert told == {
        "id": guide.pk,
        "url": f"/en/library/{guide.pk}-mapping-the-digital-divide/",
        "url_fr": said["url_fr"],
        "title": "Mapping the Digital Divide",
        "title_fr": "Cartographier la fracture numérique",
        "kind": "report",
        "description": "Who has no connection at home, and why.",
        "text_status": "original",
        "text_status_fr": "missing",
        "about": "Who is not connected.",
        "authors": "Annalise Huynh, Nisa Malli",
        "agency": "Brookfield Institute",
        "agency_fr": "Brookfield Institute",
        "year": 2021,
        "link": "https://example.org/report",
        "licence": "cc-by",
        "topics": ["hybrid-services"],
        "barriers": ["devices"],
        "clients": ["seniors"],
        "provinces": ["ON"],
        "languages": ["en"],
        "method": "unknown",
        "citation": said["citation"],
        "citation_fr": said["citation_fr"],
    }
    assert "Huynh" in said["citation"]
    assert "https://example.org/report" in said["citation_fr"]


def test_lesson_is_found_by_its_number_whatever_the_words(client):
    pk = make_lesson().pk
    paths = [pk, f"{pk}-put-a-phone-in-number", f"{pk}-old-words"]
    answers = [client.get(f"{RESOURCES}/{path}") for path in paths]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert {answer.json()["id"] for answer in answers} == {pk}


@pytest.mark.parametrize(
    "slug", ["0", "999999", "4294967296", "99999999999999", "x", "1x", "٣", "1%0A2", "-1"]
)
def test_what_is_not_there_is_404_in_words(client, slug):
    make_listing()
    answer = client.get(f"{RESOURCES}/{slug}")
    assert (answer.status_code, [part["field"] for part in answer.json()["detail"]]) == (
        404,
        ["slug"],
    )


def test_group_and_lesson_that_is_not_public_are_no_resources(client):
    keys = [
        make_listing().pk,
        make_lesson(review="submitted").pk,
        make_lesson(review="withdrawn").pk,
    ]
    assert [client.get(f"{RESOURCES}/{pk}").status_code for pk in keys] == [404] * 3


# Asking -------------------------------------------------------------------------------------------


def test_answer_has_the_parts_of_one_about_groups(client):
    make_listing()
    make_lesson()
    assert set(ask(client)) == set(ask(client, where="/api/v1/listings"))
    assert titles(ask(client, "q=phone")) == ["Put a phone-in number beside every video link"]
    assert ask(client, "q=vidoe+link")["corrected"] == "video link"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=lesson", 1),
        ("kind=report&kind=guide", 1),
        ("outcome=worked", 1),
        ("topic=hybrid-services", 2),
        ("province=NS", 1),
        ("year=2021", 1),
        ("language=en", 2),
        ("size=remote", 0),
        ("evidence=unknown", 1),
    ],
)
def test_filter_leaves_those_that_have_the_value(client, query, found):
    make_lesson()
    make_guide()
    reindex()
    assert ask(client, query)["total"] == found


@pytest.mark.parametrize(
    ("where", "query", "field"),
    [
        (RESOURCES, "limit=0", "limit"),
        (RESOURCES, "limit=101", "limit"),
        (RESOURCES, "offset=10001", "offset"),
        (RESOURCES, "kind=lip", "kind"),
        (RESOURCES, "outcome=great", "outcome"),
        (RESOURCES, "year=1066", "year"),
        (RESOURCES, "barrier=x", "barrier"),
        (SEARCH, "limit=101", "limit"),
        (SEARCH, "lang=de", "lang"),
    ],
)
def test_value_that_nobody_knows_is_refused_by_name(client, where, query, field):
    answer = client.get(f"{where}?{query}")
    assert (answer.status_code, [part["field"] for part in answer.json()["detail"]]) == (
        422,
        [field],
    )


def test_search_answers_for_each_shelf_as_its_own_address_does(client):
    make_listing("Phone Circle")
    make_lesson()
    reindex()
    both = ask(client, "q=phone&limit=1", SEARCH)
    assert both == {
        "listings": ask(client, "q=phone&limit=1", "/api/v1/listings"),
        "resources": ask(client, "q=phone&limit=1"),
    }
    assert [both[shelf]["total"] for shelf in ("listings", "resources")] == [1, 1]


@pytest.mark.parametrize("path", [RESOURCES, f"{RESOURCES}/1", SEARCH])
def test_head_is_like_get_without_the_body(client, path):
    asked, whole = client.head(path), client.get(path)
    assert (asked.status_code, asked.content) == (whole.status_code, b"")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_is_literal_and_does_not_grow(client, rows):
    make_listing()
    for _row in range(rows):
        make_answer(make_lesson(visibility="hidden"), visibility="hidden")
    reindex()
    paths = {RESOURCES: 0, f"{RESOURCES}?q=phone": 0, SEARCH: 0}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        paths[path] = len(queries)
    assert paths == {RESOURCES: 18, f"{RESOURCES}?q=phone": 18, SEARCH: 25}


# What is held back --------------------------------------------------------------------------------


def said_of(client, lesson):
    paths = (RESOURCES, f"{RESOURCES}?q=phone", f"{RESOURCES}/{lesson.pk}", f"{SEARCH}?q=phone")
    return "".join(client.get(path).content.decode() for path in paths).lower()


def test_hidden_names_are_in_no_answer(client):
    said = said_of(client, planted(visibility="hidden"))
    assert "phone-in number" in said
    assert [word for word in ("plantedname", "remote", '"ns"') if word in said] == []


def test_names_that_are_not_hidden_are_seen(client):
    said = said_of(client, planted())
    assert [word for word in ("plantedname", "remote", '"ns"') if word not in said] == []


def test_only_the_agency_is_seen_of_who_hides_their_name(client):
    said = said_of(client, planted(visibility="agency"))
    assert ("plantedname person" in said, "plantedname agency" in said) == (False, True)


def test_hidden_names_find_nothing_and_are_in_no_count(client):
    planted(visibility="hidden")
    answer = ask(client, "q=plantedname&exactly=true")
    assert ([part["found"] for part in answer["because"]], answer["items"]) == ([False], [])
    assert {name: counts for name, counts in ask(client)["facets"].items() if counts} == {}
