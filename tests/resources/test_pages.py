"""The pages of the library: what they show, what must stay hidden, and how much they ask."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from curation.freshness import today
from curation.models import Relation
from resources import shown
from resources.models import Lesson, Material, Upload
from resources.shelf import address
from tests.factories import make_listing, make_organization, make_tag, reindex
from tests.flows.reading import read
from tests.library import languages_of, make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db
# What stands behind a lesson whose agency is hidden, and may be read nowhere.
HIDDEN = {
    "publisher": "Planted Harbour House",
    "authors": "Plantina Author",
    "visibility": "hidden",
    "place_size": "remote",
    "agency_size": "under-10",
    "from_year": 1987,
    "to_year": 1988,
    "money": "under-1000",
}
GIVEN_AWAY = (
    "Planted", "Plantina", "Nunavut", "Remote", "10 people", "1987", "1,000", "Arabic", "Knitters",
)  # fmt: skip


def page_of(client, resource, lang="en"):
    with override(lang):
        return read(client.get(address(resource)))


def home(client):
    return read(client.get(reverse("library_home")))


def make_full(**fields):
    """A lesson that tells enough to be more than a short note."""
    context = {"place_size": "rural", "agency_size": "10-50", "money": "none"}
    lesson = make_lesson(**{"method": "observation", **context, **fields})
    Lesson.objects.create(resource=lesson, happened_en="Half came.", not_reached_en="Deaf people.")
    return lesson


@pytest.fixture
def hidden(db):
    lesson = make_full(name_en="Ask before you change the hour", provinces=("NU",), **HIDDEN)
    lesson.served_in.set(languages_of("ar"))
    group = make_listing("Knitters of the far north")
    Relation.objects.create(from_entry=lesson, to_entry=group, kind="discussed_in")
    return lesson


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("make", [make_lesson, make_full, make_guide])
def test_page_answers_in_its_language_and_names_its_twin(client, make, lang):
    resource = make()
    page = page_of(client, resource, lang)
    assert page.lang == f"{lang}-CA"
    with override("fr" if lang == "en" else "en"):
        twin = address(resource)
    assert [a["href"] for a in page.all("a") if a.get("hreflang")] == [twin]


def test_old_headline_in_the_address_leads_to_the_present_one(client):
    guide = make_guide()
    response = client.get(f"/en/library/{guide.pk}-as-it-was-called/")
    assert (response.status_code, response["Location"]) == (301, address(guide))


@pytest.mark.parametrize("review", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_is_not_public_has_no_page_and_no_file(client, review):
    lesson = make_lesson(review=review)
    make_lesson("Another")
    reindex()
    names = ("resource_bib", "resource_ris", "resource_page")
    urls = [reverse(name, args=[lesson.pk, "x"]) for name in names]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    for url in (reverse("library_home"), reverse("resource_list"), "/sitemap.xml"):
        assert "phone-in-number" not in client.get(url).content.decode()


def test_full_card_tells_what_happened_where_it_fits_and_how_one_knows(client):
    lesson = make_full(method_count=26, from_year=2025, to_year=2026, staff_time="days")
    text = page_of(client, lesson).text
    for words in (
        "It worked", "Half came.", "Deaf people.", "Rural, Nova Scotia, agency of 10 to 50 people",
        "2025–2026, a few days, no money beside wages", "We saw it ourselves, 26 people or cases",
        "People who use no service", "Nobody has measured it yet.",
    ):  # fmt: skip
        assert words in text or words.lower() in text
    assert "short note" not in text


# What the sheet of a lesson says of who was not reached, and what its margin says.
NOT_REACHED = {
    "told": ({"not_reached_en": "Deaf people."}, "Deaf people.", ", and people who use no"),
    "unknown": ({"not_reached_unknown": True}, "do not know.", "do not know who was not reached."),
    "nobody said": ({}, "", "Nobody has said who was not reached."),
}


@pytest.mark.parametrize("case", NOT_REACHED)
def test_page_says_the_same_of_who_was_not_reached_in_both_places(client, case):
    values, here, beside = NOT_REACHED[case]
    lesson = make_lesson()
    Lesson.objects.create(resource=lesson, happened_en="Half came.", **values)
    page = client.get(address(lesson))
    found = [f for f in page.context["facts"] if f.anchor == "not-reached"]
    assert [f"{','.join(f.values)}{f.text}".endswith(here) for f in found] == [True] * bool(here)
    text = page.content.decode()
    said = [words for _v, _h, words in NOT_REACHED.values() if words in text]
    assert said == [beside]


def test_step_is_said_beneath_the_headline_and_leads_to_its_ladder(client):
    lesson = make_full(publisher="House")
    make_answer(lesson, agency="One")
    body = client.get(address(lesson)).content.decode()
    top = body.partition("<dl")[0]
    assert re.findall(r'href="#sure">How sure is this\?</a> <b>(.*?)</b> (.*?)</p>', top) == [
        ("Tried by others too.", "1 other agency said how it went for them.")
    ]
    assert body.count('id="sure"') == 1


def test_short_note_says_what_is_missing(client):
    text = page_of(client, make_lesson(topics=())).text
    assert "This is a short note." in text
    assert "a topic, what was planned or what happened" in text


def test_page_of_a_report_leads_to_it_and_claims_no_step_without_a_method(client):
    page = page_of(client, make_guide(to_do_en="Show it to your board."))
    assert "Show it to your board." in page.text
    assert [a["class"] for a in page.all("a", href="https://example.org/report")] == ["btn"]
    assert "We claim no step" in page.text


def test_report_without_a_page_of_its_own_says_so(client):
    assert "found no page of it" in page_of(client, make_guide(link="")).text


def test_materials_are_downloads_with_their_kind_and_size(client):
    lesson = make_lesson()
    upload = Upload.objects.create(name="plan.pdf", kind="pdf", size=2048, sha256="0" * 64)
    Material.objects.create(resource=lesson, upload=upload, title="Session plan")
    page = page_of(client, lesson)
    file = reverse("file_download", args=[upload.pk, upload.name])
    assert len(page.all("a", href=file)) == 1
    assert "PDF, 2.0 KB" in page.text.replace("\u00a0", " ")


def test_two_answers_are_told_one_by_one_and_three_together(client):
    lesson = make_lesson()
    make_answer(lesson, agency="One")
    make_answer(lesson, "No quiet room", agency="Two", verdict="did-not", place_size="large-city")
    make_answer(lesson, "Waits", agency="Four", review="submitted")
    page = page_of(client, lesson)
    assert page.all("table") == []
    assert "Worked for an agency in a small centre (Manitoba, 2026)." in page.text
    make_answer(lesson, agency="Three")
    page = page_of(client, lesson)
    assert "Worked for 2 agencies in small centres; did not for 1 in a large city" in page.text
    assert [row["scope"] for row in page.all("th", colspan="3")] == ["rowgroup", "rowgroup"]
    assert "Waits" not in page.text
    assert "Four" not in page.text


def test_answer_whose_agency_is_hidden_shows_neither_name_nor_place(client):
    lesson = make_lesson()
    for agency in ("One", "Two"):
        make_answer(lesson, agency=agency, place_size="large-city", province="")
    make_answer(
        lesson, "Devices", agency="Planted House", visibility="hidden", province="NU", year=None
    )
    text = page_of(client, lesson).text
    assert "Devices" in text
    assert [words for words in ("Planted", "Nunavut", "Small centre") if words in text] == []


def given_away(client, lesson):
    """What of GIVEN_AWAY can be read: {address: words}."""
    make_answer(lesson, agency="Somebody")
    reindex()
    urls = [address(lesson), reverse("library_home"), reverse("resource_list"), "/sitemap.xml"]
    urls += [reverse(name, args=[lesson.pk, "x"]) for name in ("resource_bib", "resource_ris")]
    urls += [reverse("resource_list") + "?q=planted"]
    found = {}
    for url in urls:
        body = client.get(url).content.decode()
        text = re.sub(r"<form.*?</form>|<h1.*?</h1>|<title.*?</title>", "", body, flags=re.S)
        if words := [word for word in GIVEN_AWAY if word in text]:
            found[url] = words
    return found


def test_hidden_names_stand_on_no_page_and_in_no_file(client, hidden):
    assert given_away(client, hidden) == {}


def test_the_same_names_are_found_where_nothing_is_hidden(client, hidden):
    hidden.visibility = "named"
    hidden.save()
    found = given_away(client, hidden)
    assert sorted(found[address(hidden)]) == sorted(GIVEN_AWAY)
    assert found[reverse("resource_bib", args=[hidden.pk, "x"])] == ["Planted", "Plantina"]


def test_hidden_lesson_tells_the_year_alone_and_that_something_is_left_out(client, hidden):
    page = page_of(client, hidden)
    year = shown.year(hidden)
    assert f"By an agency that does not give its name, {year}." in page.text
    assert f"To be looked at again by {year + 2}." in page.text
    assert "so that nobody can be recognized" in page.text
    assert "Where people talk about it" not in page.text


def test_named_lesson_leads_to_the_groups_that_talk_about_it(client):
    lesson, group = make_lesson(), make_listing("Wired: settlement online")
    Relation.objects.create(from_entry=lesson, to_entry=group, kind="discussed_in")
    gone = make_listing("Taken away", review="withdrawn")
    Relation.objects.create(from_entry=lesson, to_entry=gone, kind="discussed_in")
    page = page_of(client, lesson)
    assert "Wired: settlement online" in page.text
    assert "Taken away" not in page.text


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("builds_on", "It builds on", "Builds on this"),
        ("contradicts", "It contradicts", "Contradicts this"),
    ],
)
def test_lessons_lead_to_each_other(client, kind, here, there):
    young, old = make_lesson("The younger one"), make_lesson("The older one")
    Relation.objects.create(from_entry=young, to_entry=old, kind=kind)
    assert f"{here} The older one" in " ".join(page_of(client, young).text.split())
    assert f"{there} The younger one" in " ".join(page_of(client, old).text.split())


@pytest.mark.parametrize(
    ("visibility", "review_on", "due"),
    [
        ("named", None, dt.date(2026, 2, 28)),
        ("named", dt.date(2025, 5, 6), dt.date(2025, 5, 6)),
        ("hidden", None, dt.date(2026, 12, 31)),
        ("agency", dt.date(2025, 5, 6), dt.date(2025, 12, 31)),
    ],
)
def test_lesson_may_be_outdated_after_two_years_or_when_somebody_said(visibility, review_on, due):
    lesson = make_lesson(visibility=visibility, publisher="House", review_on=review_on)
    lesson.published_at = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
    assert shown.look_again_on(lesson) == due
    assert shown.may_be_outdated(lesson) == (due < today())


def test_page_says_that_it_may_be_outdated(client):
    lesson = make_lesson(review_on=dt.date(2025, 5, 6))
    assert "it was to be looked at again by May 2025" in page_of(client, lesson).text


def test_funders_words_stand_with_their_reasons_where_an_editor_set_them(client):
    text = page_of(client, make_lesson(impact="high", impact_why_en="Half came back.")).text
    assert "High" in text
    assert "Half came back." in text
    assert "Adaptability" not in text


def test_citation_files_say_what_they_are(client):
    guide = make_guide()
    bib = client.get(reverse("resource_bib", args=[guide.pk, "x"]))
    ris = client.get(reverse("resource_ris", args=[guide.pk, "x"]))
    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib["Content-Disposition"] == 'attachment; filename="mapping-the-digital-divide.bib"'
    assert bib.content.decode().startswith(f"@techreport{{copdirectory{guide.pk},")
    assert ris["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert ris.content.decode().startswith("TY  - RPRT")


def test_description_for_programs_is_of_the_lesson_and_ends_no_script(client):
    lesson = make_lesson("Say </script><b>less</b>")
    body = client.get(address(lesson)).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', body, re.S)[1])
    assert data["@type"] == ["Article", "LearningResource"]
    assert data["name"] == "Say </script><b>less</b>"


def test_home_counts_what_is_here_and_what_comes_from_elsewhere(client, hidden):
    make_lesson("Fax", outcome="did-not")
    make_guide()
    make_lesson("Not yet", review="submitted")
    reindex()
    text = home(client).text
    assert "3 lessons, guides and reports" in text
    assert "We found one of them on a public page" in text
    assert "One lesson that spares you the same road" in text


def test_useful_lately_is_what_most_other_agencies_tried_in_a_year(client):
    two, one, old, never, example = (
        make_lesson("Two agencies"),
        make_lesson("One agency"),
        make_lesson("Long ago"),
        make_lesson("Could not"),
        make_lesson("An example", invented=True),
    )
    now = {"said_on": today()}
    for agency in ("One", "Two"):
        make_answer(two, agency=agency, **now)
    make_answer(one, agency="One", **now)
    make_answer(old, agency="One", said_on=today() - dt.timedelta(days=400))
    make_answer(never, agency="One", verdict="could-not-try", **now)
    make_answer(example, agency="One", **now)
    make_answer(old, agency="Two", review="submitted", **now)
    reindex()
    useful = home(client).text.split("Useful lately")[1].split("New here")[0]
    names = ("Two agencies", "One agency", "Long ago", "Could not", "An example")
    found = sorted((useful.index(name), name) for name in names if name in useful)
    assert [name for _at, name in found] == ["Two agencies", "One agency"]


def test_home_of_an_empty_library_invites(client):
    reindex()
    page = home(client)
    assert "Nobody has told one yet." in page.text
    assert "Useful lately" not in page.text


def test_site_map_has_the_pages_of_the_library(client, hidden):
    make_lesson("Waits", review="submitted")
    text = client.get("/sitemap.xml").content.decode()
    with override("fr"):
        assert f"{address(hidden)}</loc>" in text
    assert f"{reverse('page_evidence')}</loc>" in text
    assert "waits" not in text
    assert "lastmod" not in text


# The first page that a process serves also reads the index; the counts are those of the next.
QUERIES = {"home": 14, "list": 11, "lesson": 22, "report": 11, "bib": 1}


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_many_queries_whatever_stands_on_them(client, number):
    agency = make_organization()
    for each in range(number):
        lesson = make_full(name_en=f"Lesson {each}", provinces=("NS", "ON"), organization=agency)
        for name in range(number):
            make_answer(lesson, agency=f"House {name}", said_on=today(), visibility="hidden")
            Material.objects.create(resource=lesson, link=f"https://example.org/{name}")
        guide = make_guide(f"Guide {each}", terms=[make_tag("time", facet="barrier")])
    reindex()
    pages = {
        "home": reverse("library_home"),
        "list": reverse("resource_list"),
        "lesson": address(lesson),
        "report": address(guide),
        "bib": reverse("resource_bib", args=[lesson.pk, "x"]),
    }
    asked = {}
    for name, url in pages.items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked[name] = len(queries)
    assert asked == QUERIES


def test_nothing_in_the_library_sets_a_cookie(client, hidden):
    reindex()
    for url in (reverse("library_home"), reverse("resource_list"), address(hidden)):
        assert client.get(url).cookies.output() == ""
