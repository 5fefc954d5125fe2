"""What time brings to requests and invitations; each step once, and a dry run changes nothing."""

import datetime as dt

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone
from post_office.models import Email

from cop_directory import invites
from cop_directory.joining import asking, clock
from cop_directory.joining.ways import ways_in
from cop_directory.models import Invitation, InvitationShown, JoinRequest, Listing
from curation import cases
from curation.models import Case, Keeper
from tests.cop_directory.doors import (
    ASKER,
    HOST,
    LINK,
    SECRETS,
    answer_page,
    ask_and_confirm,
    make_chat_group,
    make_host,
    make_invitation,
    make_request,
    make_unconfirmed,
    make_worker,
    outbox,
)
from tests.factories import make_listing, reindex

DAY = dt.timedelta(days=1)


@pytest.fixture
def chat(db):
    listing = make_chat_group()
    make_host(listing)
    return listing


def today(days=0):
    return timezone.localdate() + days * DAY


def subjects(address):
    return [mail.subject for mail in outbox(address)]


# Requests ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "mails"), [(3, 0), (4, 1), (6, 1)])
def test_host_is_reminded_on_day_4(chat, days, mails):
    make_request(chat, days_ago=days)
    assert (clock.remind_hosts(today()), len(outbox(HOST))) == (mails, mails)


def test_reminder_names_all_who_wait_in_one_mail(chat):
    make_request(chat, days_ago=5)
    make_request(chat, days_ago=4, name="Bo Ek", email="bo@agency.example")
    make_request(chat, days_ago=4, name="Too Late", state="not-now", answered_at=timezone.now())
    assert clock.remind_hosts(today()) == 2
    said = outbox(HOST)[0].message
    assert [name in said for name in ("Ada Li", "Bo Ek", "Too Late")] == [True, True, False]
    assert said.count("/en/join/answer/") == 2


def test_reminder_comes_once(chat):
    make_request(chat, days_ago=4)
    assert [clock.remind_hosts(today()) for _night in range(3)] == [1, 0, 0]


def test_link_of_the_reminder_answers(client, chat):
    row = make_request(chat, days_ago=4)
    clock.remind_hosts(today())
    client.post(answer_page(), {"answer": "not-now"})
    row.refresh_from_db()
    assert row.state == "not-now"


@pytest.mark.parametrize(("days", "mails"), [(6, 0), (7, 1), (9, 1)])
def test_asker_is_told_on_day_7(chat, days, mails):
    make_request(chat, days_ago=days)
    assert (clock.tell_askers(today()), len(outbox(ASKER))) == (mails, mails)


def test_asker_gets_open_alternatives(chat):
    make_chat_group("Another Chat")
    make_chat_group("Closed Chat", activity="closed")
    make_chat_group("Hidden Chat", members="mixed")
    make_request(chat, days_ago=7)
    reindex()
    clock.tell_askers(today())
    said = outbox(ASKER)[0].message
    names = ("Another Chat", "Closed Chat", "Hidden Chat")
    assert [name in said for name in names] == [True, False, False]


def test_asker_is_told_once_and_in_their_language(chat):
    make_request(chat, days_ago=7, language="fr")
    assert [clock.tell_askers(today()) for _night in range(3)] == [1, 0, 0]
    assert subjects(ASKER) == ["Pas encore de réponse de «\u00a0Employment Chat\u00a0»"]


@pytest.mark.parametrize(("days", "answering"), [(13, True), (14, False), (20, False)])
def test_group_is_not_answering_from_day_14(chat, days, answering):
    make_request(chat, days_ago=days)
    assert asking.is_answering(chat) is answering
    assert [way.kind for way in ways_in(chat)] == ["ask" if answering else "silent"]


def test_reviewer_is_asked_to_look_once(chat):
    make_request(chat, days_ago=14)
    make_request(chat, days_ago=15)
    assert [clock.note_silence(today()) for _night in range(3)] == [1, 0, 0]
    assert list(Case.objects.values_list("reason", "rank")) == [("join", 1)]


def test_look_that_is_done_is_not_asked_for_again(chat):
    make_request(chat, days_ago=14)
    clock.note_silence(today())
    cases.close_for(Case.objects.get().entry, "join")
    assert clock.note_silence(today()) == 0


def test_group_stays_silent_after_the_requests_are_deleted(chat):
    make_request(chat, days_ago=29)
    clock.run(timezone.now())
    clock.run(timezone.now() + 2 * DAY)
    assert (JoinRequest.objects.count(), asking.is_answering(chat)) == (0, False)


def test_answer_opens_the_door_again(chat):
    row = make_request(chat, days_ago=15)
    clock.note_silence(today())
    asking.answer(row, Keeper.objects.get(), "not-now")
    assert (asking.is_answering(chat), Case.objects.filter(closed_at=None).count()) == (True, 0)


def test_answer_to_one_of_two_leaves_the_other_late(chat):
    row = make_request(chat, days_ago=15)
    make_request(chat, days_ago=14, email="bo@agency.example")
    clock.note_silence(today())
    asking.answer(row, Keeper.objects.get(), "not-now")
    assert (asking.is_answering(chat), Case.objects.filter(closed_at=None).count()) == (False, 1)


@pytest.mark.parametrize("state", ["waiting", "let-in", "not-now", "suspicious"])
@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0)])
def test_everything_of_a_request_is_deleted_on_day_30(chat, state, days, left):
    answered = None if state == "waiting" else timezone.now()
    make_request(chat, days_ago=days, state=state, answered_at=answered)
    clock.forget(today())
    assert JoinRequest.objects.count() == left


@pytest.mark.parametrize(("days", "left"), [(1, 1), (2, 0)])
def test_what_nobody_confirmed_is_deleted_after_two_days(chat, days, left):
    make_unconfirmed(chat)
    JoinRequest.objects.update(created_at=timezone.now() - days * DAY)
    clock.forget(today())
    assert JoinRequest.objects.count() == left


def test_link_to_the_way_in_is_dead_on_day_30(client, chat):
    make_invitation(chat, mode="ask")
    row = make_request(chat, days_ago=29)
    asking.answer(row, Keeper.objects.get(), "let-in")
    page = outbox(ASKER)[-1].message.split("/en/join/way-in/")[1].split()[0]
    clock.forget(today(1))
    assert client.post(f"/en/join/way-in/{page}").status_code == 410


def test_request_that_was_kept_back_goes_out_the_next_day(client, chat):
    for number in range(4):
        ask_and_confirm(client, chat, email=f"a{number}@agency.example")
    assert clock.send_kept_back(today()) == 0
    with time_machine.travel(timezone.now() + DAY):
        assert [clock.send_kept_back(today()) for _night in range(2)] == [1, 0]
    assert (len(outbox(HOST)), JoinRequest.objects.filter(state="waiting").count()) == (4, 4)


def test_reminder_waits_where_strangers_caused_three_mails_today(client, chat):
    for number in range(3):
        ask_and_confirm(client, chat, email=f"a{number}@agency.example")
    make_request(chat, days_ago=4)
    assert clock.remind_hosts(today()) == 0
    with time_machine.travel(timezone.now() + DAY):
        assert clock.remind_hosts(today()) == 1


# Invitations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "asked"), [(9, 0), (8, 1), (1, 1)])
def test_host_is_asked_to_renew_a_week_before_the_end(chat, days, asked):
    make_invitation(chat, expires_on=today(days))
    assert clock.ask_to_renew(today(1)) == asked
    assert len(outbox(HOST)) == asked


def test_host_is_asked_once_for_each_end(chat):
    make_invitation(chat, expires_on=today(5))
    assert [clock.ask_to_renew(today(night)) for night in range(3)] == [1, 0, 0]


def test_link_without_end_is_not_asked_about(chat):
    make_invitation(chat)
    assert clock.ask_to_renew(today()) == 0


def harvest(times):
    """One person opens so many invitations of so many groups today; the groups."""
    worker, chats = make_worker(), [make_chat_group(f"Chat {number}") for number in range(times)]
    for chat in chats:
        make_host(chat, f"host{chat.pk}@group.example")
        make_invitation(chat)
        invites.show(chat, worker)
    return chats


def test_hosts_are_asked_for_new_links_after_a_harvest(db):
    chats = harvest(invites.A_DAY)
    untouched = make_chat_group("Untouched")
    make_host(untouched)
    make_invitation(untouched)
    assert [clock.ask_after_harvest(today()) for _night in range(2)] == [len(chats), 0]
    assert ([len(outbox(f"host{each.pk}@group.example")) for each in chats], outbox(HOST)) == (
        [1] * len(chats),
        [],
    )


def test_nine_in_a_day_are_no_harvest(db):
    harvest(invites.A_DAY - 1)
    assert clock.ask_after_harvest(today()) == 0


def test_guests_of_hosts_are_no_harvest(chat):
    make_invitation(chat)
    for _guest in range(12):
        invites.for_guest(chat)
    assert clock.ask_after_harvest(today()) == 0


def test_harvest_of_last_week_is_over(db):
    harvest(invites.A_DAY)
    InvitationShown.objects.update(at=F("at") - 7 * DAY)
    assert clock.ask_after_harvest(today()) == 0


def test_invitation_is_dropped_where_newcomers_came_in(chat):
    make_invitation(chat)
    Listing.objects.update(members="mixed", consent="agreed")
    assert (clock.drop_forbidden(today()), Invitation.objects.count()) == (1, 0)


# The whole night ---------------------------------------------------------------------------------


def plenty(chat):
    """Something for every step."""
    make_request(chat, days_ago=5)
    make_request(chat, days_ago=15)
    make_request(chat, days_ago=31)
    make_invitation(chat, expires_on=today(2))
    newcomers = make_chat_group("Newcomers")
    make_invitation(newcomers)
    Listing.objects.filter(pk=newcomers.pk).update(members="mixed", consent="agreed")
    make_listing("A quiet one")


def counted():
    return [
        model.objects.count() for model in (JoinRequest, Invitation, Email, Case, InvitationShown)
    ]


def test_dry_run_counts_and_changes_nothing(chat):
    plenty(chat)
    before = counted()
    would = clock.run(timezone.now(), dry_run=True)
    assert (counted(), sum(would.values()) > 0) == (before, True)
    assert clock.run(timezone.now())["invitations no longer allowed"] == 1


def test_second_run_of_a_night_does_nothing(chat):
    plenty(chat)
    clock.run(timezone.now())
    before = counted()
    assert (set(clock.run(timezone.now()).values()), counted()) == ({0}, before)


def test_no_mail_of_a_night_holds_a_link(chat):
    plenty(chat)
    clock.run(timezone.now())
    said = " ".join(f"{mail.subject} {mail.message}" for mail in Email.objects.all())
    assert ([secret for secret in SECRETS if secret in said], LINK in said) == ([], False)
