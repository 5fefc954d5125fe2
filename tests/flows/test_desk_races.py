"""Two reviewers on one item: exactly one of them decides, and nobody overwrites silently.

Each round starts two threads at once, on connections of their own, which saw the same version.
Of the rounds, eight in ten are turns against turns, one is edits against edits, one the undoing
against what follows. A usual run takes 250; `RACE_ROUNDS=1000` takes 1,000.
"""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from curation import cases, changes, history, lifecycle
from curation.changes import Sender
from curation.desk import undoing
from curation.lifecycle import TurnRefused
from curation.models import Case, Change, Decision, Entry
from tests.curation.sent import make_entry
from tests.factories import make_reviewer

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("RACE_ROUNDS", "250"))
TURNS, EDITS, UNDOINGS = ROUNDS * 8 // 10, ROUNDS // 10, ROUNDS // 10


@pytest.fixture
def quick_file(own_file):
    """How safely it is written to the disk is another matter, and takes most of the time."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")


@pytest.fixture
def pool(quick_file):
    """Two threads that keep their connections through all rounds."""
    with ThreadPoolExecutor(2) as threads:
        yield threads
        for each in [threads.submit(close) for _ in range(2)]:
            each.result(10)


_closing = Barrier(2)


def close():
    _closing.wait(10)
    connection.close()


def at_once(pool, *jobs):
    """Run two jobs at the same moment; what each gave, or the refusal."""
    start = Barrier(2)

    def run(job):
        start.wait(10)
        try:
            return job()
        except TurnRefused as why:
            return str(why)

    return [future.result(30) for future in [pool.submit(run, job) for job in jobs]]


def winner(results):
    """Which of two was first; the other one must have been told so."""
    told = [result == "Somebody was faster than you. Nothing was changed." for result in results]
    assert sorted(told) == [False, True], results
    return told.index(False)


def turn(seen, verb, by):
    """A job that takes a turn with what its reviewer saw."""

    def job():
        entry = Entry.objects.get(pk=seen.pk)
        return lifecycle.take(entry, verb, by=by, note="x", version=seen.version)

    return job


def test_two_turns_on_one_entry(pool):
    ana, bo = make_reviewer("ana@example.org"), make_reviewer("bo@example.org")
    entry = make_entry(review="submitted")
    won = {0: 0, 1: 0}
    for _round in range(TURNS):
        Entry.objects.filter(pk=entry.pk).update(review="submitted")
        seen = Entry.objects.get(pk=entry.pk)
        first = winner(at_once(pool, turn(seen, "publish", ana), turn(seen, "reject", bo)))
        won[first] += 1
        now = Entry.objects.get(pk=entry.pk)
        assert now.review == ("published", "rejected")[first]
        assert now.version == seen.version + 1
        assert Decision.objects.get(entry=entry, number=now.version).by == (ana, bo)[first]
    assert sum(won.values()) == TURNS
    assert history.broken(Entry.objects.get(pk=entry.pk)) == []


def test_two_edits_of_one_entry(pool):
    ana, bo = make_reviewer("ana@example.org"), make_reviewer("bo@example.org")
    entry = make_entry(acronym="start")
    for number in range(EDITS):
        seen = Entry.objects.get(pk=entry.pk)
        rows = [edit(seen, f"{name}{number}") for name in "AB"]
        accept = partial(changes.accept, version=seen.version)
        first = winner(
            at_once(pool, partial(accept, rows[0], by=ana), partial(accept, rows[1], by=bo))
        )
        states = [Change.objects.get(pk=row.pk).state for row in rows]
        assert states == [("accepted", "waiting")[n != first] for n in (0, 1)]
        decision = Decision.objects.get(entry=entry, number=seen.version + 1)
        assert decision.after == {"acronym": f"{'AB'[first]}{number}"}
    assert Case.objects.filter(closed_at=None, reason="change").count() == EDITS
    assert history.broken(Entry.objects.get(pk=entry.pk)) == []


def edit(entry, acronym):
    """An edit that waits, made without its form: that is tried elsewhere."""
    change = Change.objects.create(
        entry=entry,
        patch={"acronym": ["", acronym]},
        base=entry.version,
        token=uuid.uuid4(),
        email=Sender(email="sam@example.org").email,
    )
    cases.open_case("change", entry=entry, change=change)
    return change


def test_undoing_against_what_follows(pool):
    ana, bo = make_reviewer("ana@example.org"), make_reviewer("bo@example.org")
    entry = make_entry(review="submitted")
    for _round in range(UNDOINGS):
        Entry.objects.filter(pk=entry.pk).update(review="submitted")
        fresh = Entry.objects.get(pk=entry.pk)
        decision = lifecycle.take(fresh, "publish", by=ana)
        undo = partial(undoing.undo, decision, by=bo)
        first = winner(at_once(pool, undo, turn(fresh, "withdraw", ana)))
        now = Entry.objects.get(pk=entry.pk)
        assert (now.review, now.version) == (
            ("submitted", "withdrawn")[first],
            decision.number + 1,
        )
    assert history.broken(Entry.objects.get(pk=entry.pk)) == []


def test_race_that_is_not_guarded_is_seen(pool):
    """The check itself: without the version, both of two edits go through."""
    ana = make_reviewer("ana@example.org")
    entry = make_entry(acronym="start")

    def over_it(acronym):
        def job():
            fresh = Entry.objects.get(pk=entry.pk)
            return lifecycle.record_edit(
                fresh, by=ana, before={"acronym": "start"}, after={"acronym": acronym}
            )

        return job

    with pytest.raises(AssertionError):
        winner(at_once(pool, over_it("A"), over_it("B")))


def test_case_is_taken_by_one_of_two(pool):
    ana, bo = make_reviewer("ana@example.org"), make_reviewer("bo@example.org")
    case = cases.open_case("report", entry=make_entry())
    for _round in range(50):
        Case.objects.update(taken_by=None, taken_at=None)
        took = at_once(pool, *(partial(cases.take_up, case, by=who) for who in (ana, bo)))
        assert sorted(took) == [False, True]
        assert Case.objects.get().taken_by == (ana, bo)[took.index(True)]
