"""Rows of people, of what waits and of invitations, each breaking one constraint of the database.

Each is (constraint, function that tries to write the row); everything else about it is right.
"""

import datetime as dt
import uuid

from django.utils import timezone

from accounts.models import AddressCheck, Allowance, Domain, Membership, Verification, Vouch
from cop_directory.models import Invitation, JoinRequest
from curation.models import (
    Beat,
    Case,
    CaseFacet,
    Change,
    Decision,
    Entry,
    ImportJob,
    ImportRow,
    Keeper,
    KeeperInvitation,
    PersonalValue,
    Question,
    Report,
    Ruling,
    Submission,
)
from tests.factories import make_listing, make_organization, make_staff, make_superuser, make_tag

DAY = dt.date(2025, 5, 1)


# People and organizations ----------------------------------------------------------------------


def _domain_by_one_person():
    boss = make_superuser()
    Domain.objects.create(
        organization=make_organization(), name="example.org", first_by=boss, second_by=boss
    )


def _members(**fields):
    organization = make_organization()
    for _ in range(2):
        Membership.objects.create(organization=organization, **fields)


def _member_twice():
    _members(user=make_staff())


def _invited_twice():
    _members(email="ana@example.org")


def _membership(**fields):
    return lambda: Membership.objects.create(organization=make_organization(), **fields)


def _verification_never_lapses():
    Verification.objects.create(user=make_staff(), how="domain", since=DAY, until=DAY)


def _vouch(**changed):
    plain = {"by": make_superuser(), "user": make_staff(), "organization": make_organization()}
    return Vouch.objects.create(**{**plain, **changed})


def _vouch_twice():
    first = _vouch()
    Vouch.objects.create(by=first.by, user=first.user, organization=make_organization("Other"))


def _vouch_twice_for_an_organization():
    first = _vouch()
    Vouch.objects.create(
        by=make_staff("x@example.org"), user=first.user, organization=first.organization
    )


def _vouch_for_oneself():
    boss = make_superuser("self@example.org")
    Vouch.objects.create(by=boss, user=boss, organization=make_organization())


def _allowance_twice():
    for _ in range(2):
        Allowance.objects.create(what="mail", key="a", day=DAY)


PEOPLE = [
    ("address_check_has_an_address", lambda: _check(email="")),
    ("allowance_once_a_day", _allowance_twice),
    ("allowance_of_something", lambda: Allowance.objects.create(what="", key="a", day=DAY)),
    ("domain_confirmed_by_two_people", _domain_by_one_person),
    ("membership_once", _member_twice),
    ("membership_invited_once", _invited_twice),
    ("membership_of_somebody", _membership()),
    (
        "membership_granted_to_a_person",
        _membership(email="ana@example.org", granted_at=timezone.now()),
    ),
    ("verification_lapses", _verification_never_lapses),
    ("vouch_once", _vouch_twice),
    ("vouch_once_an_organization", _vouch_twice_for_an_organization),
    ("vouch_for_another", _vouch_for_oneself),
]


def _check(**fields):
    return AddressCheck.objects.create(code_hash="x", expires_at=timezone.now(), **fields)


# What waits --------------------------------------------------------------------------------------


def _entry(**fields):
    return lambda: Entry.objects.filter(pk=make_listing().pk).update(**fields)


def _merged_into_itself():
    listing = make_listing()
    Entry.objects.filter(pk=listing.pk).update(review="merged", merged_into=listing.pk)


def _merged_but_public():
    listing, other = make_listing(), make_listing("Another group")
    Entry.objects.filter(pk=listing.pk).update(merged_into=other.pk)


def _same_number_twice():
    first = make_listing().decisions.first()
    Decision.objects.create(entry=first.entry, number=first.number, verb="edit", at=timezone.now())


def _personal_value_twice():
    decision = make_listing().decisions.first()
    for _ in range(2):
        PersonalValue.objects.create(decision=decision, name="after.x", salt="s", value="x")


def _change(**fields):
    return lambda: Change.objects.create(entry=make_listing(), patch={}, base=1, **fields)


def _reports(count=2, **fields):
    def do():
        listing = make_listing()
        for _ in range(count):
            Report.objects.create(**{"entry": listing, "reason": "wrong", "day": DAY, **fields})

    return do


def _report_of_a_person_twice():
    _reports(by=make_staff())()


def _keepers(**fields):
    listing = make_listing()
    for _ in range(2):
        Keeper.objects.create(entry=listing, **fields)


def _keeper(**fields):
    return lambda: Keeper.objects.create(entry=make_listing(), **fields)


def _keeper_twofold():
    _keeper(user=make_staff(), email="info@example.org")()


def _invited_to_keep_twice():
    listing = make_listing()
    for _ in range(2):
        KeeperInvitation.objects.create(entry=listing, email="ana@example.org")


def _case_twice():
    listing = make_listing()
    for _ in range(2):
        Case.objects.create(entry=listing, reason="report")


def _facet_twice():
    case = Case.objects.create(entry=make_listing(), reason="report")
    for _ in range(2):
        CaseFacet.objects.create(case=case, name="kind", value="lip")


def _beats(**fields):
    person = make_staff()
    for _ in range(2):
        Beat.objects.create(user=person, **fields)


def _row_twice():
    job = ImportJob.objects.create(
        shelf="listing", by=make_staff(), organization=make_organization(), file_name="a.csv"
    )
    for _ in range(2):
        ImportRow.objects.create(job=job, number=1, state="ready")


def _ruling(**fields):
    return lambda: Ruling.objects.create(organization=make_organization(), **fields)


WAITING = [
    ("entry_merged_into_another", _entry(review="merged")),
    ("entry_merged_into_another", _merged_but_public),
    ("entry_not_merged_into_itself", _merged_into_itself),
    ("decision_numbered_once", _same_number_twice),
    ("personal_value_once", _personal_value_twice),
    (
        "submission_stance_exists",
        lambda: Submission.objects.create(entry=make_listing(), stance="rumour"),
    ),
    ("change_state_exists", _change(state="lost", decided_at=timezone.now())),
    ("change_decided_at_some_time", _change(state="accepted")),
    ("change_decided_at_some_time", _change(decided_at=timezone.now())),
    ("report_of_strangers_once_a_day", _reports()),
    ("report_of_a_person_once_a_day", _report_of_a_person_twice),
    ("report_shuts_the_door_only_on_danger", _reports(1, shuts_the_door=True)),
    ("keeper_once", lambda: _keepers(user=make_staff())),
    ("keeper_mailbox_once", lambda: _keepers(email="info@example.org")),
    ("keeper_is_a_person_or_a_mailbox", _keeper()),
    (
        "keeper_is_a_person_or_a_mailbox",
        _keeper_twofold,
    ),
    ("keeper_invited_once", _invited_to_keep_twice),
    (
        "keeper_invited_at_an_address",
        lambda: KeeperInvitation.objects.create(entry=make_listing(), email=""),
    ),
    (
        "question_reminded_after_it_was_asked",
        lambda: Question.objects.create(entry=make_listing(), asked_on=DAY, reminded_on=DAY),
    ),
    ("case_open_once_an_entry_and_reason", _case_twice),
    ("case_is_about_something", lambda: Case.objects.create(reason="report")),
    (
        "case_taken_at_some_time",
        lambda: Case.objects.create(entry=make_listing(), reason="report", taken_by=make_staff()),
    ),
    ("case_facet_once", _facet_twice),
    ("beat_is_a_province_or_a_topic", lambda: Beat.objects.create(user=make_staff())),
    (
        "beat_is_a_province_or_a_topic",
        lambda: Beat.objects.create(user=make_staff(), province="ON", topic=make_tag()),
    ),
    ("beat_province_once", lambda: _beats(province="ON")),
    ("beat_topic_once", lambda: _beats(topic=make_tag())),
    ("import_row_once", _row_twice),
    ("ruling_names_a_domain_where_it_is_about_one", _ruling(verb="confirmed")),
    ("ruling_names_a_domain_where_it_is_about_one", _ruling(verb="let-in", domain="a.example")),
    ("ruling_says_why_not", _ruling(verb="not-let-in")),
]


# Invitations -------------------------------------------------------------------------------------


def _invitation(**fields):
    return lambda: Invitation.objects.create(listing=make_listing(), **fields)


def _invitations(**fields):
    def do():
        listing = make_listing()
        for _ in range(2):
            Invitation.objects.create(listing=listing, **fields)

    return do


def _request(**fields):
    return lambda: JoinRequest.objects.create(
        listing=make_listing(), token=uuid.uuid4(), name="A", email="a@example.org", **fields
    )


INVITATIONS = [
    ("invitation_waits_once", _invitations()),
    ("invitation_current_once", _invitations(accepted_at=timezone.now())),
    ("invitation_handle_is_public", _invitation(handle_url="https://t.me/name")),
    ("invitation_handle_holds_no_secret", _invitation(mode="handle")),
    (
        "invitation_handle_holds_no_secret",
        _invitation(mode="handle", handle_url="https://t.me/name", sealed="x"),
    ),
    ("invitation_for_workers_is_there", _invitation(mode="workers")),
    ("join_request_sent_at_some_time", _request(state="waiting")),
    ("join_request_answered_at_some_time", _request(state="let-in", sent_at=timezone.now())),
    ("join_request_opened_at_some_time", _request(opened_in="0" * 64)),
]

ROWS = [*PEOPLE, *WAITING, *INVITATIONS]
