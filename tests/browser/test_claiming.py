""" "I run this group", on a phone, with scripts and without: claim, look after it, change it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect
from post_office.models import Email

from accounts.models import Membership, User
from cop_directory.shelf import address
from curation import signed_links
from curation.freshness import today
from curation.models import Change, Claim, Entry, Keeper
from tests.browser.test_axe import AXE, OPEN_ALL, OPTIONS, findings
from tests.browser.visitors import WIDE, Visitor, in_each_way, leaving_nothing
from tests.factories import (
    make_keeper,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    sign_in,
)

WHO = "ana@harbour.example"


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out.

    The site stays from test to test; what is made here does not.
    """
    with django_db_blocker.unblock(), leaving_nothing():
        yield


@pytest.fixture
def group():
    return make_listing(
        "Bread of the Bay",
        name_fr="Pain de la baie",
        provinces=("NB",),
        one_line_en="They bake.",
        one_line_fr="On fait du pain.",
        scope="local",
        hosts=(make_organization("Harbour Agency"),),
    )


@pytest.fixture
def phone(reader):
    return lambda script=True: reader(width=360, java_script_enabled=script)


def at(name: str, lang: str, *args: object) -> str:
    with override(lang):
        return reverse(name, args=args)


def path_of(mail: Email) -> str:
    """The path of the last address of ours in a mail."""
    return re.findall(r"https?://[^/\s]+(/(?:en|fr)/\S+)", mail.message)[-1]


def as_person(page: Page, person: User, *, second_step: bool = False) -> None:
    """Let a page be that person's."""
    client = Client()
    sign_in(client, person, second_step=second_step)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "domain": "127.0.0.1", "path": "/"}])


def press(page: Page, value: str, near: str = "main") -> None:
    """Press the button of an answer."""
    page.locator(f"{near} button[value={value}]").first.click()


def send(page: Page) -> None:
    """Press the first button of the page's own form."""
    page.locator("main form button").first.click()


@in_each_way
def test_whoever_runs_a_group_claims_it_and_looks_after_it(phone, group, lang, script):
    page = phone(script)
    page.goto(at("claim", lang, group.pk))
    page.fill("[name=words]", "I bake there.")
    page.fill("[name=email]", WHO)
    send(page)
    code = re.search(r"\d{6}", Email.objects.latest("pk").subject)[0]
    page.fill("[name=code]", code)
    send(page)
    expect(page).to_have_url(re.compile(r"/(sent|envoye)/"))
    claim = Claim.objects.get(entry=group)
    assert (claim.email, claim.words, claim.state) == (WHO, "I bake there.", "waiting")

    person = make_person(WHO, language=lang)
    reviewer = Visitor(phone(script), lang)
    as_person(reviewer.page, make_reviewer("reviewer@harbour.example"), second_step=True)
    reviewer.open_waiting("Bread of the Bay" if lang == "en" else "Pain de la baie")
    reviewer.decide("grant")
    as_person(page, person)
    page.goto(at("my_pages", lang))
    row = page.locator(".shelf li")
    expect(row).to_have_count(1)
    row.locator(f"a[href$='{at('entry_edit', lang, group.pk)}']").click()
    page.fill("[name=one_line_en]", "They bake bread.")
    press(page, "on")
    expect(page.locator("main ins")).to_have_count(1)
    press(page, "send")
    expect(page.locator("main ins")).to_have_count(1)
    assert Change.objects.get(entry=group).by == person

    page.goto(at("my_pages", lang))
    press(page, "still-right")
    expect(page.locator("[role=status]")).to_be_visible()
    entry = Entry.objects.get(pk=group.pk)
    assert (entry.confirmed_on, entry.confirmed_by) == (today(), "group")
    with override(lang):
        page.goto(address(group))
    expect(page.locator(".live.ok")).to_be_visible()


@in_each_way
def test_link_of_the_mail_needs_no_sign_in(phone, group, lang, script):
    person = make_keeper(group, WHO, language=lang)
    page = phone(script)
    signed = signed_links.sign("keeper_question", entry=group.pk, user=person.pk)
    page.goto(at("keeper_question", lang, signed))
    press(page, "pausing")
    expect(page.locator("[role=status]")).to_be_visible()
    assert Entry.objects.get(pk=group.pk).activity == "paused"
    press(page, "active")
    expect(page.locator("button[value=pausing]")).to_be_visible()
    assert Entry.objects.get(pk=group.pk).activity == "active"


@in_each_way
def test_shared_address_looks_after_its_page(phone, group, lang, script):
    make_keeper(group, "info@harbour.example", mailbox=True)
    page = phone(script)
    page.goto(at("mailbox_link", lang))
    page.fill("[name=email]", "info@harbour.example")
    send(page)
    expect(page.locator("[role=status]")).to_be_visible()
    page.goto(path_of(Email.objects.get(to="info@harbour.example")))
    send(page)
    press(page, "still-right")
    expect(page.locator("[role=status]")).to_be_visible()
    assert Entry.objects.get(pk=group.pk).confirmed_on == today()


@in_each_way
def test_page_is_handed_over(phone, group, lang, script):
    page = phone(script)
    as_person(page, make_keeper(group, WHO))
    page.goto(at("keepers", lang, group.pk))
    page.fill("[name=email]", "bo@harbour.example")
    page.locator(f"form[action$='{at('keeper_invite', lang, group.pk)}'] button").click()
    expect(page.locator("[role=status]")).to_be_visible()
    other = phone(script)
    as_person(other, make_person("bo@harbour.example"))
    other.goto(path_of(Email.objects.get(to="bo@harbour.example")))
    press(other, "yes")
    expect(other.locator(".shelf li")).to_have_count(1)
    page.goto(at("keepers", lang, group.pk))
    page.locator(f"form[action$='{at('keeper_leave', lang, group.pk)}'] button").click()
    expect(page.locator("[role=status]")).to_be_visible()
    assert [row.address for row in Keeper.objects.filter(entry=group)] == ["bo@harbour.example"]


@pytest.mark.once
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_pages_are_accessible_and_fit_a_phone(reader, group, lang, scheme):
    agency = group.hosts.get()
    owner = make_member(WHO, agency, role="owner")
    make_member("bo@harbour.example", agency)
    asking = make_person("new@harbour.example")
    Membership.objects.create(organization=agency, user=asking, words="I coordinate.")
    Membership.objects.create(organization=agency, email="soon@harbour.example")
    question = signed_links.sign("keeper_question", entry=group.pk, user=owner.pk)
    addresses = [
        at("my_pages", lang),
        at("organization_account", lang, agency.pk),
        at("keepers", lang, group.pk),
        at("claim", lang, group.pk),
        at("work_address", lang),
        at("vouch", lang, signed_links.sign("vouch", user=asking.pk)),
        at("mailbox_link", lang),
        at("mailbox_open", lang, signed_links.sign("mailbox_open", email="info@harbour.example")),
        at("mailbox_open", lang, "too-old"),
        at("keeper_question", lang, question),
    ]
    page = reader(width=360, color_scheme=scheme)
    as_person(page, owner)
    found = []
    for where in addresses:
        page.goto(where)
        page.evaluate(OPEN_ALL)
        page.evaluate(AXE.axe_script)
        found += [(where, each) for each in findings(page, OPTIONS)]
        if page.evaluate(WIDE):
            found.append((where, "wide"))
    assert found == []
