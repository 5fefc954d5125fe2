"""What accounts delete, and after how many days."""

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from post_office.models import STATUS, Email

from accounts import personal
from accounts.models import AddressCheck, Allowance, Membership, User, Vouch
from accounts.retention import Rule
from accounts.verification import VOUCHES_WAIT

CODES = Rule(
    "codes",
    _("Codes that prove an address"),
    1,
    _("the code has ended"),
    lambda before: AddressCheck.objects.filter(expires_at__lt=before),
)
COUNTERS = Rule(
    "counters",
    _("Counters of the daily limits"),
    2,
    _("that day"),
    lambda before: Allowance.objects.filter(day__lt=timezone.localdate(before)),
)
SENT_MAILS = Rule(
    "sent mails",
    _("Mails that were sent"),
    30,
    _("they were sent"),
    lambda before: Email.objects.filter(status=STATUS.sent, last_updated__lt=before),
)
LOST_MAILS = Rule(
    "lost mails",
    _("Mails that could not be sent"),
    90,
    _("the last try"),
    lambda before: (
        Email.objects.filter(status=STATUS.failed, last_updated__lt=before)
        | Email.objects.filter(expires_at__lt=before)
    ),
)
ENDED_SESSIONS = Rule(
    "ended sessions",
    _("Where somebody was signed in"),
    1,
    _("the sign-in has ended"),
    lambda before: UserSession.objects.exclude(
        Exists(Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=before))
    ),
)
ADMIN_LOG = Rule(
    "admin log",
    _("What was done in the administration"),
    730,
    _("it was done"),
    lambda before: LogEntry.objects.filter(action_time__lt=before),
)
UNTAKEN_INVITATIONS = Rule(
    "untaken invitations",
    _("Invitations to speak for an organization that nobody took up"),
    30,
    _("the invitation"),
    lambda before: Membership.objects.filter(user=None, created_at__lt=before),
)
VOUCHES = Rule(
    "vouches",
    _("A colleague’s word for you, while a second one is missing"),
    VOUCHES_WAIT.days,
    _("it was given"),
    lambda before: Vouch.objects.filter(created_at__lt=before),
)


def _never_proven(before: dt.datetime) -> QuerySet[User]:
    """Accounts whose address nobody has proven; those made on the command line need not."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.exclude(Exists(proven)).filter(
        last_login=None, date_joined__lt=before, is_staff=False, is_superuser=False
    )


def _close_accounts(people: QuerySet[User]) -> None:
    for user in people:
        personal.delete_account(user, tell=False)


UNPROVEN_ACCOUNTS = Rule(
    "unproven accounts",
    _("Accounts whose address was never confirmed"),
    7,
    _("somebody signed up"),
    _never_proven,
    _close_accounts,
)
IDLE_ACCOUNTS = Rule(
    "idle accounts",
    _("Accounts with which nobody ever sent or looked after anything"),
    365,
    _("the last sign-in"),
    personal.idle,
    _close_accounts,
)

RULES = (
    CODES,
    COUNTERS,
    SENT_MAILS,
    LOST_MAILS,
    ENDED_SESSIONS,
    ADMIN_LOG,
    UNTAKEN_INVITATIONS,
    VOUCHES,
    UNPROVEN_ACCOUNTS,
    IDLE_ACCOUNTS,
)
