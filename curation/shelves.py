"""The registry through which the bench sees the shelves, which it may not import.

A shelf registers itself in its `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from accounts.models import Organization
from curation.forms.stored import Stored
from curation.manners import Addition, Manners
from curation.models import Entry
from search import index
from search.thesaurus import Concept

Receive = Callable[[HttpRequest, MultiValueDict], tuple[MultiValueDict, dict[str, list[str]]]]


def _no_word(_about: Any) -> str:
    return ""


def _no_concepts() -> list[Concept]:
    return []


def _no_doubts(_entry: Entry, _address: str, _values: Mapping[str, Any]) -> Iterable[str]:
    return ()


def _nobody(_entry: Entry) -> bool:
    return False


def _none_of_them(_entry: Entry, _wanted: Mapping[str, Any]) -> frozenset[str]:
    return frozenset()


def _nothing(_entry: Entry) -> Mapping[str, Any]:
    return {}


def _itself(entry: Entry) -> Entry:
    return entry


@dataclass(frozen=True)
class Preview:
    """What others would see of something that is about to be sent; empty where nobody need look.

    lines    (label, lines) as others will see them
    hints    what the words themselves give away, in sentences that say what to do
    instead  field → what others will see in place of the value that was typed, in a sentence
    """

    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    instead: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines)


def _nothing_to_see(_values: Mapping[str, Any], _address: str) -> Preview:
    return Preview()


@dataclass(frozen=True)
class Shelf:
    """What the bench needs to know of a shelf.

    rows(keys)     the shelf's published rows with all that a document needs, None for all
    document(row)  the search document of one such row; None where nothing on the shelf has one
    carried_by(entry) the entry in whose document its words stand, where not in one of its own
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

    stored         its form, and how what that holds is kept: `form()`, `values()`, `fields()`,
                   `write()`, `label()` and `words()` are asked of the shelf
    waits          fields that always wait for a reviewer, whoever changes them
    personal       fields whose values may be about a person

    adds           what anybody can add to it, each under a word of its own; the first is usual
    manners        its words, and what is asked and offered about what stands on it
    preview(values, address) what others would see of values, where their sender should look once
                   before they are sent; the address is the sender's, or ""
    receive(request, data) keeps the files that came with a form; the data of the form with the
                   keys of what is kept, and what is said of files that are not, by the field;
                   or None
    thanks(entry)  what its sender is thanked for beside the usual, in the active language, or ""
    doubts(entry, address, values) what a reviewer must look at before these values of it are
                   public, in sentences; the address is that of whoever sent them
    along(values, sealed) the files and links that go along with values, each with `title`, `url`
                   and `what` it is; `sealed`: a file by no name that its sender gave it; or None
    stays(entry)   why it may not be merged into another, as a sentence, or ""
    hides(entry)   the values that hide from readers who sent it, where they do not yet: whoever
                   sent it may write them without a review; {} where there is nothing to hide
    hidden(entry)  whether its sender is shown to nobody, and to a reviewer by a logged click only
    tells_who      fields that then say who it is, beside the personal ones
    seen(entry, wanted) which of them readers see nevertheless, of the entry as it is and as it
                   would be with the values that are wanted
    """

    name: str
    stored: Stored
    rows: Callable[[list[int] | None], Any]
    document: Callable[[Any], index.Document] | None
    address: Callable[[Entry], str]
    kept_by: Callable[[Any], QuerySet]
    organizations: Callable[[Entry], list[Organization]]
    summary: Callable[[Entry], list[tuple[str, str]]]
    facets: Callable[[Entry], dict[str, tuple[str, ...]]]

    concepts: Callable[[], list[Concept]] = _no_concepts
    objection: Callable[[Entry], str] = _no_word
    link: Callable[[Entry], str] = _no_word
    door: Callable[[Entry], str] = _no_word
    page_of: Callable[[Organization], str] = _no_word
    where: Callable[[Entry], str] = _no_word
    waits: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()

    adds: tuple[Addition, ...] = ()
    manners: Manners = field(default_factory=Manners)
    preview: Callable[[Mapping[str, Any], str], Preview] = _nothing_to_see
    receive: Receive | None = None
    thanks: Callable[[Entry], str] = _no_word
    doubts: Callable[[Entry, str, Mapping[str, Any]], Iterable[str]] = _no_doubts
    along: Callable[[Mapping[str, Any], bool], list[Any]] | None = None
    stays: Callable[[Entry], str] = _no_word
    hides: Callable[[Entry], Mapping[str, Any]] = _nothing
    hidden: Callable[[Entry], bool] = _nobody
    tells_who: frozenset[str] = frozenset()
    seen: Callable[[Entry, Mapping[str, Any]], frozenset[str]] = _none_of_them
    carried_by: Callable[[Entry], Entry] = _itself

    def form(
        self, data: Mapping[str, Any], entry: Entry | None, held: Mapping[str, Any] | None = None
    ) -> Any:
        """The form that cleans values, for an entry or for a new one (None)."""
        return self.stored.form(data, entry, held)

    def values(self, entry: Entry) -> dict[str, Any]:
        """What the form holds for an entry, as JSON."""
        return self.stored.values(entry)

    def covered(self, entry: Entry, wanted: Mapping[str, Any]) -> frozenset[str]:
        """The fields that would say who the hidden sender of an entry is."""
        return (self.personal | self.tells_who) - self.seen(entry, wanted)

    def fields(self, values: Mapping[str, Any]) -> list[str]:
        """The fields that an entry with these values has, in the order of the form."""
        return self.stored.fields(values)

    def write(self, entry: Entry | None, values: Mapping[str, Any]) -> Entry:
        """Save cleaned values; makes a draft when `entry` is None."""
        return self.stored.write(entry, values)

    def label(self, field: str, entry: Entry | None = None) -> str:
        """What people call a field, of this entry where one is given."""
        return self.stored.label(field, entry)

    def words(self, field: str, value: Any) -> list[str]:
        """A value of a field as people read it, a list of lines."""
        return self.stored.words(field, value)


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


def additions() -> list[tuple[Shelf, Addition]]:
    """Everything that anybody can add, with its shelf."""
    return [(shelf, each) for shelf in _shelves.values() for each in shelf.adds]


def addition(word: str) -> tuple[Shelf, Addition]:
    """What is added under a word, and to which shelf. Raises KeyError for another word."""
    return {each.word: (shelf, each) for shelf, each in additions()}[word]


def added_as(shelf: str, values: Mapping[str, Any]) -> Addition:
    """As what values are added to a shelf: by the presets that they hold, else what has none."""
    adds = sorted(named(shelf).adds, key=lambda each: not each.preset)
    fitting = (
        each for each in adds if all(values.get(name) == it for name, it in each.preset.items())
    )
    return next(fitting, named(shelf).adds[0])


def that_are_asked() -> list[str]:
    """The shelves about whose entries is asked whether they are still right."""
    return [shelf.name for shelf in _shelves.values() if shelf.manners.asked]


def kept_by(user: Any) -> list[Entry]:
    """Everything that somebody looks after, shelf by shelf."""
    return [entry for shelf in _shelves.values() for entry in shelf.kept_by(user)]


def page_of(organization: Organization) -> str:
    """The public page of what an organization runs, on whichever shelf, or ""."""
    return next(filter(None, (shelf.page_of(organization) for shelf in _shelves.values())), "")


def index_entry(entry: Entry) -> None:
    """Bring the index up to date with one entry, within the caller's transaction."""
    entry = of(entry).carried_by(entry)
    shelf = of(entry)
    row = shelf.rows([entry.pk]).first()
    if row is None or shelf.document is None:
        index.drop(entry.pk)
    else:
        index.put(entry.pk, shelf.document(row))


def documents() -> Iterator[tuple[int, index.Document]]:
    """Every public entry of every shelf, as the index wants it."""
    for shelf in _shelves.values():
        if shelf.document is None:
            continue
        for row in shelf.rows(None).iterator(chunk_size=500):
            yield row.pk, shelf.document(row)


def concepts() -> list[Concept]:
    """All words that mean the same, the vocabulary's and the shelves' own."""
    from curation.vocabulary import concepts as of_the_vocabulary

    return [*of_the_vocabulary(), *(c for s in _shelves.values() for c in s.concepts())]
