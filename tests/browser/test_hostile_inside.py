"""Nothing that somebody typed runs behind the doors either: at reviewers, keepers, admins.

First every field of every row holds a mark, and one sees which page shows which; then, in each
round, a hostile text of another sort. The pages that show any are opened as those whose pages they
are, with the content security policy off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts import even_time
from cop_directory.browse import organization_address
from cop_directory.models import Listing
from cop_directory.shelf import address
from tests.browser import typed
from tests.browser.conftest import PATIENCE
from tests.browser.furnished import House, for_a_while
from tests.browser.hostile_texts import HOSTILE, SORTS
from tests.browser.page_types import Site
from tests.browser.signed_in import INSIDE, come_in, open_page
from tests.browser.test_hostile_texts import CLEAN, FOUND
from tests.flows.conftest import plain_static_files

FIELDS = typed.typed_fields()
MARK = re.compile(r"zq(\d+)zq")
PUBLIC: dict[str, Callable[[House], str]] = {
    "group": lambda house: address(Listing.objects.get(pk=house.stage.group.pk)),
    "chat": lambda house: address(Listing.objects.get(pk=house.stage.chat.pk)),
    "public chat": lambda house: address(Listing.objects.get(pk=house.arguments["public chat"][0])),
    "organization": lambda house: organization_address(house.stage.agency),
}
# Change pages of the admin: the app, and whose page it is.
ROWS: dict[str, tuple[str, Callable[[House], Any]]] = {
    "listing": ("cop_directory", lambda house: house.stage.group.pk),
    "organization": ("accounts", lambda house: house.stage.agency.pk),
    "tag": ("curation", lambda house: house.arguments["free word"][0]),
    "user": ("accounts", lambda house: house.stage.people["owner"].pk),
    "language": ("curation", lambda house: house.arguments["language"][0]),
    "platform": ("cop_directory", lambda house: house.arguments["platform"][0]),
    "place": ("cop_directory", lambda house: house.arguments["place"][0]),
    "decision": ("curation", lambda house: house.stage.group.decisions.latest("number").pk),
}
# Behind a form, only what shows words that are not on the page before.
STEPS_TAKEN = (
    "suggest a change, look at it",
    "several groups, wrong",
    "case: ready words",
    "pages of a shared address",
    "invitation, shown",
)
LOOKED_AT = [name for name in INSIDE if not INSIDE[name].does or name in STEPS_TAKEN]
PAGES = (*PUBLIC, *LOOKED_AT, *(f"admin:{model}" for model in ROWS))


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def house(site: Site, django_db_blocker) -> Iterator[House]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(even_time, "STEP", 0.001)
        with for_a_while() as house:
            yield house


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose browser lets everything run, and notes whom it asks."""
    context = browser.new_context(base_url=site.url, bypass_csp=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def outside(page: Page, site: Site) -> list[str]:
    """What is asked of anybody else."""
    asked: list[str] = []
    page.on("request", lambda sent: sent.url.startswith(site.url) or asked.append(sent.url))
    return asked


def show(page: Page, house: House, site: Site, name: str) -> str:
    """Open one of the pages; its source, before any script."""
    if name in INSIDE:
        return open_page(page, house, name, "en", site.url).text()
    if name.startswith("admin:"):
        return show_in_admin(page, house, site, name)
    come_in(page, house, "anonymous", site.url)
    answer = page.goto(PUBLIC[name](house))
    assert answer is not None
    return answer.text()


def show_in_admin(page: Page, house: House, site: Site, name: str) -> str:
    """A page of the admin, whose own styles and scripts are not gathered for these tests."""
    model = name.removeprefix("admin:")
    where = reverse(f"admin:{ROWS[model][0]}_{model}_change", args=[ROWS[model][1](house)])
    client = Client(HTTP_HOST=site.url.removeprefix("http://"))
    client.cookies.load(house.stage.cookies["superuser"])
    with plain_static_files():
        answer = client.get(where)
    assert answer.status_code == 200
    html = answer.content.decode()
    page.route(site.url + where, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(where)
    page.unroute(site.url + where)
    return html


@pytest.fixture(scope="module")
def shown(house: House, site: Site, page: Page) -> dict[str, tuple[set[int], Any]]:
    """For each page: the numbers of the fields that it shows, and what is in it by itself."""
    typed.fill(house, "zq{}zq".format)
    found = {}
    for name in PAGES:
        source = show(page, house, site, name)
        found[name] = {int(n) for n in MARK.findall(source)}, page.evaluate(FOUND)
    return found


def hostile_text(turn: int, number: int) -> str:
    """A text of the turn's sort; over all fields every text of the sort has its place."""
    sort = SORTS[turn]
    return sort[number % len(sort)]


def test_fields_and_texts_inside_make_more_than_1200_cases_with_those_outside(shown):
    cases = {(number, name, turn) for name, (numbers, _) in shown.items()
             for number in numbers for turn in range(len(SORTS))}  # fmt: skip
    assert len(cases) >= 1200


def test_every_text_has_its_place():
    used = {hostile_text(turn, n) for turn in range(len(SORTS)) for n in range(len(FIELDS))}
    assert used == set(HOSTILE)


def test_every_field_is_shown_on_a_page_or_says_why_not(shown):
    seen = {number for numbers, _ in shown.values() for number in numbers}
    unseen = {typed.name_of(*pair) for number, pair in enumerate(FIELDS) if number not in seen}
    assert unseen == set(typed.NEVER_SHOWN)


def test_pages_hold_nothing_of_the_kind_by_themselves(shown):
    own = {name: found for name, (_, found) in shown.items() if not name.startswith("admin:")}
    assert own == dict.fromkeys(own, CLEAN)


@pytest.mark.parametrize("turn", range(len(SORTS)))
def test_no_hostile_text_runs_inside(turn: int, shown, house: House, site: Site, page, outside):
    typed.fill(house, lambda number: hostile_text(turn, number))
    wrong = {}
    for name, (numbers, clean) in shown.items():
        if numbers:
            show(page, house, site, name)
            found = page.evaluate(FOUND)
            wrong |= {name: found} if found != clean else {}
    assert (wrong, outside) == ({}, [])


def test_planted_hole_is_seen_inside(shown, house: House, site: Site, page, monkeypatch):
    typed.fill(house, lambda number: hostile_text(0, number))
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)
    show(page, house, site, "case: report")
    assert page.evaluate(FOUND) != CLEAN


@pytest.mark.parametrize("text", [sort[0] for sort in SORTS])
def test_name_that_a_script_shows_runs_nothing(
    text: str, house: House, site: Site, page: Page, outside: list[str]
):
    name = f"Housing Workers {text}"
    Listing.objects.filter(pk=house.stage.group.pk).update(name_en=name)
    show(page, house, site, "add a group")
    page.fill("[name=name_en]", name)
    expect(page.locator("[data-alike] a").first).to_have_text(name)
    page.reload()
    expect(page.locator("[name=name_en]")).to_have_value(name)
    assert (page.evaluate(FOUND), outside) == (CLEAN, [])
