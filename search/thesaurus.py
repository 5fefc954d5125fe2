"""Concepts: which words mean the same, in both languages.

A concept is anything that people name in several ways: a topic, a kind of group, a place, a role,
a word with its translation. Questions and entries are both cut against the phrases of all concepts,
longest match first; an entry then holds the concept wherever it uses any of its phrases.

What makes a good concept
- Phrases are whole words, any number of them, in any case, with or without accents; plurals and
  feminine forms are found too, so one form is enough ("library" finds "libraries"); verbs and
  derived words are not ("develop" is no "developer").
- Put both languages and the acronyms into `words`: LIP, PLI, local immigration partnership. A
  phrase may belong to several concepts ("GAR" is a topic and a client group): then it means any
  of them.
- A word pair is right when a person in the sector would say that the two words mean the same:
  teacher = instructor = enseignant. Near things (teacher, school) are two concepts.
- Do not add words that say something else in most sentences ("status", "remote", "table"): as part
  of a longer phrase they are safe ("immigration status").
- An acronym that is also a small word (ON, PAR, IT, AI in French) is only read as the acronym when
  it is written in capitals; nothing needs to be done for that.
- Places ("place:...", "region:..."): one concept per place, with what it lies in as `broader`, the
  widest (the country) last. A place without any group is worth having too: it is then never
  "repaired" into another word, and what it lies in is offered as near.
- Other concepts may name in `broader` what helps those who ask for them (lawyer: legal help).
- `quiet=True` for words that say little here (group, network, "I am looking for"): they order what
  other words have found but find nothing by themselves unless nothing else is asked.
- A key "word:..." says that the concept is no more than a word with its translations: in a whole
  sentence it may be missing without harm, where a topic, a place or a platform may not.
- Everyday words that the data may lack (dental, knitting) need no concept; a concept
  "word:..." with one phrase in each language protects them from repair and translates them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from . import language
from .language import Token
from .words import STOP

LONGEST_PHRASE = 8  # words
WHERE = ("place:", "region:")  # keys of concepts that say where, not what


@dataclass(frozen=True)
class Concept:
    """One idea with its labels, its phrases, and where it lies (`broader`: place → province)."""

    key: str
    labels: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    quiet: bool = False

    def label(self, lang: str) -> str:
        """The label in the reader's language, or in the other one, or the key's last part."""
        for wanted in (lang, "en", "fr"):
            if self.labels.get(wanted):
                return self.labels[wanted]
        return self.key.rpartition(":")[2]

    def phrases(self) -> tuple[str, ...]:
        """Its words and what it is called."""
        return tuple(dict.fromkeys(p.strip() for p in (*self.words, *self.called()) if p.strip()))

    def called(self) -> tuple[str, ...]:
        """What its labels hold: what stands outside the brackets, and each name inside them."""
        found: list[str] = []
        for label in self.labels.values():
            found.append(re.sub(r"\([^)]*\)", " ", label))
            for inside in re.findall(r"\(([^)]*)\)", label):
                found.extend(inside.split(","))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` (exclusive) of a text mean `keys`."""

    start: int
    end: int
    keys: tuple[str, ...]


class Thesaurus:
    """All concepts, compiled for cutting texts. Immutable; shared between threads."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self.concepts: dict[str, Concept] = {c.key: c for c in concepts}
        self._exact: dict[tuple[str, ...], set[str]] = {}
        self._inflected: dict[tuple[str, ...], set[str]] = {}
        self._capitals: dict[str, set[str]] = {}
        self._labels: set[tuple[str, tuple[str, ...]]] = set()
        self.words: dict[str, str] = {}
        self.names: dict[str, list[tuple[str, ...]]] = {}  # word → names of places that hold it
        for key in sorted(self.concepts):
            for phrase in self.concepts[key].phrases():
                self._add(key, phrase)
            for phrase in self.concepts[key].called():
                words = tuple(token.word for token in language.tokens(phrase))
                self._labels.add((key, _uninflected(words)))
        self._longest = max((len(words) for words in self._exact), default=1)
        # The words that a phrase may begin with: most words of a text begin none.
        self._firsts = {words[0] for words in self._exact} | set(self._capitals)
        self._inflected_firsts = {words[0] for words in self._inflected}

    def _add(self, key: str, phrase: str) -> None:
        found = language.tokens(phrase)[:LONGEST_PHRASE]
        words = tuple(token.word for token in found)
        if not words:
            return
        if len(words) == 1 and language.is_stop(words[0]):
            self._capitals.setdefault(words[0], set()).add(key)
            return
        self._exact.setdefault(words, set()).add(key)
        if len(words) > 1 and key.startswith(WHERE):
            for word in words:
                if len(word) > 2 and not language.is_stop(word):
                    self.names.setdefault(word, []).append(words)
        if len(words) == 1 and found[0].upper:
            self._exact.setdefault((words[0] + "s",), set()).add(key)
        # The stems of a small word would catch other words; acronyms have none.
        if len(words) > 1 or not (found[0].upper and len(words[0]) < 6):
            self._inflected.setdefault(_uninflected(words), set()).add(key)
        for token in found:
            if not token.cjk and not language.is_stop(token.word):
                self.words.setdefault(token.word, phrase[token.start : token.end].lower())

    def find(self, found: Sequence[Token], *, small: frozenset[str] = STOP) -> list[Match]:
        """The phrases in a text, the longest first, then from the left, none overlapping.

        Acronyms that are among the `small` words are only read as such in capitals.
        """
        every = [m for at in range(len(found)) for m in self._at(found, at, small)]
        every.sort(key=lambda match: (match.start - match.end, match.start))
        taken: set[int] = set()
        matches: list[Match] = []
        for match in every:
            words = range(match.start, match.end)
            if taken.isdisjoint(words):
                taken.update(words)
                matches.append(match)
        return sorted(matches, key=lambda match: match.start)

    def _at(self, found: Sequence[Token], at: int, small: frozenset[str]) -> Iterator[Match]:
        first = found[at].word
        if first not in self._firsts and language.uninflected(first) not in self._inflected_firsts:
            return
        for length in range(min(self._longest, len(found) - at), 0, -1):
            words = tuple(token.word for token in found[at : at + length])
            keys = self._exact.get(words) or self._inflected.get(_uninflected(words))
            if keys is None and length == 1 and (found[at].upper or words[0] not in small):
                keys = self._capitals.get(words[0])
            if keys:
                yield Match(at, at + length, tuple(sorted(keys)))

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in any phrase, itself or inflected."""
        if word in self.words or word in self._capitals:
            return True
        return (language.uninflected(word),) in self._inflected

    def is_label(self, key: str, words: tuple[str, ...]) -> bool:
        """Whether these folded words are what the concept is called, not a part or a kind of it."""
        return (key, _uninflected(words)) in self._labels

    def quiet(self, keys: Iterable[str]) -> bool:
        """Whether all of these concepts say little."""
        return all(self.concepts[key].quiet for key in keys)

    def dump(self) -> bytes:
        """The concepts as bytes, in the order of their keys."""
        rows = [
            asdict(self.concepts[key]) | {"labels": dict(self.concepts[key].labels)}
            for key in sorted(self.concepts)
        ]
        return json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()

    @staticmethod
    def load(data: bytes) -> "Thesaurus":
        """The reverse of `dump`."""
        return Thesaurus(
            Concept(r["key"], r["labels"], tuple(r["words"]), tuple(r["broader"]), r["quiet"])
            for r in json.loads(data)
        )

    def digest(self) -> str:
        """A short hash of all concepts: another one means that a reindex is due."""
        return hashlib.blake2b(self.dump(), digest_size=8).hexdigest()


def _uninflected(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(language.uninflected(word) for word in words)
