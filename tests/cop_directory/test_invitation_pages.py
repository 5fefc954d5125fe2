"""The pages of the invitation: shown to people of the sector, kept by hosts, reviewed."""

import pytest
from django.urls import reverse

from cop_directory import invites
from cop_directory.invites import Wish
from cop_directory.models import Invitation, Listing
from curation.models import Case, Decision, Keeper
from tests.cop_directory.doors import (
    HOST,
    LINK,
    OTHER_LINK,
    SECRETS,
    make_chat_group,
    make_host,
    make_invitation,
    make_worker,
    outbox,
)
from tests.factories import (
    make_keeper,
    make_person,
    make_reviewer,
    sign_in,
)


@pytest.fixture
def chat(db):
    listing = make_chat_group()
    make_host(listing)
    return listing


# The pages of the invitation ---------------------------------------------------------------------


def show_page(listing):
    return reverse("invitation_show", args=[listing.pk])


def test_stranger_is_told_to_sign_in(client, chat):
    make_invitation(chat)
    answers = [client.get(show_page(chat)), client.post(show_page(chat))]
    assert [(each.status_code, each.context["why"]) for each in answers] == [
        (200, "sign-in"),
        (403, "sign-in"),
    ]


def test_worker_sees_it_after_a_post_only(client, chat):
    make_invitation(chat)
    sign_in(client, make_worker(), second_step=False)
    before, after = client.get(show_page(chat)), client.post(show_page(chat))
    assert (LINK in before.content.decode(), LINK in after.content.decode()) == (False, True)
    assert "no-store" in after.headers["Cache-Control"]
    assert f'<a class="btn" href="{LINK}" rel="noreferrer">' in after.content.decode()


@pytest.mark.parametrize("role", ["person", "keeper", "reviewer", "superuser"])
def test_nobody_else_sees_it(client, chat, role):
    make_invitation(chat)
    people = {
        "person": make_person,
        "keeper": lambda email: make_keeper(chat, email),
        "reviewer": make_reviewer,
        "superuser": lambda email: make_person(email, is_staff=True, is_superuser=True),
    }
    sign_in(client, people[role]("somebody@example.org"))
    answer = client.post(show_page(chat))
    assert (answer.status_code, LINK in answer.content.decode()) == (403, False)


def edit_page(listing):
    return reverse("invitation_edit", args=[listing.pk])


def as_host(client):
    host = Keeper.objects.get().user
    sign_in(client, host, second_step=False)
    return host


def test_host_sends_an_invitation_to_the_reviewers(client, chat):
    as_host(client)
    client.post(edit_page(chat), {"mode": "workers", "link": LINK, "shut_out": ["media"]})
    row = invites.waiting(chat)
    assert (row.mode, row.shut_out, Case.objects.get().reason) == (
        "workers",
        ["media"],
        "invitation",
    )


def test_host_never_sees_the_link_again(client, chat):
    make_invitation(chat)
    as_host(client)
    page = client.get(edit_page(chat)).content.decode()
    assert (LINK in page, "chat.whatsapp.com" in page) == (False, True)


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("link", {"mode": "workers"}),
        ("link", {"mode": "workers", "link": "https://evil.example/"}),
        ("mode", {"mode": "handle", "link": "https://t.me/name"}),
        ("mode", {"mode": "nonsense"}),
        ("expires_on", {"mode": "workers", "link": LINK, "expires_on": "2020-01-01"}),
        ("expires_on", {"mode": "workers", "link": LINK, "expires_on": "soon"}),
        ("shut_out", {"mode": "workers", "link": LINK, "shut_out": ["agency"]}),
    ],
)
def test_bad_invitation_is_refused_beside_its_field(client, chat, field, bad):
    as_host(client)
    answer = client.post(edit_page(chat), bad)
    assert (list(answer.context["form"].errors), invites.waiting(chat)) == ([field], None)


def test_page_of_a_group_with_newcomers_has_no_form(client, chat):
    as_host(client)
    Listing.objects.update(members="mixed", consent="agreed")
    page = client.get(edit_page(chat)).content.decode()
    client.post(edit_page(chat), {"mode": "workers", "link": LINK})
    assert ('name="link"' in page, invites.waiting(chat)) == (False, None)


def test_host_sees_how_the_link_ends_and_since_when_it_is_set(client, chat):
    make_invitation(chat)
    invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    Invitation.objects.filter(accepted_at__isnull=False).update(rotated_on="2026-03-05")
    as_host(client)
    page = client.get(edit_page(chat)).content.decode()
    ends = ["chat.whatsapp.com/…StUv", "chat.whatsapp.com/…HgFe"]
    assert [end in page for end in ends] == [True, True]
    assert ("This link since" in page, "5 March 2026" in page) == (True, True)


def test_reviewer_does_not_see_how_the_link_ends(client, chat):
    make_invitation(chat)
    sign_in(client, make_reviewer())
    page = client.get(review_page(chat)).content.decode()
    assert ("StUv" in page, "chat.whatsapp.com" in page) == (False, True)


def test_history_and_short_links_hold_no_end(chat):
    row = make_invitation(chat)
    row.sealed = invites._keys().encrypt(b"https://discord.gg/abc123").decode()
    assert invites.masked(row) == "discord.gg/…3"
    waiting = invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    invites.accept(waiting, by=make_reviewer())
    assert "HgFe" not in str(list(Decision.objects.values_list("before", "after")))


def test_keeper_is_led_to_their_own_page(client, chat):
    make_invitation(chat)
    as_host(client)
    page = client.get(show_page(chat))
    assert (page.context["why"], edit_page(chat) in page.content.decode()) == ("yours", True)
    assert reverse("work_address") not in page.content.decode()


def test_host_takes_the_invitation_away(client, chat):
    make_invitation(chat)
    as_host(client)
    client.post(edit_page(chat), {"remove": "1"})
    assert invites.current(chat) is None


def test_somebody_else_cannot_edit_the_invitation(client, chat):
    sign_in(client, make_worker(), second_step=False)
    assert client.post(edit_page(chat), {"mode": "ask"}).status_code == 404


def review_page(listing):
    return reverse("invitation_review", args=[listing.pk])


def test_reviewer_sees_host_and_people_but_no_link(client, chat):
    make_invitation(chat)
    invites.show(chat, make_worker())
    invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    sign_in(client, make_reviewer())
    page = client.get(review_page(chat)).content.decode()
    assert [secret for secret in SECRETS if secret in page] == []
    assert ("worker@agency.example" in page, "chat.whatsapp.com" in page) == (True, True)


@pytest.mark.parametrize(
    ("decision", "mode", "subject"),
    [
        ("accept", "workers", "The way into “Employment Chat” is as you asked"),
        ("decline", None, "The invitation into “Employment Chat” was not accepted"),
    ],
)
def test_reviewer_decides_and_the_host_is_told(client, chat, decision, mode, subject):
    row = invites.propose(chat, Wish("workers", LINK), by=Keeper.objects.get().user)
    sign_in(client, make_reviewer())
    said = {"key": row.pk, "decision": decision, "note": "Thank you."}
    client.post(review_page(chat), said)
    present = invites.current(chat)
    assert (present.mode if present else None, outbox(HOST)[-1].subject) == (mode, subject)


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30])
def test_decision_on_what_no_longer_waits_changes_nothing(client, chat, key):
    invites.propose(chat, Wish("workers", LINK), by=None)
    sign_in(client, make_reviewer())
    client.post(review_page(chat), {"key": key, "decision": "accept"})
    assert invites.current(chat) is None


def test_review_is_for_reviewers(client, chat):
    as_host(client)
    assert client.get(review_page(chat)).status_code == 403
