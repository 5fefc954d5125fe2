"""Invitations: sealed, never where newcomers are, shown to few and counted."""

import datetime as dt
import io
import logging

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cop_directory import invites
from cop_directory.invites import NotShown, Wish
from cop_directory.models import Invitation, InvitationShown, Listing
from curation.lifecycle import TurnRefused
from curation.models import Case, Decision
from curation.reporting import reports
from tests.cop_directory.doors import (
    LINK,
    OTHER_LINK,
    SECRETS,
    make_chat_group,
    make_invitation,
    make_worker,
)
from tests.factories import (
    make_keeper,
    make_member,
    make_organization,
    make_platform,
    make_reviewer,
)

NEWCOMERS = [each for each in Listing.Members.values if each != "sector"]


@pytest.fixture
def chat(db):
    return make_chat_group()


def waiting_cases():
    return Case.objects.filter(reason="invitation", closed_at=None).count()


# Kept --------------------------------------------------------------------------------------------


def test_link_is_not_readable_in_the_database(chat):
    row = make_invitation(chat)
    held = " ".join(str(value) for value in Invitation.objects.filter(pk=row.pk).values()[0])
    assert [secret for secret in SECRETS if secret in held or secret in row.sealed] == []


def test_wish_waits_for_a_reviewer(chat):
    invites.propose(chat, Wish("workers", LINK), by=None)
    assert (invites.current(chat), waiting_cases()) == (None, 1)


def test_second_wish_takes_the_place_of_the_first(chat):
    invites.propose(chat, Wish("workers", LINK), by=None)
    second = invites.propose(chat, Wish("ask"), by=None)
    assert (list(Invitation.objects.all()), waiting_cases()) == ([second], 1)


def test_new_wish_is_a_thing_of_its_own_to_look_at(chat):
    """Nobody decides on a wish that came after the page they are reading."""
    invites.propose(chat, Wish("workers", LINK), by=None)
    first = Case.objects.get()
    invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    first.refresh_from_db()
    assert (first.closed_at is None, waiting_cases()) == (False, 1)


def test_link_is_kept_bare(chat):
    row = make_invitation(chat, f"{LINK}?mode=ac_t")
    assert invites.show(row.listing, make_worker()) == LINK


def test_wish_without_a_link_keeps_the_present_one(chat):
    make_invitation(chat)
    row = invites.propose(chat, Wish("workers", shut_out=("media",)), by=None)
    invites.accept(row, by=make_reviewer())
    assert invites.show(chat, make_worker()) == LINK


def test_mode_for_workers_needs_a_link(chat):
    with pytest.raises(ValidationError) as refusal:
        invites.propose(chat, Wish("workers"), by=None)
    assert refusal.value.code == "missing"


def test_mode_for_workers_needs_a_link_in_the_database(chat):
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(listing=chat, mode="workers")


def test_public_name_is_kept_open(db):
    chat = make_chat_group(platform=make_platform("telegram"))
    row = invites.propose(chat, Wish("handle", "https://t.me/s/our_name"), by=None)
    assert (row.handle_url, row.sealed) == ("https://t.me/our_name", "")


@pytest.mark.parametrize("days", [0, -1, 800])
def test_end_is_a_day_to_come_and_not_far(chat, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(ValidationError) as refusal:
        invites.propose(chat, Wish("workers", LINK, day), by=None)
    assert refusal.value.code == "day"


def test_link_of_another_platform_is_refused(chat):
    with pytest.raises(ValidationError):
        invites.propose(chat, Wish("workers", "https://t.me/+AbCdEfGhIjKlMnOp"), by=None)


def test_unknown_category_is_left_out(chat):
    row = invites.propose(chat, Wish("workers", LINK, None, ("media", "agency")), by=None)
    assert row.shut_out == ["media"]


# Newcomers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("members", NEWCOMERS)
@pytest.mark.parametrize("mode", Invitation.Mode.values)
def test_nothing_is_kept_where_newcomers_may_be(db, members, mode):
    chat = make_chat_group(members=members, consent="agreed")
    with pytest.raises(ValidationError):
        invites.propose(chat, Wish(mode, LINK), by=None)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("members", NEWCOMERS)
def test_reviewer_cannot_accept_where_newcomers_came_in(chat, members):
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    Listing.objects.update(members=members, consent="agreed")
    with pytest.raises(TurnRefused):
        invites.accept(row, by=make_reviewer())
    assert invites.current(chat) is None


@pytest.mark.parametrize("members", NEWCOMERS)
def test_nothing_is_shown_where_newcomers_came_in(chat, members):
    make_invitation(chat)
    Listing.objects.update(members=members, consent="agreed")
    fresh = Listing.objects.get(pk=chat.pk)
    with pytest.raises(NotShown) as refusal:
        invites.show(fresh, make_worker())
    assert (refusal.value.why, invites.for_guest(fresh)) == ("none", "")


def test_stale_row_of_the_caller_changes_nothing(chat):
    """Whoever read the group before its members changed is told the same."""
    make_invitation(chat)
    Listing.objects.update(members="newcomers", consent="agreed")
    with pytest.raises(NotShown):
        invites.show(chat, make_worker())


def test_invitations_are_dropped_where_newcomers_came_in(chat):
    make_invitation(chat)
    invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    kept = make_invitation(make_chat_group("Another Chat"))
    Listing.objects.filter(pk=chat.pk).update(members="mixed", consent="agreed")
    assert (invites.drop_forbidden(), list(Invitation.objects.all())) == (1, [kept])


def test_dropping_looks_only_at_the_groups_that_are_named(chat):
    row = make_invitation(chat)
    Listing.objects.update(members="mixed", consent="agreed")
    assert (invites.drop_forbidden([chat.pk + 1]), list(Invitation.objects.all())) == (0, [row])


# Reviewed ----------------------------------------------------------------------------------------


def test_accepted_wish_counts_and_is_written_down_without_the_link(chat):
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    invites.accept(row, by=make_reviewer())
    said = Decision.objects.get(verb="edit").after["invitation"]
    today = timezone.localdate().isoformat()
    assert (said, waiting_cases()) == (f"workers chat.whatsapp.com {today}", 0)


def test_new_link_keeps_the_log_of_the_old_one(chat):
    make_invitation(chat)
    invites.show(chat, make_worker())
    row = invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    invites.accept(row, by=make_reviewer())
    assert (invites.times_shown(chat), Invitation.objects.count()) == (1, 1)


def test_second_reviewer_is_told_that_somebody_was_faster(chat):
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    invites.accept(row, by=make_reviewer())
    with pytest.raises(TurnRefused):
        invites.decline(row, by=make_reviewer("other@example.org"), note="No")


def test_declined_wish_is_gone_and_the_present_one_stays(chat):
    present = make_invitation(chat)
    row = invites.propose(chat, Wish("ask"), by=None)
    invites.decline(row, by=make_reviewer(), note="Please ask your co-host first.")
    assert (list(Invitation.objects.all()), waiting_cases()) == ([present], 0)


def test_decline_needs_a_reason(chat):
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    with pytest.raises(TurnRefused):
        invites.decline(row, by=make_reviewer(), note=" ")
    assert invites.waiting(chat) == row


def test_host_cannot_accept_their_own(chat):
    host = make_keeper(chat)
    row = invites.propose(chat, Wish("workers", LINK), by=host)
    with pytest.raises(TurnRefused):
        invites.accept(row, by=host)


def test_reviewer_steps_aside_for_their_own_organization(db):
    agency = make_organization()
    chat = make_chat_group(hosts=(agency,))
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    with pytest.raises(TurnRefused):
        invites.accept(row, by=make_member("own@example.org", agency, is_moderator=True))


def test_taking_away_waits_for_nobody(chat):
    make_invitation(chat)
    invites.propose(chat, Wish("workers", OTHER_LINK), by=None)
    invites.remove(chat, by=make_keeper(chat))
    assert (Invitation.objects.count(), waiting_cases()) == (0, 0)


# Shown -------------------------------------------------------------------------------------------


def test_invitation_is_shown_to_a_worker_and_written_down(chat):
    worker = make_worker()
    row = make_invitation(chat)
    assert invites.show(chat, worker) == LINK
    assert list(InvitationShown.objects.values_list("invitation", "to")) == [(row.pk, worker.pk)]


@pytest.mark.parametrize(
    ("why", "worker"),
    [
        ("confirm", {"days": -1}),
        ("shut-out", {"works_at": "government"}),
        ("shut-out", {"works_at": "enforcement"}),
        ("shut-out", {"works_at": "media"}),
    ],
)
def test_invitation_is_not_shown_to_others(chat, why, worker):
    make_invitation(chat, shut_out=("government", "enforcement", "media"))
    with pytest.raises(NotShown) as refusal:
        invites.show(chat, make_worker(**worker))
    assert (refusal.value.why, InvitationShown.objects.count()) == (why, 0)


def test_category_that_is_not_shut_out_sees_it(chat):
    make_invitation(chat, shut_out=("media",))
    assert invites.show(chat, make_worker(works_at="government")) == LINK


def why_no_guest(listing):
    with pytest.raises(NotShown) as refusal:
        invites.for_guest(listing)
    return refusal.value.why


def test_ended_invitation_is_not_shown(chat):
    make_invitation(chat, expires_on=timezone.localdate() + dt.timedelta(days=3))
    worker = make_worker()
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        assert invites.show(chat, worker) == LINK
    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        assert (invites.hindrance(chat, worker), why_no_guest(chat)) == ("ended", "ended")


def test_invitation_is_not_shown_while_a_danger_is_looked_at(chat):
    make_invitation(chat)
    reports.report(chat, "dangerous")
    assert (invites.hindrance(chat, make_worker()), why_no_guest(chat)) == ("shut", "shut")


@pytest.mark.parametrize("changed", [{"activity": "closed"}, {"review": "withdrawn"}])
def test_invitation_of_a_group_that_is_not_there_is_not_shown(chat, changed):
    make_invitation(chat)
    Listing.objects.update(**changed)
    fresh = Listing.objects.get(pk=chat.pk)
    assert (invites.hindrance(fresh, make_worker()), invites.for_guest(fresh)) == ("none", "")


def test_wish_that_waits_is_not_shown(chat):
    invites.propose(chat, Wish("workers", LINK), by=None)
    assert invites.hindrance(chat, make_worker()) == "none"


def test_mode_ask_is_shown_to_guests_only(chat):
    make_invitation(chat, mode="ask")
    assert (invites.hindrance(chat, make_worker()), invites.for_guest(chat)) == ("none", LINK)


def test_guest_is_counted_without_a_name(chat):
    make_invitation(chat)
    invites.for_guest(chat)
    assert list(InvitationShown.objects.values_list("to", flat=True)) == [None]


def test_ten_a_day_are_the_most_whatever_the_groups(db):
    worker, chats = make_worker(), [make_chat_group(f"Chat {number}") for number in range(11)]
    for chat in chats:
        make_invitation(chat)
    assert [invites.show(chat, worker) for chat in chats[:10]] == [LINK] * 10
    with pytest.raises(NotShown) as refusal:
        invites.show(chats[10], worker)
    assert (refusal.value.why, InvitationShown.objects.count()) == ("used-up", 10)


def test_another_day_has_ten_more(chat):
    worker = make_worker()
    make_invitation(chat)
    for _number in range(10):
        invites.show(chat, worker)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert invites.show(chat, worker) == LINK


# Keys --------------------------------------------------------------------------------------------


def test_links_are_sealed_anew_with_the_first_key(chat, settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.INVITATION_KEYS = [old]
    make_invitation(chat)
    settings.INVITATION_KEYS = [new, old]
    said = io.StringIO()
    call_command("rotate_invitations", stdout=said)
    settings.INVITATION_KEYS = [new]
    assert invites.show(chat, make_worker()) == LINK
    assert said.getvalue() == "1 invitation links are now sealed with the first key.\n"


def test_older_key_still_opens(chat, settings):
    old = settings.INVITATION_KEYS
    make_invitation(chat)
    settings.INVITATION_KEYS = [Fernet.generate_key().decode(), *old]
    assert invites.show(chat, make_worker()) == LINK


def test_lost_key_breaks_no_page_and_logs_no_link(chat, settings, caplog):
    row = make_invitation(chat)
    settings.INVITATION_KEYS = [Fernet.generate_key().decode()]
    with caplog.at_level(logging.ERROR), pytest.raises(NotShown) as refusal:
        invites.show(chat, make_worker())
    assert refusal.value.why == "broken"
    assert set(caplog.messages) == {f"Invitation {row.pk} cannot be opened: see INVITATION_KEYS."}
