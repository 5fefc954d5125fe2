"""Reporting, asking to join and seeing an invitation: on a phone, with scripts and without."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Page, expect
from post_office.models import Email

from accounts.models import User
from cop_directory.models import Platform
from curation.models import Keeper, Report
from tests.browser.test_axe import AXE, OPTIONS, findings
from tests.browser.visitors import WIDE, in_each_way, leaving_nothing
from tests.cop_directory.doors import (
    ASKED,
    ASKER,
    HOST,
    LINK,
    code_to,
    make_chat_group,
    make_host,
    make_invitation,
    make_request,
    make_worker,
    outbox,
)
from tests.factories import make_reviewer, sign_in


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out.

    The site stays from test to test; what is made here does not.
    """
    with django_db_blocker.unblock(), leaving_nothing():
        yield


@pytest.fixture
def chat():
    return make_chat_group(
        name_fr="Clavier de l’emploi", platform=Platform.objects.get(pk="whatsapp")
    )


@pytest.fixture
def phone(reader):
    return lambda script: reader(width=360, java_script_enabled=script)


def at(name: str, lang: str, *args: object) -> str:
    with override(lang):
        return reverse(name, args=args)


def press(page: Page, words: str, lang: str, context: str = "") -> None:
    with override(lang):
        label = pgettext(context, words) if context else gettext(words)
    page.locator("main").get_by_role("button", name=label, exact=True).click()


def path_of(mail: Email) -> str:
    """The path of the first address of ours in a mail."""
    return re.search(r"https?://[^/\s]+(/(?:en|fr)/\S+)", mail.message)[1]


def as_person(page: Page, person: User) -> None:
    """Let a page be that person's."""
    client = Client()
    sign_in(client, person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "domain": "127.0.0.1", "path": "/"}])


@in_each_way
def test_anyone_reports_what_is_wrong(phone, chat, lang, script):
    page = phone(script)
    page.goto(at("report", lang, chat.pk))
    page.locator("[name=reason][value=dangerous]").check()
    page.fill("[name=words]", "It asks for money.")
    press(page, "Send", lang)
    expect(page).to_have_url(re.compile(re.escape(at("report_thanks", lang, chat.pk)) + "$"))
    report = Report.objects.get(entry=chat)
    assert (report.words, report.shuts_the_door) == ("It asks for money.", True)


@in_each_way
def test_request_goes_from_the_form_to_the_way_in(phone, chat, lang, script):
    host = make_host(chat)
    User.objects.filter(pk=host.user_id).update(language=lang)
    make_invitation(chat, mode="ask")
    page = phone(script)
    page.goto(at("join_ask", lang, chat.pk))
    for name, words in ASKED.items():
        page.fill(f"[name={name}]", words)
    press(page, "Continue", lang)
    page.fill("[name=code]", code_to(ASKER))
    press(page, "Send my request", lang)
    expect(page.locator("[name=code]")).to_have_count(0)

    page.goto(path_of(outbox(HOST)[-1]))
    expect(page.locator("main")).to_contain_text(ASKED["sentence"])
    press(page, "Let in", lang, "button")
    expect(page.locator("main form")).to_have_count(0)

    page.goto(path_of(outbox(ASKER)[-1]))
    expect(page.locator("main")).not_to_contain_text(LINK)
    press(page, "Open the way in", lang)
    expect(page.locator("main a.btn")).to_have_attribute("href", LINK)


@in_each_way
def test_invitation_is_shown_to_a_person_of_the_sector(phone, chat, lang, script):
    make_invitation(chat)
    page = phone(script)
    as_person(page, make_worker())
    page.goto(at("invitation_show", lang, chat.pk))
    expect(page.locator("main")).not_to_contain_text(LINK)
    press(page, "Show the invitation", lang)
    expect(page.locator("main a.btn")).to_have_attribute("href", LINK)
    assert LINK not in page.url
    assert LINK not in page.title()


@in_each_way
def test_host_keeps_the_invitation_and_a_reviewer_accepts_it(phone, chat, lang, script):
    make_host(chat)
    host, reviewer = phone(script), phone(script)
    as_person(host, Keeper.objects.get(entry=chat).user)
    host.goto(at("invitation_edit", lang, chat.pk))
    host.locator("[name=mode][value=workers]").check()
    host.fill("[name=link]", LINK)
    host.locator("[name=shut_out][value=media]").check()
    press(host, "Send to the volunteer reviewers", lang)
    expect(host.locator("main [role=status]")).to_have_count(1)

    as_person(reviewer, make_reviewer("looks@group.example"))
    reviewer.goto(at("invitation_review", lang, chat.pk))
    expect(reviewer.locator("main")).to_contain_text("chat.whatsapp.com")
    expect(reviewer.locator("main")).not_to_contain_text(LINK)
    press(reviewer, "Accept", lang)
    expect(reviewer.locator("[name=key]")).to_have_count(0)
    assert chat.invitations.get().accepted_at is not None


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_pages_about_joining_are_accessible_and_narrow(phone, chat, lang):
    make_host(chat)
    make_invitation(chat)
    make_request(chat)
    page = phone(True)
    as_person(page, Keeper.objects.get(entry=chat).user)
    names = ("report", "report_thanks", "join_ask", "invitation_show", "invitation_edit")
    found = []
    for name in names:
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(at(name, lang, chat.pk))
        page.evaluate(AXE.axe_script)
        found += [(name, each) for each in findings(page, OPTIONS)]
        found += [(name, "wider than the screen")] if page.evaluate(WIDE) else []
    assert found == []
