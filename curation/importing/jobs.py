"""A table on its way in: taken apart into rows, looked at, then sent row by row.

Every step commits a few rows in a transaction of its own, and each row carries a token that what
it becomes is unique by. So the work may stop anywhere, even between two rows, and go on later,
here or in the night, without losing or doubling anything.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterator
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Membership, Organization
from curation import changes, shelves
from curation.changes import Invalid, NothingNew, Sender
from curation.importing.archive import TableRefused
from curation.importing.checking import Checker
from curation.importing.columns import REMARK, Columns
from curation.importing.reading import Read, nothing_filled_in, read
from curation.lifecycle import TurnRefused
from curation.models import ImportJob, ImportRow, Stance

CHUNK = 5  # rows in one transaction
MOST_AT_ONCE = 500
AT_ONCE = 4.0  # seconds of work in one request

logger = logging.getLogger(__name__)

State = ImportRow.State
Job = ImportJob.State


class NotYours(Exception):
    """The person no longer speaks for the organization whose table it is."""


def upload(
    data: bytes, *, name: str, shelf: str, by: Any, organization: Organization
) -> tuple[ImportJob, str]:
    """Take a table apart into rows that nobody has looked at yet. The text is a remark, or "".

    Raises TableRefused for a table that cannot be read.
    """
    columns = Columns(shelf)
    table = read(data, lambda header: columns.name_of(header) is not None)
    rows = list(_rows(table, columns))
    if not rows:
        raise nothing_filled_in()
    with transaction.atomic():
        job = ImportJob.objects.create(
            shelf=shelf, by=by, organization=organization, file_name=name[-120:]
        )
        for row in rows:
            row.job = job
        ImportRow.objects.bulk_create(rows, batch_size=500)
    return job, table.remark


def _rows(table: Read, columns: Columns) -> Iterator[ImportRow]:
    names = [columns.name_of(header) for header in table.header]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise TableRefused(
            _("The column “%(name)s” is there twice. Take one away.")
            % {"name": columns.label(twice)}
        )
    for number, cells in table.rows:
        if not cells[0].startswith(REMARK):
            held = {name: cell for name, cell in zip(names, cells, strict=True) if name and cell}
            yield ImportRow(number=number, state=State.NEW, values={"cells": held})


def look_on(job: ImportJob, *, seconds: float = AT_ONCE) -> int:
    """Look at rows for a while, each written down by itself; the number still to look at."""
    until = time.monotonic() + seconds
    unseen = job.rows.filter(state=State.NEW)
    checker = Checker(job)
    for row in list(unseen[:MOST_AT_ONCE]):
        found = checker.look(row)
        unseen.filter(pk=row.pk).update(
            state=found.state,
            entry=found.entry,
            problems=found.problems,
            values={**row.values, **found.values},
        )
        if time.monotonic() > until:
            break
    return unseen.count()


def start(job: ImportJob) -> None:
    """Begin to send. A table of which nothing can be sent stays as it is."""
    rows = job.rows.filter(state=State.READY)
    if rows.exists() and not job.rows.filter(state=State.NEW).exists():
        ImportJob.objects.filter(pk=job.pk, state=Job.CHECKED).update(state=Job.RUNNING)


def send_on(job: ImportJob, *, seconds: float = AT_ONCE) -> int:
    """Send rows for a while; the number still to send. Raises NotYours."""
    if job.state != Job.RUNNING:
        return 0
    granted = Membership.objects.granted().filter(user=job.by, organization=job.organization)
    if not granted.exists():
        raise NotYours
    left = _for_a_while(job, seconds)
    if not left:
        done = ImportJob.objects.filter(pk=job.pk, state=Job.RUNNING)
        done.update(state=Job.DONE, done_at=timezone.now())
    return left


def finish_all(now: dt.datetime, dry_run: bool) -> tuple[int, str]:
    """Send what is left of tables whose sender went away meanwhile: a step of the night."""
    running = ImportJob.objects.filter(state=Job.RUNNING).select_related("by", "organization")
    sent = 0
    for job in running:
        left = job.rows.filter(state=State.READY).count()
        sent += left
        if not dry_run:
            with override(job.by.language):
                _finish(job)
    return sent, "rows of tables that had stopped half way"


def _finish(job: ImportJob) -> None:
    try:
        while send_on(job):
            pass
    except NotYours:
        ImportJob.objects.filter(pk=job.pk).update(state=Job.DONE, done_at=timezone.now())


def _for_a_while(job: ImportJob, seconds: float) -> int:
    """Send rows, a few in each transaction, until the time is up; the number still to send."""
    until = time.monotonic() + seconds
    ready = job.rows.filter(state=State.READY)
    while True:
        with transaction.atomic():
            # Two windows, or a window and the night, take turns.
            ImportJob.objects.select_for_update().get(pk=job.pk)
            rows = list(ready.select_related("entry")[:CHUNK])
            for row in rows:
                row.job = job
                _send(row)
                row.save()
        if len(rows) < CHUNK or time.monotonic() > until:
            return ready.count()


def _send(row: ImportRow) -> None:
    """Send one row; what it became, or why it could not be sent, is written into it."""
    try:
        with transaction.atomic():
            _propose(row, Sender(by=row.job.by, language=row.job.by.language))
    except NothingNew:
        row.state = State.SAME
    except Invalid as refused:
        row.state, row.problems = State.FAILED, problems(refused.errors)
    except TurnRefused as refused:
        row.state, row.problems = State.FAILED, [["", str(refused)]]
    except (DataError, IntegrityError, LookupError, TypeError, ValueError):
        # One row that nobody has thought of must not keep the others from being sent.
        logger.exception("import %s, row %s", row.job_id, row.number)
        words = _("Something went wrong with this row. Write to us, or add the group by hand.")
        row.state, row.problems = State.FAILED, [["", words]]
    else:
        row.state = State.SENT


def _propose(row: ImportRow, sender: Sender) -> None:
    """Put one row on the desk, as an edit or as a new entry."""
    if row.entry is None:
        _propose_new(row, sender)
        return
    row.change = changes.propose(
        row.entry,
        row.values["wanted"],
        sender=sender,
        token=row.token,
        base=row.values["base"],
        seen=row.values["seen"],
        source="import",
    )


def _propose_new(row: ImportRow, sender: Sender) -> None:
    form = shelves.named(row.job.shelf).form(row.values["wanted"], None)
    if not form.is_valid():
        raise Invalid(form.errors)
    row.entry = changes.propose_new(
        row.job.shelf,
        form.values(),
        sender=sender,
        stance=Stance.RUN,
        token=row.token,
        source="import",
    )
    row.submission = row.entry.submission


def problems(errors: Any) -> list[list[str]]:
    """The errors of a form as [field, sentence]."""
    return [[name, str(each)] for name, found in errors.items() for each in found]


def counts(job: ImportJob) -> dict[str, int]:
    """How many rows stand where; every state is there."""
    found = dict.fromkeys(State.values, 0)
    found |= dict(job.rows.order_by().values_list("state").annotate(Count("pk")))
    found["fresh"] = job.rows.filter(state=State.READY, entry=None).count()
    found["changed"] = job.rows.filter(state=State.READY, entry__isnull=False).count()
    found["all"] = sum(found[state] for state in State.values)
    return found
