"""Senders who asked not to be named: nobody sees who they are, until a reviewer opens the name.

Opening is one logged click. It stands in the history for good, with who did it; the name is then
shown to that reviewer, on the pages of that entry, for half an hour.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from curation import history, lifecycle, shelves
from curation.lifecycle import Role, TurnRefused
from curation.models import Decision, Entry

VERB = "open-name"
OPEN_FOR = dt.timedelta(minutes=30)


def is_closed(entry: Entry, user: Any) -> bool:
    """Whether the sender of an entry is hidden, and this person has not opened the name."""
    return shelves.of(entry).hidden(entry) and not _opened(entry, user)


@transaction.atomic
def open_name(entry: Entry, *, by: Any) -> None:
    """Write down that a reviewer opens the name; a second tap writes nothing.

    Raises TurnRefused for somebody who does not review the entry.
    """
    locked = Entry.objects.select_for_update().get(pk=entry.pk)
    if lifecycle.role_of(by, locked) != Role.REVIEWER:
        raise TurnRefused(lifecycle.NOT_YOURS)
    if is_closed(locked, by):
        history.write(locked, VERB, by=by, role=Role.REVIEWER)


def fields_kept_from(
    user: Any, entry: Entry, wanted: Mapping[str, Any] | None = None
) -> frozenset[str]:
    """The fields of an entry whose values this person may not see; None: nobody in particular.

    With the values that an edit wants, where there is one: what it would hide is kept back too.
    """
    closed = is_closed(entry, user)
    return shelves.of(entry).covered(entry, wanted or {}) if closed else frozenset()


def _opened(entry: Entry, user: Any) -> bool:
    """Whether this person has opened the name, and still reviews the entry."""
    if not (user and user.is_authenticated) or lifecycle.role_of(user, entry) != Role.REVIEWER:
        return False
    since = timezone.now() - OPEN_FOR
    return Decision.objects.filter(entry=entry.pk, verb=VERB, by=user, at__gte=since).exists()
