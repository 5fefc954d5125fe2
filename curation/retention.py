"""What of people's doings the bench deletes, and after how many days."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.retention import Rule
from curation.models import (
    Case,
    Change,
    Claim,
    Decision,
    Draft,
    Entry,
    ImportJob,
    KeeperInvitation,
    Report,
    Ruling,
    Submission,
)
from curation.signed_links import MONTH

WAITING = (Entry.Review.DRAFT, Entry.Review.SUBMITTED, Entry.Review.NEEDS_ANSWER)


def _blank_address(rows: QuerySet) -> None:
    rows.update(email="")


def _blank_claim(rows: QuerySet) -> None:
    rows.update(email="", words="", objection="")


def _decided_submissions(before: object) -> QuerySet[Submission]:
    decided = Decision.objects.filter(
        entry=OuterRef("entry"), verb__in=("publish", "reject", "withdraw", "merge"), at__lt=before
    )
    return Submission.objects.exclude(entry__review__in=WAITING).filter(
        Exists(decided), ~Q(email="")
    )


DRAFTS = Rule(
    "drafts",
    _("What you wrote and did not send"),
    60,
    _("you last wrote in it"),
    lambda before: Draft.objects.filter(by__isnull=False, sent_at=None, updated_at__lt=before),
)
UNCONFIRMED_DRAFTS = Rule(
    "unconfirmed drafts",
    _("What was sent, with an address that nobody confirmed"),
    7,
    _("it was sent"),
    lambda before: Draft.objects.filter(by=None, sent_at=None, updated_at__lt=before),
)
SENT_DRAFTS = Rule(
    "sent drafts",
    _("The form as you had filled it in"),
    7,
    _("it was sent"),
    lambda before: Draft.objects.filter(sent_at__lt=before),
)
SUBMISSION_ADDRESSES = Rule(
    "addresses of submissions",
    _("The address of whoever proposed something without an account"),
    365,
    _("it was decided"),
    _decided_submissions,
    _blank_address,
)
CHANGE_ADDRESSES = Rule(
    "addresses of changes",
    _("The address of whoever proposed an edit without an account"),
    365,
    _("it was decided"),
    lambda before: Change.objects.filter(decided_at__lt=before).exclude(email=""),
    _blank_address,
)
CLAIM_ADDRESSES = Rule(
    "addresses of claims",
    _("Address and words of whoever said that they run a group"),
    365,
    _("it was decided"),
    lambda before: Claim.objects.filter(decided_at__lt=before).exclude(email="", words=""),
    _blank_claim,
)
REPORTS = Rule(
    "reports",
    _("What people said is wrong"),
    365,
    _("a reviewer has looked at it"),
    lambda before: Report.objects.filter(looked_at__lt=before),
)
KEEPER_INVITATIONS = Rule(
    "keeper invitations",
    _("Invitations to look after a page that nobody took up"),
    MONTH.days,
    _("the invitation"),
    lambda before: KeeperInvitation.objects.filter(created_at__lt=before),
)
IMPORTS = Rule(
    "imports",
    _("Tables that were sent in"),
    90,
    _("they were sent in"),
    lambda before: ImportJob.objects.filter(created_at__lt=before),
)
CASES = Rule(
    "cases",
    _("Who had taken up what waited for review"),
    730,
    _("it was settled"),
    lambda before: Case.objects.filter(closed_at__lt=before),
)
RULINGS = Rule(
    "rulings",
    _("What reviewers decided about organizations"),
    730,
    _("it was decided"),
    lambda before: Ruling.objects.filter(at__lt=before),
)

RULES = (
    DRAFTS,
    UNCONFIRMED_DRAFTS,
    SENT_DRAFTS,
    SUBMISSION_ADDRESSES,
    CHANGE_ADDRESSES,
    CLAIM_ADDRESSES,
    REPORTS,
    KEEPER_INVITATIONS,
    IMPORTS,
    CASES,
    RULINGS,
)
