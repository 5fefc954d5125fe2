"""What is not public is nowhere: every address is opened and looked through for planted names."""

import json
import re
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.utils.translation import override

from cop_directory.browse import organization_address
from cop_directory.models import Chat, Meeting, Partnership, Practice
from cop_directory.shelf import address
from curation import history
from curation.models import Entry, Relation
from search import index
from tests.factories import (
    make_listing,
    make_organization,
    make_place,
    make_superuser,
    make_tag,
    reindex,
)
from tests.flows.conftest import kept_for_a_while
from tests.flows.reading import Page
from tests.flows.site import LANGUAGES, addresses, make_site

pytestmark = pytest.mark.django_db

# A group of this status may be seen by nobody; the word is planted in all its texts.
HIDDEN = {
    "draft": {"review": "draft"},
    "submitted": {"review": "submitted"},
    "asked": {"review": "needs_answer"},
    "rejected": {"review": "rejected"},
    "withdrawn": {"review": "withdrawn"},
    "newcomers": {"members": "newcomers"},
    "mixed": {"members": "mixed"},
}
TEXTS = (
    "name_en",
    "name_fr",
    "one_line_en",
    "one_line_fr",
    "description_en",
    "description_fr",
    "acronym",
    "host_note_en",
    "host_note_fr",
    "audience_en",
    "audience_fr",
    "area_en",
    "area_fr",
    "who_may_join_en",
    "who_may_join_fr",
    "alert_en",
    "alert_fr",
)


def word_for(status: str) -> str:
    """One word that nothing else on the site has and that no repair leads to."""
    return f"zqx{status}kvw"


def plant(status: str, visible, **fields):
    """A group with its word everywhere, tied to the visible ones in every way."""
    word = word_for(status)
    texts = {name: f"{word} {name.replace('_', '')}"[:40] for name in TEXTS}
    listing = make_listing(
        **{**texts, **fields},
        languages=("en", "fr"),
        provinces=("NS",),
        place=make_place(),
        website=f"https://{word}.example.org/",
        contact_email=f"{word}@example.org",
        hosts=(visible.agency, make_organization(f"{word} agency", name_fr=f"{word} organisme")),
        tags=(visible.topic, make_tag(f"{word}-topic"), make_tag(f"{word}-role", facet="role")),
        source_url=f"https://{word}.example.org/source",
        consent="not-asked",
        source_key=f"{word}-key",
        kind="community-of-practice",
    )
    for model in (Practice, Partnership):
        model.objects.create(listing=listing)
    Chat.objects.create(listing=listing, other_way_en=word, other_way_fr=word)
    Meeting.objects.create(
        listing=listing, starts_at="2031-01-01T12:00Z", url=f"https://{word}.ca/"
    )
    for kind in ("part_of", "similar", "replaced_by"):
        Relation.objects.create(from_entry=listing, to_entry=visible.full, kind=kind)
        Relation.objects.create(from_entry=visible.closed, to_entry=listing, kind=kind)
    return listing


def questions(word: str) -> list[str]:
    """Everything that can be asked with a word, on pages and in the API."""
    words = [word, f"{word} housing", word[:6], word[:-1], f"{word}topic", f"{word}@example.org"]
    found = [
        f"{where}{quote(each)}"
        for each in words
        for where in (
            "/en/directory/?q=",
            "/fr/repertoire/?q=",
            "/en/suggestions?q=",
            "/fr/suggestions?q=",
            "/api/v1/listings?q=",
            "/api/v1/listings?exactly=true&lang=fr&q=",
        )
    ]
    return [*found, f"/en/topics/{word}-topic/", f"/fr/sujets/{word}-topic/"]


def bare(answer, address_asked: str) -> str:
    """What an answer says beyond what it was asked: the question itself is echoed."""
    text = answer.content.decode()
    asked = urlsplit(address_asked)
    if "zqx" not in f"{asked.path}{asked.query}":
        return text
    if text.startswith("{"):
        said = json.loads(text)
        return json.dumps(
            {k: v for k, v in said.items() if k not in ("because", "corrected", "detail")}
        )
    page = Page(text)
    shelf = re.search(r'<ol class="shelf".*?</ol>', text, re.DOTALL)
    return (shelf[0] if shelf else "") + " ".join(
        link
        for link in page.links
        if "/directory/" in link and "?" not in link or "/repertoire/" in link and "?" not in link
    )


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    """(hidden groups by status, a public one planted in the same way, addresses → answers)"""
    with kept_for_a_while(django_db_blocker):
        site = make_site()
        hidden = {status: plant(status, site, **fields) for status, fields in HIDDEN.items()}
        public = plant("public", site, members="sector")
        person = make_superuser("zqxpersonkvw@example.org")
        history.write(
            Entry.objects.get(pk=public.pk),
            "edit",
            by=person,
            role="reviewer",
            note="zqxnotekvw",
            before={"x": "zqxbeforekvw"},
            after={"x": "zqxafterkvw"},
        )
        reindex()
        yield hidden, public, everything_public(site, hidden)


def everything_public(site, hidden):
    client = Client()
    found = [
        "/",
        "/healthz",
        "/robots.txt",
        "/sitemap.xml",
        "/api/v1/openapi.json",
        "/en/places/ns/?page=1",
        "/api/v1/listings?limit=100",
        "/api/v1/listings?limit=100&lang=fr",
        "/en/directory/",
        "/fr/repertoire/",
        "/en/directory/?sort=name",
        "/en/directory/?sort=newest",
        "/en/nowhere/",
        "/fr/nulle-part/",
    ]
    for lang in LANGUAGES:
        for urls in addresses(site, lang, pages_only=False).values():
            found += urls
    found += [
        urlsplit(url).path
        for url in re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    ]
    with override("en"):
        for organization in {
            host for row in Entry.objects.all() for host in row.listing.hosts.all()
        }:
            found.append(organization_address(organization))
        found += [address(row) for row in hidden.values()]
    found += [f"/api/v1/listings/{row.pk}" for row in hidden.values()]
    for status in (*hidden, "public"):
        found += questions(word_for(status))
    return {url: client.get(url) for url in dict.fromkeys(found)}


def leaks(answers, word: str) -> list[str]:
    return [url for url, answer in answers.items() if word in bare(answer, url).lower()]


@pytest.mark.parametrize("status", HIDDEN)
def test_hidden_group_is_nowhere(planted, status):
    assert leaks(planted[2], word_for(status)) == []


def test_crawl_finds_the_public_one_that_is_planted_in_the_same_way(planted):
    _, public, answers = planted
    found = set(leaks(answers, word_for("public")))
    with override("en"):
        expected = {
            address(public),
            "/en/directory/",
            "/en/a-to-z/",
            "/en/places/ns/",
            "/en/places/ns.txt",
            "/en/topics/housing/",
            "/sitemap.xml",
            "/en/topics/",
            "/en/jobs/",
            "/api/v1/listings?limit=100",
            "/en/suggestions?q=zqxpublickvw",
            "/en/directory/?q=zqxpublickvw",
            "/api/v1/listings?q=zqxpublickvw",
            "/en/directory/?sort=name",
            "/fr/repertoire/",
        }
    assert expected - found == set()


@pytest.mark.parametrize("word", ["zqxpersonkvw", "zqxnotekvw", "zqxbeforekvw", "zqxafterkvw"])
def test_people_and_their_notes_are_nowhere(planted, word):
    assert leaks(planted[2], word) == []


def test_keys_of_the_starting_data_are_nowhere(planted):
    assert leaks(planted[2], "zqxpublickvw-key") == []


def test_hidden_pages_are_not_there(planted, db):
    client = Client()
    hidden, public, _ = planted
    for status, row in hidden.items():
        for lang in LANGUAGES:
            with override(lang):
                assert (status, client.get(address(row)).status_code) == (status, 404)
        assert (status, client.get(f"/api/v1/listings/{row.pk}").status_code) == (status, 404)
    assert client.get(address(public)).status_code == 200


def test_organization_with_hidden_groups_only_has_no_page(planted, db):
    hidden, _, answers = planted
    with override("en"):
        urls = [
            organization_address(host)
            for row in hidden.values()
            for host in row.hosts.filter(name_en__startswith="zqx")
        ]
    assert {answers[url].status_code for url in urls} == {404}


def test_topic_of_hidden_groups_only_is_in_no_list(planted, db):
    _, _, answers = planted
    for url in ("/en/topics/", "/fr/sujets/", "/sitemap.xml", "/en/jobs/"):
        if url in answers:
            assert [s for s in HIDDEN if word_for(s) in answers[url].content.decode()] == []


def test_counts_count_what_can_be_seen(planted, db):
    _, _, answers = planted
    said = answers["/api/v1/listings?limit=100"].json()
    assert (said["total"], len(said["items"]), said["facets"]["province"]["NS"]) == (8, 8, 3)
    assert answers["/healthz"].json()["documents"] == 8


def test_words_of_hidden_groups_are_not_in_the_index(planted, db):
    for status in HIDDEN:
        answer = index.ask(word_for(status), as_typed=True)
        assert (status, [reason.found for reason in answer.because]) == (status, [False])


def test_hidden_group_as_successor_is_not_named(planted, db):
    hidden, _, answers = planted
    pages = [a.content.decode() for url, a in answers.items() if "old-round-table" in url]
    assert pages != []
    for page in pages:
        assert [status for status in hidden if word_for(status) in page] == []
