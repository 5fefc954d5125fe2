"""What people report, and what a reviewer's look settles."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import allowances
from curation import cases, shelves
from curation.desk import mails
from curation.models import Case, Entry, Report
from curation.reporting import doors

Reason = Report.Reason
# For these, somebody looks the same day.
URGENT = (Reason.DANGEROUS, Reason.RECOGNIZED)
# So many ways in may be shut in one day, over the whole site: a prankster empties no directory.
# What strangers use up is not missing to people with an account.
DOORS_OF_STRANGERS = 3
DOORS_OF_PEOPLE = 10
DOORS_OF_ONE_PERSON = 3
WORDS_A_DAY = 2000
BETWEEN = "\n\n"


@transaction.atomic
def report(entry: Entry, reason: str, *, words: str = "", by: Any = None) -> Report:
    """Write down that something is wrong, and put it on the desk.

    What strangers say of one kind on one day is one row; so is what one person says. A danger
    shuts the way into a chat group until a reviewer has looked, unless one has looked today
    already.
    """
    # One at a time for each entry: two at once must not write over each other's words.
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    looked_today = _looked_today(entry)
    row, is_new = Report.objects.get_or_create(
        entry=entry, reason=reason, day=timezone.localdate(), by=by
    )
    if is_new:
        dangerous = reason == Reason.DANGEROUS and not looked_today
        row.shuts_the_door = dangerous and _has_door(entry) and _may_shut(entry, by)
    else:
        row.times += 1
        row.shuts_the_door = row.shuts_the_door and row.looked_at is None
    row.looked_at, row.words = None, _with(row.words, words)
    row.save()
    _put_on_the_desk(entry, reason)
    return row


def settle(case: Case) -> None:
    """A reviewer has looked: what people said is done with, the way in is open again."""
    of_case(case).update(looked_at=timezone.now())
    cases.close(Case.objects.filter(pk=case.pk))


def of_case(case: Case) -> QuerySet[Report]:
    """The reports that a case on the desk is about, latest first."""
    rows = Report.objects.filter(entry=case.entry_id, looked_at=None).order_by("-day", "-pk")
    if case.reason == Case.Reason.DANGER:
        return rows.filter(reason__in=URGENT)
    return rows.exclude(reason__in=URGENT)


def _looked_today(entry: Entry) -> bool:
    """Whether a reviewer has let the way in be open today, a report of danger notwithstanding."""
    looked = Case.objects.filter(entry=entry, reason=Case.Reason.DANGER)
    return looked.filter(closed_at__date=timezone.localdate()).exists()


def _has_door(entry: Entry) -> bool:
    """Whether there is a way in to shut: into a chat group, not to an organization's web page."""
    shelf = shelves.of(entry)
    row = shelf.rows([entry.pk]).first()
    return row is not None and bool(shelf.door(row))


def _may_shut(entry: Entry, by: Any) -> bool:
    """Whether the way in is shut already, or may be: so many a day, over the whole site."""
    if doors.is_shut(entry):
        return True
    if by is None:
        return allowances.use("danger", "strangers", limit=DOORS_OF_STRANGERS)
    mine = allowances.use("danger", f"person {by.pk}", limit=DOORS_OF_ONE_PERSON)
    return mine and allowances.use("danger", "people", limit=DOORS_OF_PEOPLE)


def _with(known: str, words: str) -> str:
    """The words that are there and the new ones, unless they say the same, up to the limit."""
    words = words.strip()
    if not words or words in known.split(BETWEEN):
        return known
    return BETWEEN.join(filter(None, (known, words)))[:WORDS_A_DAY]


def _put_on_the_desk(entry: Entry, reason: str) -> None:
    """Open what waits for a reviewer; a danger is also mailed, once, until somebody has looked."""
    danger = reason in URGENT
    kind = Case.Reason.DANGER if danger else Case.Reason.REPORT
    is_new = not Case.objects.filter(entry=entry, reason=kind, closed_at=None).exists()
    case = cases.open_case(kind, entry=entry)
    if danger and is_new:
        mails.danger(case)
