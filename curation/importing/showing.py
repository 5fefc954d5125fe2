"""What the pages about a table show: its rows, what each would change, how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from curation import changes, shelves
from curation.importing import jobs
from curation.importing.columns import Columns
from curation.models import ImportJob, ImportRow

ROWS_A_PAGE = 50
State = ImportRow.State

# What a row would do, or did, as people read it.
SAYS = {
    State.NEW: _("Not looked at yet"),
    State.WRONG: _("Cannot be sent"),
    State.SAME: _("Nothing new"),
    State.SENT: _("Sent"),
    State.FAILED: _("Could not be sent"),
}
FRESH, CHANGED = _("A new group"), _("An edit")
# Which rows one may look at by themselves.
SHOW = {"wrong": _("Only those that cannot be sent"), "ready": _("Only those that would be sent")}


@dataclass(frozen=True)
class Difference:
    """One field: what it is called, its lines before and after."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Line:
    """One row of the table as the page shows it; `problems` are pairs of column and sentence."""

    number: int
    title: str
    says: Any
    is_wrong: bool
    problems: list[tuple[str, str]]
    differences: list[Difference] = field(default_factory=list)
    address: str = ""


def check_page(job: ImportJob, page: str, show: str) -> dict[str, Any]:
    """The rows of one page, with their differences, and the counts of all."""
    rows = job.rows.select_related("entry").order_by("number")
    if show in SHOW:
        rows = rows.filter(state=show)
    found = Paginator(rows, ROWS_A_PAGE).get_page(page)
    columns = Columns(job.shelf)
    return {
        "job": job,
        "page": found,
        "lines": [_line(columns, row) for row in found],
        "counts": jobs.counts(job),
        "show": show if show in SHOW else "",
        "shows": SHOW,
    }


def progress_page(job: ImportJob) -> dict[str, Any]:
    """How far it is, and the rows that could not be sent."""
    failed = job.rows.filter(state__in=(State.FAILED, State.WRONG)).select_related("entry")
    columns = Columns(job.shelf)
    counts = jobs.counts(job)
    due = counts[State.READY] + counts[State.SENT] + counts[State.FAILED]
    lines = [_line(columns, row) for row in failed[:ROWS_A_PAGE]]
    return {"job": job, "counts": counts, "due": due, "lines": lines}


def _line(columns: Columns, row: ImportRow) -> Line:
    shelf = shelves.named(columns.shelf)
    cells = row.values.get("cells", {})
    named = next((cells[n] for n in ("name_en", "name_fr", "name_own") if cells.get(n)), "")
    title = named or (row.entry.name.plain if row.entry else "")
    ready = CHANGED if row.entry_id else FRESH
    return Line(
        number=row.number,
        title=title,
        says=SAYS.get(State(row.state), ready),
        is_wrong=row.state in (State.WRONG, State.FAILED),
        problems=[(columns.label(name) if name else "", words) for name, words in row.problems],
        differences=list(_differences(shelf, row)),
        address=shelf.address(row.entry) if row.entry and row.entry.review == "published" else "",
    )


def _differences(shelf: shelves.Shelf, row: ImportRow) -> Iterable[Difference]:
    if row.state != State.READY or "seen" not in row.values:
        return
    patch = changes.difference(row.values["seen"], row.values["wanted"])
    for name, (before, after) in patch.items():
        yield Difference(shelf.label(name), shelf.words(name, before), shelf.words(name, after))
