"""Who looks after an entry's page: its keepers, and the people of the organization that runs it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.languages import reading_language
from curation import history, shelves
from curation.changes import Sender
from curation.hands import Hand as Hand
from curation.hands import hands as hands
from curation.keeping import mailboxes
from curation.models import Decision, Entry, Keeper

Role = Decision.Role
VERB = "keepers"
WANTED = 2  # people, so that a page outlives a change of job


def sender_of(request: HttpRequest) -> Sender | None:
    """Who is acting: a person signed in, or a shared address that was proven in this browser."""
    if request.user.is_authenticated:
        return Sender(by=request.user, language=reading_language())
    address = mailboxes.of(request)
    return Sender(email=address, language=reading_language()) if address else None


def kept_by(sender: Sender | None) -> list[Entry]:
    """All entries that somebody looks after, in the order of their names."""
    if sender is None:
        return []
    found = shelves.kept_by(sender.by) if sender.by else _by_address(sender.email)
    return sorted(found, key=lambda entry: entry.name.plain.casefold())


def keeps(sender: Sender | None, entry: Entry) -> bool:
    """Whether somebody looks after an entry now."""
    if sender is None:
        return False
    if sender.by is None:
        return Keeper.objects.filter(entry=entry, email=sender.email).exists()
    return shelves.of(entry).kept_by(sender.by).filter(pk=entry.pk).exists()


def kept_entry(sender: Sender | None, pk: int) -> Entry:
    """One entry that somebody looks after. Raises Http404 for any other."""
    entry = Entry.objects.filter(pk=pk).first()
    if entry is None or not keeps(sender, entry):
        raise Http404(_("You do not look after this page."))
    return entry


def locked(entry: Entry) -> Entry:
    """The entry, fresh and for this transaction alone."""
    return Entry.objects.select_for_update().get(pk=entry.pk)


def addresses(entry: Entry) -> list[str]:
    """Whose names stand beside an entry in its history, sealed there."""
    return sorted(row.address for row in entry.keepers.select_related("user"))


def write_down(
    entry: Entry, before: Iterable[str], *, by: Any, role: str, note: str = ""
) -> Decision | None:
    """One line in the history about who looks after a page; the addresses are sealed.

    `entry` is locked by the caller. None where nothing changed.
    """
    was, now = list(before), addresses(entry)
    if was == now:
        return None
    return history.write(
        entry,
        VERB,
        by=by,
        role=role,
        note=note,
        before={VERB: was},
        after={VERB: now},
        personal=(VERB,),
    )


def adopt(user: Any, addresses_of_theirs: Iterable[str]) -> int:
    """Pages kept by an address that turns out to be somebody's own: theirs by account from now on.

    Shared addresses stay what they are when their person already keeps the page.
    """
    moved = 0
    for row in Keeper.objects.filter(email__in=list(addresses_of_theirs)):
        if not Keeper.objects.filter(Q(entry=row.entry_id), user=user).exists():
            moved += Keeper.objects.filter(pk=row.pk, user=None).update(user=user, email="")
    return moved


def _by_address(address: str) -> list[Entry]:
    return list(Entry.objects.filter(keepers__email=address).select_related("name_own_language"))
