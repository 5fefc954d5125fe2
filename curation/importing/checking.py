"""What would a row do? Looked at without writing anything about a group."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from curation import changes, shelves
from curation.importing.columns import KEY, Columns, folded
from curation.models import Change, Entry, ImportJob, ImportRow

State = ImportRow.State
Review = Entry.Review
OWN_NAMES = ("name_en", "name_fr", "name_own")
# The field in which the form names who runs a group.
HOSTS = "hosts"


@dataclass(frozen=True)
class Finding:
    """What a row would do: its state, the entry it is about, what is wrong as [field, words]."""

    state: str
    entry: Entry | None = None
    problems: list[list[str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """The row cannot be sent; `problems` say why."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(words)
        self.problems = [[name, words]]


class Checker:
    """Looks at the rows of one table, as the person who sent it."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.shelf = shelves.named(job.shelf)
        self.columns = Columns(job.shelf)

    def look(self, row: ImportRow) -> Finding:
        """What this row would do."""
        cells = row.values["cells"]
        try:
            entry = self._entry_of(cells)
            self._check_twice(row, entry, cells)
        except Refused as refused:
            return Finding(State.WRONG, problems=refused.problems)
        data = {
            name: self.columns.meaning(name, cell) for name, cell in cells.items() if name != KEY
        }
        return self._of_new(data) if entry is None else self._of_known(entry, data)

    def _of_new(self, data: dict[str, Any]) -> Finding:
        if HOSTS in self.columns.fields:
            data.setdefault(HOSTS, [self.job.organization_id])
        form = self.shelf.form(data, None)
        if not form.is_valid():
            return Finding(State.WRONG, problems=_problems(form, data))
        wanted = form.values()
        if not self._runs(wanted):
            words = _("Your organization must be among those who run it.")
            return Finding(State.WRONG, problems=[[HOSTS, words]])
        return Finding(State.READY, values={"wanted": wanted})

    def _of_known(self, entry: Entry, data: dict[str, Any]) -> Finding:
        if entry.review != Review.PUBLISHED:
            words = _("It is here already and waits for review; nothing is sent twice.")
            return Finding(State.SAME, entry, [["", words]])
        seen = self.shelf.values(entry)
        form = self.shelf.form({**seen, **data}, entry)
        if not form.is_valid():
            return Finding(State.WRONG, entry, _problems(form, data))
        wanted = form.values()
        patch = changes.difference(seen, wanted)
        if not patch:
            return Finding(State.SAME, entry)
        if self._waits_already(entry, patch):
            words = _("The same edit waits for review already; nothing is sent twice.")
            return Finding(State.SAME, entry, [["", words]])
        values = {"wanted": wanted, "seen": seen, "base": entry.version}
        return Finding(State.READY, entry, values=values)

    def _entry_of(self, cells: dict[str, str]) -> Entry | None:
        """The organization's own entry that a row is about: by its number, or by its exact name.

        Raises Refused for a number that is not theirs, and for a name that several have.
        """
        mine: QuerySet = self.shelf.kept_by(self.job.by)
        if KEY in cells:
            number = cells[KEY]
            known = mine.filter(pk=int(number)).first() if _is_number(number) else None
            if known is None or not self._is_ours(known):
                raise Refused(KEY, _("This is not the number of a page of your organization."))
            if known.review not in (Review.PUBLISHED, Review.SUBMITTED, Review.NEEDS_ANSWER):
                raise Refused(KEY, _("This page is no longer here. Leave the number out."))
            return known
        named = Q(pk__in=[])
        for name in OWN_NAMES:
            if cells.get(name):
                named |= Q(**{f"{name}__iexact": cells[name]})
        living = (Review.PUBLISHED, Review.SUBMITTED, Review.NEEDS_ANSWER)
        found = [e for e in mine.filter(named, review__in=living)[:20] if self._is_ours(e)]
        if len(found) > 1:
            raise Refused(
                KEY, _("Several of your pages have this name. Give the number of the right one.")
            )
        return found[0] if found else None

    def _is_ours(self, entry: Entry) -> bool:
        return self.job.organization in self.shelf.organizations(entry)

    def _runs(self, wanted: dict[str, Any]) -> bool:
        return HOSTS not in wanted or self.job.organization_id in wanted[HOSTS]

    @cached_property
    def _first(self) -> dict[tuple[str, str], int]:
        """(column, its text) → the first row of the table that says so."""
        named = (KEY, *OWN_NAMES)
        found: dict[tuple[str, str], int] = {}
        cells = (KT(f"values__cells__{name}") for name in named)
        for number, *texts in self.job.rows.order_by("number").values_list("number", *cells):
            for name, text in zip(named, texts, strict=True):
                if text:
                    found.setdefault((name, folded(text)), number)
        return found

    def _check_twice(self, row: ImportRow, entry: Entry | None, cells: dict[str, str]) -> None:
        """Raise Refused where an earlier row of the table is about the same."""
        own = (KEY,) if KEY in cells else OWN_NAMES
        numbers = [self._first[name, folded(cells[name])] for name in own if cells.get(name)]
        if entry:
            same = self.job.rows.filter(entry=entry, number__lt=row.number)
            numbers += same.values_list("number", flat=True)
        if numbers and min(numbers) < row.number:
            words = _("Row %(row)s is about the same group.") % {"row": min(numbers)}
            raise Refused(own[0], words)

    def _waits_already(self, entry: Entry, patch: dict[str, list[Any]]) -> bool:
        waiting = Change.objects.filter(
            entry=entry, by=self.job.by, state__in=(Change.State.WAITING, Change.State.ASKED)
        )
        wanted = {name: pair[1] for name, pair in patch.items()}
        return any(
            {name: pair[1] for name, pair in each.patch.items()} == wanted for each in waiting
        )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 10


def _problems(form: Any, data: dict[str, Any]) -> list[list[str]]:
    """The form's errors, each with what the cell held where that explains it."""
    found = []
    for name, errors in form.errors.items():
        held = data.get(name)
        shown = "; ".join(map(str, held)) if isinstance(held, list) else str(held or "")
        for error in errors:
            words = f"“{shown[:60]}”: {error}" if shown else str(error)
            found.append([name if name != "__all__" else "", words])
    return found
