"""The toggle leads to the same page in the other language, question and filters kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_types import ERRORS, LANGUAGES, WITH_TWIN, Site

OTHER = {"en": "fr", "fr": "en"}


def test_toggle_keeps_question_filters_and_order(reader: Callable[..., Page], site: Site):
    page = reader()
    page.goto(site.path("filtered", "en"))
    chips = page.locator(".cut").count()
    page.locator(".lang").click()
    expect(page).to_have_url(site.url + site.path("filtered", "fr"))
    expect(page.locator("#q")).to_have_value("housing")
    expect(page.locator(".pick [name=province][value=ON]")).to_be_checked()
    expect(page.locator(".pick [name=language][value=fr]")).to_be_checked()
    expect(page.locator(".pick [name=language][value=en]")).to_be_checked()
    expect(page.locator(".cut")).to_have_count(chips)


@pytest.mark.parametrize("page_type", WITH_TWIN)
def test_page_and_its_twin_name_each_other(page_type: str, site: Site, shared_page: Page):
    for lang in LANGUAGES:
        shared_page.goto(site.path(page_type, lang))
        toggle = shared_page.locator(".lang")
        assert toggle.get_attribute("href") == site.path(page_type, OTHER[lang])
        assert toggle.get_attribute("lang") == OTHER[lang]
        assert shared_page.locator("html").get_attribute("lang") == f"{lang}-CA"
        pairs = shared_page.locator("link[hreflang]").evaluate_all(
            "each => each.map(one => [one.hreflang, one.href])"
        )
        assert dict(pairs) == {each: site.url + site.path(page_type, each) for each in LANGUAGES}


@pytest.mark.parametrize("page_type", ["400", "404"])
def test_toggle_of_an_error_page_leads_home(page_type: str, site: Site, shared_page: Page):
    assert page_type in ERRORS
    for lang in LANGUAGES:
        shared_page.goto(site.path(page_type, lang))
        expect(shared_page.locator(".lang")).to_have_attribute("href", f"/{OTHER[lang]}/")


def test_text_in_another_language_says_so(site: Site, shared_page: Page):
    shared_page.goto(site.path("group in the other language", "en"))
    expect(shared_page.locator("h1 [lang=fr]")).to_have_count(1)
    expect(shared_page.locator("p.say")).to_have_attribute("lang", "fr")


def test_name_right_to_left_has_its_direction(site: Site, shared_page: Page):
    shared_page.goto(site.path("group right to left", "fr"))
    name = shared_page.locator("h1 [lang=ar]")
    expect(name).to_have_attribute("dir", "rtl")
    assert name.evaluate("one => getComputedStyle(one).direction") == "rtl"
