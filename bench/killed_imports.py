"""An import that is killed again and again: `import_crash.py` starts it."""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import select
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from curation import history
from curation.importing import jobs
from curation.models import Entry, ImportJob, ImportRow, Submission
from search import index
from tests.factories import make_language, make_member, make_organization, make_tag

ROWS_A_KILL = 8
COLUMNS = "kind,name_en,one_line_en,topics,provinces,languages,platform,website"
ROW = "Community of practice,Group {0},Line {0}.,Housing,NS,en,none,https://a.example.org/{0}"


@contextlib.contextmanager
def scratch_database() -> Iterator[None]:
    """A database of its own for this run."""
    with tempfile.TemporaryDirectory() as folder:
        of_sqlite = connection.vendor == "sqlite"
        name = str(Path(folder) / "crash.sqlite3") if of_sqlite else f"crash_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = name
        old = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)


def table(rows: int) -> ImportJob:
    """A table that was looked at and whose sending has begun."""
    agency = make_organization()
    member = make_member("ana@harbour.example.org", agency)
    make_language("en")
    make_tag()
    index.rebuild((), ())
    text = "\n".join([COLUMNS, *(ROW.format(number) for number in range(rows))])
    job, _remark = jobs.upload(
        text.encode(), name="groups.csv", shelf="listing", by=member, organization=agency
    )
    while jobs.look_on(job):
        pass
    jobs.start(job)
    return job


def send(job: ImportJob, out: int) -> None:
    """The child: send, and say which rows are done, until somebody puts an end to it."""
    job = ImportJob.objects.select_related("by", "organization").get(pk=job.pk)
    said: set[int] = set()
    left = 1
    while left:
        left = jobs.send_on(job, seconds=0)
        done = set(job.rows.filter(state=ImportRow.State.SENT).values_list("number", flat=True))
        os.write(out, "".join(f"{number}\n" for number in sorted(done - said)).encode())
        said = done


def sent_until_killed(job: ImportJob) -> set[int]:
    """Let a child send for a while, kill it; the rows that it said were done."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with contextlib.suppress(BaseException):
            send(job, writing)
        os._exit(0)
    os.close(writing)
    lines = _lines_of(reading, until=random.randrange(3))
    time.sleep(random.uniform(0, 0.3))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    lines += _lines_of(reading, until=10**9)
    os.close(reading)
    return {int(line) for line in lines.split(b"\n")[:-1]}


def _lines_of(reading: int, until: int) -> bytes:
    """What a child says, until it has spoken so often, or its mouth is closed."""
    said, times = b"", 0
    while times < until and select.select([reading], [], [], 30)[0]:
        piece = os.read(reading, 65536)
        if not piece:
            break
        said, times = said + piece, times + 1
    return said


def faults(job: ImportJob, acknowledged: set[int]) -> list[str]:
    """What is lost, doubled or without history."""
    found = []
    rows = {row.number: row for row in job.rows.select_related("entry", "submission")}
    for number in sorted(acknowledged):
        row = rows[number]
        if row.state != ImportRow.State.SENT or row.entry is None or row.submission is None:
            found.append(f"row {number} was acknowledged and is lost")
    for row in rows.values():
        if row.state != ImportRow.State.SENT:
            found.append(f"row {row.number} was never sent: {row.state} {row.problems}")
        elif [d.verb for d in row.entry.decisions.order_by("number")] != ["submit"]:
            found.append(f"row {row.number} has another history than one decision")
        elif history.broken(row.entry):
            found.append(f"row {row.number} has a broken history")
    for what in (Submission, Entry):
        if what.objects.count() != len(rows):
            found.append(f"{what.objects.count()} of {what.__name__} for {len(rows)} rows")
    return found


def main() -> int:
    """Kill as often as asked, then look; 1 where something is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    kills = parser.parse_args().kills
    with scratch_database():
        job = table(kills * ROWS_A_KILL)
        acknowledged: set[int] = set()
        in_the_middle = 0
        for _again in range(kills):
            acknowledged |= sent_until_killed(job)
            in_the_middle += job.rows.filter(state=ImportRow.State.READY).exists()
        job.refresh_from_db()
        while jobs.send_on(job):
            job.refresh_from_db()
        found = faults(job, acknowledged)
    print(
        f"{connection.vendor}: {kills} kills, {in_the_middle} of them with rows left, "
        f"{len(acknowledged)} rows acknowledged before one; {len(found)} faults."
    )
    print("\n".join(found[:20]))
    return 1 if found else 0
