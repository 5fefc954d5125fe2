"""From the question to a group's own page with nothing but a keyboard, and seeing where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_types import Site

# Enough for the longest way in these tests; a trap or a lost focus ends here.
MOST_STOPS = 250

WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  // On the map the shape itself is drawn in another colour with a thick edge.
  const shape = at.ownerSVGElement && getComputedStyle(at.querySelector("path"));
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const middle = document.elementFromPoint(
    box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1));
  return {
    what: `${at.localName}.${at.className.baseVal ?? at.className} ${
      (at.textContent || at.name || "").trim().slice(0, 40)}`,
    ring: Boolean(ring || (shape && parseFloat(shape.strokeWidth) >= 3)),
    inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    covered: !(middle && (at.contains(middle) || middle.contains(at) || at.ownerSVGElement
      || getComputedStyle(at).display === "inline")),
  };
}"""


def press_until(page: Page, selector: str, key: str = "Tab") -> None:
    """Press the key until the focus is on what the selector names, and see it there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(WHERE)["ring"]
            return
    pytest.fail(f"{MOST_STOPS} presses of {key} never reached {selector}")


def trouble_at_stops(page: Page) -> list[str]:
    """Go through a page with Tab; where the focus is not seen, and whether it is ever let go."""
    seen: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None:
            return seen
        trouble = [key for key in ("ring", "inView") if not stop[key]]
        trouble += ["covered"] if stop["covered"] else []
        seen += [f"{stop['what']}: {', '.join(trouble)}"] if trouble else []
    return [*seen, "the focus never came back to the start"]


@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_alone_leads_from_a_question_over_a_filter_to_a_groups_page(
    width: int, reader: Callable[..., Page], site: Site
):
    page = reader(width=width)
    page.goto(site.path("directory", "en"))
    press_until(page, "[name=q]")
    page.keyboard.type("housing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/en/directory/?q=housing")
    if width < 960:
        press_until(page, ".filters > summary")
        page.keyboard.press("Enter")
    press_until(page, "[name=province][value=ON]")
    page.keyboard.press("Space")
    press_until(page, "form:not(.find) button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/en/directory/?q=housing&province=ON")
    press_until(page, ".shelf .name a")
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(name)
    press_until(page, "article a[href^=http]")


def test_skip_link_comes_first_is_seen_and_leads_past_the_navigation(
    reader: Callable[..., Page], site: Site
):
    page = reader()
    page.goto(site.path("group", "en"))
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_class("skip")
    box = focused.bounding_box()
    assert box is not None
    assert box["width"] > 100
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page_type", ["home", "filtered", "chat with its plate", "no exact match"])
def test_focus_is_visible_at_every_stop_and_no_stop_is_a_trap(
    page_type: str, width: int, reader: Callable[..., Page], site: Site
):
    page = reader(width=width)
    page.goto(site.path(page_type, "en"))
    assert trouble_at_stops(page) == []


def test_open_filters_are_reached_and_folded_ones_are_not(reader: Callable[..., Page], site: Site):
    page = reader(width=360)
    page.goto(site.path("directory", "en"))
    press_until(page, ".filters > summary")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.filters *')")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.filters input')")
