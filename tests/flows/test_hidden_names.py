"""A hidden name is met on no page: the small form of `bench/hidden_names.py`."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from django.utils.translation import override

from bench.given_away import GivenAway
from bench.planted_names import languages, plant, plant_in_a_page
from bench.traces import Traces
from curation import shelves
from curation.models import Entry
from tests.factories import reindex, sign_in
from tests.flows.conftest import kept_for_a_while

pytestmark = pytest.mark.django_db
LISTS = (
    "/en/", "/en/library/", "/fr/bibliotheque/", "/en/library/all/?sort=newest",
    "/en/library/all/?province=NU", "/en/library/all/?q=rings+everybody+up",
    "/en/search/?q=rings+everybody+up", "/en/suggestions?q=zqe", "/en/topics/hybrid-services/",
    "/en/library/collections/", "/sitemap.xml", "/en/to-review/taken-off/", "/en/nothing/",
    "/api/v1/resources?limit=100", "/api/v1/search?q=rings+everybody+up",
)  # fmt: skip
OF_ONESELF = ("/en/my-pages/", "/en/my-pages/what-we-keep/", "/en/my-pages/what-we-keep/file/")


@pytest.fixture(scope="module")
def names(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        kept_for_a_while(django_db_blocker),
    ):
        languages()
        yield plant(lessons=2, files=("docx",))


def of_one(key):
    """The page of a lesson in both languages, its citations, record, forms and past."""
    entry = Entry.objects.get(pk=key)
    for lang in ("en", "fr"):
        with override(lang):
            yield shelves.of(entry).address(entry).partition("#")[0]
    yield from (f"/en/library/{key}-x.{ending}" for ending in ("bib", "ris"))
    yield f"/api/v1/resources/{key}"
    yield from (f"/en/{where}/{key}/" for where in ("add/change", "problem", "to-review/history"))


def given_away(names, who, *addresses):
    """(address, what it gives away) of each that says too much to somebody."""
    browser, away = Client(), GivenAway(names)
    if who:
        sign_in(browser, names.people_who_read[who])
    found = []
    for address in addresses:
        answer = browser.get(address)
        data = answer.getvalue() if answer.streaming else answer.content
        said = "\n".join(f"{name}: {value}" for name, value in answer.items())
        found += [(address, hit) for hit in sorted(away.found(who, address, said, data))]
    return found


def test_strangers_meet_nothing_that_is_hidden(names, db):
    keys = [names.hidden[0], names.without_author[0], names.shown[0], *names.gone[:2]]
    files = [f"/en/library/files/{quote(each)}" for each in names.files]
    answers = [key for key in names.narrow if key not in keys][-2:]
    forms = [f"/en/add/change/{key}/" for key in answers]
    pages = [page for key in keys for page in of_one(key)]
    assert given_away(names, "", *LISTS, *pages, *forms, *files) == []


@pytest.mark.parametrize("who", ["anybody", "colleague", "keeper", "umbrella"])
def test_people_with_an_account_meet_nothing_that_is_hidden(names, db, who):
    assert given_away(names, who, *OF_ONESELF, *of_one(names.hidden[0])) == []


def test_a_name_that_stands_on_a_page_is_found_split_by_a_tag(names, db):
    plant_in_a_page(names)
    page = next(of_one(names.shown[0]))
    assert (page, names.people[0]) in given_away(names, "", page)


def test_the_same_pages_name_whoever_does_not_hide(names, db):
    page = Client().get(next(of_one(names.shown[0]))).content.decode()
    assert Traces(names.named).found(page) != set()


def test_no_filter_counts_what_hides_its_agency(names, db):
    def counts():
        answer = Client().get("/api/v1/resources?limit=1").json()
        return answer["total"], answer["facets"]

    total, facets = counts()
    Entry.objects.filter(pk__in=names.hidden).update(review="withdrawn")
    reindex()
    assert counts() == (total - len(names.hidden), facets)


@pytest.mark.once
@pytest.mark.django_db(databases=[])
@pytest.mark.parametrize(
    "text",
    [
        "ZOE KALUZNY", "Zoé <b>Kalu</b>žny", "zoe-kaluzny", "Zo%C3%A9+Kaluzny",
        "zo&eacute; kaluzny",
        "\\u005ao\\u00e9 Kaluzny", "Wm/DqSBLYWx1em55IGFuZCBzbw==", "on March 4, 1975", "1975-03-04",
        "le 4 mars 1975", "in mars 1975",
    ],
)  # fmt: skip
def test_a_name_or_day_is_found_however_it_is_dressed(text):
    assert Traces(["Zoé Kaluzny"], [dt.date(1975, 3, 4)]).found(text) != set()
