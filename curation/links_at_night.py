"""The nightly round of links: which are due, and what an answer means for an entry.

One bad night says nothing. Only when a link was gone on three days is its entry marked and put
on the desk; an answer that tells nothing changes no date. Whether a chat invitation still works
cannot be seen from outside, so none is ever asked.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F, Q

from curation import cases, knocking, shelves
from curation.cases import Reason
from curation.lifecycle import Role, record_edit
from curation.models import Entry

EVERY_DAYS = 7
FAILURES = 3
AT_MOST = 2000  # a night

Knock = Callable[[Iterable[str]], dict[str, bool | None]]


def due(today: dt.date) -> list[Entry]:
    """Public entries whose link is to be asked: each week, and each night once it was gone."""
    a_week_ago = today - dt.timedelta(days=EVERY_DAYS)
    wanted = Q(link_asked_on=None) | Q(link_asked_on__lte=a_week_ago) | Q(link_failures__gt=0)
    living = Entry.objects.visible().exclude(activity=Entry.Activity.CLOSED)
    oldest_first = (
        living.filter(wanted, invented=False)
        .exclude(link_asked_on=today)
        .order_by(F("link_asked_on").asc(nulls_first=True), "pk")
    )
    return list(oldest_first[:AT_MOST])


def go_round(today: dt.date, *, dry_run: bool = False, knock: Knock = knocking.knock) -> int:
    """Ask the links that are due and note what they answered; the number of links asked."""
    links = {entry: shelves.of(entry).link(entry) for entry in due(today)}
    asked = {entry: link for entry, link in links.items() if link}
    if dry_run or not asked:
        return len(asked)
    answers = knock(asked.values())
    for entry, link in asked.items():
        _note(entry, answers[link], today)
    return len(asked)


@transaction.atomic
def _note(entry: Entry, answer: bool | None, today: dt.date) -> None:
    """Write one answer down. That a link is gone, or is back, is part of the history."""
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    was_gone = locked.link_answered is False
    locked.link_asked_on = today
    locked.link_failures = locked.link_failures + 1 if answer is False else 0
    if answer or locked.link_failures >= FAILURES:
        locked.link_answered, locked.link_checked_on = bool(answer), today
    locked.save(
        update_fields=["link_asked_on", "link_failures", "link_answered", "link_checked_on"]
    )
    is_gone = locked.link_answered is False
    if is_gone and not was_gone:
        cases.open_case(Reason.LINK, entry=locked)
    elif was_gone and not is_gone:
        cases.close_for(locked, Reason.LINK)
    if is_gone != was_gone:
        record_edit(
            locked,
            by=None,
            role=Role.SITE,
            verb="knock",
            before={"link_answered": not was_gone},
            after={"link_answered": not is_gone},
        )
