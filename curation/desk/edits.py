"""What a reviewer changes on a page by the way: a consent noted, an edit put back, a fact seen.

Each is one decision with before and after, and can be taken back for seven days.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from curation import changes, lifecycle, shelves
from curation.changes import Invalid
from curation.freshness import today
from curation.lifecycle import Role, TurnRefused
from curation.loading import as_json
from curation.models import Decision, Entry

Activity = Entry.Activity
# Facts about a group that are not in its form, or that a reviewer sees by looking at its page.
FACTS = (
    "confirmed_on", "confirmed_by", "link_checked_on", "link_answered",
    "activity", "activity_on", "closed_on",
)  # fmt: skip
COLUMNS = {each.attname: each for each in Entry._meta.concrete_fields}
SEEN: dict[str, dict[str, Any]] = {
    "exists": {"confirmed_by": Entry.Witness.VOLUNTEER, "link_answered": True},
    "not-found": {"activity": Activity.UNKNOWN, "link_answered": False, "closed_on": None},
    "closed": {"activity": Activity.CLOSED},
}
STAMPS = {
    "exists": ("confirmed_on", "link_checked_on"),
    "not-found": ("activity_on", "link_checked_on"),
    "closed": ("activity_on",),
}


def locked(entry: Entry, *, by: Any, version: int | None) -> Entry:
    """The entry, fresh and locked. Raises TurnRefused where somebody was faster or may not."""
    fresh = Entry.objects.select_for_update().get(pk=entry.pk)
    if version is not None and fresh.version != version:
        raise TurnRefused(lifecycle.FASTER)
    if lifecycle.role_of(by, fresh) != Role.REVIEWER:
        raise TurnRefused(lifecycle.NOT_YOURS)
    return fresh


@transaction.atomic
def change(
    entry: Entry,
    wanted: Mapping[str, Any],
    *,
    by: Any,
    version: int | None,
    note: str = "",
    verb: str = "edit",
) -> Decision | None:
    """Give some fields of the form other values. Raises TurnRefused; also where the form says no.

    None when they have these values already.
    """
    fresh = locked(entry, by=by, version=version)
    try:
        return changes.write(fresh, wanted, by=by, role=Role.REVIEWER, note=note, verb=verb)
    except Invalid as no:
        raise TurnRefused(in_words(fresh, no)) from no


def in_words(entry: Entry, no: Invalid) -> str:
    """What a form objects to, in one line: "Web page: Give an address"."""
    if not hasattr(no.errors, "items"):
        return str(no.errors)
    label = shelves.of(entry).label
    said = [
        f"{label(name, entry)}: {' '.join(map(str, lines))}"
        if name != "__all__"
        else " ".join(lines)
        for name, lines in no.errors.items()
    ]
    return "; ".join(said)


@transaction.atomic
def note_fact(
    entry: Entry,
    fact: str,
    *,
    by: Any,
    version: int | None = None,
    note: str = "",
    may: bool = False,
) -> Decision | None:
    """Write down what somebody saw: its page exists, cannot be found, or says that it closed.

    None when just that was written today: a double tap is harmless. `may` is for somebody whose
    right has been seen to, beside reviewers. Raises TurnRefused where somebody was faster.
    """
    fresh = Entry.objects.select_for_update().get(pk=entry.pk)
    before = facts(fresh)
    for name, value in (SEEN[fact] | dict.fromkeys(STAMPS[fact], today())).items():
        setattr(fresh, name, value)
    if fact == "exists" and fresh.activity == Activity.CLOSED:
        fresh.activity, fresh.activity_on, fresh.closed_on = Activity.UNKNOWN, today(), None
    after = facts(fresh)
    if before == after:
        return None
    if not may:
        locked(entry, by=by, version=version)
    elif version is not None and version != fresh.version:
        raise TurnRefused(lifecycle.FASTER)
    fresh.save(update_fields=FACTS)
    decision = lifecycle.record_edit(
        fresh, by=by, before=before, after=after, note=note, role=Role.REVIEWER, verb=fact
    )
    entry.version = fresh.version
    return decision


def facts(entry: Entry) -> dict[str, Any]:
    """The facts of an entry as JSON values."""
    return {name: as_json(getattr(entry, name)) for name in FACTS}


def set_facts(entry: Entry, values: Mapping[str, Any]) -> None:
    """Give an entry facts back that a decision holds."""
    for name in FACTS:
        if name in values:
            setattr(entry, name, COLUMNS[name].to_python(values[name]))
    entry.save(update_fields=FACTS)
