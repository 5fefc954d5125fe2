"""“Is it still right?” – asked by mail, at the rhythm that the host chose, every night some.

First one person; after 14 days a reminder; after 14 more another one who looks after the page.
Then nothing more: the page says "not confirmed" by its own clock, and nothing is deleted. After
the next rhythm the round begins anew. All of a person's pages of a day are in one mail.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import verification
from accounts.models import Verification
from curation import shelves
from curation.freshness import add_months
from curation.keeping import keepers, letters
from curation.keeping.keepers import Hand, hands
from curation.models import Entry, Question

WAIT = dt.timedelta(days=14)
RHYTHMS = (1, 3, 6, 12)  # months
Marker = Callable[[Entry, dt.date], bool]


@dataclass(frozen=True)
class Step:
    """One step of a round: its mail, whom it is for, and how it is marked as taken, once."""

    mail: str
    whom: Callable[[list[Hand]], Hand | None]
    mark: Marker


def ask_keepers(today: dt.date, dry_run: bool = False) -> int:
    """Write the mails that are due today; how many were written, or would be."""
    letters_of: dict[tuple[str, str], tuple[Step, Hand, list[Entry], bool]] = {}
    for entry, step in _due(today):
        there = hands(entry)
        hand = step.whom(there)
        few = len(there) < keepers.WANTED
        if hand is None:
            if there and not dry_run:
                step.mark(entry, today)  # nobody else is there: this step is over as well
            continue
        key = (step.mail, hand.address)
        *_same, entries, wanted = letters_of.get(key, (step, hand, [], False))
        letters_of[key] = (step, hand, [*entries, entry], wanted or few)
    if dry_run:
        return len(letters_of)
    return sum(_write(today, *each) for each in letters_of.values())


def tell_of_lapses(today: dt.date, dry_run: bool = False) -> int:
    """Write to those whose work address must be confirmed anew within a month; how many."""
    soon = list(verification.lapsing(today))
    return len(soon) if dry_run else sum(_tell_of_lapse(row, today) for row in soon)


def is_due(entry: Entry, today: dt.date) -> bool:
    """Whether it is time to ask about an entry."""
    return add_months(_said_on(entry), entry.review_months) <= today


def _due(today: dt.date) -> Iterator[tuple[Entry, Step]]:
    """The public entries about which something is to be asked today, and which step it is."""
    long_ago = Q()
    for months in RHYTHMS:
        day = add_months(today, -months)
        said = Q(confirmed_on__lte=day) | Q(confirmed_on=None, published_at__date__lte=day)
        long_ago |= Q(review_months=months) & said
    asked = Entry.objects.visible().filter(shelf__in=shelves.that_are_asked())
    rows = asked.filter(long_ago).exclude(activity=Entry.Activity.CLOSED)
    for entry in rows.select_related("question", "name_own_language").order_by("pk"):
        step = _step(entry, today)
        if step and is_due(entry, today):
            yield entry, step


def _step(entry: Entry, today: dt.date) -> Step | None:
    asked: Question | None = getattr(entry, "question", None)
    if asked is None or add_months(asked.asked_on, entry.review_months) <= today:
        return FIRST
    if asked.reminded_on is None:
        return AGAIN if asked.asked_on + WAIT <= today else None
    if asked.passed_on is None:
        return PASSED_ON if asked.reminded_on + WAIT <= today else None
    return None


@transaction.atomic
def _write(today: dt.date, step: Step, hand: Hand, entries: list[Entry], few: bool) -> int:
    """One mail, about those of the entries that no other run has just taken."""
    mine = [entry for entry in entries if step.mark(entry, today)]
    if mine:
        letters.ask_about(step.mail, hand, mine, second_wanted=few)
    return 1 if mine else 0


@transaction.atomic
def _tell_of_lapse(row: Verification, today: dt.date) -> int:
    mine = Verification.objects.filter(pk=row.pk, reminded_on=None).update(reminded_on=today)
    if mine:
        letters.tell_of_lapse(row)
    return mine


def _begin(entry: Entry, today: dt.date) -> bool:
    """Begin a round; an old one is over."""
    Question.objects.filter(entry=entry).exclude(asked_on=today).delete()
    try:
        with transaction.atomic():
            return Question.objects.get_or_create(entry=entry, defaults={"asked_on": today})[1]
    except IntegrityError:
        return False


def _remind(entry: Entry, today: dt.date) -> bool:
    waiting = Question.objects.filter(entry=entry, reminded_on=None)
    return waiting.update(reminded_on=today) == 1


def _pass_on(entry: Entry, today: dt.date) -> bool:
    waiting = Question.objects.filter(entry=entry, passed_on=None)
    return waiting.update(passed_on=today) == 1


def _first(there: list[Hand]) -> Hand | None:
    return there[0] if there else None


def _second(there: list[Hand]) -> Hand | None:
    return there[1] if len(there) > 1 else None


def _said_on(entry: Any) -> dt.date:
    return entry.confirmed_on or entry.published_at.date()


FIRST = Step("still_right", _first, _begin)
AGAIN = Step("still_right_again", _first, _remind)
PASSED_ON = Step("still_right_second", _second, _pass_on)
