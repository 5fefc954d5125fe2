"""The night: every step by itself, in order, and nothing written by a dry run."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Allowance
from curation import nights
from curation.models import Decision, Draft, Entry
from curation.night_work import Tampered, check_history, compact, moved_on, renew_freshness
from curation.nights import Hour, Step
from search import index
from tests.factories import make_keeper, make_listing, make_person, reindex

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 6, 15, 8, tzinfo=dt.UTC)
SUNDAY = dt.datetime(2026, 6, 21, 8, tzinfo=dt.UTC)


def printed(*args):
    """What the command prints; its complaint at the end, where it has one."""
    out = StringIO()
    try:
        call_command("nightly", *args, stdout=out)
    except CommandError as complaint:
        out.write(str(complaint))
    return out.getvalue()


@pytest.fixture
def only(monkeypatch):
    """A night of these steps only."""

    def put(*steps):
        monkeypatch.setattr(nights, "_steps", {step.name: step for step in steps})

    return put


def lines_of_all_tables():
    """How many rows there are of everything."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t != "search_posting"]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_night_prints_a_line_for_each_step():
    assert printed().count("\n") == len(nights.steps())


def test_steps_come_in_the_order_of_the_night(only):
    def step(name, hour):
        return Step(name, hour, lambda now, dry_run: (0, "done"))

    only(step("c", Hour.CHECK), step("a", Hour.FINISH), step("b", Hour.INDEX))

    assert printed() == "a: 0 done\nb: 0 done\nc: 0 done\n"


def test_step_that_fails_stops_no_other_and_is_named(only):
    def broken(now, dry_run):
        Allowance.objects.create(what="x", key="half", day=now.date())
        raise ValueError("broken")

    def whole(now, dry_run):
        Allowance.objects.create(what="x", key="whole", day=now.date())
        return 1, "row"

    only(Step("broken", Hour.FINISH, broken), Step("whole", Hour.CHECK, whole))

    out = printed()

    assert out == "broken: FAILED\nwhole: 1 row\nThese steps failed: broken."
    assert [row.key for row in Allowance.objects.all()] == ["whole"]


def test_dry_run_writes_nothing_and_counts_the_same():
    entry = make_listing(
        confirmed_on=timezone.localdate() - dt.timedelta(days=400), confirmed_by="group"
    )
    make_keeper(entry)
    with time_machine.travel(timezone.now() - dt.timedelta(days=100)):
        Draft.objects.create(by=make_person(), purpose="propose", shelf="listing")
    reindex()
    before = lines_of_all_tables()

    dry = printed("--dry-run")

    assert lines_of_all_tables() == before
    assert dry == printed()
    assert Draft.objects.count() == 0


def test_entry_that_the_clock_has_changed_is_found_and_indexed_anew():
    changed = make_listing("Will be due", confirmed_on=MONDAY.date(), confirmed_by="group")
    make_listing("Never confirmed")
    reindex()
    later = MONDAY.date() + dt.timedelta(days=200)
    assert moved_on(MONDAY.date()) == []

    with time_machine.travel(later):
        assert renew_freshness(timezone.now(), True)[0] == 1
        assert renew_freshness(timezone.now(), False)[0] == 1

        assert index.ask(filters={"state": ["due"]}).keys == [changed.pk]
        assert moved_on(later) == []


def test_night_of_sunday_builds_the_whole_index():
    make_listing()
    reindex()
    base = index.state().base

    renew_freshness(SUNDAY, True)
    assert index.state().base == base
    renew_freshness(SUNDAY, False)

    assert index.state().base != base


def test_few_waiting_changes_are_left_alone(monkeypatch):
    reindex()
    for number in range(3):
        make_listing(f"Group {number}")

    assert compact(MONDAY, False) == (0, "changes folded in, 3 wait")
    monkeypatch.setattr("curation.night_work.COMPACT_FROM", 3)
    assert compact(MONDAY, False)[0] == 3
    assert index.state().deltas == 0


def test_changed_history_is_noticed_in_the_night():
    entry = make_listing()
    make_listing("Untouched")
    assert check_history(MONDAY, False)[0] == 2
    Decision.objects.filter(entry=entry, number=1).update(verb="publish")

    with pytest.raises(Tampered, match=f"for: {entry.pk} \\(1"):
        check_history(MONDAY, False)


def test_entry_is_as_it_was_after_the_night():
    entry = make_listing()
    reindex()
    before = Entry.objects.values().get(pk=entry.pk)

    printed()

    assert Entry.objects.values().get(pk=entry.pk) == before
