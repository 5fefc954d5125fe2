"""What axe finds against WCAG 2.0 to 2.2, levels A and AA: nothing, on any type of page."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.page_types import LANGUAGES, PAGE_TYPES, STATUS, Site

AXE = Axe()
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
# A page's theme changes its colours and nothing else.
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": [
    "color-contrast", "link-in-text-block",
]}}  # fmt: skip
WIDTHS = (1280, 360)
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"


def findings(page: Page, options: dict) -> list[str]:
    """What axe finds, as "rule: selector"; the script must be in the page already."""
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{each['id']}: {node['target'][0]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_axe_finds_nothing_on(page_type: str, lang: str, site: Site, shared_page: Page):
    shared_page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    shared_page.emulate_media(color_scheme="light")
    answer = shared_page.goto(site.path(page_type, lang))
    assert answer is not None
    assert answer.status == STATUS.get(page_type, 200)
    shared_page.evaluate(AXE.axe_script)
    shared_page.evaluate(OPEN_ALL)
    found = []
    # A wide page is the same in both languages; in a narrow one, longer words may break it.
    for width in WIDTHS if lang == "en" else WIDTHS[1:]:
        shared_page.set_viewport_size({"width": width, "height": 800})
        for theme, options in (("light", OPTIONS), ("dark", COLOURS)):
            shared_page.emulate_media(color_scheme=theme)
            found += [f"{theme}, {width}: {each}" for each in findings(shared_page, options)]
    assert found == []


PLANT = """() => {
  const image = document.createElement("img");
  const words = document.createElement("p");
  words.id = "pale"; words.textContent = "Pale words";
  words.style.color = "#ddd"; words.style.background = "#fff";
  const small = document.createElement("div");
  small.innerHTML = "<button id=first>x</button><button id=second>y</button>";
  for (const button of small.children)
    button.style.cssText = "inline-size:12px;block-size:12px;padding:0;border:0;font-size:8px";
  document.querySelector("main").append(image, words, small);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_what_was_planted(theme: str, site: Site, shared_page: Page):
    shared_page.goto(site.path("about", "en"))
    shared_page.emulate_media(color_scheme=theme)
    shared_page.evaluate(PLANT)
    shared_page.evaluate(AXE.axe_script)
    assert sorted(findings(shared_page, OPTIONS)) == [
        "color-contrast: #pale",
        "image-alt: img",
        "target-size: #first",
        "target-size: #second",
    ]
