"""What is deleted when: on its day, not before, and nothing else."""

import datetime as dt

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts import letters, retention
from accounts.models import AddressCheck, Allowance, Membership, User, Vouch
from cop_directory.models import Invitation, InvitationShown, JoinRequest
from curation import cases
from curation.models import (
    Case,
    Change,
    Claim,
    Draft,
    ImportJob,
    KeeperInvitation,
    Report,
    Ruling,
    Submission,
)
from resources.models import Resource
from tests.factories import (
    make_keeper,
    make_listing,
    make_organization,
    make_person,
    make_platform,
    make_reviewer,
    make_superuser,
)
from tests.library import make_lesson

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 1, 17, tzinfo=dt.UTC)
RULES = {rule.name: rule for rule in retention.registered()}


def later(days):
    return NOON + dt.timedelta(days=days)


@pytest.fixture
def then():
    """The day on which everything below was written."""
    with time_machine.travel(NOON, tick=False):
        yield


def draft(**fields):
    return Draft.objects.create(purpose="propose", shelf="listing", **fields)


def mail(status):
    row = letters.put("a@example.org", "Hello", "Text")
    Email.objects.filter(pk=row.pk).update(status=status)
    return row


def session():
    row = Session.objects.create(session_key="k", session_data="", expire_date=NOON)
    UserSession.objects.create(user=make_person(), ip="192.0.2.1", session_key="k", user_agent="x")
    return row


def join_request(**fields):
    return JoinRequest.objects.create(
        listing=make_listing(), name="A", email="a@example.org", organization="O", **fields
    )


def shown():
    chat = make_listing("Chat", kind="chat-group", platform=make_platform())
    invitation = Invitation.objects.create(listing=chat)
    return InvitationShown.objects.create(invitation=invitation, to=make_person())


def claim():
    return Claim.objects.create(
        entry=make_listing(),
        email="a@example.org",
        words="I run it",
        state="declined",
        decided_at=NOON,
    )


def settled_case():
    case = cases.open_case(Case.Reason.REPORT, entry=make_listing().entry_ptr)
    cases.close(Case.objects.filter(pk=case.pk))
    return case


def hidden_author(visibility="agency", **sender):
    lesson = make_lesson(authors="Ana Moss", visibility=visibility)
    Submission.objects.create(entry=lesson, stance="run", **sender)
    return lesson


# rule → (what makes a row that falls under it, its model)
MADE = {
    "codes": (lambda: AddressCheck.objects.create(email="a@example.org", expires_at=NOON)),
    "counters": lambda: Allowance.objects.create(what="x", key="k", day=NOON.date()),
    "sent mails": lambda: mail(STATUS.sent),
    "lost mails": lambda: mail(STATUS.failed),
    "ended sessions": session,
    "admin log": lambda: LogEntry.objects.create(user=make_superuser(), action_flag=1),
    "untaken invitations": lambda: Membership.objects.create(
        organization=make_organization(), email="a@example.org"
    ),
    "vouches": lambda: Vouch.objects.create(
        by=make_person("b@example.org"), user=make_person(), organization=make_organization()
    ),
    "unproven accounts": lambda: make_person(verified=False),
    "idle accounts": make_person,
    "drafts": lambda: draft(by=make_person()),
    "unconfirmed drafts": lambda: draft(email="a@example.org"),
    "sent drafts": lambda: draft(by=make_person(), sent_at=NOON),
    "addresses of submissions": lambda: Submission.objects.create(
        entry=make_listing(), stance="tip", email="a@example.org"
    ),
    "addresses of changes": lambda: Change.objects.create(
        entry=make_listing(),
        patch={},
        base=1,
        email="a@example.org",
        state="declined",
        decided_at=NOON,
    ),
    "addresses of claims": claim,
    "reports": lambda: Report.objects.create(
        entry=make_listing(), reason="wrong", day=NOON.date(), looked_at=NOON
    ),
    "keeper invitations": lambda: KeeperInvitation.objects.create(
        entry=make_listing(), email="a@example.org"
    ),
    "imports": lambda: ImportJob.objects.create(
        shelf="listing", by=make_person(), organization=make_organization(), file_name="x.csv"
    ),
    "cases": settled_case,
    "rulings": lambda: Ruling.objects.create(
        organization=make_organization(), verb="not-let-in", note="We cannot tell."
    ),
    "requests to join": lambda: join_request(state="waiting", sent_at=NOON),
    "unconfirmed requests to join": join_request,
    "shown invitations": shown,
    "hidden names": hidden_author,
}


def test_every_rule_is_tried_below():
    assert set(MADE) == set(RULES)


@pytest.mark.parametrize("name", MADE)
def test_what_is_due_goes_on_its_day_and_not_before(then, name):
    rule = RULES[name]
    MADE[name]()

    almost = rule.due(later(rule.days) - dt.timedelta(days=rule.days, hours=1)).count()
    due = rule.apply(later(rule.days) + dt.timedelta(days=1))

    assert (almost, due) == (0, 1)
    assert rule.apply(later(rule.days) + dt.timedelta(days=1)) == 0


def test_numbers_are_those_of_the_page_on_privacy():
    assert {name: rule.days for name, rule in RULES.items()} == {
        "codes": 1,
        "counters": 2,
        "sent mails": 30,
        "lost mails": 90,
        "ended sessions": 1,
        "admin log": 730,
        "untaken invitations": 30,
        "vouches": 30,
        "unproven accounts": 7,
        "idle accounts": 365,
        "drafts": 60,
        "unconfirmed drafts": 7,
        "sent drafts": 7,
        "addresses of submissions": 365,
        "addresses of changes": 365,
        "addresses of claims": 365,
        "reports": 365,
        "keeper invitations": 30,
        "imports": 90,
        "cases": 730,
        "rulings": 730,
        "requests to join": 30,
        "unconfirmed requests to join": 2,
        "shown invitations": 365,
        "hidden names": 1,
    }


def test_address_of_a_stranger_goes_and_what_they_sent_stays(then):
    submission = Submission.objects.create(
        entry=make_listing(), stance="tip", email="a@example.org"
    )

    retention.apply(later(400))

    submission.refresh_from_db()
    assert (submission.email, submission.stance) == ("", "tip")


def test_author_stays_who_is_shown_or_whose_sender_is_known(then):
    kept = [
        hidden_author(visibility="named"),
        hidden_author(by=make_person()),
        hidden_author(email="a@example.org"),
    ]
    gone = hidden_author()

    RULES["hidden names"].apply(later(2))

    names = dict(Resource.objects.values_list("pk", "authors"))
    assert names == {**{row.pk: "Ana Moss" for row in kept}, gone.pk: ""}


def test_address_stays_while_nothing_is_decided(then):
    waiting = make_listing(review="submitted")
    Submission.objects.create(entry=waiting, stance="tip", email="a@example.org")
    Change.objects.create(entry=make_listing("B"), patch={}, base=1, email="a@example.org")
    Claim.objects.create(entry=waiting, email="a@example.org", words="I run it")

    retention.apply(later(4000))

    assert [m.objects.get().email for m in (Submission, Change, Claim)] == ["a@example.org"] * 3


def test_account_that_did_something_stays(then):
    make_keeper(make_listing(), "keeper@example.org")
    make_reviewer()
    make_superuser()
    Submission.objects.create(
        entry=make_listing("B"), stance="tip", by=make_person("sender@example.org")
    )
    make_person("idle@example.org")

    retention.apply(later(4000))

    assert sorted(User.objects.values_list("email", flat=True)) == [
        "boss@example.org",
        "keeper@example.org",
        "reviewer@example.org",
        "sender@example.org",
    ]


def test_account_in_which_somebody_signed_in_lately_stays(then):
    person = make_person()
    User.objects.filter(pk=person.pk).update(last_login=later(100))

    assert RULES["idle accounts"].due(later(99)).count() == 0
    assert RULES["idle accounts"].due(later(101)).count() == 1


def test_mail_that_waits_is_not_deleted(then):
    letters.put("a@example.org", "Waits", "Text")

    retention.apply(later(4000))

    assert Email.objects.count() == 1


def test_confirmed_account_is_not_taken_for_an_unproven_one(then):
    make_person("new@example.org")
    nobody = make_person("nobody@example.org", verified=False)
    assert EmailAddress.objects.filter(user=nobody, verified=False).exists()

    RULES["unproven accounts"].apply(later(8))

    assert [user.email for user in User.objects.all()] == ["new@example.org"]


def test_living_session_stays(then):
    Session.objects.create(
        session_key="k", session_data="", expire_date=timezone.now() + dt.timedelta(days=14)
    )
    UserSession.objects.create(user=make_person(), ip="192.0.2.1", session_key="k", user_agent="x")

    RULES["ended sessions"].apply(later(2))

    assert UserSession.objects.count() == 1
