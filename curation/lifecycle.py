"""The life of an entry, as one table. Nothing else in the house changes a review status.

TURNS says which verb leads from where to where and who may take it. `take()` does it: the
status, the decision row and the search index change in one transaction, or not at all.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation import shelves
from curation.models import Decision, Entry

Review = Entry.Review
LIVING = (Review.DRAFT, Review.SUBMITTED, Review.NEEDS_ANSWER, Review.PUBLISHED)


@dataclass(frozen=True)
class Turn:
    verb: str
    label: Any
    sources: tuple[str, ...]
    target: str
    needs_note: bool = False


TURNS = {
    turn.verb: turn
    for turn in (
        Turn(
            "submit",
            _("Send to the reviewers"),
            (Review.DRAFT, Review.NEEDS_ANSWER),
            Review.SUBMITTED,
        ),
        Turn("ask", _("Ask a question"), (Review.SUBMITTED,), Review.NEEDS_ANSWER, True),
        Turn("publish", _("Publish"), (Review.SUBMITTED, Review.NEEDS_ANSWER), Review.PUBLISHED),
        Turn(
            "reject",
            _("Do not accept"),
            (Review.SUBMITTED, Review.NEEDS_ANSWER),
            Review.REJECTED,
            True,
        ),
        Turn("withdraw", _("Withdraw"), LIVING, Review.WITHDRAWN, True),
        Turn("reopen", _("Open again"), (Review.REJECTED, Review.WITHDRAWN), Review.SUBMITTED),
    )
}


class TurnRefused(Exception):
    """The turn cannot be taken; the text says why and can be shown to a person."""


def may(user: Any, verb: str, entry: Entry) -> bool:
    """Whether this person may take this turn now. Roles come with the people who hold them."""
    return bool(user and user.is_active and user.is_superuser and verb in open_turns(entry))


def open_turns(entry: Entry) -> list[str]:
    """The verbs that lead on from where the entry stands."""
    return [turn.verb for turn in TURNS.values() if entry.review in turn.sources]


@transaction.atomic
def take(entry: Entry, verb: str, *, by: Any, note: str = "") -> Decision:
    """Take one turn and write it down.

    `by` is a user, or None for the loader of the starting data. Raises TurnRefused when the
    entry has moved on meanwhile, when a reason is missing, or when the person may not.
    """
    turn = TURNS[verb]
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    _check(turn, locked, entry.review, by, note)
    decision = Decision.objects.create(
        entry=locked,
        verb=verb,
        by=by,
        note=note,
        before={"review": locked.review},
        after={"review": turn.target},
    )
    locked.review = turn.target
    if turn.target == Review.PUBLISHED:
        locked.published_at = timezone.now()
    locked.save(update_fields=["review", "published_at"])
    entry.review, entry.published_at = locked.review, locked.published_at
    shelves.index_entry(locked)
    return decision


def _check(turn: Turn, entry: Entry, seen: str, by: Any, note: str) -> None:
    """Raise TurnRefused, with a sentence that says why, where the turn cannot be taken."""
    if entry.review not in turn.sources:
        if entry.review != seen:
            raise TurnRefused(_("Somebody was faster than you. Nothing was changed."))
        status = entry.get_review_display()
        raise TurnRefused(_("This cannot be done while it is “%(status)s”.") % {"status": status})
    if turn.needs_note and not note.strip():
        raise TurnRefused(_("Say why, in one line."))
    if by is None:
        return  # the loader of the starting data, whose rows say what may be public
    if not may(by, turn.verb, entry):
        raise TurnRefused(_("You may not do this here."))
    objection = shelves.of(entry).objection(entry) if turn.target == Review.PUBLISHED else ""
    if objection:
        raise TurnRefused(objection)


@transaction.atomic
def record_edit(
    entry: Entry, *, by: Any, before: dict, after: dict, note: str = ""
) -> Decision | None:
    """Write down an accepted edit of fields, and bring the index up to date.

    `before` and `after` map field names to JSON values; equal values are left out. Returns
    None when nothing changed.
    """
    changed = [name for name in after if before.get(name) != after[name]]
    shelves.index_entry(entry)
    if not changed:
        return None
    return Decision.objects.create(
        entry=entry,
        verb="edit",
        by=by,
        note=note,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )
