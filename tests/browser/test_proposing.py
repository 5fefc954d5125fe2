"""Add a group and suggest a change on a phone, with scripts and without; nothing typed is lost."""

from __future__ import annotations

import contextlib
import random

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Error, Page, expect

from cop_directory.shelf import address
from curation.models import Change
from tests.browser.test_axe import AXE, OPTIONS, findings
from tests.browser.visitors import WIDE, in_each_way, leaving_nothing
from tests.curation.proposals import last_code
from tests.factories import make_listing

OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
STORED = "Object.keys(localStorage).length"
NAME = "Kitchen Table of Sackville"
ADDRESS = "cook@example.org"


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out.

    The site stays from test to test; what is made here does not.
    """
    with django_db_blocker.unblock(), leaving_nothing():
        yield


@pytest.fixture
def phone(reader):
    return lambda script=True: reader(width=360, java_script_enabled=script)


@pytest.fixture
def group():
    return make_listing("Bread Circle of Sackville", one_line_en="They bake.", provinces=("NB",))


def at(name: str, lang: str, *args: object) -> str:
    with override(lang):
        return reverse(name, args=args)


def go(page: Page, what: str) -> None:
    page.locator(f"main button[value={what}]").click()


def fill_first(page: Page, lang: str) -> None:
    page.check("[name=kind][value=community-of-practice]")
    page.fill(f"[name=name_{lang}]", NAME)
    page.fill(f"[name=one_line_{lang}]", "People who cook together.")
    page.check("[name=stance][value=run]")


def fill_second(page: Page) -> None:
    page.check("[name=provinces][value=NB]")
    page.check("[name=topics] >> nth=0")
    page.check("[name=languages][value=en]")
    page.select_option("[name=platform]", "none")
    page.fill("[name=website]", "kitchen.example.org")
    page.fill("[name=place]", "Moncton")


# From the form to the page ------------------------------------------------------------------------


@in_each_way
def test_edit_waits_beside_the_page(phone, group, lang, script):
    page = phone(script)
    with override(lang):
        public = address(group)
    page.goto(at("entry_edit", lang, group.pk))
    page.fill("[name=one_line_en]", "They bake bread.")
    page.check("[name=provinces][value=NS]")
    go(page, "on")
    expect(page.locator("main dt")).to_have_count(2)
    expect(page.locator("main ins")).to_have_count(2)
    page.fill("[name=email]", ADDRESS)
    go(page, "send")
    page.fill("[name=code]", last_code(ADDRESS))
    go(page, "code")
    expect(page.locator("main ins")).to_have_count(2)

    page.goto(public)
    expect(page.locator(".say")).to_have_text("They bake.")
    assert Change.objects.get(entry=group).patch == {
        "one_line_en": ["They bake.", "They bake bread."],
        "provinces": [["NB"], ["NB", "NS"]],
    }


def test_cookie_that_went_away_loses_nothing(phone):
    page = phone(False)
    page.goto(at("propose", "en"))
    fill_first(page, "en")
    page.context.clear_cookies()
    go(page, "on")
    expect(page.locator("[name=name_en]")).to_have_value(NAME)
    go(page, "on")
    expect(page.locator("[name=provinces]")).to_have_count(13)


def test_back_and_forth_loses_nothing(phone):
    page = phone(False)
    page.goto(at("propose", "en"))
    fill_first(page, "en")
    go(page, "on")
    fill_second(page)
    page.locator("summary").filter(has_text="Who runs it").click()
    page.locator("[name=hosts]").first.fill("Our Kitchen")
    go(page, "back")
    expect(page.locator("[name=name_en]")).to_have_value(NAME)
    go(page, "on")
    expect(page.locator("[name=website]")).to_have_value("kitchen.example.org")
    expect(page.locator("[name=hosts]").first).to_have_value("Our Kitchen")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator("[name=name_en]")).to_have_value(NAME)


# Is it one of these? ------------------------------------------------------------------------------


def test_likely_duplicates_show_while_one_types(phone, group):
    page = phone()
    page.goto(at("propose", "en"))
    page.locator("[name=name_en]").press_sequentially("bread circle sackvile")
    expect(page.locator("[data-alike] a")).to_have_text([str(group)])


# Kept on this device ------------------------------------------------------------------------------


def test_reading_the_form_keeps_nothing(phone):
    page = phone()
    page.goto(at("propose", "en"))
    page.reload()
    assert page.evaluate(STORED) == 0
    expect(page.locator(".kept")).to_be_hidden()


def test_what_is_kept_can_be_forgotten(phone):
    page = phone()
    page.goto(at("propose", "en"))
    page.fill("[name=name_en]", NAME)
    expect(page.locator(".kept")).to_contain_text("Kept on this device")
    page.locator(".kept button").click()
    assert page.evaluate(STORED) == 0
    page.reload()
    expect(page.locator("[name=name_en]")).to_have_value("")


def test_sent_form_is_no_longer_kept(phone):
    page = phone()
    page.goto(at("propose", "en"))
    fill_first(page, "en")
    go(page, "on")
    fill_second(page)
    page.fill("[name=email]", ADDRESS)
    go(page, "send")
    assert page.evaluate(STORED) == 1
    page.fill("[name=code]", last_code(ADDRESS))
    go(page, "code")
    expect(page.locator(".steps")).to_be_visible()
    assert page.evaluate(STORED) == 0


SIGNS = "abc déjà vu — « œuvre » 你好 مرحبا 🏠👩🏽‍🏫 <b>&amp;\"'` \\n %s {{ x }}"
KILLS = ("close", "reload", "crash", "no line")


def kill(page: Page, how: str) -> Page:
    """End a page in the middle of typing, and open its form again; the page that shows it."""
    context, url = page.context, page.url
    if how == "reload":
        page.reload()
        return page
    if how == "no line":
        context.set_offline(True)
        with contextlib.suppress(Error):
            go(page, "on")
        context.set_offline(False)
        page.goto(url)
        return page
    if how == "crash":
        with contextlib.suppress(Error):
            page.goto("chrome://crash", timeout=1_000)
    page.close()
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.once  # it asks the browser only
@pytest.mark.parametrize("how", KILLS)
def test_interrupted_forms_lose_no_character(phone, group, how):
    chance, page = random.Random(how), phone()
    names = ("name_en", "name_fr", "one_line_en", "one_line_fr")
    for number in range(10):
        form = at("propose", "en") if number % 2 else at("entry_edit", "en", group.pk)
        if page.url.endswith(form) is False:
            page.goto(form)
        typed = {}
        for name in chance.sample(names, 3):
            typed[name] = f"{number} " + "".join(chance.choices(SIGNS, k=60))
            page.fill(f"[name={name}]", typed[name])
        page.locator(f"[name={name}]").press("End")
        page.locator(f"[name={name}]").press("x")
        typed[name] += "x"
        kind = chance.choice(("lip", "rif", "chat-group"))
        page.check(f"[name=kind][value={kind}]")
        page = kill(page, how)
        assert {name: page.input_value(f"[name={name}]") for name in typed} == typed
        assert page.is_checked(f"[name=kind][value={kind}]")


# For everybody ------------------------------------------------------------------------------------


@pytest.mark.once
def test_pages_are_accessible_and_fit_a_phone(phone, group):
    page, found = phone(), []

    def look(where: str) -> None:
        page.evaluate(AXE.axe_script)
        page.evaluate(OPEN_ALL)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found.extend(f"{where}, {theme}: {each}" for each in findings(page, OPTIONS))
        page.set_viewport_size({"width": 320, "height": 800})
        found.extend([f"{where}: wide"] if page.evaluate(WIDE) else [])
        page.set_viewport_size({"width": 360, "height": 800})

    page.goto(at("propose", "fr"))
    look("first screen")
    go(page, "on")
    look("first screen, wrong")
    fill_first(page, "fr")
    page.check("[name=kind][value=chat-group]")
    go(page, "on")
    look("second screen")
    go(page, "send")
    look("second screen, wrong")
    page.goto(at("entry_edit", "fr", group.pk))
    look("edit")
    page.fill("[name=one_line_en]", "They bake bread.")
    go(page, "on")
    look("what differs")
    page.fill("[name=email]", ADDRESS)
    go(page, "send")
    look("code")
    page.fill("[name=code]", last_code(ADDRESS))
    go(page, "code")
    look("sent")
    assert found == []
