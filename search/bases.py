"""Making a base: documents in, rows out; and the bytes of each kind of row.

Documents are numbered 0, 1, 2 ... in the order of their keys; all bitmaps hold these numbers.
Rows whose term begins with # are columns of the base, all others are postings: three bitmaps, one
per tier, each document only in the best tier where it holds the term.
"""

import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from . import language
from .documents import Record

Tiers = tuple[BitMap, BitMap, BitMap]

COLUMNS, FACETS, TERMS, NAMES, SPELLINGS, CONCEPTS = (
    "#columns",
    "#facets",
    "#terms",
    "#names",
    "#spellings",
    "#concepts",
)
LANGUAGES = ("en", "fr")


def titles_row(lang: str) -> str:
    """The row with the titles of one language."""
    return "#titles " + lang


def names_row(lang: str) -> str:
    """The row with the titles as they are written."""
    return "#written " + lang


def encode(term: str) -> bytes:
    """A term as the bytes that the database keeps."""
    return term.encode(errors="replace")


def pack_tiers(tiers: Sequence[BitMap]) -> bytes:
    """Three bitmaps as bytes: two lengths, then the three."""
    parts = []
    for bitmap in tiers:
        bitmap.run_optimize()
        parts.append(bitmap.serialize())
    head = np.array([len(parts[0]), len(parts[1])], dtype="<u4").tobytes()
    return head + b"".join(parts)


def unpack_tiers(data: bytes) -> Tiers:
    """The reverse of `pack_tiers`."""
    first, second = (int(n) for n in np.frombuffer(data, dtype="<u4", count=2))
    return (
        BitMap.deserialize(data[8 : 8 + first]),
        BitMap.deserialize(data[8 + first : 8 + first + second]),
        BitMap.deserialize(data[8 + first + second :]),
    )


def pack_named(parts: dict[str, bytes]) -> bytes:
    """Several named byte strings as one."""
    head = json.dumps([[name, len(data)] for name, data in parts.items()]).encode()
    return len(head).to_bytes(4, "little") + head + b"".join(parts.values())


def unpack_named(data: bytes) -> dict[str, bytes]:
    """The reverse of `pack_named`."""
    size = int.from_bytes(data[:4], "little")
    found, at = {}, 4 + size
    for name, length in json.loads(data[4 : 4 + size] or b"[]"):
        found[name] = data[at : at + length]
        at += length
    return found


class Builder:
    """Collects records under provisional numbers; gives a base's rows in the order of keys."""

    def __init__(self) -> None:
        self.keys = array("L")
        self.dead: set[int] = set()
        self.standing = array("B")
        self.newest = array("l")
        self.length = array("B")
        self.titles: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
        self.written: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
        self.postings: dict[str, array[int]] = {}  # number * 4 + tier
        self.facets: dict[str, dict[str, array[int]]] = {}
        self.spellings: dict[str, str] = {}

    def add(self, key: int, record: Record) -> None:
        """One more document."""
        number = len(self.keys)
        self.keys.append(key)
        self.standing.append(record.standing)
        self.newest.append(record.newest)
        self.length.append(record.length)
        for lang in LANGUAGES:
            self.titles[lang].append(title_in(record, lang))
            self.written[lang].append(written_in(record, lang))
        postings = self.postings
        for term, tier in record.terms.items():
            held = postings.get(term)
            if held is None:
                held = postings[term] = array("Q")
            held.append(number * 4 + tier)
        for facet, values in record.facets.items():
            for value in values:
                self.facets.setdefault(facet, {}).setdefault(value, array("Q")).append(number)
        for word, spelling in record.spellings.items():
            self.spellings[word] = min(self.spellings.get(word, spelling), spelling)

    def rows(self) -> Iterator[tuple[bytes, bytes]]:
        """All rows of the base. ValueError when a key was given twice."""
        final = self._numbers()
        alive = np.flatnonzero(final >= 0)
        order = alive[np.argsort(final[alive])]
        yield encode(COLUMNS), self._columns(order)
        for lang in LANGUAGES:
            yield encode(titles_row(lang)), pack_titles([self.titles[lang][i] for i in order])
            yield encode(names_row(lang)), pack_lines([self.written[lang][i] for i in order])
        yield encode(FACETS), self._facets(final)
        terms: list[str] = []
        names: list[tuple[int, int]] = []
        for term in sorted(self.postings):
            coded = np.frombuffer(self.postings[term], dtype=np.uint64).astype(np.int64)
            numbers, tiers = final[coded >> 2], coded & 3
            kept = numbers >= 0
            numbers, tiers = numbers[kept], tiers[kept]
            if not len(numbers):
                continue
            if term.startswith("="):
                names.extend((int(term[1:], 16), int(number)) for number in numbers)
                continue
            terms.append(term)
            yield (
                encode(term),
                pack_tiers([BitMap(numbers[tiers == t].astype(np.uint32)) for t in range(3)]),
            )
        yield encode(TERMS), pack_lines(terms)
        names.sort()
        yield (
            encode(NAMES),
            pack_named(
                {
                    "hashes": np.array([h for h, _ in names], dtype="<u8").tobytes(),
                    "numbers": np.array([n for _, n in names], dtype="<u4").tobytes(),
                }
            ),
        )
        words = set(terms)
        kept_spellings = {w: s for w, s in sorted(self.spellings.items()) if "w" + w in words}
        yield encode(SPELLINGS), zlib.compress(json.dumps(kept_spellings).encode(), 1)

    def _numbers(self) -> NDArray[np.int64]:
        keys = np.frombuffer(self.keys, dtype=np.uint64).astype(np.int64)
        alive = np.ones(len(keys), dtype=bool)
        alive[list(self.dead)] = False
        chosen = np.flatnonzero(alive)
        order = chosen[np.argsort(keys[chosen], kind="stable")]
        if len(order) > 1 and (np.diff(keys[order]) == 0).any():
            raise ValueError("A key was given twice.")
        final = np.full(len(keys), -1, dtype=np.int64)
        final[order] = np.arange(len(order))
        return final

    def _columns(self, order: NDArray[np.int64]) -> bytes:
        def column(values: "array[int]", dtype: str) -> bytes:
            return np.array(values, dtype=np.int64)[order].astype(dtype).tobytes()

        return pack_named(
            {
                "keys": column(self.keys, "<u4"),
                "standing": column(self.standing, "<u1"),
                "newest": column(self.newest, "<i4"),
                "length": column(self.length, "<u1"),
            }
        )

    def _facets(self, final: NDArray[np.int64]) -> bytes:
        parts = {}
        for facet in sorted(self.facets):
            for value in sorted(self.facets[facet]):
                numbers = final[
                    np.frombuffer(self.facets[facet][value], dtype=np.uint64).astype(np.int64)
                ]
                numbers = numbers[numbers >= 0]
                if len(numbers):
                    bitmap = BitMap(numbers.astype(np.uint32))
                    bitmap.run_optimize()
                    parts[json.dumps([facet, value])] = bitmap.serialize()
        return pack_named(parts)


def written_in(record: Record, lang: str) -> str:
    """The title of a record in a language, or the one it has, on one line."""
    titles = record.titles
    title = titles.get(lang) or next((titles[k] for k in sorted(titles) if titles[k]), "")
    return " ".join(title.split())


def title_in(record: Record, lang: str) -> str:
    """What a record is sorted by in a language."""
    return language.sort_key(written_in(record, lang))


def pack_lines(lines: list[str]) -> bytes:
    """Lines of text as bytes."""
    return zlib.compress("\n".join(lines).encode(errors="replace"), 1)


def unpack_lines(data: bytes) -> list[str]:
    """The reverse of `pack_lines`."""
    return zlib.decompress(data).decode().split("\n") if data else []


def pack_titles(titles: list[str]) -> bytes:
    """Sort keys of titles as bytes: the distinct ones in order, and each document's place."""
    distinct = sorted(set(titles))
    places = np.array([bisect_left(distinct, title) for title in titles], dtype="<u4")
    text = zlib.compress("\n".join(distinct).encode(errors="replace"), 1)
    return pack_named({"places": places.tobytes(), "text": text})


def unpack_titles(data: bytes) -> tuple[NDArray[np.uint32], list[str]]:
    """The reverse of `pack_titles`: each document's place, and the distinct sort keys."""
    parts = unpack_named(data)
    places = np.frombuffer(parts["places"], dtype="<u4")
    text = zlib.decompress(parts["text"]).decode()
    return places, text.split("\n") if len(places) else []


def builder_from(
    columns: dict[str, bytes],
    titles: dict[str, tuple[NDArray[np.uint32], list[str]]],
    rows: Iterable[tuple[str, Tiers]],
    facets: dict[str, dict[str, BitMap]],
    names: dict[str, bytes],
    spellings: dict[str, str],
    written: dict[str, list[str]],
) -> Builder:
    """A builder that begins with what an earlier base holds."""
    builder = Builder()
    keys = np.frombuffer(columns.get("keys", b""), dtype="<u4")
    builder.keys = array("L", keys.tolist())
    builder.standing = array("B", columns.get("standing", b""))
    builder.newest = array("l", np.frombuffer(columns.get("newest", b""), dtype="<i4").tolist())
    builder.length = array("B", columns.get("length", b""))
    for lang, (places, distinct) in titles.items():
        builder.titles[lang] = [distinct[place] for place in places]
        builder.written[lang] = written[lang][: len(keys)]
    for term, tiers in rows:
        held = array("Q")
        for tier, bitmap in enumerate(tiers):
            held.extend(number * 4 + tier for number in bitmap)
        builder.postings[term] = held
    for facet, values in facets.items():
        builder.facets[facet] = {value: array("Q", bitmap) for value, bitmap in values.items()}
    hashes = np.frombuffer(names.get("hashes", b""), dtype="<u8")
    numbers = np.frombuffer(names.get("numbers", b""), dtype="<u4")
    for hashed, number in zip(hashes.tolist(), numbers.tolist(), strict=True):
        builder.postings.setdefault(f"={hashed:016x}", array("Q")).append(number * 4)
    builder.spellings = dict(spellings)
    return builder
