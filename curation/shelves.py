"""The registry through which the bench sees the shelves, which it may not import.

A shelf registers itself in its `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from curation.models import Entry
from search import index
from search.thesaurus import Concept


@dataclass(frozen=True)
class Shelf:
    """What the bench needs to know of a shelf.

    rows(keys)     the shelf's published rows with all that a document needs, None for all
    document(row)  the search document of one such row
    concepts()     words of the shelf's own that mean the same (kinds, places, platforms)
    address(entry) the path of an entry's public page in the active language
    objection(entry) why an entry may not be shown, as a sentence, or ""
    """

    name: str
    rows: Callable[[list[int] | None], Any]
    document: Callable[[Any], index.Document]
    concepts: Callable[[], list[Concept]]
    address: Callable[[Entry], str]
    objection: Callable[[Entry], str]


_shelves: dict[str, Shelf] = {}


def register(shelf: Shelf) -> None:
    """Take in a shelf; its `AppConfig.ready()` calls this."""
    _shelves[shelf.name] = shelf


def of(entry: Entry) -> Shelf:
    """The shelf that an entry stands on."""
    return _shelves[entry.shelf]


def index_entry(entry: Entry) -> None:
    """Bring the index up to date with one entry, within the caller's transaction."""
    shelf = of(entry)
    row = shelf.rows([entry.pk]).first()
    if row is None:
        index.drop(entry.pk)
    else:
        index.put(entry.pk, shelf.document(row))


def documents() -> Iterator[tuple[int, index.Document]]:
    """Every public entry of every shelf, as the index wants it."""
    for shelf in _shelves.values():
        for row in shelf.rows(None).iterator(chunk_size=500):
            yield row.pk, shelf.document(row)


def concepts() -> list[Concept]:
    """All words that mean the same, the vocabulary's and the shelves' own."""
    from curation.vocabulary import concepts as of_the_vocabulary

    return [*of_the_vocabulary(), *(c for s in _shelves.values() for c in s.concepts())]
