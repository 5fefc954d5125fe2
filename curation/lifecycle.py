"""The life of an entry, as one table. Nothing else in the house changes a review status.

TURNS says which verb leads from where to where, who may take it, and what it settles on the
desk. `take()` does it: the status, the decision, the desk, the sender's mail and the search
index change in one transaction, or not at all.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation import cases, history, mails, removals, shelves, taken_off
from curation.cases import Reason
from curation.models import Decision, Entry

Review, Role = Entry.Review, Decision.Role
LIVING = (Review.DRAFT, Review.SUBMITTED, Review.NEEDS_ANSWER, Review.PUBLISHED)
UNDO_WITHIN = dt.timedelta(days=7)


@dataclass(frozen=True)
class Turn:
    """`who` may take it; `settles` are the reasons for which the entry then no longer waits."""

    verb: str
    label: Any
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...] = (Role.REVIEWER,)
    needs_note: bool = False
    settles: tuple[str, ...] = (Reason.NEW, Reason.ANSWERED)


TURNS = {
    turn.verb: turn
    for turn in (
        Turn(
            "submit",
            _("Send to the reviewers"),
            (Review.DRAFT, Review.NEEDS_ANSWER),
            Review.SUBMITTED,
            who=(Role.SENDER, Role.KEEPER, Role.REVIEWER),
            settles=(),
        ),
        Turn("ask", _("Ask a question"), (Review.SUBMITTED,), Review.NEEDS_ANSWER, needs_note=True),
        Turn("publish", _("Publish"), (Review.SUBMITTED, Review.NEEDS_ANSWER), Review.PUBLISHED),
        Turn(
            "reject",
            _("Do not accept"),
            (Review.SUBMITTED, Review.NEEDS_ANSWER),
            Review.REJECTED,
            needs_note=True,
        ),
        Turn(
            "withdraw",
            _("Withdraw"),
            LIVING,
            Review.WITHDRAWN,
            who=(Role.REVIEWER, Role.KEEPER, Role.SENDER),
            needs_note=True,
            settles=tuple(Reason.values),
        ),
        Turn("reopen", _("Open again"), (Review.REJECTED, Review.WITHDRAWN), Review.SUBMITTED),
        Turn(
            "merge",
            _("It is the same as another"),
            (Review.SUBMITTED, Review.PUBLISHED),
            Review.MERGED,
            settles=tuple(Reason.values),
        ),
    )
}


class TurnRefused(Exception):
    """The turn cannot be taken; the text says why and can be shown to a person."""


FASTER = _("Somebody was faster than you. Nothing was changed.")
NOT_YOURS = _("You may not do this here.")
TOO_LATE = _("This can no longer be undone.")
ANOTHERS = _(
    "You decided on this before, and somebody disagrees: another reviewer decides this time."
)
DECIDING = ("publish", "reject", "merge")


def role_of(user: Any, entry: Entry) -> str | None:
    """What somebody is to an entry: reviewer, keeper, sender, or None.

    A reviewer steps aside for what their own organization runs, and is its keeper at most.
    """
    if not (user and user.is_authenticated and user.is_active):
        return None
    if user.reviews and not cases.is_their_own(user, shelves.of(entry).organizations(entry)):
        return Role.REVIEWER
    if shelves.of(entry).kept_by(user).filter(pk=entry.pk).exists():
        return Role.KEEPER
    submission = getattr(entry, "submission", None)
    return Role.SENDER if submission and submission.by_id == user.pk else None


def may(user: Any, verb: str, entry: Entry) -> bool:
    """Whether this person may take this turn now."""
    if verb not in open_turns(entry):
        return False
    role = role_of(user, entry)
    # What is public belongs to its keepers, no longer to whoever sent it.
    if role == Role.SENDER and entry.review == Review.PUBLISHED:
        return False
    return role in TURNS[verb].who


def open_turns(entry: Entry) -> list[str]:
    """The verbs that lead on from where the entry stands."""
    return [turn.verb for turn in TURNS.values() if entry.review in turn.sources]


@transaction.atomic
def take(
    entry: Entry,
    verb: str,
    *,
    by: Any,
    role: str = "",
    note: str = "",
    version: int | None = None,
    into: Entry | None = None,
    public_reason: str = "",
) -> Decision:
    """Take one turn and write it down.

    `by` is a user; or None for the loader of the starting data, and, with `role`, for somebody
    who proved who they are without an account (the sender by a code, a host by a signed link).
    `version` is the one that the person saw; `into` is where a merged entry leads;
    `public_reason` is one of `removals.Why`, for the log that everybody may read. Raises
    TurnRefused when the entry has moved on meanwhile, when a reason is missing, or when the
    person may not.
    """
    turn = TURNS[verb]
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if version is not None and version != locked.version:
        raise TurnRefused(FASTER)
    _check(turn, locked, entry.review, by, note, into)
    before = {"review": locked.review}
    locked.review, locked.merged_into = turn.target, into if verb == "merge" else None
    if turn.target == Review.PUBLISHED:
        locked.published_at = timezone.now()
    locked.save(update_fields=["review", "published_at", "merged_into"])
    role = role or (role_of(by, entry) if by else Role.SITE) or Role.SITE
    after = {"review": turn.target, **_said_of_it(locked, verb, role, public_reason)}
    decision = history.write(locked, verb, by=by, role=role, note=note, before=before, after=after)
    if by or role != Role.SITE:  # what the loader writes waits for nobody
        _settle(turn, locked, before["review"])
        mails.tell_sender(locked, decision)
        taken_off.tell_those_who_keep(locked, decision)
    shelves.index_entry(locked)
    _refresh(entry, locked)
    return decision


@transaction.atomic
def undo(decision: Decision, *, by: Any) -> Decision:
    """Take a reviewer's last turn back, within seven days and while nothing has followed it.

    The entry stands where it stood, and what the turn settled waits again. Raises TurnRefused.
    """
    entry = undoable(decision, by=by)
    if decision.verb not in TURNS:
        raise TurnRefused(TOO_LATE)
    entry.review, entry.merged_into = decision.before["review"], None
    entry.save(update_fields=["review", "merged_into"])
    written = write_undo(
        entry,
        by=by,
        before={"review": decision.after["review"]},
        after={"review": entry.review},
    )
    mails.take_back(entry, decision)
    taken_off.take_back(entry, decision)
    cases.open_again(entry, since=decision.at)
    if decision.after["review"] == Review.SUBMITTED:
        cases.close_for(entry, Reason.NEW, Reason.ANSWERED)
    if entry.review == Review.SUBMITTED:
        cases.open_case(Reason.NEW, entry=entry)
    return written


def undoable(decision: Decision, *, by: Any) -> Entry:
    """The entry of a decision that may still be taken back, locked. Raises TurnRefused."""
    entry = Entry.objects.select_for_update().get(pk=decision.entry_id)
    if decision.number != entry.version:
        raise TurnRefused(FASTER)
    if decision.role != Role.REVIEWER or decision.at < timezone.now() - UNDO_WITHIN:
        raise TurnRefused(TOO_LATE)
    if role_of(by, entry) != Role.REVIEWER:
        raise TurnRefused(NOT_YOURS)
    return entry


def write_undo(entry: Entry, *, by: Any, before: dict, after: dict) -> Decision:
    """Write down that a decision was taken back; the entry is saved as it was before it."""
    written = history.write(
        entry,
        "undo",
        by=by,
        role=Role.REVIEWER,
        before=before,
        after=after,
        personal=shelves.of(entry).personal,
    )
    shelves.index_entry(entry)
    return written


@transaction.atomic
def record_edit(
    entry: Entry,
    *,
    by: Any,
    before: dict,
    after: dict,
    note: str = "",
    role: str = Role.REVIEWER,
    verb: str = "edit",
) -> Decision | None:
    """Write down an accepted edit of fields, and bring the index up to date.

    `before` and `after` map field names to JSON values; equal values are left out. Returns
    None when nothing changed.
    """
    changed = [name for name in after if before.get(name) != after[name]]
    shelves.index_entry(entry)
    if not changed:
        return None
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    decision = history.write(
        locked,
        verb,
        by=by,
        role=role,
        note=note,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
        personal=shelves.of(entry).personal,
    )
    _refresh(entry, locked)
    return decision


def _check(turn: Turn, entry: Entry, seen: str, by: Any, note: str, into: Entry | None) -> None:
    """Raise TurnRefused, with a sentence that says why, where the turn cannot be taken."""
    if entry.review not in turn.sources:
        if entry.review != seen:
            raise TurnRefused(FASTER)
        status = entry.get_review_display()
        raise TurnRefused(_("This cannot be done while it is “%(status)s”.") % {"status": status})
    if turn.needs_note and not note.strip():
        raise TurnRefused(_("Say why, in one line."))
    if turn.target == Review.MERGED and not _can_take_over(into, entry):
        raise TurnRefused(_("Choose a public page of the same kind to which this one leads."))
    if by is None:
        return  # the loader, whose rows say what may be public, or somebody proven otherwise
    if not may(by, turn.verb, entry):
        raise TurnRefused(NOT_YOURS)
    if turn.verb in DECIDING and _appealed_against(by, entry):
        raise TurnRefused(ANOTHERS)
    shelf = shelves.of(entry)
    asked = {Review.PUBLISHED: shelf.objection, Review.MERGED: shelf.stays}.get(Review(turn.target))
    objection = asked(entry) if asked else ""
    if objection:
        raise TurnRefused(objection)


def _appealed_against(by: Any, entry: Entry) -> bool:
    """Whether somebody disagrees with what this reviewer decided last, and another one is there."""
    past = entry.decisions.filter(verb__in=("reject", "withdraw", "reopen")).order_by("-number")
    last = list(past[:2])
    if [each.verb for each in last] not in (["reopen", "reject"], ["reopen", "withdraw"]):
        return False
    appeal, refusal = last
    if (
        appeal.role not in (Role.SENDER, Role.KEEPER)
        or refusal.by_id != by.pk
        or refusal.role != Role.REVIEWER
    ):
        return False
    others = get_user_model().objects.filter(is_active=True).exclude(pk=by.pk)
    able = others.filter(Q(is_moderator=True) | Q(is_superuser=True))
    return any(role_of(each, entry) == Role.REVIEWER for each in able)


def _said_of_it(entry: Entry, verb: str, role: str, public_reason: str) -> dict[str, Any]:
    """What a decision keeps beside the status: where it leads, and what the public log says."""
    why = removals.why(verb, role, public_reason)
    if not why:
        return {}
    said: dict[str, Any] = {"public_reason": why}
    said["public_kind"] = next(iter(shelves.of(entry).facets(entry).get("kind", ())), "")
    if entry.merged_into_id:
        said["merged_into"] = entry.merged_into_id
    return said


def _can_take_over(into: Entry | None, entry: Entry) -> bool:
    if into is None or into.pk == entry.pk or into.shelf != entry.shelf:
        return False
    return into.review == Review.PUBLISHED


def _settle(turn: Turn, entry: Entry, was: str) -> None:
    """Open or close what waits on the desk because of a turn."""
    if turn.settles:
        cases.close_for(entry, *turn.settles)
    if turn.target == Review.SUBMITTED:
        cases.open_case(Reason.ANSWERED if was == Review.NEEDS_ANSWER else Reason.NEW, entry=entry)


def _refresh(entry: Entry, saved: Entry) -> None:
    """Give the caller's row what was saved."""
    for name in ("review", "published_at", "version", "merged_into_id"):
        setattr(entry, name, getattr(saved, name))
