"""The steps of the night that the bench takes itself, and those for the floor beneath it."""

import datetime as dt
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from accounts import retention, verification
from curation import history, links_at_night, shelves
from curation.desk import mails
from curation.freshness import Freshness, freshness
from curation.importing.jobs import finish_all
from curation.keeping import asking
from curation.models import Entry
from curation.nights import Done, Hour, Step
from search import index

# What the documents of every shelf call their freshness.
FRESHNESS = "state"
NEEDED = ("shelf", "activity", "confirmed_on", "review_months", "last_activity_on")
COMPACT_FROM = 200  # waiting changes
REINDEX_ON = 6  # Sunday


class Tampered(Exception):
    """The history of some entries does not hold; the text names them."""


def forget(now: dt.datetime, dry_run: bool) -> Done:
    """Delete what is due, by the table that the privacy page prints."""
    done = retention.apply(now)
    return sum(done.values()), ", ".join(f"{name} {n}" for name, n in done.items()) or "rows due"


def end_sessions(now: dt.datetime, dry_run: bool) -> Done:
    """Delete sign-ins that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0, "ended sign-ins left"


def renew_freshness(now: dt.datetime, dry_run: bool) -> Done:
    """Index anew the entries that the clock has made another state of.

    All of them on Sundays, and when words of the vocabulary or the way to cut them have changed.
    """
    concepts = shelves.concepts()
    on_sunday = timezone.localdate(now).weekday() == REINDEX_ON
    if on_sunday or not index.state(concepts).current:
        if not dry_run:
            index.rebuild(shelves.documents(), concepts)
        return index.state().documents, "entries, the whole index anew"
    changed = moved_on(timezone.localdate(now))
    if not dry_run:
        with index.batch():
            for entry in changed:
                shelves.index_entry(entry)
    return len(changed), "entries whose state the clock has changed"


def moved_on(day: dt.date) -> list[Entry]:
    """The public entries whose state on a day is not the one that the index holds."""
    indexed = {
        key: state.value
        for state in Freshness
        for key in index.ask(filters={FRESHNESS: [state.value]}, limit=2**31).keys
    }
    entries = Entry.objects.visible().only(*NEEDED).iterator(chunk_size=2000)
    return [
        entry
        for entry in entries
        if entry.pk in indexed and freshness(entry, on=day).value != indexed[entry.pk]
    ]


def compact(now: dt.datetime, dry_run: bool) -> Done:
    """Fold the waiting changes of the index into its base, when there are many."""
    waiting = index.state().deltas
    if waiting < COMPACT_FROM:
        return 0, f"changes folded in, {waiting} wait"
    if not dry_run:
        index.compact()
    return waiting, "changes folded into the index"


def check_history(now: dt.datetime, dry_run: bool) -> Done:
    """Look whether every chain of decisions holds. Raises Tampered, naming the entries."""
    entries = Entry.objects.only("pk", "version").order_by("pk")
    broken = {entry.pk: history.broken(entry) for entry in entries.iterator(chunk_size=500)}
    found = [f"{pk} ({', '.join(map(str, rows))})" for pk, rows in broken.items() if rows]
    if found:
        raise Tampered(f"The history does not hold for: {'; '.join(found)}")
    return len(broken), "entries, their history holds"


def lapse(now: dt.datetime, dry_run: bool) -> Done:
    """Forget work addresses that were confirmed a year ago."""
    return verification.lapse(timezone.localdate(now)), "work addresses no longer confirmed"


def announce_lapses(now: dt.datetime, dry_run: bool) -> Done:
    """Tell people a month before."""
    number = asking.tell_of_lapses(timezone.localdate(now), dry_run)
    return number, "people told that it ends soon"


def ask_keepers(now: dt.datetime, dry_run: bool) -> Done:
    """Ask those who look after a page whether it is still right."""
    return asking.ask_keepers(timezone.localdate(now), dry_run), "mails: is it still right?"


def tell_reviewers(now: dt.datetime, dry_run: bool) -> Done:
    """The mail of the day, and the alarm when nobody has looked for a week."""
    number = mails.digest(dry_run=dry_run) + mails.alarm(dry_run=dry_run)
    return number, "mails to reviewers"


def ask_links(now: dt.datetime, dry_run: bool) -> Done:
    """Ask the links that are due whether they still answer; a local copy leaves them alone."""
    if not settings.ASK_LINKS:
        return 0, "links asked; ASK_LINKS is off"
    return links_at_night.go_round(timezone.localdate(now), dry_run=dry_run), "links asked"


STEPS = (
    Step("tables sent in", Hour.FINISH, finish_all, whole=False),
    Step("work addresses", Hour.LAPSE, lapse),
    Step("work addresses that end", Hour.ASK, announce_lapses),
    Step("questions", Hour.ASK, ask_keepers),
    Step("links", Hour.FINISH, ask_links, whole=False),
    Step("what is due to go", Hour.FORGET, forget),
    Step("ended sign-ins", Hour.FORGET, end_sessions),
    Step("state of the groups", Hour.INDEX, renew_freshness, whole=False),
    Step("search index", Hour.INDEX, compact, whole=False),
    Step("reviewers", Hour.TELL, tell_reviewers),
    Step("history", Hour.CHECK, check_history),
)
