"""Everything a reader does works where scripts do not run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_types import Site


@pytest.fixture
def plain(reader: Callable[..., Page]) -> Callable[[int], Page]:
    return lambda width=1280: reader(width=width, java_script_enabled=False)


def test_question_is_answered(plain, site: Site):
    page = plain()
    page.goto(site.path("home", "en"))
    page.locator("#q").fill("housing")
    page.locator(".find button").click()
    expect(page).to_have_url(f"{site.url}/en/search/?q=housing")
    expect(page.locator("h1")).to_contain_text("“housing”")


def test_filter_is_chosen_and_removed(plain, site: Site):
    page = plain()
    page.goto(site.path("directory", "en") + "?q=housing")
    page.locator("[name=province][value=ON]").check()
    page.locator("form:not(.find) button").click()
    expect(page).to_have_url(f"{site.url}/en/directory/?q=housing&province=ON")
    chips = page.locator(".cut")
    expect(chips).to_have_text(["Remove: Ontario"])
    chips.click()
    expect(page).to_have_url(f"{site.url}/en/directory/?q=housing")
    expect(chips).to_have_count(0)


def test_several_filters_are_cleared_at_once(plain, site: Site):
    page = plain()
    page.goto(site.path("filtered", "en"))
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(f"{site.url}/en/directory/?q=housing&sort=name")


def test_groups_are_sorted_by_name(plain, site: Site):
    page = plain()
    page.goto(site.path("place", "en"))
    page.goto(site.path("directory", "en") + "?province=NB")
    page.locator(".top").get_by_role("link", name="name").click()
    expect(page).to_have_url(f"{site.url}/en/directory/?province=NB&sort=name")
    names = page.locator(".shelf .name a").all_text_contents()
    assert len(names) > 3
    assert names == sorted(names, key=str.casefold)


def test_next_page_shows_other_groups_and_previous_page_leads_back(plain, site: Site):
    page = plain()
    page.goto(site.path("directory", "en"))
    first = page.locator(".shelf .name a").all_text_contents()
    page.locator("[rel=next]").click()
    expect(page).to_have_url(f"{site.url}/en/directory/?page=2")
    second = page.locator(".shelf .name a").all_text_contents()
    assert not set(first) & set(second)
    page.locator("[rel=prev]").click()
    assert page.locator(".shelf .name a").all_text_contents() == first


def test_group_opens_and_its_text_to_copy_unfolds(plain, site: Site):
    page = plain(360)
    page.goto(site.path("question", "en"))
    link = page.locator(".shelf .name a").first
    name = link.text_content()
    link.click()
    expect(page.locator("h1")).to_contain_text(name)
    copy = page.locator("details pre")
    expect(copy).to_be_hidden()
    page.locator("details:has(pre) summary").click()
    expect(copy).to_be_visible()
    expect(copy).to_contain_text(name)


def test_language_is_changed(plain, site: Site):
    page = plain()
    page.goto(site.path("group", "en"))
    page.locator(".lang").click()
    expect(page).to_have_url(site.url + site.path("group", "fr"))


def test_filters_are_folded_on_a_phone_and_unfold(plain, site: Site):
    page = plain(360)
    page.goto(site.path("directory", "en"))
    box = page.locator("[name=province][value=ON]")
    expect(box).to_be_hidden()
    page.locator(".filters > summary").click()
    expect(box).to_be_visible()


def test_filters_stand_open_on_a_wide_screen(plain, site: Site):
    page = plain(1280)
    page.goto(site.path("directory", "en"))
    expect(page.locator("[name=province][value=ON]")).to_be_visible()
