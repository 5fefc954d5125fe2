"""What people propose: a new entry, or a change beside a published one.

The web form, the import and the site's own tools all call `propose()`. The old text stays
public until a reviewer accepts; what a trusted organization changes about itself is public at
once and looked at afterwards, except where a wrong value could hurt somebody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation import cases, history, lifecycle, mails, shelves
from curation.cases import Reason
from curation.lifecycle import Role, TurnRefused
from curation.models import Case, Change, Decision, Entry, Submission
from curation.trust import at_once
from curation.trust import is_trusted as is_trusted

State = Change.State
# What an entry held once it may hold again, even where the form would ask for more today.
BACK_AGAIN = ("restore", "undo")


@dataclass(frozen=True)
class Sender:
    """Who proposes: a person with an account, or an address that was confirmed by a code."""

    by: Any = None
    email: str = ""
    language: str = "en"

    @property
    def address(self) -> str:
        return self.by.email if self.by else self.email


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed meanwhile: as seen, as it is, as it is wanted."""

    field: str
    seen: Any
    now: Any
    wanted: Any


class NothingNew(Exception):
    """What was proposed is already there."""


class Invalid(Exception):
    """The form of the shelf refuses the values; `errors` are the form's."""

    def __init__(self, errors: Any) -> None:
        super().__init__(str(errors))
        self.errors = errors


def propose_new(
    shelf: str,
    values: Mapping[str, Any],
    *,
    sender: Sender,
    stance: str,
    token: UUID,
    source: str = "form",
) -> Entry:
    """Make an entry of cleaned values and put it on the desk. The same token twice: one entry."""
    known = Submission.objects.filter(token=token).select_related("entry").first()
    if known:
        return known.entry
    try:
        with transaction.atomic():
            entry = shelves.named(shelf).write(None, values)
            Submission.objects.create(
                entry=entry,
                stance=stance,
                source=source,
                token=token,
                by=sender.by,
                email="" if sender.by else sender.email,
                language=sender.language,
            )
            lifecycle.take(entry, "submit", by=None, role=Role.SENDER)
            if source != "import":  # the import's own page says what has arrived
                mails.confirm_receipt(entry, sender)
    except IntegrityError:
        # Another worker was writing the same form at this moment.
        return Submission.objects.select_related("entry").get(token=token).entry
    return entry


def propose(
    entry: Entry,
    values: Mapping[str, Any],
    *,
    sender: Sender,
    token: UUID,
    base: int,
    seen: Mapping[str, Any],
    note: str = "",
    source: str = "form",
) -> Change:
    """Put an edit beside a published entry. The same token twice: one change.

    `seen` are the values that the person saw, at version `base`. Raises NothingNew, and
    Invalid where the form refuses. Fields that a trusted organization may change by itself are
    public at once, in a change of their own.
    """
    known = Change.objects.filter(token=token).first()
    if known:
        return known
    form = shelves.of(entry).form(values, entry)
    if not form.is_valid():
        raise Invalid(form.errors)
    patch = difference(seen, form.values())
    if not patch:
        raise NothingNew
    try:
        with transaction.atomic():
            return _put_beside(entry, patch, sender, token, base, note, source)
    except IntegrityError:
        return Change.objects.get(token=token)


def difference(seen: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [value seen, value wanted]} for the fields that differ.

    A field that the person did not see is none that they changed.
    """
    return {
        name: [seen[name], value]
        for name, value in wanted.items()
        if name in seen and seen[name] != value
    }


def conflicts(change: Change) -> list[Conflict]:
    """The fields of a change that somebody else has changed since it was made."""
    now = shelves.of(change.entry).values(change.entry)
    return [
        Conflict(name, seen, now.get(name), wanted)
        for name, (seen, wanted) in change.patch.items()
        if now.get(name) not in (seen, wanted)
    ]


@transaction.atomic
def accept(
    change: Change,
    *,
    by: Any,
    version: int,
    fields: Collection[str] | None = None,
    note: str = "",
) -> Decision | None:
    """Make a change public: all its fields, or only `fields`.

    `version` is the entry's version that the reviewer saw. Raises TurnRefused when somebody was
    faster or the person may not, Invalid when the form no longer takes the values. A reviewer
    who has seen a conflict decides it by accepting: the wanted value wins. What is not among
    `fields` is kept in `left_out`, and the sender is told.
    """
    locked, entry = _locked(change)
    _check_reviewer(by, entry)
    if locked.state not in (State.WAITING, State.ASKED) or entry.version != version:
        raise TurnRefused(lifecycle.FASTER)
    wanted = {
        name: pair[1] for name, pair in locked.patch.items() if fields is None or name in fields
    }
    decision = write(entry, wanted, by=by, role=Role.REVIEWER, note=note)
    locked.left_out = [name for name in locked.patch if name not in wanted]
    _decide(locked, State.ACCEPTED, note)
    mails.tell_about_change(locked)
    return decision


@transaction.atomic
def decline(change: Change, *, by: Any, note: str) -> None:
    """Do not accept a change, and say why. Raises TurnRefused."""
    locked, entry = _locked(change)
    _check_reviewer(by, entry)
    _check_open(locked)
    if not note.strip():
        raise TurnRefused(_("Say why, in one line."))
    _decide(locked, State.DECLINED, note)
    history.write(entry, "decline", by=by, role=Role.REVIEWER, note=note)
    mails.tell_about_change(locked)


@transaction.atomic
def ask(change: Change, *, by: Any, note: str) -> None:
    """Ask the sender of a change a question. Raises TurnRefused."""
    locked, entry = _locked(change)
    _check_reviewer(by, entry)
    _check_open(locked)
    if not note.strip():
        raise TurnRefused(_("Write your question first. The sender sees only this line."))
    Change.objects.filter(pk=locked.pk).update(state=State.ASKED, answer=note)
    locked.state, locked.answer = State.ASKED, note
    cases.close(cases_of(locked))
    mails.tell_about_change(locked)


@transaction.atomic
def answer(change: Change, *, words: str) -> None:
    """The sender answers: the change waits again, with their words."""
    locked, entry = _locked(change)
    _check_open(locked)
    note = "\n".join(filter(None, (locked.note, words)))
    Change.objects.filter(pk=locked.pk).update(state=State.WAITING, note=note)
    cases_of(locked).update(closed_at=None, reason=Reason.ANSWERED)


@transaction.atomic
def rewrite(
    change: Change, values: Mapping[str, Any], *, base: int, seen: Mapping[str, Any], note: str
) -> None:
    """The sender changes what waits. Raises NothingNew, Invalid, and TurnRefused when decided."""
    locked, entry = _locked(change)
    _check_open(locked)
    form = shelves.of(entry).form(values, entry)
    if not form.is_valid():
        raise Invalid(form.errors)
    patch = difference(seen, form.values())
    if not patch:
        raise NothingNew
    Change.objects.filter(pk=locked.pk).update(
        patch=patch, base=base, note=note, state=State.WAITING
    )
    if locked.state == State.ASKED:
        cases_of(locked).update(closed_at=None, reason=Reason.ANSWERED)


@transaction.atomic
def amend(
    entry: Entry, values: Mapping[str, Any], *, by: Any, role: str, version: int
) -> Decision | None:
    """Change what is not public yet, at once; whoever sent it may.

    Raises TurnRefused when somebody was faster or it has become public, and Invalid.
    """
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if locked.version != version or locked.review in (Entry.Review.PUBLISHED, Entry.Review.MERGED):
        raise TurnRefused(lifecycle.FASTER)
    return write(locked, values, by=by, role=role)


@transaction.atomic
def take_back(change: Change) -> None:
    """The sender takes a waiting change back."""
    locked, _entry = _locked(change)
    _check_open(locked)
    _decide(locked, State.TAKEN_BACK, "")


@transaction.atomic
def restore(entry: Entry, number: int, *, by: Any, version: int) -> Decision | None:
    """Give an entry the values it had after one of its decisions, as a decision of its own.

    Raises TurnRefused when somebody was faster or the person may not.
    """
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    _check_reviewer(by, locked)
    if locked.version != version:
        raise TurnRefused(lifecycle.FASTER)
    return write(locked, values_after(locked, number), by=by, role=Role.REVIEWER, verb="restore")


def values_after(entry: Entry, number: int) -> dict[str, Any]:
    """What an entry held after its decision `number`: today's values, unwound to that day."""
    values = dict(shelves.of(entry).values(entry))
    later = entry.decisions.filter(number__gt=number).order_by("-number")
    for decision in later.prefetch_related("personal"):
        before, _after = history.both_sides(decision)
        values |= {
            name: value
            for name, value in before.items()
            if name in values and value != history.SEALED
        }
    return values


def _put_beside(
    entry: Entry,
    patch: dict[str, list[Any]],
    sender: Sender,
    token: UUID,
    base: int,
    note: str,
    source: str,
) -> Change:
    """Write the change down and put it on the desk; what may be public at once becomes so."""
    sent = {
        "entry": entry,
        "base": base,
        "note": note,
        "source": source,
        "by": sender.by,
        "email": "" if sender.by else sender.email,
        "language": sender.language,
    }
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    harmless = at_once(entry, patch, sender.by)
    waiting = {name: pair for name, pair in patch.items() if name not in harmless}
    change = None
    if waiting:
        change = Change.objects.create(patch=waiting, token=token, **sent)
        cases.open_case(Reason.CHANGE, entry=entry, change=change)
        if sender.by is None:
            mails.confirm_edit(change)
    if harmless:
        public = {name: pair for name, pair in patch.items() if name in harmless}
        live = _make_public_at_once(public, sent, {} if waiting else {"token": token})
        change = change or live
    assert change is not None
    return change


def _make_public_at_once(
    patch: dict[str, list[Any]], sent: dict[str, Any], token: dict[str, UUID]
) -> Change:
    change = Change.objects.create(
        patch=patch,
        live=True,
        state=State.ACCEPTED,
        decided_at=timezone.now(),
        **sent,
        **token,
    )
    entry = Entry.objects.select_for_update().get(pk=change.entry_id)
    wanted = {name: pair[1] for name, pair in patch.items()}
    write(entry, wanted, by=change.by, role=Role.KEEPER)
    cases.open_case(Reason.LIVE, entry=entry, change=change)
    return change


def write(
    entry: Entry,
    wanted: Mapping[str, Any],
    *,
    by: Any,
    role: str,
    note: str = "",
    verb: str = "edit",
) -> Decision | None:
    """Clean the values together with those they join, save, and write the decision."""
    shelf = shelves.of(entry)
    before = shelf.values(entry)
    whole = {**before, **wanted}
    form = shelf.form(whole, entry, whole if verb in BACK_AGAIN else None)
    if not form.is_valid():
        raise Invalid(form.errors)
    saved = shelf.write(entry, form.values())
    after = shelf.values(saved)
    return lifecycle.record_edit(
        saved, by=by, before=before, after=after, note=note, role=role, verb=verb
    )


def _locked(change: Change) -> tuple[Change, Entry]:
    """The change and its entry, locked in an order that cannot lead two people into a knot."""
    entry = Entry.objects.select_for_update().get(pk=change.entry_id)
    return Change.objects.select_for_update().get(pk=change.pk), entry


def _check_reviewer(by: Any, entry: Entry) -> None:
    if lifecycle.role_of(by, entry) != Role.REVIEWER:
        raise TurnRefused(_("You may not do this here."))


def _check_open(change: Change) -> None:
    if change.state not in (State.WAITING, State.ASKED):
        raise TurnRefused(lifecycle.FASTER)


def _decide(change: Change, state: str, note: str) -> None:
    change.state, change.answer, change.decided_at = state, note, timezone.now()
    change.save(update_fields=["state", "answer", "decided_at", "left_out"])
    cases.close(cases_of(change))


def cases_of(change: Change) -> QuerySet[Case]:
    """What waits on the desk because of a change."""
    return Case.objects.filter(change=change)
