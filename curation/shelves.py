"""The registry through which the bench sees the shelves, which it may not import.

A shelf registers itself in its `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from accounts.models import Organization
from curation.models import Entry
from search import index
from search.thesaurus import Concept


class EntryForm(Protocol):
    """The form of a shelf: the one authority on what an entry may hold.

    It takes what a person typed as well as the values that `values()` gave, so that a change
    is cleaned by the same rules when it is proposed and when it is accepted.
    """

    @property
    def errors(self) -> Any: ...

    def is_valid(self) -> bool: ...

    def values(self) -> dict[str, Any]:
        """The cleaned values as JSON, every field by its name."""
        ...


@dataclass(frozen=True)
class Shelf:
    """What the bench needs to know of a shelf.

    rows(keys)     the shelf's published rows with all that a document needs, None for all
    document(row)  the search document of one such row
    concepts()     words of the shelf's own that mean the same (kinds, places, platforms)
    address(entry) the path of an entry's public page in the active language
    objection(entry) why an entry may not be shown, as a sentence, or ""
    link(entry)    the entry's own page elsewhere, or ""
    door(entry)    where those who look after it say how one gets in, or ""; without a query

    kept_by(user)  the shelf's entries that somebody looks after
    organizations(entry) whose entry it is
    page_of(organization) the path of the public page of what it runs, or ""
    summary(entry) what a reviewer must see of an entry to judge what others say of it: labels and
                   values; without a query for a row of `rows()`
    where(entry)   where it is, in a few words; likewise
    facets(entry)  by what the desk finds it: {"kind": …, "province": …, "topic": …,
                   "language": …}, each a tuple of codes

    form(data, entry, held) the form that cleans values, for an entry or for a new one (None);
                   what is missing in `held`, which it had once, may be missing again
    values(entry)  what the form holds for an entry, as JSON
    fields(values) the fields that an entry with these values has, in the order of the form
    write(entry, values) save cleaned values; makes a draft when `entry` is None
    label(field)   what people call a field
    words(field, value) a value of a field as people read it, a list of lines
    waits          fields that always wait for a reviewer, whoever changes them
    personal       fields whose values may be about a person
    """

    name: str
    rows: Callable[[list[int] | None], Any]
    document: Callable[[Any], index.Document]
    concepts: Callable[[], list[Concept]]
    address: Callable[[Entry], str]
    objection: Callable[[Entry], str]
    link: Callable[[Entry], str]
    door: Callable[[Entry], str]

    kept_by: Callable[[Any], QuerySet]
    organizations: Callable[[Entry], list[Organization]]
    page_of: Callable[[Organization], str]
    summary: Callable[[Entry], list[tuple[str, str]]]
    where: Callable[[Entry], str]
    facets: Callable[[Entry], dict[str, tuple[str, ...]]]

    form: Callable[..., EntryForm]
    values: Callable[[Entry], dict[str, Any]]
    fields: Callable[[Mapping[str, Any]], list[str]]
    write: Callable[[Entry | None, Mapping[str, Any]], Entry]
    label: Callable[[str], str]
    words: Callable[[str, Any], list[str]]
    waits: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()


_shelves: dict[str, Shelf] = {}


def register(shelf: Shelf) -> None:
    """Take in a shelf; its `AppConfig.ready()` calls this."""
    _shelves[shelf.name] = shelf


def of(entry: Entry) -> Shelf:
    """The shelf that an entry stands on."""
    return _shelves[entry.shelf]


def named(name: str) -> Shelf:
    """The shelf of that name. Raises KeyError for one that is not there."""
    return _shelves[name]


def kept_by(user: Any) -> list[Entry]:
    """Everything that somebody looks after, shelf by shelf."""
    return [entry for shelf in _shelves.values() for entry in shelf.kept_by(user)]


def page_of(organization: Organization) -> str:
    """The public page of what an organization runs, on whichever shelf, or ""."""
    return next(filter(None, (shelf.page_of(organization) for shelf in _shelves.values())), "")


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
