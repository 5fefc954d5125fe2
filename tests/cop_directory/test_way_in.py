"""The way in of somebody who was let in, and the ways that a group's page lists."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts.languages import day_in_words
from cop_directory import invites
from cop_directory.invites import Wish
from cop_directory.joining import asking
from cop_directory.joining.ways import ways_in
from cop_directory.models import Chat, Invitation, InvitationShown, JoinRequest, Listing
from curation.models import Case
from curation.reporting import reports
from tests.cop_directory.doors import (
    ASKER,
    LINK,
    OTHER_LINK,
    SECRETS,
    answer_page,
    ask_and_confirm,
    make_chat_group,
    make_host,
    make_invitation,
    make_request,
    outbox,
    path_in,
)
from tests.factories import (
    make_person,
    make_platform,
)


@pytest.fixture
def chat(db):
    listing = make_chat_group()
    make_host(listing)
    return listing


# The way in --------------------------------------------------------------------------------------


def let_in(client, listing):
    """Ask, confirm, be let in; the path of the page with the way in, or None."""
    ask_and_confirm(client, listing)
    client.post(answer_page(), {"answer": "let-in"})
    mail = outbox(ASKER)[-1]
    return path_in(mail, "/en/join/way-in/") if "/join/way-in/" in mail.message else None


def test_way_in_is_shown_by_a_post_only(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    before = client.get(page)
    after = client.post(page)
    assert (LINK in before.content.decode(), LINK in after.content.decode()) == (False, True)
    assert "no-store" in after.headers["Cache-Control"]
    assert InvitationShown.objects.count() == 1


def shows(client, page):
    """Whether the link is on the page after a press of its button, in one browser."""
    client.get(page)
    return LINK in client.post(page).content.decode()


def test_way_in_opens_again_for_minutes_and_no_longer(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    assert [shows(client, page) for _tap in range(3)] == [True] * 3
    JoinRequest.objects.update(opened_at=timezone.now() - asking.OPEN_AGAIN_WITHIN)
    assert shows(client, page) is False
    assert "It opens only once." in client.get(page).content.decode()


def test_way_in_opens_in_one_browser_of_many(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    assert [shows(Client(), page) for _browser in range(12)] == [True] + [False] * 11
    assert InvitationShown.objects.count() == 1


def test_browser_that_keeps_no_cookie_opens_it_once(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    told = [LINK in Client().post(page).content.decode() for _tap in range(2)]
    assert told == [True, False]


def test_way_in_that_was_opened_says_when_and_what_to_do(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    shows(client, page)
    JoinRequest.objects.update(opened_at=dt.datetime(2026, 3, 5, 18, 30, tzinfo=dt.UTC))
    text = client.get(page).content.decode()
    assert "This way in was opened at 1:30 p.m. on 5 March 2026. It opens only once." in text
    main = text.partition("<main")[2].partition("</main>")[0]
    assert (reverse("join_ask", args=[chat.pk]) in main, "<button" in main) == (True, False)


def test_mail_and_page_say_the_same_of_the_link(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    words = f"until {day_in_words(JoinRequest.objects.get().waits_until)}, and opens once"
    mail = " ".join(outbox(ASKER)[-1].message.split())
    assert (words in mail, words in client.get(page).content.decode()) == (True, True)


def test_invitation_that_has_ended_uses_nothing_up(client, chat):
    invitation = make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Invitation.objects.update(expires_on=yesterday)
    ended = client.post(page).content.decode()
    Invitation.objects.update(expires_on=invitation.expires_on)
    assert ("The invitation has ended." in ended, shows(Client(), page)) == (True, True)


def test_no_mail_holds_the_invitation(client, chat):
    make_invitation(chat, mode="ask")
    invites.propose(chat, Wish("workers", OTHER_LINK), by=make_person())
    client.post(let_in(client, chat))
    said = " ".join(f"{mail.subject} {mail.message}" for mail in Email.objects.all())
    assert [secret for secret in SECRETS if secret in said] == []


def test_without_an_invitation_the_other_way_is_shown(client, chat):
    Chat.objects.update(other_way_en="Come on Tuesday.", other_way_fr="Venez mardi.")
    assert "Come on Tuesday." in client.post(let_in(client, chat)).content.decode()


def test_without_any_way_the_mail_says_that_the_hosts_write(client, chat):
    assert let_in(client, chat) is None
    assert "They will write to you themselves" in outbox(ASKER)[-1].message


@pytest.mark.parametrize("members", ["mixed", "newcomers", "unknown"])
def test_nobody_gets_a_link_where_newcomers_may_be(client, chat, members):
    make_invitation(chat, mode="ask")
    Listing.objects.update(members=members, consent="agreed")
    assert let_in(client, Listing.objects.get()) is None


def test_link_is_not_shown_where_newcomers_came_in_after_the_answer(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    Listing.objects.update(members="newcomers", consent="agreed")
    assert LINK not in client.post(page).content.decode()


def test_way_in_stays_unopened_while_a_danger_is_looked_at(client, chat):
    make_invitation(chat, mode="ask")
    page = let_in(client, chat)
    reports.report(chat, "dangerous")
    shut = client.post(page).content.decode()
    reports.settle(Case.objects.get(reason="danger"))
    assert (LINK in shut, LINK in client.post(page).content.decode()) == (False, True)


# The ways into a group, as its page lists them ---------------------------------------------------


def kinds(listing):
    return [way.kind for way in ways_in(Listing.objects.get(pk=listing.pk))]


def test_ways_of_a_group(chat):
    assert kinds(chat) == ["ask"]
    make_invitation(chat)
    assert kinds(chat) == ["show", "ask"]
    Listing.objects.update(website="https://a.example/", contact_email="a@a.example")
    assert kinds(chat) == ["show", "ask", "website", "write"]
    make_request(chat, days_ago=14)
    assert kinds(chat) == ["show", "silent", "website", "write"]
    reports.report(chat, "dangerous")
    assert kinds(chat) == []
    reports.settle(Case.objects.get(reason="danger"))
    assert kinds(chat) == ["show", "silent", "website", "write"]
    Listing.objects.update(activity="closed")
    assert kinds(chat) == []


def test_public_name_is_a_way(chat):
    Listing.objects.update(platform=make_platform("telegram"))
    make_invitation(Listing.objects.get(), "https://t.me/our_name", mode="handle")
    assert [(way.kind, way.url) for way in ways_in(Listing.objects.get())] == [
        ("name", "https://t.me/our_name"),
        ("ask", reverse("join_ask", args=[chat.pk])),
    ]


@pytest.mark.parametrize("members", ["mixed", "newcomers", "unknown"])
def test_no_way_by_invitation_where_newcomers_may_be(chat, members):
    make_invitation(chat)
    Listing.objects.update(members=members, consent="agreed")
    assert kinds(chat) == ["ask"]


def test_ways_need_two_queries(chat, django_assert_num_queries):
    make_invitation(chat)
    with django_assert_num_queries(2):
        found = ways_in(chat)
    assert [secret for secret in SECRETS if secret in str(found)] == []
