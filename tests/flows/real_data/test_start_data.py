"""The 175 groups: loaded whole, public where they may be, and honest about what is known."""

import csv
from collections import Counter
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from accounts.models import Organization, Province
from cop_directory.cards import as_text
from cop_directory.loading import DATA
from cop_directory.models import Listing, Place, Platform, PlatformFact
from cop_directory.shelf import address
from curation.freshness import freshness
from curation.models import Decision, Language, Relation, StartRow, Tag
from resources.models import Resource
from search import index
from tests.flows.conftest import kept_for_a_while
from tests.flows.reading import Page


def rows(file):
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


GROUPS = rows("groups.csv")
DESK = [row for row in GROUPS if row["publish"] == "desk"]


def public():
    return Listing.objects.visible().order_by("pk")


def test_175_groups_are_loaded_and_167_are_public():
    assert (
        Listing.objects.count(),
        public().count(),
        index.ask(within={"shelf": ["listing"]}).total,
    ) == (175, 167, 167)


def test_91_guides_and_reports_are_public_and_nobody_is_said_to_have_confirmed_one():
    assert (
        Resource.objects.visible().count(),
        index.ask(within={"shelf": ["resource"]}).total,
        Resource.objects.filter(source="named", link="").count(),
        Resource.objects.exclude(confirmed_on=None, confirmed_by="").count(),
        Resource.objects.exclude(organization=None).count(),
    ) == (91, 91, 3, 0, 35)


def test_eight_wait_for_review():
    assert dict(
        Listing.objects.values_list("source_key", "review").exclude(review="published")
    ) == {row["key"]: "submitted" for row in DESK}
    assert len(DESK) == 8


def test_every_row_of_every_file_is_there():
    found = {
        "organizations.csv": Organization.objects.count(),
        "places.csv": Place.objects.count(),
        "languages.csv": Language.objects.count(),
        "platforms.csv": Platform.objects.count(),
        "platform_facts.csv": PlatformFact.objects.count(),
        "vocabulary.csv": Tag.objects.exclude(facet__in=("word", "free")).count(),
        "lexicon.csv": Tag.objects.filter(facet="word").count(),
    }
    assert found == {file: len(rows(file)) for file in found}


def test_relations_are_those_of_the_file():
    wanted = Counter(kind for row in GROUPS for kind in ("part_of", "replaced_by") if row[kind])
    assert Counter(Relation.objects.values_list("kind", flat=True)) == wanted


def test_every_group_says_what_its_row_says():
    by_key = {row["key"]: row for row in GROUPS}
    for listing in Listing.objects.prefetch_related("hosts", "languages", "provinces", "tags"):
        row = by_key[listing.source_key]
        assert (listing.name_en, listing.name_fr, listing.acronym) == (
            row["name"],
            row["name_fr"],
            row["acronym"],
        )
        assert (listing.description_en, listing.description_fr, listing.source_url) == (
            row["description_en"],
            row["description_fr"],
            row["source_url"],
        )
        assert {host.source_key for host in listing.hosts.all()} == cell(row["hosts"])
        assert {each.code for each in listing.languages.all()} == cell(row["languages"])
        assert {each.province for each in listing.provinces.all()} == cell(row["provinces"])
        assert str(listing.source_year or "") == row["source_year"]
        assert listing.tags.exists() or not (row["topics"] or row["audience"])


def cell(text):
    return {part.strip() for part in text.split(";") if part.strip()}


def test_nobody_is_said_to_have_confirmed_anything():
    assert Listing.objects.exclude(confirmed_on=None, confirmed_by="").count() == 0
    assert Listing.objects.exclude(last_activity_on=None, link_checked_on=None).count() == 0
    assert {freshness(row).value for row in public()} == {"unconfirmed", "closed"}


def test_second_load_changes_no_row_and_writes_no_decision():
    tables = (
        Listing,
        Resource,
        Tag,
        Organization,
        Place,
        Platform,
        PlatformFact,
        Language,
        Relation,
        StartRow,
        Decision,
    )
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    said = StringIO()
    call_command("load_start_data", stdout=said)
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before
    assert [
        line for line in said.getvalue().splitlines() if ": 0 new, 0 changed," not in line
    ] == []


def test_copies_of_documents_are_nobodys_address():
    mirrored = Listing.objects.filter(source_is_mirror=True)
    assert mirrored.count() == 17
    assert [
        row.source_key
        for row in mirrored
        if row.website and urlsplit(row.website).hostname == urlsplit(row.source_url).hostname
    ] == []


def test_copies_of_documents_are_called_archived(pages):
    for row in public().filter(source_is_mirror=True):
        page = page_of(pages, row, "en")
        assert (row.source_key, "archived copy" in page.text) == (row.source_key, True)


def page_of(pages, listing, lang):
    with override(lang):
        return pages[address(listing)]


def test_status_of_each_text_is_honest():
    for lang in ("en", "fr"):
        statuses = Counter(
            (bool(getattr(row, f"description_{lang}")), getattr(row, f"text_status_{lang}"))
            for row in Listing.objects.all()
        )
        honest = {"en": {(True, "original")}, "fr": {(True, "machine"), (False, "missing")}}
        assert set(statuses) <= honest[lang]


def test_machine_made_french_says_so(pages):
    for row in public().filter(text_status_fr="machine"):
        text = page_of(pages, row, "fr").text
        assert (row.source_key, "par une machine" in text or "automatique" in text) == (
            row.source_key,
            True,
        )


def test_every_unconfirmed_page_says_where_it_comes_from_and_asks_who_runs_it(pages):
    for row in public():
        if freshness(row) != "unconfirmed":
            continue
        text = page_of(pages, row, "en").text
        year = f" ({row.source_year})" if row.source_year else ""
        said = f"From public pages{year}. The group has not confirmed it yet."
        assert (row.source_key, said in text, "Do you run it?" in text) == (
            row.source_key,
            True,
            True,
        )


def test_groups_out_of_reach_say_so_and_come_last(pages):
    order = index.ask(limit=200, within={"shelf": ["listing"]}).keys
    lost = {row.pk for row in public() if not row.way_in_known and not row.is_closed}
    assert set(order[-len(lost) :]) == lost
    for row in public().filter(pk__in=lost):
        text = page_of(pages, row, "en").text
        assert (row.source_key, "We know it exists but not how to reach it." in text) == (
            row.source_key,
            True,
        )


def test_ended_groups_are_closed_and_say_so(pages):
    ended = {row["key"] for row in GROUPS if row["status"] == "closed"}
    closed = public().filter(activity="closed")
    assert {row.source_key for row in closed} == ended
    for row in closed:
        assert "This group is closed" in page_of(pages, row, "en").text


# Nowhere public ---------------------------------------------------------------------------------


def test_groups_at_the_desk_are_on_no_page(bodies):
    shared = {row["website"] for row in GROUPS if row["publish"] != "desk"} | {""}
    shared |= set(Resource.objects.values_list("link", flat=True))
    names = [name for row in DESK for name in (row["key"], row["name"], row["name_fr"]) if name]
    names += [row["website"] for row in DESK if row["website"] not in shared]
    assert [(name, url) for url, body in bodies.items() for name in names if name in body] == []


def test_groups_at_the_desk_are_in_no_answer_of_the_api():
    client = Client()
    said = client.get("/api/v1/listings?limit=100").json()["items"]
    said += client.get("/api/v1/listings?limit=100&offset=100").json()["items"]
    assert len(said) == 167
    assert {row["name"] for row in DESK} & {item["name"] for item in said} == set()
    for row in DESK:
        pk = Listing.objects.get(source_key=row["key"]).pk
        assert client.get(f"/api/v1/listings/{pk}").status_code == 404
        for lang in ("en", "fr"):
            with override(lang):
                url = address(Listing.objects.get(pk=pk))
            assert client.get(url).status_code == 404


def test_groups_at_the_desk_are_in_no_search_and_no_suggestion():
    client = Client()
    desk = {Listing.objects.get(source_key=row["key"]).pk for row in DESK}
    for row in DESK:
        assert desk & set(index.ask(row["name"], limit=200).keys) == set()
        for length in (3, 6, 12, len(row["name"])):
            words = client.get("/en/suggestions", {"q": row["name"][:length]}).json()["words"]
            assert row["name"] not in words


def test_groups_at_the_desk_are_in_no_text_list():
    client = Client()
    lists = [
        client.get(f"/{lang}/{path}/{code}.txt").content.decode()
        for lang, path in (("en", "places"), ("fr", "lieux"))
        for code in [*(value.lower() for value in Province.values), "ca"]
    ]
    assert [row["name"] for row in DESK for text in lists if row["name"] in text] == []
    names = [row.name_en or row.name_fr for row in public() if row.scope == "provincial"]
    assert [name for name in names if name and not any(name in text for text in lists)] == []


# On every page ------------------------------------------------------------------------------------


def test_every_public_group_has_a_page_and_a_line_from_a_to_z(pages):
    for lang, path in (("en", "/en/a-to-z/"), ("fr", "/fr/de-a-a-z/")):
        links = pages[path].links
        with override(lang):
            assert [url for row in public() if (url := address(row)) not in links] == []


def test_counts_on_the_home_page_add_up(pages):
    text = pages["/en/"].text
    kinds = Counter(public().values_list("kind", flat=True))
    assert "167" in text
    for count in kinds.values():
        assert str(count) in text


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_text_to_pass_on_stays_within_500_characters(lang):
    with override(lang):
        lengths = {
            row.source_key: len(as_text(row, f"https://directory.example.org{address(row)}"))
            for row in public().select_related("platform", "place")
        }
    assert {key: length for key, length in lengths.items() if length > 500} == {}
    assert len(lengths) == 167


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_text_to_pass_on_is_the_one_on_the_page(pages, lang):
    for row in public()[:10]:
        with override(lang):
            text = as_text(row, f"http://testserver{address(row)}")
        shown = [p.text for p in page_of(pages, row, lang).pieces if p.inside[-1] == "pre"]
        assert " ".join(text.split()) in shown


def test_every_page_of_the_real_site_answers(bodies):
    assert [url for url, body in bodies.items() if "<h1" not in body] == []
    assert len(bodies) > 400


# The demo -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(loaded, django_db_blocker):
    with kept_for_a_while(django_db_blocker):
        call_command("demo", stdout=StringIO())
        yield {row["key"]: row for row in rows("demo.csv")}


def test_nothing_invented_is_loaded_by_default():
    assert Listing.objects.filter(invented=True).count() == 0


def test_demo_adds_a_dozen_and_each_page_says_that_it_is_invented(demo):
    client = Client()
    invented = Listing.objects.filter(invented=True).exclude(source_key=None)
    assert {row.source_key for row in invented} == set(demo)
    assert len(demo) == 12
    for row in Listing.objects.visible().filter(invented=True):
        for lang, word in (("en", "invented"), ("fr", "inventé")):
            with override(lang):
                page = Page(client.get(address(row)).content.decode())
            assert (row.source_key, word in page.text.lower()) == (row.source_key, True)


def test_demo_groups_with_newcomers_are_not_public(demo):
    hidden = {key for key, row in demo.items() if row["publish"] == "desk"}
    public_ones = set(
        Listing.objects.visible().filter(invented=True).values_list("source_key", flat=True)
    )
    assert public_ones == set(demo) - hidden


def test_demo_shows_every_state_that_it_promises(demo):
    for row in Listing.objects.filter(invented=True).exclude(source_key=None):
        assert (row.source_key, freshness(row).value) == (
            row.source_key,
            demo[row.source_key]["state"],
        )


def test_demo_shows_many_platforms(demo):
    found = set(Listing.objects.filter(invented=True).values_list("platform", flat=True))
    assert found >= {"whatsapp", "telegram", "wechat", "signal"}


def test_demo_again_adds_nothing(demo):
    before = list(Listing.objects.order_by("pk").values())
    said = StringIO()
    call_command("demo", stdout=said)
    assert list(Listing.objects.order_by("pk").values()) == before
    assert "0 invented groups added, 12" in said.getvalue()


def test_demo_and_the_real_data_do_not_mix(demo):
    assert Listing.objects.filter(invented=False).count() == 175
    call_command("load_start_data", stdout=StringIO())
    assert Listing.objects.exclude(invented=True, source_key=None).count() == 187
