"""How the pages behind doors and forms look: what axe finds, narrow screens, targets, valid HTML.

Each page is opened once in each language and looked at in every way that could differ: in English
wide and light, narrow and dark; in French narrow, where its longer words are. Then once more
without scripts, where everything that leads to it must work, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts import even_time
from curation.proposing import manners
from tests import html_checker
from tests.browser.conftest import PATIENCE
from tests.browser.furnished import House, for_a_while
from tests.browser.page_types import LANGUAGES, PLAIN, Site
from tests.browser.signed_in import INSIDE, NO_PAGE, STATUS, open_page
from tests.browser.test_axe import AXE, COLOURS, OPTIONS, findings
from tests.browser.test_keyboard import trouble_at_stops
from tests.browser.test_narrow import OPEN_ALL, too_wide
from tests.browser.test_targets import MAIN, SMALL
from tests.flows.matrix import addresses
from tests.flows.test_matrix import TABLE, kind_of

TALL = 4000  # so that nothing that stays at the edge of the screen lies over the page
# What is looked at in each language: width, theme, what axe looks for.
VIEWS = {"en": ((1280, "light", OPTIONS), (320, "dark", COLOURS)), "fr": ((320, "light", COLOURS),)}
# Addresses of the pages that everybody reads, which `page_types.py` has.
READ = {
    *("listing_page", "organization_page", "listing_list", "resource_page", "resource_list"),
    *("search", *(name for name, *_ in PLAIN.values())),
}
# A button that does nothing where no script runs: shown, and in no form.
DEAD = """() => [...document.querySelectorAll("button, [role=button]")].filter(
  each => each.checkVisibility() && !(each.form && each.type === "submit")).map(
  each => each.textContent.trim())"""
# Where one goes with keys alone, and how wide the screen is.
WITH_KEYS = {
    "add a group, second screen": 360,
    "suggest a change": 360,
    "case: change": 360,
    "organization": 360,
    "to review": 1280,
}


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def house(site: Site, django_db_blocker) -> Iterator[House]:
    """One of everything, while this module runs; answers are even and people are patient later."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(even_time, "STEP", 0.001)
        patch.setattr(manners, "LEAST_SECONDS", 0)
        with for_a_while() as house:
            yield house


@pytest.fixture(scope="module")
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone without scripts."""
    context = browser.new_context(
        base_url=site.url, java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The HTML of every page that was opened, for the checker at the end."""
    return {}


def looks(page: Page) -> Iterator[str]:
    """What is wrong with a page as it stands there."""
    yield from page.evaluate(SMALL, [MAIN, 43.5])
    yield from too_wide(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"large letters: {each}" for each in too_wide(page))
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("name", INSIDE)
def test_nothing_is_wrong_with(
    name: str, house: House, site: Site, shared_page: Page, sources: dict[str, str]
):
    found = []
    for lang in LANGUAGES:
        shared_page.set_viewport_size({"width": 1280, "height": TALL})
        shared_page.emulate_media(color_scheme="light")
        answer = open_page(shared_page, house, name, lang, site.url)
        assert (answer.status, answer.url) == (STATUS.get(name, 200), shared_page.url)
        assert shared_page.locator("html").get_attribute("lang") == f"{lang}-CA"
        sources[f"{name}, {lang}"] = answer.text()
        shared_page.evaluate(AXE.axe_script)
        shared_page.evaluate(OPEN_ALL)
        for width, theme, options in VIEWS[lang]:
            shared_page.set_viewport_size({"width": width, "height": TALL})
            shared_page.emulate_media(color_scheme=theme)
            wrong = [*findings(shared_page, options), *looks(shared_page)]
            found += [f"{lang}, {width}, {theme}: {each}" for each in wrong]
    assert found == []


@pytest.mark.skipif(
    not html_checker.is_there() and not os.environ.get("CI"), reason=html_checker.HOW_TO_GET
)
def test_html_of_all_of_them_is_valid(
    house: House, site: Site, shared_page: Page, sources: dict[str, str]
):
    for name in INSIDE:
        for lang in LANGUAGES:
            if f"{name}, {lang}" not in sources:  # this test runs alone
                answer = open_page(shared_page, house, name, lang, site.url)
                sources[f"{name}, {lang}"] = answer.text()
    assert html_checker.messages(sources) == []


@pytest.mark.parametrize("name", INSIDE)
def test_without_scripts_one_comes_to(name: str, house: House, site: Site, plain_page: Page):
    answer = open_page(plain_page, house, name, "en", site.url)
    assert answer.status == STATUS.get(name, 200)
    assert plain_page.evaluate(DEAD) == []


@pytest.mark.parametrize("name", WITH_KEYS)
def test_keyboard_sees_where_it_is_on(name: str, house: House, site: Site, shared_page: Page):
    shared_page.set_viewport_size({"width": WITH_KEYS[name], "height": 800})
    open_page(shared_page, house, name, "en", site.url)
    assert trouble_at_stops(shared_page) == []


def test_dead_button_is_seen(plain_page: Page, site: Site):
    plain_page.goto(site.path("about", "en"))
    plain_page.set_content("<button>Dead</button><form><button>Alive</button></form>")
    assert plain_page.evaluate(DEAD) == ["Dead"]


def not_looked_at(names: set[str]) -> set[str]:
    """Which of these addresses answer somebody's GET, and no list says what of them."""
    asked = {name for name in names if set(TABLE[kind_of(name)][0].get.split()) != {"405"}}
    return asked - READ - {each.name for each in INSIDE.values()} - set(NO_PAGE)


def test_every_address_that_answers_is_looked_at_or_says_why_not():
    names = {each.name for each in addresses() if kind_of(each.name)}
    assert not_looked_at({name for name in names if not name.startswith("admin:")}) == set()


def test_no_address_is_excused_that_is_gone_or_looked_at():
    names = {each.name for each in addresses()}
    assert set(NO_PAGE) - names == set()
    assert set(NO_PAGE) & {each.name for each in INSIDE.values()} == set()


def test_address_that_nobody_looks_at_is_found(monkeypatch):
    monkeypatch.delitem(INSIDE, "starting list")
    assert not_looked_at({"starting_list", "desk"}) == {"starting_list"}
