"""Taking back what a reviewer decided: for seven days, and while nothing has followed it.

Which verb is taken back how is a table; a verb that is not in it stays.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from curation import cases, history, lifecycle, shelves
from curation.cases import Reason
from curation.desk import edits
from curation.lifecycle import TOO_LATE, TURNS, UNDO_WITHIN, Role, TurnRefused
from curation.models import Case, Change, Claim, Decision, Entry, Report


@transaction.atomic
def undo(decision: Decision, *, by: Any) -> Decision:
    """Take a decision back. Raises TurnRefused where somebody was faster, or it is too late."""
    if decision.verb in TURNS:
        written = lifecycle.undo(decision, by=by)
        _look_again(decision)
        return written
    entry = lifecycle.undoable(decision, by=by)
    if decision.verb not in BACK:
        raise TurnRefused(TOO_LATE)
    before, after = history.both_sides(decision)
    written = BACK[decision.verb](entry, decision, by) or lifecycle.write_undo(
        entry, by=by, before=after, after=before
    )
    cases.open_again(entry, since=decision.at)
    _look_again(decision)
    return written


@transaction.atomic
def undo_own(decision: Decision, *, by: Any) -> Decision:
    """Let somebody who is no reviewer take back what they said of a group of the starting list.

    Raises TurnRefused where somebody was faster, or it is too late, or not theirs.
    """
    entry = Entry.objects.select_for_update().get(pk=decision.entry_id)
    if decision.number != entry.version:
        raise TurnRefused(lifecycle.FASTER)
    if decision.by_id != by.pk or BACK.get(decision.verb) is not _facts:
        raise TurnRefused(lifecycle.NOT_YOURS)
    _facts(entry, decision, by)
    return lifecycle.write_undo(entry, by=by, before=decision.after, after=decision.before)


def may_be_undone(decision: Decision) -> bool:
    """Whether a list shows "Undo" beside it; whether the person may is seen when it is taken."""
    return (
        decision.role == Role.REVIEWER
        and (decision.verb in TURNS or decision.verb in BACK)
        and "invitation" not in decision.after
        and decision.number == decision.entry.version
        and decision.at >= timezone.now() - UNDO_WITHIN
    )


def _fields(entry: Entry, decision: Decision, by: Any) -> Decision | None:
    """Fields have the values again that they had; an edit that was accepted waits again.

    Raises TurnRefused where a value was erased, or is none of the form's own.
    """
    values, _after = history.both_sides(decision)
    if history.SEALED in values.values() or values.keys() - shelves.of(entry).values(entry).keys():
        raise TurnRefused(TOO_LATE)
    written = edits.change(entry, values, by=by, version=None, verb="undo")
    accepted = Change.objects.filter(
        entry=entry, state=Change.State.ACCEPTED, live=False, decided_at__gte=decision.at
    )
    _wait_again(accepted.order_by("decided_at").first())
    return written


def _declined(entry: Entry, decision: Decision, by: Any) -> Decision | None:
    """An edit, or "I run this group", that was declined waits again.

    Raises TurnRefused where it was something else, which is gone.
    """
    last = Decision.objects.filter(entry=entry, number=decision.number - 1).first()
    since = last.at if last else entry.created_at
    change = Change.objects.filter(
        entry=entry,
        state=Change.State.DECLINED,
        decided_at__gte=since,
        decided_at__lte=decision.at,
    )
    declined = change.order_by("-decided_at").first()
    _wait_again(declined)
    claims = Claim.objects.filter(
        entry=entry, state=Claim.State.DECLINED, decided_at__gte=decision.at
    )
    claim = claims.order_by("decided_at").first()
    if claim:
        Claim.objects.filter(pk=claim.pk).update(state=Claim.State.WAITING, decided_at=None)
        cases.open_case(Reason.CLAIM, entry=entry, claim=claim)
    if not (declined or claim):
        raise TurnRefused(TOO_LATE)
    return None


def _wait_again(change: Change | None) -> None:
    if change:
        Change.objects.filter(pk=change.pk).update(
            state=Change.State.WAITING, decided_at=None, answer=""
        )
        Case.objects.filter(change=change).update(closed_at=None)


def _facts(entry: Entry, decision: Decision, by: Any) -> Decision | None:
    edits.set_facts(entry, decision.before)
    return None


def _nothing(entry: Entry, decision: Decision, by: Any) -> Decision | None:
    """Only what waited is affected, and that waits again anyway."""
    return None


def _look_again(decision: Decision) -> None:
    """What readers said, and was settled with this decision, is to be looked at again."""
    Report.objects.filter(entry=decision.entry_id, looked_at__gte=decision.at).update(
        looked_at=None
    )


BACK: dict[str, Callable[[Entry, Decision, Any], Decision | None]] = {
    "edit": _fields,
    "restore": _fields,
    "decline": _declined,
    "looked": _nothing,
    "exists": _facts,
    "not-found": _facts,
    "closed": _facts,
}
