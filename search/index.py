"""The whole interface of the search: documents in, keys out, best first, with honest counts.

    put(key, document); drop(key)          in the transaction of the entry's own change
    with batch(): ...                      many changes, written once at its end
    rebuild(documents, concepts)           a new base from everything
    compact()                              a new base from the present one and its changes
    ask("words", filters=..., lang="en")   one page of keys, the total, the counts of all facets
    suggest("wor", lang="en")              what the words may become

The index knows no entry: keys are whole numbers below 2³², facets are names with values.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeVar

from pyroaring import BitMap

from . import caches, changes, question, ranking, snapshot, storage, suggestions
from .changes import IndexState
from .documents import Document, check_key, concept_term
from .highlights import Highlights
from .thesaurus import Concept

__all__ = [
    "Answer",
    "Concept",
    "Document",
    "IndexState",
    "Reason",
    "ask",
    "batch",
    "compact",
    "drop",
    "mark",
    "put",
    "rebuild",
    "state",
    "suggest",
]

Filters = Mapping[str, Collection[str]]
_T = TypeVar("_T")
_ATTEMPTS = 8


@dataclass(frozen=True)
class Reason:
    """How a part of the question was understood: the words said, what they were taken for, and
    whether anything here has it. `label` is None for a plain word."""

    words: str
    label: str | None
    found: bool
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One page of an answer, with everything that the page says about it."""

    keys: list[int] = field(default_factory=list)
    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    exact: bool = True
    corrected: str | None = None
    because: list[Reason] = field(default_factory=list)
    reasons: dict[int, list[str]] = field(default_factory=dict)
    highlights: Highlights = field(default_factory=Highlights)


_waiting: ContextVar[dict[int, Document | None] | None] = ContextVar("search_batch", default=None)


def put(key: int, document: Document) -> None:
    """Note that an entry is as this document says, in the caller's transaction."""
    _change(check_key(key), document)


def drop(key: int) -> None:
    """Note that an entry is gone, in the caller's transaction. An unknown key is no error."""
    _change(check_key(key), None)


def _change(key: int, document: Document | None) -> None:
    waiting = _waiting.get()
    if waiting is None:
        changes.write({key: document})
    else:
        waiting[key] = document


@contextmanager
def batch() -> Iterator[None]:
    """Hold back puts and drops and write them together at the end; an exception writes none."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[int, Document | None] = {}
    mine = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(mine)
    changes.write(waiting)


def rebuild(documents: Iterable[tuple[int, Document]], concepts: Iterable[Concept]) -> None:
    """Make a new base of these documents and concepts and read it from now on.

    Changes written while it is made are carried over. `storage.Overtaken` when another rebuild or
    compaction was faster; `ValueError` for a key out of range or given twice.
    """
    changes.rebuild(documents, concepts)


def compact() -> None:
    """Make the next base of the present one and its changes. Does nothing when there are none."""
    changes.compact()


def state(concepts: Iterable[Concept] | None = None) -> IndexState:
    """How the index stands; with concepts given, whether it was made with these."""
    return changes.state(concepts)


def ask(
    words: str = "",
    *,
    filters: Filters | None = None,
    within: Filters | None = None,
    order: str = "best",
    lang: str = "en",
    offset: int = 0,
    limit: int = 20,
    as_typed: bool = False,
) -> Answer:
    """Answer a question; any text is a question, and none is an error.

    filters: facet → values, OR within a facet, AND between; a facet's counts leave out its own
    filter. within: the same, but never left out: what lies outside is not there. order: best, name
    or newest. as_typed: repair no word. No words, or none that can be read, ask for everything.
    Values that nothing has are not counted, except those that a filter names.
    """
    return _steadily(
        lambda: _ask(
            words, filters or {}, within or {}, order, lang, max(0, offset), max(0, limit), as_typed
        )
    )


def _steadily(attempt: Callable[[], _T]) -> _T:
    """Try again when the base is swapped in the middle of reading it."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return attempt()
        except snapshot.Moved:
            continue
    return attempt()


def _ask(
    words: str,
    filters: Filters,
    within: Filters,
    order: str,
    lang: str,
    offset: int,
    limit: int,
    as_typed: bool,
) -> Answer:
    here = caches.present()
    scope = reduce(BitMap.__and__, (_any_of(here, *item) for item in within.items()), here.live)
    asked = question.read(words, here, lang, as_typed=as_typed)
    parts = ranking.parts_of(asked, here, scope)
    because = _because(parts, here, lang)
    named = here.named(asked.name) & scope if parts else BitMap()
    exact, matches = True, scope
    if parts:
        exact = ranking.is_exact(parts) or bool(named)
        ranking.look_around(parts, here, scope)
        matches = ranking.matching(parts) | named
    kept = {facet: _any_of(here, facet, values) for facet, values in filters.items() if values}
    counts, results = _count(here, matches, kept, filters)
    wanted = offset + limit
    if parts and order not in ("name", "newest"):
        numbers = ranking.best_first(parts, results, named, here, lang, wanted)
    else:
        fixed = order if order in ("name", "newest") else "standing"
        numbers = ranking.in_order(results, here.order(fixed, lang), here, wanted)
    page = numbers[offset:wanted]
    return Answer(
        keys=[int(here.keys[number]) for number in page],
        total=len(results),
        counts=counts,
        exact=exact,
        corrected=asked.corrected,
        because=because,
        reasons={int(here.keys[n]): _reasons(parts, n, here, lang) for n in page},
        highlights=Highlights.of(asked, here),
    )


def _any_of(here: snapshot.Snapshot, facet: str, values: Collection[str]) -> BitMap:
    chosen = [values] if isinstance(values, str) else values
    return reduce(BitMap.__or__, (here.facet(facet, value) for value in chosen), BitMap())


def _count(
    here: snapshot.Snapshot, matches: BitMap, kept: dict[str, BitMap], filters: Filters
) -> tuple[dict[str, dict[str, int]], BitMap]:
    """The counts of all facets, each without its own filter; the matches that pass all filters."""
    results = reduce(BitMap.__and__, kept.values(), matches)
    counts: dict[str, dict[str, int]] = {}
    facets = here.facets()
    for facet in {**facets, **kept}:
        among = results
        if facet in kept:
            others = (passing for other, passing in kept.items() if other != facet)
            among = reduce(BitMap.__and__, others, matches)
        counted = {
            value: n
            for value, bitmap in facets.get(facet, {}).items()
            if (n := among.intersection_cardinality(bitmap))
        }
        chosen = filters.get(facet) or ()
        for value in [chosen] if isinstance(chosen, str) else chosen:
            counted.setdefault(value, 0)
        counts[facet] = counted
    return counts, results


def _label(part: ranking.Part, here: snapshot.Snapshot, lang: str) -> str:
    if part.unit.concepts:
        return here.thesaurus.concepts[part.unit.concepts[0]].label(lang)
    return part.unit.said


def _reasons(
    parts: list[ranking.Part], number: int, here: snapshot.Snapshot, lang: str
) -> list[str]:
    """What a document has of what was asked; for a place it is not in, what they share."""
    found = []
    for part in parts:
        if number in part.documents:
            found.append(_label(part, here, lang))
        elif number in part.all_around:
            concepts = here.thesaurus.concepts
            shared = (
                key
                for key in part.unit.broader
                if key in concepts and any(number in t for t in here.tiers(concept_term(key)))
            )
            found.extend(concepts[key].label(lang) for key in list(shared)[:1])
    return found


def _because(parts: list[ranking.Part], here: snapshot.Snapshot, lang: str) -> list[Reason]:
    return [
        Reason(
            part.unit.said,
            _label(part, here, lang) if part.unit.concepts else None,
            bool(part.documents),
            part.unit.concepts,
        )
        for part in parts
        if not part.unit.quiet or len(parts) == 1
    ]


def mark(text: str, answer: Answer) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is what was asked for; together they are the text."""
    return answer.highlights.mark(text)


def suggest(
    prefix: str, *, lang: str = "en", limit: int = 8, within: Filters | None = None
) -> list[str]:
    """What the words being typed may become: names, concepts and places, best first."""
    return _steadily(lambda: suggestions.suggest(prefix, lang, limit, within or {}))


# What a caller that compares or retries needs to name.
Overtaken = storage.Overtaken
