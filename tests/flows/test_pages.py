"""Every page, in both languages: it answers, says its language, and leads to its twin."""

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils.translation import override

from cop_directory.models import Listing
from cop_directory.shelf import address
from curation import lifecycle
from search.models import State
from tests.factories import make_tag
from tests.flows.reading import read
from tests.flows.site import LANGUAGES, addresses, names

pytestmark = pytest.mark.django_db
OTHER = {"en": "fr", "fr": "en"}


def at(name, lang, *args, query=""):
    with override(lang):
        return reverse(name, args=args) + query


@pytest.mark.parametrize("name", sorted(names()))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_answers(client, site, name, lang):
    for url in addresses(site, lang, pages_only=False)[name]:
        assert (url, client.get(url).status_code) == (url, 200)


def test_addresses_are_translated(site):
    english, french = addresses(site, "en"), addresses(site, "fr")
    assert english["listing_list"] == ["/en/directory/"]
    assert french["listing_list"] == ["/fr/repertoire/"]
    first = {
        name: {url.split("/")[2] for url in [*english[name], *french[name]]} for name in english
    }
    same = {"home", "page_accessibility"}
    assert [name for name, words in first.items() if len(words) < 2 and name not in same] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_says_its_language(client, site, lang):
    for urls in addresses(site, lang).values():
        for url in urls:
            response = client.get(url)
            assert (url, read(response).lang) == (url, f"{lang}-CA")
            assert (url, response.headers["Content-Language"]) == (url, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_names_its_twin_in_both_languages(client, site, lang):
    mine, theirs = addresses(site, lang), addresses(site, OTHER[lang])
    for name, urls in mine.items():
        for url, twin in zip(urls, theirs[name], strict=True):
            links = read(client.get(url)).all("link", rel="alternate")
            pair = {link["hreflang"]: urlsplit(link["href"]).path for link in links}
            assert (pair[lang], pair[OTHER[lang]]) == (url, twin)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_toggle_leads_to_the_twin(client, site, lang):
    mine, theirs = addresses(site, lang), addresses(site, OTHER[lang])
    for name, urls in mine.items():
        for url, twin in zip(urls, theirs[name], strict=True):
            assert (url, toggle(client.get(url))) == (url, twin)


def toggle(response):
    page = read(response)
    return next(a["href"] for a in page.all("a") if a.get("hreflang") == OTHER[page.lang[:2]])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_language_toggle_keeps_question_filters_order_and_page(client, site, lang):
    query = "?q=housing&kind=lip&kind=community-of-practice&province=NS&language=fr&sort=name"
    twin = urlsplit(toggle(client.get(at("listing_list", lang, query=query))))
    assert twin.path == at("listing_list", OTHER[lang])
    assert parse_qs(twin.query) == parse_qs(query[1:])


def test_language_toggle_keeps_words_with_signs_in_them(client, site):
    query = "?q=l%27emploi+%26+%22caf%C3%A9%22+%3Cb%3E"
    twin = toggle(client.get(at("listing_list", "en", query=query)))
    assert parse_qs(urlsplit(twin).query) == {"q": ['l\'emploi & "café" <b>']}


def test_bare_address_leads_to_the_language_of_the_browser(client, site):
    def leads(said):
        return client.get("/", headers={"accept-language": said}).headers["Location"]

    asked = ("fr-CA,fr;q=0.9", "en-CA", "de, fr;q=0.5", "de", "")
    assert [leads(said) for said in asked] == ["/fr/", "/en/", "/fr/", "/en/", "/en/"]


# One address for one page -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_old_name_in_an_address_leads_to_the_present_one(client, site, lang):
    with override(lang):
        right = address(site.full)
        for slug in ("an-old-name", "x", "-"):
            response = client.get(reverse("listing_page", args=[site.full.pk, slug]))
            assert (response.status_code, response.headers["Location"]) == (301, right)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_old_name_of_an_organization_leads_to_the_present_one(client, site, lang):
    right = addresses(site, lang)["organization_page"][0]
    with override(lang):
        response = client.get(reverse("organization_page", args=[site.agency.pk, "old"]))
    assert (response.status_code, response.headers["Location"]) == (301, right)


def test_merged_topic_leads_to_the_one_that_took_its_place(client, site):
    make_tag("homes", merged_into=site.topic)
    response = client.get("/en/topics/homes/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/topics/housing/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_group_without_latin_letters_has_an_address(client, site, lang):
    Listing.objects.filter(pk=site.arabic.pk).update(name_en="")
    with override(lang):
        url = address(Listing.objects.get(pk=site.arabic.pk))
    assert client.get(url).status_code == 200


MISSING = [
    "nowhere/",
    "directory/999999-nobody/",
    "topics/dragons/",
    "places/xx/",
    "places/NS/",
    "places/xx.txt",
    "organizations/999999-nobody/",
    "directory/0-x/",
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", MISSING)
def test_page_that_is_not_there_helps(client, site, lang, path):
    if lang == "fr":
        path = path.replace("directory", "repertoire")
    response = client.get(f"/{lang}/{path}")
    page = read(response)
    assert (response.status_code, page.lang) == (404, f"{lang}-CA")
    assert at("listing_list", lang) in page.links
    assert [form["action"] for form in page.all("form", role="search")] == [at("search", lang)]
    assert page.all("meta", name="robots")[0]["content"] == "noindex"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_broken_page_is_made_without_the_database(client, lang, monkeypatch):
    def broken(*args):
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("cop_directory.browse.overview", broken)
    client.raise_request_exception = False
    response = client.get(f"/{lang}/")
    page = read(response)
    assert (response.status_code, page.lang) == (500, f"{lang}-CA")
    assert f"/{lang}/" in page.links
    assert "a secret of ours" not in response.content.decode()


# For machines -------------------------------------------------------------------------------------


def test_health_is_well_when_database_and_index_answer(client, site):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (
        200,
        {"database": "ok", "index": "ok", "documents": 7},
    )


def test_health_is_bad_without_an_index(client, site):
    State.objects.all().delete()
    response = client.get("/healthz")
    assert (response.status_code, response.json()["index"]) == (503, "empty")


def test_robots_are_told_of_the_sitemap(client, site):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode().splitlines()


SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client):
    return ElementTree.fromstring(client.get("/sitemap.xml").content)


def test_sitemap_names_every_page_in_both_languages_once(client, site):
    found = [urlsplit(e.text).path for e in sitemap(client).findall("s:url/s:loc", SPACES)]
    expected = {
        url
        for lang in LANGUAGES
        for name, urls in addresses(site, lang).items()
        if name not in ("place_page", "organization_page", "search")
        for url in urls
    }
    codes = ["bc", "ab", "sk", "mb", "on", "qc", "nb", "ns", "pe", "nl", "yt", "nt", "nu", "ca"]
    expected |= {at("place_page", lang, code) for lang in LANGUAGES for code in codes}
    library = ("library_home", "resource_list", "collection_list")
    expected |= {at(name, lang) for lang in LANGUAGES for name in library}
    assert sorted(url for url in found if "/organi" not in url) == sorted(expected)


def test_sitemap_gives_each_page_its_pair(client, site):
    for url in sitemap(client).findall("s:url", SPACES):
        pair = {link.get("hreflang") for link in url.findall("x:link", SPACES)}
        assert pair >= set(LANGUAGES)


def test_everything_in_the_sitemap_answers(client, site):
    for element in sitemap(client).findall("s:url/s:loc", SPACES):
        path = urlsplit(element.text).path
        assert (path, client.get(path).status_code) == (path, 200)


# Links ------------------------------------------------------------------------------------------


def test_withdrawn_group_is_gone_at_once(client, site):
    url = address(site.full)
    lifecycle.take(Listing.objects.get(pk=site.full.pk), "withdraw", by=None, note="asked to")
    assert client.get(url).status_code == 404
    assert site.full.pk not in [i["id"] for i in client.get("/api/v1/listings").json()["items"]]


def test_links_within_the_site_lead_somewhere(client, site):
    seen, waiting = set(), {"/en/", "/fr/"}
    while waiting:
        url = waiting.pop()
        seen.add(url)
        response = client.get(url)
        if response.headers.get("Location", "").startswith(("/en/account/", "/fr/compte/")):
            continue  # a page of one's own asks for a sign-in first
        assert (url, response.status_code) == (url, 200)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for link in read(response).links:
            path = re.sub(r"#.*", "", link)
            path = urlsplit(url).path + path if path.startswith("?") else path
            if path.startswith("/") and path not in seen and len(seen) < 400:
                waiting.add(path)


def test_links_to_a_place_on_a_page_find_it(client, site):
    for lang in LANGUAGES:
        for urls in addresses(site, lang).values():
            for url in urls:
                for link in read(client.get(url)).links:
                    path, _, mark = link.partition("#")
                    if not mark or path.startswith("http"):
                        continue
                    target = read(client.get(path or url))
                    assert (link, [a for _, a in target.tags if a.get("id") == mark] != []) == (
                        link,
                        True,
                    )
