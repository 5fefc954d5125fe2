"""Words offered while one types, in the browser's own list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_types import Site


@pytest.mark.parametrize(
    ("lang", "typed", "offered"),
    [("en", "hous", "housing"), ("fr", "loge", "logement")],
)
@pytest.mark.parametrize("page_type", ["home", "directory"])
def test_typing_fills_the_list_of_suggestions(
    page_type: str, lang: str, typed: str, offered: str, reader: Callable[..., Page], site: Site
):
    page = reader()
    page.goto(site.path(page_type, lang))
    page.locator("#q").press_sequentially(typed)
    options = page.locator("#words option")
    expect(options).not_to_have_count(0)
    words = [option.get_attribute("value").casefold() for option in options.all()]
    assert any(word.startswith(offered) for word in words)
    assert len(words) <= 8


def test_one_letter_asks_for_nothing(reader: Callable[..., Page], site: Site):
    page = reader()
    asked: list[str] = []
    page.on("request", lambda sent: "suggestions" in sent.url and asked.append(sent.url))
    page.goto(site.path("home", "en"))
    page.locator("#q").press_sequentially("h")
    page.wait_for_timeout(500)
    assert asked == []


def test_search_works_when_suggestions_do_not(reader: Callable[..., Page], site: Site):
    page = reader()
    page.route("**/suggestions*", lambda route: route.abort())
    page.goto(site.path("home", "en"))
    page.locator("#q").press_sequentially("housing")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("“housing”")


@pytest.mark.parametrize("page_type", ["home", "directory", "question", "404"])
def test_search_box_does_not_take_the_focus_by_itself(
    page_type: str, reader: Callable[..., Page], site: Site
):
    page = reader(width=360, has_touch=True, is_mobile=True)
    page.goto(site.path(page_type, "en"))
    assert page.evaluate("document.activeElement === document.body")
    expect(page.locator("[autofocus]")).to_have_count(0)
