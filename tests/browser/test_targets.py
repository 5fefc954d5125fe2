"""Large enough to hit: 44 pixels for what everybody uses. (axe sees to 24 for all the rest.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.page_types import PAGE_TYPES, Site

MAIN = (
    "button:not(.hide), .btn, [type=search], .pick, summary, .cut, .toc a, .ways a, .brand, .lang, "
    ".front nav a"
)
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
SMALL = """([selector, least]) => [...document.querySelectorAll(selector)].filter(
  each => each.checkVisibility({visibilityProperty: true})).map(
    each => [each, each.getBoundingClientRect()]).filter(
      ([each, box]) => box.height < least || box.width < 24).map(
        ([each, box]) => `${each.localName}.${each.className} ${
          each.textContent.trim().slice(0, 30)}: ${Math.round(box.width)} × ${
          Math.round(box.height)}`)"""


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_main_targets_are_44_pixels_high(page_type: str, site: Site, shared_page: Page):
    found = {}
    for width in (320, 1280):
        shared_page.set_viewport_size({"width": width, "height": 800})
        shared_page.goto(site.path(page_type, "en"))
        shared_page.evaluate(OPEN_ALL)
        if small := shared_page.evaluate(SMALL, [MAIN, 43.5]):
            found[width] = small
    assert found == {}


def test_filter_box_itself_is_24_pixels(site: Site, shared_page: Page):
    shared_page.set_viewport_size({"width": 320, "height": 800})
    shared_page.goto(site.path("directory", "en"))
    shared_page.evaluate(OPEN_ALL)
    assert shared_page.evaluate(SMALL, [".pick input", 24]) == []


def test_small_target_is_found(site: Site, shared_page: Page):
    shared_page.goto(site.path("about", "en"))
    shared_page.evaluate(
        """() => {
          const button = document.createElement("button");
          button.style.cssText = "block-size:20px;inline-size:20px;padding:0;border:0";
          document.querySelector("main").append(button);
        }"""
    )
    assert shared_page.evaluate(SMALL, [MAIN, 43.5]) == ["button. : 20 × 20"]
