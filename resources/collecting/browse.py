"""The public collections, as lists and as pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.languages import LocalText, localized
from curation import shelves
from curation.models import Entry
from resources.collecting.shelf import address, rows
from resources.models import Collection


@dataclass(frozen=True)
class Row:
    """A collection in a list; `count` is how many of its pages are public."""

    label: LocalText
    url: str
    count: int
    one_line: LocalText


@dataclass(frozen=True)
class Item:
    """A page of a collection: what it is, and one line why it is there."""

    name: LocalText
    url: str
    kind: str
    why: LocalText


def collections() -> list[Row]:
    """Every public collection, newest first, in one query."""
    public = Q(items__entry__review=Entry.Review.PUBLISHED)
    found = rows().annotate(pages=Count("items", filter=public)).order_by("-published_at", "pk")
    return [
        Row(row.name, address(row), row.pages, localized(row, "one_line"))
        for row in found.select_related("name_own_language")
    ]


def items(collection: Collection) -> list[Item]:
    """Its pages that are public now, in its order: one fetch for each shelf that has one."""
    held = list(collection.items.select_related("entry"))
    found: dict[int, Any] = {}
    for name in sorted({item.entry.shelf for item in held}):
        keys = [item.entry_id for item in held if item.entry.shelf == name]
        found |= {row.pk: row for row in shelves.named(name).rows(keys)}
    return [
        _item(found[item.entry_id], localized(item, "why"))
        for item in held
        if item.entry_id in found
    ]


def _item(row: Any, why: LocalText) -> Item:
    shelf = shelves.of(row)
    kind = shelf.words("kind", getattr(row, "kind", ""))
    return Item(row.name, shelf.address(row), next(iter(kind), ""), why)
