"""What those who look after a page may say about it with one tap."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from curation import lifecycle
from curation.changes import Sender
from curation.freshness import today as this_day
from curation.keeping import keepers
from curation.loading import as_json
from curation.models import Decision, Entry, Keeper, Question

Activity = Entry.Activity
FIELDS = (
    "activity", "activity_on", "closed_on", "closed_why_en", "closed_why_fr",
    "confirmed_on", "confirmed_by",
)  # fmt: skip
OPEN = {"closed_on": None, "closed_why_en": "", "closed_why_fr": ""}


@dataclass(frozen=True)
class Answer:
    """`sets` are fields of the entry; `stamps` those that take the day; `done` what is said."""

    word: str
    label: Any
    done: Any
    sets: Mapping[str, Any] = field(default_factory=dict)
    stamps: tuple[str, ...] = ("confirmed_on",)


ANSWERS = {
    answer.word: answer
    for answer in (
        Answer("still-right", _("Still right"), _("Thank you. The page says so from now on.")),
        Answer(
            "pausing",
            _("We are pausing"),
            _("Noted. The page says that the group is pausing."),
            {"activity": Activity.PAUSED, **OPEN},
            ("confirmed_on", "activity_on"),
        ),
        Answer(
            "closed",
            _("We closed"),
            _("Noted. The page stays as a record, and says that the group has closed."),
            {"activity": Activity.CLOSED},
            ("confirmed_on", "activity_on", "closed_on"),
        ),
        Answer(
            "active",
            _("We are active"),
            _("Good news! The page says so from now on."),
            {"activity": Activity.ACTIVE, **OPEN},
            ("confirmed_on", "activity_on"),
        ),
    )
}
# What can be said of a group, by what it is now: no button says what is said already.
OFFERED: dict[str, tuple[str, ...]] = {
    Activity.PAUSED: ("active", "closed"),
    Activity.CLOSED: ("active",),
}


def offered(entry: Entry) -> list[Answer]:
    """The answers beside "Still right" that make sense for an entry that can close."""
    return [ANSWERS[word] for word in OFFERED.get(entry.activity, ("pausing", "closed"))]


@transaction.atomic
def say(entry: Entry, word: str, *, by: Sender, today: dt.date | None = None) -> Decision | None:
    """Write an answer into the page and its history. None: it was said today already.

    Raises KeyError for a word that is no answer. The caller has seen that `by` keeps the page.
    """
    answer, day = ANSWERS[word], today or this_day()
    fresh = keepers.locked(entry)
    before = _values(fresh)
    for name, value in answer.sets.items():
        setattr(fresh, name, value)
    for name in answer.stamps:
        setattr(fresh, name, day)
    fresh.confirmed_by = Entry.Witness.GROUP
    fresh.save(update_fields=FIELDS)
    _answered(fresh, by, day)
    return lifecycle.record_edit(
        fresh,
        by=by.by,
        before=before,
        after=_values(fresh),
        role=Decision.Role.KEEPER,
        verb="confirm",
    )


def _answered(entry: Entry, by: Sender, day: dt.date) -> None:
    """The question is answered, and who answered has shown that they are there."""
    Question.objects.filter(entry=entry).delete()
    whose = {"user": by.by} if by.by else {"email": by.email}
    Keeper.objects.filter(entry=entry, **whose).update(answered_on=day)


def _values(entry: Entry) -> dict[str, Any]:
    return {name: as_json(getattr(entry, name)) for name in FIELDS}
