"""On paper: the group and its addresses, without what only a screen can use."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.page_types import LANGUAGES, Site

SHOWN = "each => each.filter(one => one.checkVisibility({visibilityProperty: true}))"


@pytest.fixture
def paper(reader: Callable[..., Page]) -> Page:
    page = reader(width=720)
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize(
    "page_type", ["group", "chat with its plate", "directory", "home", "lesson"]
)
def test_paper_shows_no_navigation_form_or_switch(page_type: str, paper: Page, site: Site):
    paper.goto(site.path(page_type, "en"))
    for selector in ("nav[aria-label=Main]", ".lang", "form", "footer ul", ".skip", ".noprint"):
        shown = paper.locator(selector).evaluate_all(f"each => ({SHOWN})(each).length")
        assert (selector, shown) == (selector, 0)


def test_paper_shows_what_the_group_is_and_how_to_join(paper: Page, site: Site):
    paper.goto(site.path("group", "en"))
    expect(paper.locator("h1")).to_be_visible()
    expect(paper.get_by_role("heading", name="How to join")).to_be_visible()
    expect(paper.locator("dl.facts").first).to_be_visible()


def test_paper_shows_the_address_behind_every_link_that_leads_out(paper: Page, site: Site):
    paper.goto(site.path("group", "en"))
    printed = paper.locator("main a[href^=http]").evaluate_all(
        "each => each.map(one => [one.href, getComputedStyle(one, '::after').content])"
    )
    assert printed
    for href, after in printed:
        assert "attr(href)" in after or href in after


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page_type", ["lesson", "short note", "hidden lesson", "report"])
def test_lesson_or_guide_fits_one_sheet(page_type: str, lang: str, paper: Page, site: Site):
    paper.goto(site.path(page_type, lang))
    sheets = PdfReader(io.BytesIO(paper.pdf(format="Letter", prefer_css_page_size=True))).pages
    assert len(sheets) == 1


def test_words_on_paper_are_black_on_white_in_the_dark_theme_too(
    reader: Callable[..., Page], site: Site
):
    page = reader(width=720, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site.path("chat with its plate", "en"))
    pale = page.locator("main *:not(svg *)").evaluate_all(
        f"""each => ({SHOWN})(each).filter(one => {{
          const [r, g, b] = getComputedStyle(one).color.match(/[0-9.]+/g).map(Number);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b > 110;
        }}).map(one => `${{one.localName}}.${{one.className}}`)"""
    )
    assert pale == []
