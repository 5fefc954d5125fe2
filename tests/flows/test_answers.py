"""What every answer carries: no cookie, the security headers, nothing from another host."""

import pytest
from django.middleware.common import CommonMiddleware
from django.test import Client

from tests.flows.reading import Page, read
from tests.flows.site import LANGUAGES, addresses

pytestmark = pytest.mark.django_db


def public_addresses(site):
    """Everything that a reader may open, and some of what is not there."""
    found = [
        url
        for lang in LANGUAGES
        for urls in addresses(site, lang, pages_only=False).values()
        for url in urls
    ]
    return [
        *found,
        "/",
        "/robots.txt",
        "/sitemap.xml",
        "/healthz",
        "/api/v1/listings",
        "/en/suggestions?q=hous",
        "/en/search/?q=housing",
        "/fr/recherche/?q=logement",
        "/api/v1/search?q=housing",
        "/api/v1/resources",
        "/api/v1/openapi.json",
        f"/api/v1/listings/{site.full.pk}",
        "/api/v1/listings/999999",
        "/api/v1/listings?limit=0",
        "/en/nowhere/",
        "/fr/nulle-part/",
        "/en/directory/?q=housing",
        "/en/directory/?page=99",
        "/fr/repertoire/?q=xyzzy&kind=nothing",
    ]


@pytest.fixture(scope="module")
def answers(made_site):
    """address → answer, each asked for once."""
    client = Client()
    return {url: client.get(url) for url in public_addresses(made_site)}


@pytest.fixture
def pages(answers):
    """address → page, of the answers that are HTML."""
    return {
        url: read(answer)
        for url, answer in answers.items()
        if answer.headers["Content-Type"].startswith("text/html") and answer.content
    }


def with_cookies(answers):
    """The addresses whose answer sets a cookie or depends on one."""
    return [
        url
        for url, answer in answers.items()
        if answer.cookies or "cookie" in answer.headers.get("Vary", "").lower()
    ]


def test_no_answer_sets_a_cookie_or_varies_by_one(answers):
    assert with_cookies(answers) == []


@pytest.mark.parametrize("planted", ["cookie", "vary"])
def test_planted_cookie_is_seen(client, site, monkeypatch, planted):
    def process_response(self, request, response):
        if planted == "cookie":
            response.set_cookie("seen", "1")
        else:
            response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    monkeypatch.setattr(CommonMiddleware, "process_response", process_response)
    assert with_cookies({"/en/": client.get("/en/")}) == ["/en/"]


SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_answer_carries_the_security_headers(answers):
    assert {
        url: found
        for url, answer in answers.items()
        if (found := {name: answer.headers.get(name) for name in SECURITY}) != SECURITY
    } == {}


def directives(answer):
    policy = answer.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())


def test_policy_lets_nothing_in_from_elsewhere(answers):
    for url, answer in answers.items():
        found = directives(answer)
        assert (url, found.get("default-src")) == (url, "'none'")
        assert {*" ".join(found.values()).split()} == {"'none'", "'self'"}
        assert {"base-uri", "form-action", "frame-ancestors"} <= set(found)


def test_reading_pages_may_be_kept_by_the_browser(answers):
    assert [u for u, a in answers.items() if "no-store" in a.headers.get("Cache-Control", "")] == []


def asked_elsewhere(page):
    """What a page loads that is not a file of our own."""
    asked = [attrs["src"] for _, attrs in page.tags if "src" in attrs]
    asked += [attrs["srcset"] for _, attrs in page.tags if "srcset" in attrs]
    asked += [
        a.get("href", "")
        for a in page.all("link")
        if a.get("rel") not in ("alternate", "canonical")
    ]
    return [url for url in asked if not url.startswith("/static/")]


def test_no_page_asks_another_host_for_anything(pages):
    assert {url: found for url, page in pages.items() if (found := asked_elsewhere(page))} == {}


def inline(page):
    """Elements with a style or a script of their own."""
    return [
        (tag, attrs)
        for tag, attrs in page.tags
        if "style" in attrs
        or any(name.startswith("on") for name in attrs)
        or tag == "style"
        or (tag == "script" and "src" not in attrs and attrs.get("type") != "application/ld+json")
    ]


def test_no_page_holds_a_style_or_script_of_its_own(pages):
    assert {url: found for url, page in pages.items() if (found := inline(page))} == {}


def test_every_form_asks_our_own_site(pages):
    forms = [form.get("action", "") for page in pages.values() for form in page.all("form")]
    assert [action for action in forms if not action.startswith("/")] == []


def test_no_reading_page_posts(pages):
    methods = [form.get("method", "get") for page in pages.values() for form in page.all("form")]
    assert {method.lower() for method in methods} == {"get"}


@pytest.mark.once
@pytest.mark.parametrize(
    "html",
    [
        "<img src='https://elsewhere.example/x.png'>",
        "<script src='//elsewhere.example/x.js'></script>",
        "<link rel='stylesheet' href='https://elsewhere.example/x.css'>",
    ],
)
def test_planted_request_to_elsewhere_is_seen(html):
    assert len(asked_elsewhere(Page(html))) == 1


@pytest.mark.once
@pytest.mark.parametrize(
    "html", ["<p style='a'>", "<style>p{}</style>", "<a onclick='x()'>", "<script>x()</script>"]
)
def test_planted_style_or_script_is_seen(html):
    assert len(inline(Page(html))) == 1


def test_pages_are_among_the_answers(pages, answers):
    assert len(pages) > 40
    assert len(answers) > len(pages)
