"""The values of a form as rows: read for the form, written from it, said in words.

A shelf describes its tables in a subclass of `Stored`, and says there what is read and written
otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from curation.forms.base import EntryForm
from curation.forms.named import address_of
from curation.models import Entry, Tag, TaggedEntry


@dataclass(frozen=True)
class Choices:
    """A table with one row for each word that was chosen, in a column, from `words`."""

    model: Any
    column: str
    words: Iterable[str]


@dataclass(frozen=True)
class Part:
    """A row of its own for what only some entries have, and the fields in it."""

    model: Any
    fields: Iterable[str]


class Stored:
    """How a shelf keeps what its form holds. A field is a column of the entry unless it is named.

    shelf        the name of the shelf
    model        its kind of `Entry`
    owner        what the rows of its other tables call the entry to which they belong
    form_class   its form
    short        what a field is called where it is no question, if not as in the form
    keys         fields that hold the key of another row → what they hold where there is none
    choices      field → the table with its words
    terms        field → the facet of its terms; free words last: one that was mapped has become
                 another of these terms
    many         fields with the keys of several other rows
    parts        the name of a part → what is in it
    apart        fields that the shelf reads and writes itself
    """

    shelf: str
    model: type[Entry]
    owner: str
    form_class: type[EntryForm]
    short: Mapping[str, Any] = {}
    keys: Mapping[str, Any] = {}
    choices: Mapping[str, Choices] = {}
    terms: Mapping[str, str] = {}
    many: tuple[str, ...] = ("languages",)
    parts: Mapping[str, Part] = {}
    apart: tuple[str, ...] = ()

    def form(
        self, data: Mapping[str, Any], entry: Entry | None, held: Mapping[str, Any] | None = None
    ) -> EntryForm:
        """The form that cleans values, for an entry or for a new one.

        Without data it is not checked, and shows what the entry holds. `held` are values that it
        had once: what was missing there may be missing again.
        """
        return self.form_class(data, held or (self.values(entry) if entry else None))

    def values(self, entry: Entry) -> dict[str, Any]:
        """What the form holds for an entry."""
        row = self._row(entry)
        held = {name: self._read(row, name) for name in self._columns()}
        held |= {name: self._words_of(row, name) for name in self.choices}
        held |= {
            name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in self.many
        }
        held |= self._terms_of(row)
        held |= self.read_apart(row)
        blank = self.form_class.blank()
        for name, part in self.parts.items():
            own = getattr(row, name, None)
            held |= {
                field: self._read(own, field) if own else blank[field] for field in part.fields
            }
        return {name: held[name] for name in self._fields}

    def fields(self, values: Mapping[str, Any]) -> list[str]:
        """The fields of such an entry, those for the people who look after it among them."""
        form = self.form_class(None, values)
        form.open_to(keeper=True, reviewer=True)
        return form.names()

    @transaction.atomic
    def write(self, entry: Entry | None, values: Mapping[str, Any]) -> Entry:
        """Save cleaned values; a new entry is a draft. A value that is not given stays."""
        new = {"shelf": self.shelf, "source": Entry.Source.PERSON}
        row = self._row(entry) if entry else self.model(**new)
        self._write_columns(row, {n: values[n] for n in self._columns() if n in values})
        for name in filter(values.__contains__, self.choices):
            self._write_choices(row, self.choices[name], values[name])
        for name in filter(values.__contains__, self.many):
            getattr(row, name).set(values[name])
        for name in filter(values.__contains__, self.terms):
            _write_terms(row, self.terms[name], values[name])
        for name, part in self.parts.items():
            self._write_part(row, name, {n: values[n] for n in part.fields if n in values})
        self.write_apart(row, values)
        return self._row(row)

    def label(self, field: str, entry: Entry | None = None) -> str:
        """What people call a field, and of which entry, where that makes a difference."""
        known = field in self._fields
        return str(self.short.get(field) or self._fields[field].label) if known else field

    def words(self, field: str, value: Any) -> list[str]:
        """A value as people read it."""
        if value is None or field not in self._fields:
            return []
        return self._fields[field].words(value)

    def read_apart(self, row: Any) -> dict[str, Any]:
        """The values of the fields that stand `apart`."""
        return {}

    def write_apart(self, row: Any, values: Mapping[str, Any]) -> None:
        """Save those of them that are given, and what else must be done."""

    def follow(self, row: Any, changed: list[str]) -> list[str]:
        """Set the columns of an entry that change along with others; returns which."""
        return []

    @property
    def _fields(self) -> dict[str, Any]:
        return self.form_class.base_fields

    def _row(self, entry: Entry) -> Any:
        return self.model._default_manager.get(pk=entry.pk)

    def _columns(self) -> list[str]:
        """The fields that are columns of the entry itself."""
        others = {*self.choices, *self.terms, *self.many, *self.apart}
        others |= {field for part in self.parts.values() for field in part.fields}
        return [name for name in self._fields if name not in others]

    def _read(self, row: Any, name: str) -> Any:
        if name in self.keys:
            return getattr(row, f"{name}_id") or self.keys[name]
        value = getattr(row, name)
        return value.isoformat() if hasattr(value, "isoformat") else value

    def _words_of(self, row: Any, name: str) -> list[str]:
        table = self.choices[name]
        held = table.model.objects.filter(**{self.owner: row})
        return self._fields[name].in_order(held.values_list(table.column, flat=True))

    def _terms_of(self, row: Any) -> dict[str, list[str]]:
        tags = [tagged.tag for tagged in row.tagged.select_related("tag")]
        found = {}
        for name, facet in self.terms.items():
            mine = {tag.slug: tag.name for tag in tags if tag.facet == facet}
            is_free = facet == Tag.Facet.FREE
            found[name] = self._fields[name].in_order(mine.values() if is_free else mine)
        return found

    def _write_columns(self, row: Any, values: Mapping[str, Any]) -> None:
        """Save the columns that differ, and nothing else that the row may hold."""
        changed = []
        for name, value in values.items():
            if row.pk and self._read(row, name) == value:
                continue
            is_key = name in self.keys
            column = f"{name}_id" if is_key else name
            setattr(row, column, None if is_key and value in ("", self.keys[name]) else value)
            changed.append(column)
        if isinstance(row, self.model):
            changed += self.follow(row, changed)
        if not row.pk or row._state.adding:
            row.save(force_insert=True)
        elif changed:
            row.save(update_fields=changed)

    def _write_choices(self, row: Any, table: Choices, wanted: list[str]) -> None:
        rows = table.model.objects.filter(**{self.owner: row})
        held = set(rows.values_list(table.column, flat=True))
        rows.filter(**{f"{table.column}__in": held - set(wanted)}).delete()
        new = set(wanted) - held
        table.model.objects.bulk_create(
            table.model(**{self.owner: row, table.column: word})
            for word in table.words
            if word in new
        )

    def _write_part(self, row: Any, name: str, values: Mapping[str, Any]) -> None:
        """What only some entries have; no row is made for nothing."""
        own = getattr(row, name, None)
        if own is None:
            blank = self.form_class.blank()
            if all(value == blank[field] for field, value in values.items()):
                return
            own = self.parts[name].model(**{self.owner: row})
        self._write_columns(own, values)


def _write_terms(row: Any, facet: str, wanted: list[str]) -> None:
    tags = [_last(tag) for tag in _tags(facet, wanted)]
    held = TaggedEntry.objects.filter(content_object=row, tag__facet=facet)
    held.exclude(tag__in=tags).delete()
    for tag in tags:
        TaggedEntry.objects.get_or_create(content_object=row, tag=tag)


def _tags(facet: str, wanted: list[str]) -> list[Tag]:
    if facet != Tag.Facet.FREE:
        return list(Tag.objects.filter(facet=facet, slug__in=wanted).order_by("pk"))
    return [
        Tag.objects.get_or_create(facet=facet, slug=address_of(word), defaults={"name": word})[0]
        for word in wanted
    ]


def _last(tag: Tag) -> Tag:
    """The term that took a merged one's place."""
    while tag.merged_into:
        tag = tag.merged_into
    return tag
