"""Taking back what a reviewer decided: for seven days, and while nothing has followed it.

Which verb is taken back how is a table; a verb that is not in it stays.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, User
from curation import cases, history, lifecycle, mails, shelves
from curation.cases import Reason
from curation.desk import edits
from curation.keeping import keepers, letters
from curation.lifecycle import TOO_LATE, TURNS, UNDO_WITHIN, Role, TurnRefused
from curation.models import Case, Change, Claim, Decision, Entry, Keeper, Report

# What was written within so long of a decision was written with it.
SAME_ACT = dt.timedelta(seconds=10)


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
    claim = _claim(entry, Claim.State.DECLINED, decision)
    if claim:
        _asks_again(claim)
    if not (declined or claim):
        raise TurnRefused(TOO_LATE)
    return None


def _keepers(entry: Entry, decision: Decision, by: Any) -> Decision:
    """Those look after the page again who did before; "I run this group" waits again.

    Raises TurnRefused where the addresses were erased.
    """
    before, after = (side.get(keepers.VERB) for side in history.both_sides(decision))
    if before == history.SEALED or after == history.SEALED:
        raise TurnRefused(TOO_LATE)
    was, now = set(before or []), set(after or [])
    for row in entry.keepers.select_related("user"):
        if row.address in now - was:
            row.delete()
    for address in was - now:
        person = User.objects.filter(email__iexact=address).first()
        Keeper.objects.create(entry=entry, user=person, email="" if person else address)
    claim = _claim(entry, Claim.State.GRANTED, decision)
    if claim:
        _out_of_the_organization(claim)
        _asks_again(claim)
    return history.write(
        entry,
        "undo",
        by=by,
        role=Role.REVIEWER,
        before={keepers.VERB: sorted(now)},
        after={keepers.VERB: keepers.addresses(entry)},
        personal=(keepers.VERB,),
    )


def _claim(entry: Entry, state: str, decision: Decision) -> Claim | None:
    """The "I run this group" that a decision settled."""
    claims = Claim.objects.filter(entry=entry, state=state, decided_at__gte=decision.at)
    return claims.order_by("decided_at").first()


def _asks_again(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.WAITING, decided_at=None)
    cases.open_case(Reason.CLAIM, entry=claim.entry, claim=claim)
    letters.take_back_about_claim(claim)


def _out_of_the_organization(claim: Claim) -> None:
    """Whoever was let into a whole organization with a claim speaks for it no longer."""
    since = (claim.decided_at or timezone.now()) - SAME_ACT
    mine = Q(email=claim.email) | Q(user__email__iexact=claim.email)
    whose = Q(user=claim.by) if claim.by else mine
    rows = Membership.objects.filter(whose, organization=claim.organization)
    rows.filter(created_at__gte=since).delete()
    rows.filter(granted_at__gte=since).update(granted_at=None)


def _wait_again(change: Change | None) -> None:
    if change:
        Change.objects.filter(pk=change.pk).update(
            state=Change.State.WAITING, decided_at=None, answer="", left_out=[]
        )
        Case.objects.filter(change=change).update(closed_at=None)
        mails.take_back_about_change(change)


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
    "keepers": _keepers,
}
