"""Loading the starting data: checked whole before anything is written, never over a person's work.

A CSV row becomes a dict of JSON values (foreign keys by key, many-to-many as sorted lists of
keys). What was written last time is kept in `StartRow`; a field that holds something else by
now has been touched by a person and stays as it is. What a person deleted stays deleted.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import models, transaction

from curation.models import StartRow

CHUNK = 50

# A table's name, and how many of its rows are new, changed and as they were.
Tally = tuple[str, dict[str, int]]


class Folder(Protocol):
    """Where the files are: a folder, or several as one (`start_data.Folders`)."""

    def __truediv__(self, name: str, /) -> Path: ...


class BrokenData(Exception):
    """A file cannot be loaded; the text names file, row and column. Nothing was written."""

    def __init__(self, file: str, row: int | None, column: str | None, reason: str) -> None:
        where = "".join(
            (file, f", row {row}" if row else "", f", column {column}" if column else "")
        )
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True)
class Row:
    """One line of a CSV file; `row[column]` is its stripped text, and it can say what is wrong."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        if column not in self.cells:
            raise BrokenData(self.file, 1, column, "the column is missing")
        return self.cells[column]

    def get(self, column: str) -> str:
        """The text of a column that a file may lack."""
        return self.cells.get(column, "")

    def several(self, column: str, separator: str = ";") -> list[str]:
        """The parts of a cell."""
        return [part.strip() for part in self[column].split(separator) if part.strip()]

    def lines(self, column: str) -> str:
        """Words separated by pipes, one on each line."""
        return "\n".join(self.several(column, "|"))

    def choice(self, column: str, allowed: Any, meaning: dict[str, str] | None = None) -> str:
        """The text, through `meaning`, which must be one of the values allowed."""
        value = (meaning or {}).get(self[column], self[column])
        if value not in allowed:
            raise self.broken(column, f"“{self[column]}” is not one of: {', '.join(allowed)}")
        return value

    def filled(self, column: str) -> str:
        """The text of a column, which must not be empty."""
        if not self[column]:
            raise self.broken(column, "it is empty")
        return self[column]

    def yes_no(self, column: str) -> bool:
        return self.choice(column, ("yes", "no")) == "yes"

    def in_range(
        self, column: str, least: float, most: float, kind: Callable[[str], Any] = int
    ) -> Any:
        """A number within bounds, or None where the cell is empty."""
        if not self[column]:
            return None
        try:
            value = kind(self[column])
        except (ValueError, ArithmeticError):
            raise self.broken(column, f"“{self[column]}” is not a number") from None
        if not least <= value <= most:
            raise self.broken(column, f"“{self[column]}” is not from {least} to {most}")
        return value

    def broken(self, column: str | None, reason: str) -> BrokenData:
        return BrokenData(self.file, self.number, column, reason)


def read(path: Path) -> list[Row]:
    """All rows of a UTF-8 CSV file, numbered as a spreadsheet does. Raises BrokenData."""
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for cells in csv.DictReader(lines, strict=True):
                rows.append(_row(path.name, len(rows) + 2, cells))
    except FileNotFoundError:
        raise BrokenData(path.name, None, None, "the file is not there") from None
    except UnicodeDecodeError as error:
        raise BrokenData(path.name, None, None, f"it is not UTF-8 (byte {error.start})") from None
    except csv.Error as error:
        raise BrokenData(path.name, len(rows) + 2, None, str(error)) from None
    if not rows:
        raise BrokenData(path.name, None, None, "there is nothing in it")
    return rows


def _row(file: str, number: int, cells: dict[Any, Any]) -> Row:
    if None in cells or None in cells.values():
        raise BrokenData(file, number, None, "it has more or fewer cells than the header")
    for column, text in cells.items():
        if "\0" in text:
            raise BrokenData(file, number, column, "there is a NUL character in it")
    return Row(file, number, {column: text.strip() for column, text in cells.items()})


@dataclass(frozen=True)
class Many:
    """How a many-sided field is read and written, as a sorted list of keys."""

    get: Callable[[Any], list[str]]
    set: Callable[[Any, list[str]], None]


@dataclass(frozen=True)
class Planned:
    """One checked row, ready to be written."""

    row: Row
    key: str
    values: dict[str, Any]


@dataclass
class Table:
    """One kind of thing that is loaded, and how a row of its file becomes one.

    key        the field that holds the key, and the column it comes from
    columns    field → column, where the two have different names
    together   fields that only make sense together: touch one and all are a person's
    many       the many-sided fields
    born       what to do with a new thing; changed: with one whose fields changed
    lookup     the fields that a key stands for, where it is more than one
    """

    name: str
    model: type[models.Model]
    key: str
    key_column: str = "key"
    columns: dict[str, str] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()
    many: dict[str, Many] = field(default_factory=dict)
    born: Callable[[Any, Row], None] | None = None
    changed: Callable[[Any], None] | None = None
    lookup: Callable[[str], dict[str, Any]] | None = None

    def plan(
        self,
        rows: list[Row],
        values: Callable[[Row], dict[str, Any]],
        key: Callable[[Row], str] | None = None,
    ) -> list[Planned]:
        """Rows made into what is to be written, each value checked against its model field.

        Raises BrokenData at the first that cannot be.
        """
        planned: list[Planned] = []
        seen: set[str] = set()
        for row in rows:
            self._check_value(row, self.key, row.filled(self.key_column))
            plan = Planned(row, key(row) if key else row[self.key_column], values(row))
            if plan.key in seen:
                raise row.broken(self.key_column, f"“{row[self.key_column]}” is there twice")
            seen.add(plan.key)
            for name in sorted(plan.values.keys() - self.many.keys()):
                self._check_value(row, name, plan.values[name])
            planned.append(plan)
        return planned

    def _check_value(self, row: Row, name: str, value: Any) -> None:
        if name.endswith("_id"):
            return  # a key: the table it points to was checked
        try:
            self._field(name).clean(value, None)
        except ValidationError as error:
            column = self.key_column if name == self.key else self.columns.get(name, name)
            raise row.broken(column, f"“{value}”: {' '.join(error.messages)}") from None

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def write(self, planned: list[Planned]) -> dict[str, int]:
        """Write in chunks, one transaction each. Gives how many are new, changed and untouched."""
        tally = {"new": 0, "changed": 0, "same": 0}
        for start in range(0, len(planned), CHUNK):
            chunk = planned[start : start + CHUNK]
            with transaction.atomic():
                rows = StartRow.objects.filter(table=self.name, key__in=[p.key for p in chunk])
                last = {row.key: row for row in rows}
                for plan in chunk:
                    tally[self._write_one(plan, last.get(plan.key))] += 1
        return tally

    def _write_one(self, plan: Planned, last: StartRow | None) -> str:
        """Write one row, but no field that a person has touched since the last time."""
        if last and last.values == plan.values:
            return "same"
        by_key = self.lookup(plan.key) if self.lookup else {self.key: plan.key}
        thing = self.model._default_manager.filter(**by_key).first()
        if thing is None and last:
            return "same"  # a person took it away
        mine = plan.values if thing is None or last is None else self._untouched(thing, plan, last)
        if not mine:
            return "same"
        new = thing is None
        self._save(thing or self.model(**by_key), mine, plan, new)
        StartRow.objects.update_or_create(
            table=self.name,
            key=plan.key,
            defaults={"values": {**(last.values if last else {}), **mine}},
        )
        return "new" if new else "changed"

    def _untouched(self, thing: Any, plan: Planned, last: StartRow) -> dict[str, Any]:
        """The fields whose file value is new and that still hold what was written last."""
        touched = {n for n, value in last.values.items() if self._now(thing, n) != value}
        for group in self.together:
            touched |= group if touched & group else set()
        return {
            name: value
            for name, value in plan.values.items()
            if name not in touched and value != last.values.get(name, ...)
        }

    def _save(self, thing: Any, mine: dict[str, Any], plan: Planned, new: bool) -> None:
        for name in mine.keys() - self.many.keys():
            setattr(thing, name, self._python(name, mine[name]))
        thing.save(force_insert=new)
        for name in mine.keys() & self.many.keys():
            self.many[name].set(thing, mine[name])
        if new and self.born:
            self.born(thing, plan.row)
        elif self.changed:
            self.changed(thing)

    def _now(self, thing: Any, name: str) -> Any:
        if name in self.many:
            return self.many[name].get(thing)
        return as_json(getattr(thing, name))

    def _python(self, name: str, value: Any) -> Any:
        return value if name.endswith("_id") else self._field(name).to_python(value)


def as_json(value: Any) -> Any:
    """A field's value as it stands in `StartRow.values`."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def keys_exist(rows: Iterable[tuple[Row, str, Iterable[str]]], known: set[str], what: str) -> None:
    """Every key that a row names must be known. Raises BrokenData."""
    for row, column, keys in rows:
        for key in keys:
            if key not in known:
                raise row.broken(column, f"there is no {what} “{key}”")


def said_once(planned: list[Planned], name: str, column: str) -> None:
    """A field that must differ from row to row within its table. Raises BrokenData."""
    seen: set[Any] = set()
    for plan in planned:
        if plan.values[name] in seen:
            raise plan.row.broken(column, f"“{plan.values[name]}” is there twice")
        seen.add(plan.values[name])
