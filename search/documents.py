"""What a shelf hands over, and what the index keeps of it."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from . import language
from .thesaurus import Thesaurus

NAME, TAG, TEXT = 0, 1, 2  # tiers, best first
LARGEST_KEY = 2**32 - 1
_TAGS_KEPT = 10_000
RECIPE = "documents-2"


@dataclass(frozen=True)
class Document:
    """An entry as the search sees it.

    names: in each language, and the acronym; tags: labels of tags, place, province, host;
    text: sentences; facets: facet → values; concepts: keys of concepts held by its tags or nature;
    titles: language → title, for the sort by name; newest: days since 1970-01-01;
    standing: 0 (no way in known) to 9 (confirmed).
    """

    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    newest: int = 0
    standing: int = 0


@dataclass(frozen=True)
class Record:
    """A document in the index's own words: its terms with the best tier of each."""

    terms: dict[str, int]
    facets: dict[str, list[str]]
    titles: dict[str, str]
    newest: int
    standing: int
    length: int  # words of its longest name that say something
    spellings: dict[str, str]  # folded word → as written, where the two differ


def word_term(word: str) -> str:
    """The term of a word as it stands."""
    return "w" + word


def stem_term(stem: str) -> str:
    """The term of a stem."""
    return "s" + stem


def concept_term(key: str) -> str:
    """The term of a concept."""
    return "c" + key


def is_concept_term(term: str) -> bool:
    """Whether a term stands for a concept."""
    return term.startswith("c")


def name_term(text: str) -> str:
    """The term of a whole name: its words without blanks, so RIF-NB is RIFNB."""
    words = "".join(token.word for token in language.tokens(text))
    return "=" + blake2b(words.encode(errors="replace"), digest_size=8).hexdigest()


def analyse(document: Document, thesaurus: Thesaurus) -> Record:
    """Cut a document into its terms."""
    return Analyser(thesaurus).analyse(document)


class Analyser:
    """Cuts documents into their terms; remembers tags, which many documents share."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._tags: dict[str, tuple[list[str], dict[str, str]]] = {}

    def analyse(self, document: Document) -> Record:
        """The record of a document."""
        terms: dict[str, int] = {}
        spellings: dict[str, str] = {}
        # Worst tier first: what comes later is better and takes its place.
        for text in document.text:
            self._add(self._cut(text), TEXT, terms, spellings)
        for text in document.tags:
            self._add(self._cut_tag(text), TAG, terms, spellings)
        for key in document.concepts:
            terms[concept_term(key)] = TAG
        length = 1
        for name in document.names:
            self._add(self._cut(name), NAME, terms, spellings)
            _add_name(name, terms)
            said = {t.word for t in language.tokens(name) if not language.is_stop(t.word)}
            length = max(length, min(len(said), 255))
        facets = {
            facet: sorted(set(values))
            for facet, values in sorted(document.facets.items())
            if values
        }
        return Record(
            terms,
            facets,
            dict(sorted(document.titles.items())),
            int(document.newest),
            max(0, min(9, int(document.standing))),
            length,
            spellings,
        )

    @staticmethod
    def _add(
        cut: tuple[list[str], dict[str, str]],
        tier: int,
        terms: dict[str, int],
        spellings: dict[str, str],
    ) -> None:
        for term in cut[0]:
            terms[term] = tier
        for word, spelling in cut[1].items():
            # The smallest spelling, so that the order of the entries does not matter.
            spellings[word] = min(spellings.get(word, spelling), spelling)

    def _cut_tag(self, text: str) -> tuple[list[str], dict[str, str]]:
        held = self._tags.get(text)
        if held is None:
            held = self._cut(text, concepts=False)
            if len(self._tags) < _TAGS_KEPT:
                self._tags[text] = held
        return held

    def _cut(self, text: str, *, concepts: bool = True) -> tuple[list[str], dict[str, str]]:
        found = language.tokens(text)
        spellings: dict[str, str] = {}
        terms = [word_term(word) for word in language.joined(found)]
        for token in found:
            terms.extend(_terms_of(token.word))
            if token.cjk:
                terms.extend(word_term(char) for char in token.word)
            elif not token.upper:
                written = text[token.start : token.end]
                if not written.isascii() and language.fold(written) == token.word:
                    spellings[token.word] = min(
                        spellings.get(token.word, written.lower()), written.lower()
                    )
        for match in self.thesaurus.find(found) if concepts else ():
            terms.extend(concept_term(key) for key in match.keys)
        return terms, spellings


@lru_cache(maxsize=131072)
def _terms_of(word: str) -> tuple[str, ...]:
    return (word_term(word), *(stem_term(stem) for stem in language.stems(word)))


def _add_name(name: str, terms: dict[str, int]) -> None:
    outside, _, inside = name.partition("(")
    for whole in {name, outside, inside.partition(")")[0]}:
        words = [token.word for token in language.tokens(whole)]
        if not words:
            continue
        terms[name_term(whole)] = NAME
        together = "".join(words)
        if 1 < len(words) <= 4 and len(together) <= 16:
            terms[word_term(together)] = NAME


def pack(record: Record) -> bytes:
    """A record as the bytes of one small row."""
    tiers: list[list[str]] = [[], [], []]
    for term, tier in record.terms.items():
        tiers[tier].append(term)
    rest = [
        record.facets,
        record.titles,
        record.newest,
        record.standing,
        record.length,
        record.spellings,
    ]
    return zlib.compress(json.dumps([tiers, *rest]).encode(), 1)


def unpack(data: bytes) -> Record:
    """The reverse of `pack`."""
    tiers, facets, titles, newest, standing, length, spellings = json.loads(zlib.decompress(data))
    terms = {term: tier for tier, names in enumerate(tiers) for term in names}
    return Record(terms, facets, titles, newest, standing, length, spellings)


def pack_document(document: Document) -> bytes:
    """A document as bytes, kept beside its record until the next base is made."""
    fields = [
        document.names,
        document.tags,
        document.text,
        {k: list(v) for k, v in document.facets.items()},
        document.concepts,
        dict(document.titles),
        document.newest,
        document.standing,
    ]
    return zlib.compress(json.dumps(fields).encode(), 1)


def unpack_document(data: bytes) -> Document:
    """The reverse of `pack_document`."""
    names, tags, text, facets, concepts, titles, newest, standing = json.loads(
        zlib.decompress(data)
    )
    return Document(
        tuple(names),
        tuple(tags),
        tuple(text),
        {k: tuple(v) for k, v in facets.items()},
        tuple(concepts),
        titles,
        newest,
        standing,
    )


def check_key(key: int) -> int:
    """The key, or ValueError when it cannot be one."""
    if not isinstance(key, int) or isinstance(key, bool) or not 0 <= key <= LARGEST_KEY:
        raise ValueError(f"A key is a whole number from 0 to {LARGEST_KEY}, not {key!r}.")
    return key
