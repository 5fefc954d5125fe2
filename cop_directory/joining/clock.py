"""What time brings: reminders, an honest word to whoever waits, and everything deleted at last.

Each step does nothing the second time, and `run()` can say what it would do without doing it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts import allowances
from cop_directory import invites
from cop_directory.joining import asking, mails
from cop_directory.models import Invitation, InvitationShown, JoinRequest
from cop_directory.models.invitations import KEPT_FOR
from curation import cases
from curation.cases import Reason
from curation.models import Case, Entry

State = JoinRequest.State
REMIND_AFTER = dt.timedelta(days=4)
TELL_AFTER = dt.timedelta(days=7)
FORGET_AFTER = KEPT_FOR
UNCONFIRMED_FOR = dt.timedelta(days=2)
ENDS_SOON = dt.timedelta(days=7)


def run(now: dt.datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Take every step for the day of `now`; how often each did something.

    With `dry_run` all of it is taken back: what is counted is what would have happened.
    """
    today = timezone.localtime(now).date()
    done = {}
    for name, step in STEPS.items():
        with transaction.atomic():
            done[name] = step(today)
            transaction.set_rollback(dry_run)
    return done


def send_kept_back(today: dt.date) -> int:
    """Send what was confirmed when the hosts had had their mails of the day."""
    rows = _requests(State.UNCONFIRMED).filter(
        confirmed_at__isnull=False, confirmed_at__date__lt=today
    )
    return sum(asking.send(row) for row in rows)


def remind_hosts(today: dt.date) -> int:
    """On day 4, remind the hosts of those who wait, in one mail a group; the number of requests."""
    rows = _sent_by(today - REMIND_AFTER).filter(reminded_at=None).order_by("listing_id", "pk")
    done = 0
    for _key, group in groupby(rows, key=lambda row: row.listing_id):
        of_one = list(group)
        reached = [
            mails.remind(of_one[0].listing, keeper, of_one)
            for keeper in asking.hosts_of(of_one[0].listing)
            if allowances.stranger_may_mail(keeper.address)
        ]
        if reached:
            done += _mark(of_one, "reminded_at")
    return done


def tell_askers(today: dt.date) -> int:
    """On day 7, tell whoever waits that nobody has answered yet, and where else to ask."""
    rows = list(_sent_by(today - TELL_AFTER).filter(told_at=None))
    for row in rows:
        mails.no_answer(row)
    return _mark(rows, "told_at")


def note_silence(today: dt.date) -> int:
    """From day 14 the page says so, and a reviewer is asked to look: once for each silence."""
    done = 0
    for row in asking.late(today).order_by("listing_id", "sent_at"):
        noticed = Case.objects.filter(
            entry=row.listing_id, reason=Reason.JOIN, opened_at__date__gte=_late_on(row)
        )
        if not noticed.exists():
            cases.open_case(Reason.JOIN, entry=Entry.objects.get(pk=row.listing_id))
            done += 1
    return done


def forget(today: dt.date) -> int:
    """On day 30 everything of a request is deleted; after two days what was never confirmed."""
    due = Q(created_at__date__lte=today - FORGET_AFTER) | Q(
        state=State.UNCONFIRMED,
        confirmed_at=None,
        created_at__date__lte=today - UNCONFIRMED_FOR,
    )
    return JoinRequest.objects.filter(due).delete()[1].get("cop_directory.JoinRequest", 0)


def drop_forbidden(today: dt.date) -> int:
    """Delete the invitations of groups that newcomers may have joined meanwhile."""
    return invites.drop_forbidden()


def ask_to_renew(today: dt.date) -> int:
    """A week before a link ends, ask the hosts for a new one; once for each end."""
    ends = _accepted().filter(
        expires_on__range=(today - ENDS_SOON, today + ENDS_SOON), asked_to_rotate_on=None
    )
    return _ask(ends, "ends", today)


def ask_after_harvest(today: dt.date) -> int:
    """Where one person opened a whole day's worth of invitations, ask for new links to them all."""
    yesterday = today - dt.timedelta(days=1)
    many = (
        InvitationShown.objects.filter(at__date__in=(yesterday, today), to__isnull=False)
        .values("to", "at__date")
        .annotate(times=Count("pk"))
        .filter(times__gte=invites.A_DAY)
    )
    seen = Q(pk__in=())
    for each in many:
        seen |= Q(shown__to=each["to"], shown__at__date=each["at__date"])
    fresh = Q(asked_to_rotate_on=None) | Q(asked_to_rotate_on__lt=yesterday)
    return _ask(_accepted().filter(seen, fresh).distinct(), "harvest", today)


# Silence is noted before anything is deleted, and nobody is reminded of what has been.
STEPS: dict[str, Callable[[dt.date], int]] = {
    "groups that do not answer": note_silence,
    "requests deleted": forget,
    "requests sent a day late": send_kept_back,
    "requests reminded of": remind_hosts,
    "people told that nobody answered": tell_askers,
    "invitations no longer allowed": drop_forbidden,
    "invitations that end soon": ask_to_renew,
    "invitations opened too often": ask_after_harvest,
}


def _requests(state: str) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.filter(state=state).select_related("listing")


def _sent_by(day: dt.date) -> QuerySet[JoinRequest]:
    """Those who still wait and were sent to the hosts on a day or before."""
    return _requests(State.WAITING).filter(sent_at__date__lte=day)


def _late_on(row: JoinRequest) -> dt.date:
    """The day from which a request is late."""
    assert row.sent_at is not None
    return timezone.localtime(row.sent_at).date() + asking.SILENT_AFTER


def _mark(rows: Iterable[JoinRequest], field: str) -> int:
    keys = [row.pk for row in rows]
    return JoinRequest.objects.filter(pk__in=keys).update(**{field: timezone.now()})


def _accepted() -> QuerySet[Invitation]:
    """The invitations that count, with a link."""
    rows = Invitation.objects.filter(accepted_at__isnull=False).exclude(mode=Invitation.Mode.HANDLE)
    return rows.select_related("listing").order_by("pk")


def _ask(rows: QuerySet[Invitation], why: str, today: dt.date) -> int:
    """Ask the hosts of each for a new link, and note that they were asked."""
    found = [row for row in rows if invites.has_link(row)]
    for row in found:
        for keeper in asking.hosts_of(row.listing):
            mails.renew(row, keeper, why)
    Invitation.objects.filter(pk__in=[row.pk for row in found]).update(asked_to_rotate_on=today)
    return len(found)
