"""How alive is it? Three dates and the clock make one plain sentence.

The dates: somebody confirmed it, its link answered, it gave a sign of life. An import or an
empty save moves none of them. The rule is explained to readers on "How we keep it fresh".
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.languages import day_in_words
from curation.models import Entry

ASKED_AGAIN_DAYS = 60
DORMANT_DAYS = 548  # a year and a half without any sign


class Freshness(TextChoices):
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    DUE = "due", gettext_lazy("Asked again")
    STALE = "stale", gettext_lazy("Not confirmed for a while")
    DORMANT = "dormant", gettext_lazy("No sign of activity")
    UNCONFIRMED = "unconfirmed", gettext_lazy("Not confirmed yet")
    CLOSED = "closed", gettext_lazy("Closed")


# The shape beside the sentence: full, half or empty disc, or a dash; never colour alone.
SHAPE = {
    Freshness.CONFIRMED: "ok",
    Freshness.DUE: "ok",
    Freshness.STALE: "no",
    Freshness.DORMANT: "no",
    Freshness.UNCONFIRMED: "pub",
    Freshness.CLOSED: "off",
}

# What the search prefers among equals, 0 to 9.
STANDING = {
    Freshness.CONFIRMED: 9,
    Freshness.DUE: 8,
    Freshness.UNCONFIRMED: 6,
    Freshness.STALE: 5,
    Freshness.DORMANT: 3,
    Freshness.CLOSED: 1,
}


@dataclass(frozen=True)
class Sign:
    """What a reader sees: the state, its shape, and the sentence."""

    state: Freshness
    sentence: str

    @property
    def shape(self) -> str:
        return SHAPE[self.state]


def today() -> dt.date:
    """The day in the site's own time zone."""
    return timezone.localdate()


def freshness(entry: Entry, *, on: dt.date | None = None) -> Freshness:
    """The state on a day (default: today). Closed is a fact about the group, and comes first."""
    on = on or today()
    if entry.activity == Entry.Activity.CLOSED:
        return Freshness.CLOSED
    if entry.confirmed_on:
        due_on = add_months(entry.confirmed_on, entry.review_months)
        if on <= due_on:
            return Freshness.CONFIRMED
        if on <= due_on + dt.timedelta(days=ASKED_AGAIN_DAYS):
            return Freshness.DUE
    if entry.last_activity_on and on - _last_sign(entry) > dt.timedelta(days=DORMANT_DAYS):
        return Freshness.DORMANT
    return Freshness.STALE if entry.confirmed_on else Freshness.UNCONFIRMED


def _last_sign(entry: Entry) -> dt.date:
    """The later of the days on which somebody confirmed it or it gave a sign of life."""
    return max(day for day in (entry.confirmed_on, entry.last_activity_on) if day)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or that month's last day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))


def sign(entry: Entry, *, on: dt.date | None = None) -> Sign:
    """The state and its sentence, in the active language."""
    state = freshness(entry, on=on)
    return Sign(state, SENTENCES[state](entry))


def _confirmed(entry: Any) -> str:
    day = {"date": day_in_words(entry.confirmed_on)}
    if entry.confirmed_by == Entry.Witness.VOLUNTEER:
        return _("Checked by a volunteer reviewer on %(date)s") % day
    if entry.confirmed_by == Entry.Witness.MEMBER:
        return _("Confirmed by a member on %(date)s") % day
    return _("Confirmed by the group on %(date)s") % day


def _unconfirmed(entry: Any) -> str:
    if entry.source == Entry.Source.PERSON:
        return _("The group has not confirmed it yet.")
    if entry.source_year:
        return _("From public pages (%(year)s). The group has not confirmed it yet.") % {
            "year": entry.source_year
        }
    return _("From public pages. The group has not confirmed it yet.")


def _closed(entry: Any) -> str:
    if entry.closed_on:
        return _("Closed on %(date)s. Kept as a record.") % {"date": day_in_words(entry.closed_on)}
    return _("Closed. Kept as a record.")


def _dated(words: str, day: Callable[[Any], dt.date | None]) -> Callable[[Any], str]:
    """A sentence with one day in it; `words` is translated when it is said."""
    return lambda entry: _(words) % {"date": day_in_words(day(entry))}


SENTENCES: dict[str, Callable[[Any], str]] = {
    Freshness.CONFIRMED: _confirmed,
    Freshness.DUE: _dated(
        gettext_noop("Confirmed on %(date)s; we have asked again"), lambda e: e.confirmed_on
    ),
    Freshness.STALE: _dated(gettext_noop("Not confirmed since %(date)s"), lambda e: e.confirmed_on),
    Freshness.DORMANT: _dated(gettext_noop("No sign of activity since %(date)s"), _last_sign),
    Freshness.UNCONFIRMED: _unconfirmed,
    Freshness.CLOSED: _closed,
}
