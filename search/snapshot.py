"""The index as one reader sees it: a base, the deltas on it, and what is alive.

A base never changes, so what is decoded of it serves all snapshots. Changed entries get numbers of
their own behind the base's numbers, which are only ever added; what a snapshot may see is said by
its `live` bitmap alone. So an older snapshot stays right while a newer one is made, and nothing is
copied. `caches` keeps the latest few.
"""

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from . import bases, storage
from .bases import Tiers
from .documents import Record, unpack
from .repair import Dictionary, can_be_repaired, near
from .thesaurus import Thesaurus

EMPTY = BitMap()
NOTHING: Tiers = (EMPTY, EMPTY, EMPTY)
_LOOSE_WORDS = 200  # new words compared one by one
_GAP = 2**20  # changed titles that fit between two titles of the base


class Moved(Exception):
    """The base was swapped while it was read: begin again."""


class LoadedBase:
    """A base with what was decoded of it so far."""

    def __init__(self, base: int, rows: dict[bytes, bytes]) -> None:
        def part(name: str) -> bytes:
            return rows.get(name.encode(), b"")

        self.id = base
        self.lock = RLock()
        self.columns = bases.unpack_named(part(bases.COLUMNS))
        self.keys = np.frombuffer(self.columns.get("keys", b""), dtype="<u4").astype(np.int64)
        self.facets: dict[str, dict[str, BitMap]] = {}
        for name, data in bases.unpack_named(part(bases.FACETS)).items():
            facet, value = json.loads(name)
            self.facets.setdefault(facet, {})[value] = BitMap.deserialize(data)
        self.names = bases.unpack_named(part(bases.NAMES))
        self.hashes = np.frombuffer(self.names.get("hashes", b""), dtype="<u8")
        self.named = np.frombuffer(self.names.get("numbers", b""), dtype="<u4")
        terms = part(bases.TERMS)
        self.terms = frozenset(filter(None, bases.unpack_lines(terms)))
        spellings = part(bases.SPELLINGS)
        self.spellings: dict[str, str] = json.loads(zlib.decompress(spellings)) if spellings else {}
        concepts = part(bases.CONCEPTS)
        self.thesaurus = Thesaurus.load(concepts) if concepts else Thesaurus()
        self.titles = {
            lang: bases.unpack_titles(part(bases.titles_row(lang)) or bases.pack_titles([]))
            for lang in bases.LANGUAGES
        }
        self.postings: dict[str, Tiers] = {}
        self._written: dict[str, list[str]] = {}

    @classmethod
    def read(cls, base: int) -> "LoadedBase":
        """Read the columns of a base. Moved when it is no longer the present one."""
        names = [
            bases.COLUMNS,
            bases.FACETS,
            bases.TERMS,
            bases.NAMES,
            bases.SPELLINGS,
            bases.CONCEPTS,
        ]
        names += [bases.titles_row(lang) for lang in bases.LANGUAGES]
        return cls(base, _rows_of(base, names))

    @cached_property
    def dictionary(self) -> Dictionary:
        """The words that a misspelled word may have meant."""
        words = {term[1:] for term in self.terms if term[0] == "w"}
        return Dictionary(words | set(self.thesaurus.words))

    @cached_property
    def sorted_words(self) -> list[str]:
        """All words in order, for looking up beginnings."""
        return sorted(term[1:] for term in self.terms if term[0] == "w")

    def written(self, lang: str) -> list[str]:
        """The titles as they are written, by number. Moved when the base is not the present one."""
        held = self._written.get(lang)
        if held is None:
            row = bases.names_row(lang)
            held = self._written[lang] = bases.unpack_lines(
                _rows_of(self.id, [row]).get(bases.encode(row), b"")
            )
        return held

    def load(self, terms: Iterable[str]) -> None:
        """Decode the postings of these terms, reading those not yet decoded in one statement."""
        missing = [t for t in terms if t not in self.postings and t in self.terms]
        if missing:
            rows = _rows_of(self.id, missing)
            for term in missing:
                data = rows.get(bases.encode(term))
                self.postings[term] = bases.unpack_tiers(data) if data else NOTHING

    def numbers_of(self, keys: list[int]) -> list[int]:
        """The numbers of those of the keys that the base has."""
        wanted = np.array(keys, dtype=np.int64)
        at = np.searchsorted(self.keys, wanted)
        inside = at < len(self.keys)
        return [int(n) for n in at[inside][self.keys[at[inside]] == wanted[inside]]]


def _rows_of(base: int, terms: Iterable[str]) -> dict[bytes, bytes]:
    found = storage.read_rows([bases.encode(term) for term in terms])
    if found is None or found[0] != base:
        raise Moved
    return found[1]


class Overlay:
    """Changed entries, numbered behind the base's own. Only ever added to."""

    def __init__(self, base: LoadedBase) -> None:
        self.first = len(base.keys)
        self._known = base.terms
        self.lock = RLock()
        self.numbers: dict[int, int] = {}  # stamp → number
        self.keys: list[int] = []
        self.records: list[Record] = []
        self.postings: dict[str, Tiers] = {}
        self.facets: dict[str, dict[str, BitMap]] = {}
        self.gone: set[int] = set()
        self.words: list[str] = []  # words that the base has not
        self._dictionary = Dictionary(())
        self._in_dictionary = 0

    def add(self, key: int, stamp: int, data: bytes) -> None:
        """One more changed entry; no data when it is gone."""
        if not data:
            self.gone.add(stamp)
            return
        record = unpack(data)
        number = self.first + len(self.keys)
        self.keys.append(key)
        self.records.append(record)
        self.numbers[stamp] = number
        for term, tier in record.terms.items():
            tiers = self.postings.get(term)
            if tiers is None:
                tiers = self.postings[term] = (BitMap(), BitMap(), BitMap())
                if term[0] == "w" and term not in self._known:
                    self.words.append(term[1:])
            tiers[tier].add(number)
        for facet, values in record.facets.items():
            held = self.facets.setdefault(facet, {})
            for value in values:
                held.setdefault(value, BitMap()).add(number)

    def near(self, word: str, slips: int) -> list[str]:
        """The words so many slips away from this one that the base has not."""
        words = self.words
        if len(words) - self._in_dictionary > _LOOSE_WORDS:
            count = len(words)
            self._dictionary, self._in_dictionary = Dictionary(words[:count]), count
        loose = (other for other in words[self._in_dictionary :] if can_be_repaired(other))
        found = self._dictionary.near(word, slips)
        return found + [other for other in loose if near(word, other) == slips]

    def knows(self, stamp: int) -> bool:
        """Whether the change with this stamp is in."""
        return stamp in self.numbers or stamp in self.gone


class Snapshot:
    """The index at one (base, token)."""

    def __init__(
        self, base: LoadedBase, overlay: Overlay, token: int, stamps: dict[int, int]
    ) -> None:
        self.base, self.overlay, self.token = base, overlay, token
        self.deltas = len(stamps)
        count = len(base.keys)
        live = BitMap(range(count)) if count else BitMap()
        live -= BitMap(base.numbers_of(list(stamps)))
        live |= BitMap(
            [overlay.numbers[stamp] for stamp in stamps.values() if stamp in overlay.numbers]
        )
        live.run_optimize()
        self.live = live
        self.size = count + len(overlay.keys)
        extra = overlay.records[: self.size - count]
        self.keys = self._column("keys", "<u4", overlay.keys[: len(extra)])
        self.standing = self._column("standing", "<u1", [r.standing for r in extra])
        self.newest = self._column("newest", "<i4", [r.newest for r in extra])
        self.length = self._column("length", "<u1", [r.length for r in extra])
        self._extra = extra
        self._orders: dict[tuple[str, str], NDArray[np.int64]] = {}

    def _column(self, name: str, dtype: str, extra: list[int]) -> NDArray[np.int64]:
        held = np.frombuffer(self.base.columns.get(name, b""), dtype=dtype).astype(np.int64)
        return np.concatenate([held, np.array(extra, dtype=np.int64)]) if extra else held

    @property
    def thesaurus(self) -> Thesaurus:
        """The concepts of the base."""
        return self.base.thesaurus

    def load(self, terms: Iterable[str]) -> None:
        """Make the postings of these terms ready, in at most one statement."""
        self.base.load(terms)

    def tiers(self, term: str) -> Tiers:
        """The documents that hold a term, per tier; dead ones may be among them."""
        held = self.base.postings.get(term, NOTHING)
        changed = self.overlay.postings.get(term)
        if changed is None:
            return held
        return (held[0] | changed[0], held[1] | changed[1], held[2] | changed[2])

    def holds(self, term: str) -> bool:
        """Whether any living document holds a term."""
        self.load([term])
        return any(tier.intersect(self.live) for tier in self.tiers(term))

    def named(self, term: str) -> BitMap:
        """The documents with a whole name (see `documents.name_term`)."""
        hashed = np.uint64(int(term[1:], 16))
        left, right = (
            np.searchsorted(self.base.hashes, hashed, "left"),
            np.searchsorted(self.base.hashes, hashed, "right"),
        )
        found = BitMap(self.base.named[left:right].tolist())
        changed = self.overlay.postings.get(term)
        return (found | changed[0] if changed else found) & self.live

    def facets(self) -> dict[str, dict[str, BitMap]]:
        """All facets and values that a living document has; dead ones may be in the bitmaps."""
        return self._facets

    @cached_property
    def _facets(self) -> dict[str, dict[str, BitMap]]:
        found: dict[str, dict[str, BitMap]] = {}
        changed = {facet: dict(values) for facet, values in list(self.overlay.facets.items())}
        for facet in sorted({*self.base.facets, *changed}):
            held, new = self.base.facets.get(facet, {}), changed.get(facet, {})
            for value in sorted({*held, *new}):
                bitmap = held.get(value, EMPTY)
                if value in new:
                    bitmap = bitmap | new[value]
                if bitmap.intersect(self.live):
                    found.setdefault(facet, {})[value] = bitmap
        return found

    def facet(self, facet: str, value: str) -> BitMap:
        """The documents with a facet's value; dead ones may be among them."""
        return self.facets().get(facet, {}).get(value, EMPTY)

    def spelling(self, word: str) -> str:
        """How a folded word is written, with its accents."""
        found = [r.spellings[word] for r in self._extra if word in r.spellings]
        if word in self.base.spellings:
            found.append(self.base.spellings[word])
        return min(found) if found else self.thesaurus.words.get(word, word)

    def title(self, number: int, lang: str) -> str:
        """The title of a document as it is written."""
        lang = lang if lang in bases.LANGUAGES else "en"
        count = len(self.base.keys)
        if number >= count:
            return bases.written_in(self._extra[number - count], lang)
        return self.base.written(lang)[number]

    def order(self, kind: str, lang: str) -> NDArray[np.int64]:
        """A number per document, lower first, ties left open; kind: name, newest or standing."""
        held = self._orders.get((kind, lang))
        if held is None:
            held = self._orders[(kind, lang)] = self._make_order(kind, lang)
        return held

    def _make_order(self, kind: str, lang: str) -> NDArray[np.int64]:
        if kind == "newest":
            return -self.newest
        names = self._name_order(lang if lang in bases.LANGUAGES else "en")
        if kind == "name":
            return names
        french = np.zeros(self.size, dtype=np.int64)
        if lang == "fr":
            french[
                np.array([n for n in self.facet("language", "fr") if n < self.size], dtype=np.int64)
            ] = 1
        return ((9 - self.standing) * 2 + (1 - french)) * (2**54) + names

    def _name_order(self, lang: str) -> NDArray[np.int64]:
        places, distinct = self.base.titles[lang]
        held = (places.astype(np.int64) + 1) * _GAP
        if not self._extra:
            return held
        titles = [bases.title_in(record, lang) for record in self._extra]
        place: dict[str, int] = {}
        taken: dict[int, int] = {}
        for title in sorted(set(titles)):
            at = bisect_left(distinct, title)
            if at < len(distinct) and distinct[at] == title:
                place[title] = (at + 1) * _GAP
            else:
                taken[at] = taken.get(at, 0) + 1
                place[title] = at * _GAP + taken[at]
        return np.concatenate([held, np.array([place[t] for t in titles], dtype=np.int64)])
