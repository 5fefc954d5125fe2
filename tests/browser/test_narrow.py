"""A screen 320 pixels wide, also with letters twice as large: nothing to scroll sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.page_types import LANGUAGES, PAGE_TYPES, Site

WIDTH = 320
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
# The innermost elements that reach past the edge, or whose words do; what stands in a box that
# may scroll is left out.
TOO_WIDE = """() => {
  const words = document.createRange();
  const right = each => {
    words.selectNodeContents(each);
    return Math.max(
      each.getBoundingClientRect().right, words.getBoundingClientRect().right);
  };
  const wide = [...document.querySelectorAll("body *")].filter(
    each => !each.closest(".wide") && right(each) > innerWidth + 1);
  return wide.filter(each => !wide.some(other => other !== each && each.contains(other))).map(
    each => `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 30)}`);
}"""


@pytest.fixture
def phone(shared_page: Page) -> Iterator[Page]:
    shared_page.set_viewport_size({"width": WIDTH, "height": 640})
    return shared_page


def too_wide(page: Page) -> list[str]:
    """What sticks out on the right, with everything folded out; the page itself if nothing else."""
    page.evaluate(OPEN_ALL)
    width, there_is = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [] if width <= there_is else [f"{width} px wide", *page.evaluate(TOO_WIDE)]


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_nothing_scrolls_sideways_on_a_narrow_screen(page_type: str, site: Site, phone: Page):
    found = {}
    for lang in LANGUAGES:
        phone.goto(site.path(page_type, lang))
        for size in (100, 200):
            phone.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
            if wide := too_wide(phone):
                found[lang, size] = wide
    assert found == {}


def test_something_too_wide_is_found(site: Site, phone: Page):
    phone.goto(site.path("about", "en"))
    phone.evaluate(
        """() => {
          const bar = document.createElement("p");
          bar.style.inlineSize = "400px"; bar.textContent = "Too wide";
          document.querySelector("main").append(bar);
        }"""
    )
    assert too_wide(phone) == ["400 px wide", "p. Too wide"]
