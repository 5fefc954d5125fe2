"""What a group's page says: what is known, where it comes from, and calmly what is not known."""

import json

import pytest
from django.utils.translation import override

from cop_directory.cards import as_text
from cop_directory.shelf import address
from curation.models import Relation
from tests.factories import make_listing, make_organization, make_platform
from tests.flows.reading import read

pytestmark = pytest.mark.django_db


def page_of(client, listing, lang="en"):
    with override(lang):
        return read(client.get(address(listing)))


# Wording that was agreed on: (fields, English, French)
SENTENCES = [
    (
        {"source": "page", "source_year": 2019, "website": "https://a.example.org/"},
        "From public pages (2019). The group has not confirmed it yet.",
        "Renseignements tirés de pages publiques (2019). Le groupe ne les a pas encore confirmés.",
    ),
    (
        {"source": "page"},
        "We know it exists but not how to reach it.",
        "Nous savons qu’il existe mais pas comment le joindre.",
    ),
    ({"source": "page"}, "Do you run it?", None),
    ({"activity": "closed"}, "Closed", "Ferm"),
    ({"invented": True}, "invented", "invent"),
]


@pytest.mark.parametrize(("fields", "english", "french"), SENTENCES)
def test_page_says_it_in_the_words_agreed_on(client, fields, english, french):
    listing = make_listing(**fields)
    assert english in page_of(client, listing).text
    if french:
        assert french in page_of(client, listing, "fr").text.replace("'", "’")


def test_confirmed_group_is_not_said_to_be_unconfirmed(client, site):
    text = page_of(client, site.full).text
    assert "has not confirmed it yet" not in text
    assert "Confirmed by the group on" in text


def test_group_with_a_way_in_is_not_said_to_be_out_of_reach(client, site):
    assert "not how to reach it" not in page_of(client, site.full).text


def test_archived_copy_is_called_so_and_is_not_the_groups_address(client):
    listing = make_listing(
        source="page", source_url="https://docs.example.com/copy", source_is_mirror=True
    )
    page = page_of(client, listing)
    assert "archived copy" in page.text
    assert [a.get("class", "") for a in page.all("a", href="https://docs.example.com/copy")] == [""]
    assert "not how to reach it" in page.text


def test_archived_copy_is_called_so_in_french(client):
    listing = make_listing(
        source="page", source_url="https://docs.example.com/copy", source_is_mirror=True
    )
    assert "archivée" in page_of(client, listing, "fr").text


@pytest.mark.parametrize(("lang", "word"), [("en", "invented"), ("fr", "invent")])
def test_invented_group_says_so_before_anything_else(client, site, lang, word):
    text = page_of(client, site.chat, lang).text.lower()
    assert word in text[: text.index("whatsapp") + 400]


def test_closed_group_says_where_to_go_instead(client, site):
    page = page_of(client, site.closed)
    assert address(site.full) in page.links
    assert "This group is closed" in page.text
    assert "Its money ended." in page.text


def test_closed_group_without_successor_says_so(client):
    page = page_of(client, make_listing(activity="closed"))
    assert "We know of no group that took its place" in page.text


def test_machine_translation_is_marked_in_its_language_only(client, site):
    marked = page_of(client, site.partnership, "fr").text.lower()
    assert "traduction automatique" in marked or "par une machine" in marked
    assert "machine" not in page_of(client, site.partnership, "en").text


def test_text_in_the_other_language_is_marked_with_it(client, site):
    french, english = page_of(client, site.french, "en"), page_of(client, site.unreachable, "fr")
    wanted = "Des enseignantes échangent leurs façons de faire."
    marked = {p.lang for p in french.pieces if p.text == wanted and p.inside[-1] == "p"}
    assert marked == {"fr"}
    assert {
        p.lang
        for p in english.pieces
        if p.text == "Interpreters who compare terms." and p.inside[-1] == "p"
    } == {"en"}


def test_name_in_the_groups_own_language_has_its_language_and_direction(client, site):
    page = page_of(client, site.arabic)
    own = [attrs for _, attrs in page.tags if attrs.get("lang") == "ar"]
    assert {attrs.get("dir") for attrs in own} == {"rtl"}
    assert {p.lang for p in page.pieces if p.text == "دائرة الترحيب"} == {"ar"}


def test_body_is_shown_beside_the_one_line(client, site):
    page = page_of(client, site.full)
    assert ("Tuesdays", "strong") in [(p.text, p.inside[-1]) for p in page.pieces]


def test_facts_about_the_platform_have_source_and_day(client, site):
    text = page_of(client, site.chat).text
    assert "facts.example.org" in text
    assert "2026" in text
    assert text.count("A phone number.") == 4


def test_way_in_without_the_app_is_named(client, site):
    assert "Write to the hosts." in page_of(client, site.chat).text


def test_real_host_of_a_link_is_shown(client, site):
    assert "housing.example.org" in page_of(client, site.full).text


def test_organization_that_runs_it_leads_to_its_page(client, site):
    assert any("/organizations/" in link for link in page_of(client, site.full).links)


def test_related_groups_are_open_ones_nearby(client, site):
    near = make_listing("Nearby group", provinces=("NL",), kind="lip")
    make_listing("Nearby but closed", provinces=("NL",), kind="lip", activity="closed")
    links = page_of(client, site.partnership).links
    assert address(near) in links
    assert [link for link in links if "nearby-but-closed" in link] == []


def test_part_and_whole_lead_to_each_other(client, site):
    part = make_listing("Working table", provinces=("MB",))
    Relation.objects.create(from_entry=part, to_entry=site.unreachable, kind="part_of")
    assert address(site.unreachable) in page_of(client, part).links
    assert address(part) in page_of(client, site.unreachable).links


def test_hidden_relation_is_not_shown(client, site):
    hidden = make_listing("Hidden whole", review="submitted")
    Relation.objects.create(from_entry=site.unreachable, to_entry=hidden, kind="part_of")
    assert "Hidden whole" not in page_of(client, site.unreachable).text


# Text for machines and for passing on -------------------------------------------------------------


def linked_data(client, listing, lang="en"):
    with override(lang):
        body = client.get(address(listing)).content.decode()
    start = body.index('<script type="application/ld+json">')
    return json.loads(body[start:].partition(">")[2].partition("</script>")[0])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_linked_data_of_every_group_can_be_read(client, site, lang):
    for listing in site.groups:
        with override(lang):
            name = listing.name.plain
        data = linked_data(client, listing, lang)
        assert (data["@context"], data["name"]) == ("https://schema.org", name)


HARMFUL = ["</script><script>alert(1)</script>", "<!--<script>", '"}{\\', "\u2028\u2029", "]]>"]


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_name_is_harmless_everywhere(client, name):
    agency = make_organization(name)
    listing = make_listing(name, acronym=name[:40], description_en=name, hosts=(agency,))
    page = page_of(client, listing)
    assert linked_data(client, listing)["name"] == name
    assert [a for a in page.all("script") if "src" not in a and "type" not in a] == []
    assert "alert(1)" not in "".join(p.text for p in page.pieces if "script" in p.inside)


def test_harmful_name_is_harmless_in_lists(client, site):
    make_listing("<img src=x onerror=alert(1)>", provinces=("PE",), languages=("en",))
    for url in ("/en/directory/", "/en/a-to-z/", "/en/places/pe/", "/en/directory/?q=onerror"):
        page = read(client.get(url))
        assert "<img src=x onerror=alert(1)>" in page.text.replace("onerror =", "onerror=")
        assert [attrs for attrs in page.all("img") if "onerror" in attrs] == []


def test_open_graph_says_name_sentence_and_address(client, site):
    said = {
        tag["property"]: tag["content"]
        for tag in page_of(client, site.full).all("meta")
        if tag.get("property", "").startswith("og:")
    }
    assert said["og:title"] == "Housing Workers of Halifax"
    assert said["og:description"] == "People who help newcomers find homes compare what works."
    assert said["og:url"] == f"http://testserver{address(site.full)}"
    assert said["og:type"] == "website"


def test_copy_as_text_says_what_one_passes_on(site):
    url = "http://testserver/x"
    with override("en"):
        lines = as_text(site.full, url).split("\n")
    assert lines[0] == "Housing Workers of Halifax (HWH)"
    assert "People who help newcomers find homes compare what works." in lines
    assert "https://www.housing.example.org/" in lines
    assert lines[-1] == url
    assert not any("group@" in line for line in lines)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_copy_as_text_of_the_longest_group_stays_within_500_characters(lang):
    listing = make_listing(
        "N" * 160,
        name_fr="M" * 160,
        acronym="A" * 40,
        one_line_en="o " * 70,
        one_line_fr="p " * 70,
        website="https://a.example.org/" + "w" * 400,
        provinces=("BC", "AB", "SK", "MB", "ON", "QC", "NB", "NS", "PE", "NL", "YT", "NT", "NU"),
        kind="chat-group",
        platform=make_platform("p" * 50, name_en="P" * 60, name_fr="Q" * 60),
        source="page",
        source_year=2019,
    )
    with override(lang):
        url = f"https://directory.example.org{address(listing)}"
        text = as_text(listing, url)
    assert len(text) <= 500
    assert text.endswith(url)


def test_copied_text_on_the_page_is_that_text(client, site):
    page = page_of(client, site.full)
    with override("en"):
        text = as_text(site.full, f"http://testserver{address(site.full)}")
    shown = [piece.text for piece in page.pieces if piece.inside[-1] == "pre"]
    assert shown == [" ".join(text.split())]


@pytest.mark.parametrize(("lang", "code"), [("en", "ns"), ("fr", "ns"), ("en", "ca"), ("en", "nu")])
def test_text_only_list_is_plain_and_whole(client, site, lang, code):
    path = {"en": "places", "fr": "lieux"}[lang]
    answer = client.get(f"/{lang}/{path}/{code}.txt")
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "<" not in text
    assert "&#x27;" not in text
    names = {
        "ns": ["Halifax", "emploi" if lang == "fr" else "Employment"],
        "ca": ["Old Round"],
        "nu": [],
    }[code]
    assert [name for name in names if name not in text] == []


def test_text_only_list_leaves_names_as_they_are_written(client, site):
    make_listing("Q&A <group> 'x' \"y\"", provinces=("PE",))
    assert "Q&A <group> 'x' \"y\"" in client.get("/en/places/pe.txt").content.decode()
