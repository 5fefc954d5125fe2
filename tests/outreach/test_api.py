"""The read-only API: what it prints, how it is asked, and what it refuses."""

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from cop_directory.records import Record
from curation import lifecycle
from search import index
from tests.factories import make_listing, make_organization, make_superuser, reindex

pytestmark = pytest.mark.django_db
LISTINGS = "/api/v1/listings"

# The public record, written out a second time by hand: a new key is a decision, not an accident.
KEYS = {
    "id",
    "url",
    "url_fr",
    "name",
    "name_fr",
    "name_own",
    "title",
    "title_fr",
    "acronym",
    "kind",
    "description",
    "description_fr",
    "text_status",
    "text_status_fr",
    "provinces",
    "scope",
    "place",
    "languages",
    "topics",
    "clients",
    "roles",
    "formats",
    "join",
    "platform",
    "website",
    "run_by",
    "activity",
    "state",
    "confirmed_on",
    "link_checked_on",
    "last_activity_on",
    "source_url",
    "source_year",
    "source_is_archived_copy",
    "invented",
}


def ask(client, query=""):
    return client.get(f"{LISTINGS}?{query}").json()


def names(answer):
    return [item["name"] for item in answer["items"]]


def test_answer_has_the_parts_that_were_promised(client, site):
    answer = ask(client)
    assert set(answer) == {"items", "total", "exact", "corrected", "because", "facets"}
    assert (answer["total"], len(answer["items"])) == (7, 7)
    assert (answer["exact"], answer["corrected"]) == (True, None)


def test_record_has_these_keys_and_no_other(client, site):
    assert {field.name for field in dataclasses.fields(Record)} == KEYS
    assert {frozenset(item) for item in ask(client)["items"]} == {frozenset(KEYS)}


def test_record_says_what_is_public_of_a_group(client, site):
    full = site.full
    assert client.get(f"{LISTINGS}/{full.pk}").json() == {
        "id": full.pk,
        "url": f"/en/directory/{full.pk}-housing-workers-of-halifax/",
        "url_fr": f"/fr/repertoire/{full.pk}-intervenants-en-logement-de-halifax/",
        "name": "Housing Workers of Halifax",
        "name_fr": "Intervenants en logement de Halifax",
        "name_own": "",
        "title": "Housing Workers of Halifax",
        "title_fr": "Intervenants en logement de Halifax",
        "acronym": "HWH",
        "kind": "community-of-practice",
        "description": "People who help newcomers find homes compare what works.",
        "description_fr": "Des personnes qui aident à trouver un logement comparent leurs façons.",
        "text_status": "original",
        "text_status_fr": "human",
        "provinces": ["NS"],
        "scope": "local",
        "place": "Halifax",
        "languages": ["en", "fr"],
        "topics": ["housing"],
        "clients": ["refugees"],
        "roles": ["nurse"],
        "formats": ["online", "in-person"],
        "join": "ask",
        "platform": "",
        "website": "https://www.housing.example.org/",
        "run_by": ["Harbour Settlement Agency"],
        "activity": "active",
        "state": "confirmed",
        "confirmed_on": "2026-06-15",
        "link_checked_on": "2026-06-15",
        "last_activity_on": "2026-06-15",
        "source_url": "https://list.example.org/page",
        "source_year": 2019,
        "source_is_archived_copy": True,
        "invented": False,
    }


def test_one_and_the_list_print_the_same_record(client, site):
    for item in ask(client)["items"]:
        assert client.get(f"{LISTINGS}/{item['id']}").json() == item


@pytest.mark.parametrize(
    ("fields", "name", "name_fr"),
    [
        ({"name_en": "Circle", "name_fr": "Cercle"}, "Circle", "Cercle"),
        ({"name_en": "Circle"}, "Circle", ""),
        ({"name_en": "", "name_fr": "Cercle"}, "Cercle", "Cercle"),
    ],
)
def test_name_is_english_or_french_where_there_is_no_english(client, site, fields, name, name_fr):
    pk = make_listing(**fields).pk
    items = [client.get(f"{LISTINGS}/{pk}").json()]
    items += [
        i for lang in ("en", "fr") for i in ask(client, f"lang={lang}")["items"] if i["id"] == pk
    ]
    assert [(item["name"], item["name_fr"]) for item in items] == [(name, name_fr)] * 3


def test_address_of_a_record_opens(client, site):
    for item in ask(client)["items"]:
        assert client.get(item["url"]).status_code == 200
        assert client.get(item["url_fr"]).status_code == 200


# Asking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [LISTINGS, f"{LISTINGS}?q=housing", f"{LISTINGS}?kind=x"])
def test_head_is_like_get_without_the_body(client, site, path):
    asked, whole = client.head(path), client.get(path)
    assert (asked.status_code, asked.content) == (whole.status_code, b"")
    assert (asked["Content-Type"], asked["Content-Length"]) == (
        whole["Content-Type"],
        str(len(whole.content)),
    )


def test_head_of_one_group_is_like_get_without_the_body(client, site):
    answers = [client.head(f"{LISTINGS}/{key}") for key in (site.full.pk, 4_000_000)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b""), (404, b"")]


def test_description_of_the_api_names_get_alone(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert [list(methods) for methods in paths.values()] == [["get"]] * 5


def test_words_find_the_group(client, site):
    assert names(ask(client, "q=interpreters"))[0] == "Interpreters of Moncton"


def test_misspelled_word_is_repaired_and_said(client, site):
    answer = ask(client, "q=housng")
    assert answer["corrected"] == "housing"
    assert names(answer)[0] == "Housing Workers of Halifax"


def test_word_taken_as_typed_is_not_repaired(client, site):
    assert ask(client, "q=housng&exactly=true")["corrected"] is None


def test_answer_says_how_it_understood_the_question(client, site):
    because = ask(client, "q=housing+xyzzyplugh&exactly=true")["because"]
    assert [(part["said"], part["found"]) for part in because] == [
        ("housing", True),
        ("xyzzyplugh", False),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=lip", {"Gander Local Immigration Partnership"}),
        (
            "kind=lip&kind=rif",
            {"Gander Local Immigration Partnership", "Réseau des enseignantes du Nord"},
        ),
        ("kind=lip&province=NS", set()),
        ("province=NS", {"Housing Workers of Halifax", "Employment Chat"}),
        ("province=CA", {"Old Round Table"}),
        ("language=fr", {"Housing Workers of Halifax", "Réseau des enseignantes du Nord"}),
        ("topic=housing", {"Housing Workers of Halifax"}),
        ("client=refugees", {"Housing Workers of Halifax"}),
        ("role=nurse", {"Housing Workers of Halifax"}),
        ("platform=whatsapp", {"Employment Chat"}),
        ("format=online", {"Housing Workers of Halifax"}),
        ("join=ask", {"Housing Workers of Halifax"}),
        ("state=closed", {"Old Round Table"}),
        ("scope=regional", {"Gander Local Immigration Partnership"}),
        ("q=halifax&kind=lip", set()),
    ],
)
def test_filter_leaves_those_that_have_the_value(client, site, query, found):
    answer = ask(client, query)
    assert (set(names(answer)), answer["total"]) == (found, len(found))


def test_counts_of_a_filter_leave_out_the_filter_itself(client, site):
    alone, chosen = ask(client)["facets"], ask(client, "kind=lip")["facets"]
    assert chosen["kind"] == alone["kind"]
    assert chosen["province"] == {"NL": 1}


def test_counts_are_those_of_the_filters_and_name_no_shelf(client, site):
    elsewhere = {"shelf": ("another",), "kind": ("lip",), "filter-of-another": ("yes",)}
    index.put(4_000_000, index.Document(facets=elsewhere))
    facets = ask(client)["facets"]
    assert set(facets) == {
        "kind",
        "province",
        "language",
        "topic",
        "join",
        "state",
        "client",
        "role",
        "platform",
        "format",
        "scope",
        "app",
    }
    assert facets["kind"] == {"community-of-practice": 4, "lip": 1, "rif": 1, "chat-group": 1}


def test_count_of_a_value_is_the_number_that_choosing_it_gives(client, site):
    for name, values in ask(client)["facets"].items():
        for value, count in values.items():
            assert (name, value, ask(client, f"{name}={value}")["total"]) == (name, value, count)


def test_sorting_by_name_follows_the_language(client, site):
    english = names(ask(client, "sort=name"))
    assert english == sorted(english, key=lambda name: name.replace("é", "e").lower())
    french = ask(client, "sort=name&lang=fr")["items"]
    shown = [item["name_fr"] or item["name"] for item in french]
    assert shown == sorted(shown, key=lambda name: name.replace("é", "e").lower())


def test_sorting_by_newest_puts_the_last_published_first(client, site, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    make_listing("Newest of all")
    assert names(ask(client, "sort=newest"))[0] == "Newest of all"


def test_best_order_puts_groups_without_a_way_in_last(client, site):
    assert names(ask(client))[-1] == "Interpreters of Moncton"


def test_french_puts_groups_that_work_in_french_first_among_equals(client, site):
    make_listing("Atelier A", languages=("en",), website="https://a.example.org/")
    make_listing("Atelier B", languages=("fr",), website="https://b.example.org/")
    for query in ("", "q=atelier&"):
        french, english = (
            [name for name in names(ask(client, f"{query}lang={lang}")) if "Atelier" in name]
            for lang in ("fr", "en")
        )
        assert (french, english) == (["Atelier B", "Atelier A"], ["Atelier A", "Atelier B"])


def test_pages_cover_everything_once(client, site):
    ids = [
        item["id"] for n in range(0, 8, 2) for item in ask(client, f"limit=2&offset={n}")["items"]
    ]
    assert sorted(ids) == sorted(row.pk for row in site.groups)
    assert [ask(client, f"limit=2&offset={n}")["total"] for n in (0, 6, 100)] == [7, 7, 7]


def test_offset_beyond_the_end_gives_no_items(client, site):
    assert ask(client, "offset=7")["items"] == []


# Refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("offset=-1", "offset"),
        ("offset=10001", "offset"),
        ("offset=1.5", "offset"),
        ("sort=random", "sort"),
        ("lang=de", "lang"),
        ("exactly=perhaps", "exactly"),
        ("kind=club", "kind"),
        ("province=XX", "province"),
        ("language=tlh", "language"),
        ("topic=dragons", "topic"),
        ("join=maybe", "join"),
        ("state=great", "state"),
        ("client=x", "client"),
        ("role=x", "role"),
        ("platform=x", "platform"),
        ("format=x", "format"),
        ("scope=x", "scope"),
        ("app=x", "app"),
        ("kind=lip&kind=x", "kind"),
    ],
)
def test_value_that_nobody_knows_is_refused_by_name(client, site, query, field):
    answer = client.get(f"{LISTINGS}?{query}")
    assert answer.status_code == 422
    assert [(part["field"], bool(part["reason"])) for part in answer.json()["detail"]] == [
        (field, True)
    ]


def test_each_wrong_field_is_named(client, site):
    detail = client.get(f"{LISTINGS}?limit=0&offset=-1").json()["detail"]
    assert {part["field"] for part in detail} == {"limit", "offset"}


@pytest.mark.parametrize("query", ["limit=1", "limit=100", "offset=0", "offset=10000"])
def test_bounds_are_within(client, site, query):
    assert client.get(f"{LISTINGS}?{query}").status_code == 200


@pytest.mark.parametrize("pk", [0, 999_999, 2**31, 2**32 - 1, 2**32, 2**63, 10**30])
def test_group_that_is_not_there_is_404_in_words(client, site, pk):
    answer = client.get(f"{LISTINGS}/{pk}")
    assert (answer.status_code, list(answer.json())) == (404, ["detail"])


@pytest.mark.parametrize("review", ["draft", "submitted", "needs_answer", "rejected", "withdrawn"])
def test_group_that_is_not_public_is_404(client, site, review):
    hidden = make_listing("Hidden", review=review)
    assert client.get(f"{LISTINGS}/{hidden.pk}").status_code == 404


def test_refusals_are_json(client, site):
    for url in (f"{LISTINGS}?limit=0", f"{LISTINGS}/999999"):
        assert client.get(url).headers["Content-Type"].startswith("application/json")


# What must not be in it ---------------------------------------------------------------------------


def test_nothing_but_the_record_leaks(client, site):
    """Planted in every place that is not public; each answer of the API is looked through."""
    person = make_superuser("planted-person@example.org")
    listing = make_listing(
        "Circle",
        review="submitted",
        source_key="planted-key",
        languages=("en",),
        hosts=(make_organization(source_key="planted-organization-key"),),
        host_note_en="A note.",
        contact_email="planted-contact@example.org",
    )
    lifecycle.take(listing, "publish", by=person, note="planted-decision-note")
    lifecycle.record_edit(
        listing, by=person, before={"x": "planted-before"}, after={"x": "planted-after"}
    )
    reindex()
    said = "".join(
        client.get(url).content.decode()
        for url in (
            LISTINGS,
            f"{LISTINGS}?q=planted",
            f"{LISTINGS}?q=circle&lang=fr",
            f"{LISTINGS}/{listing.pk}",
            "/api/v1/openapi.json",
        )
    )
    assert "Circle" in said
    assert [word for word in said.split('"') if "planted-" in word] == []


def test_hidden_words_are_no_oracle(client, site):
    make_listing("Circle", contact_email="secretaddress@example.org", source_key="secretkey")
    make_listing("Table")
    for words in ("secretaddress", "secretkey"):
        answer = ask(client, f"q={words}&exactly=true")
        assert (words, [part["found"] for part in answer["because"]]) == (words, [False])
