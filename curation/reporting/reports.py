"""What people report, and what a reviewer's look settles."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import allowances
from curation import cases, history, lifecycle
from curation.desk import mails
from curation.lifecycle import Role
from curation.models import Case, Entry, Report
from curation.reporting import doors

Reason = Report.Reason
# So many ways in may be shut in one day, over the whole site: a prankster empties no directory.
DOORS_A_DAY = 10
WORDS_A_DAY = 2000
BETWEEN = "\n\n"


@transaction.atomic
def report(entry: Entry, reason: str, *, words: str = "", by: Any = None) -> Report:
    """Write down that something is wrong, and put it on the desk.

    What strangers say of one kind on one day is one row; so is what one person says. A danger
    shuts the way in until a reviewer has looked, unless one has looked today already.
    """
    # One at a time for each entry: two at once must not write over each other's words.
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    looked_today = _looked_today(entry)
    row, is_new = Report.objects.get_or_create(
        entry=entry, reason=reason, day=timezone.localdate(), by=by
    )
    if is_new:
        row.shuts_the_door = reason == Reason.DANGEROUS and not looked_today and _may_shut(entry)
    else:
        row.times += 1
        row.shuts_the_door = row.shuts_the_door and row.looked_at is None
    row.looked_at, row.words = None, _with(row.words, words)
    row.save()
    _put_on_the_desk(entry, reason)
    return row


@transaction.atomic
def settle(case: Case, *, by: Any) -> int:
    """A reviewer has looked: the reports are done with, and the way in is open again.

    Gives the number of reports. Raises TurnRefused where the person may not.
    """
    entry = Entry.objects.select_for_update().get(cases=case)
    if lifecycle.role_of(by, entry) != Role.REVIEWER:
        raise lifecycle.TurnRefused(_("You may not do this here."))
    done = of_case(case).update(looked_at=timezone.now())
    history.write(entry, "looked", by=by, role=Role.REVIEWER)
    cases.close(Case.objects.filter(pk=case.pk))
    return done


def of_case(case: Case) -> QuerySet[Report]:
    """The reports that a case on the desk is about, latest first."""
    rows = Report.objects.filter(entry=case.entry_id, looked_at=None).order_by("-day", "-pk")
    if case.reason == Case.Reason.DANGER:
        return rows.filter(reason=Reason.DANGEROUS)
    return rows.exclude(reason=Reason.DANGEROUS)


def _looked_today(entry: Entry) -> bool:
    """Whether a reviewer has let the way in be open today, a report of danger notwithstanding."""
    today = timezone.localdate()
    open_again = Q(looked_at__date=today) | Q(day=today, shuts_the_door=False)
    return Report.objects.filter(open_again, entry=entry, reason=Reason.DANGEROUS).exists()


def _may_shut(entry: Entry) -> bool:
    """Whether the way in is shut already, or may be: so many a day, over the whole site."""
    return doors.is_shut(entry) or allowances.use("danger", "the whole site", limit=DOORS_A_DAY)


def _with(known: str, words: str) -> str:
    """The words that are there and the new ones, unless they say the same, up to the limit."""
    words = words.strip()
    if not words or words in known.split(BETWEEN):
        return known
    return BETWEEN.join(filter(None, (known, words)))[:WORDS_A_DAY]


def _put_on_the_desk(entry: Entry, reason: str) -> None:
    """Open what waits for a reviewer; a danger is also mailed, once, until somebody has looked."""
    danger = reason == Reason.DANGEROUS
    kind = Case.Reason.DANGER if danger else Case.Reason.REPORT
    is_new = not Case.objects.filter(entry=entry, reason=kind, closed_at=None).exists()
    case = cases.open_case(kind, entry=entry)
    if danger and is_new:
        mails.danger(case)
