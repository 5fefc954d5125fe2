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
- Places: one concept per place with its province in `broader`. A place without any group is worth
  having too: it is then never "repaired" into another word, and its province is offered as near.
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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from . import language
from .language import Token
from .words import STOP

LONGEST_PHRASE = 8  # words


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
        """Its words and what its labels hold: outside the brackets, and each name inside them."""
        found = list(self.words)
        for label in self.labels.values():
            found.append(re.sub(r"\([^)]*\)", " ", label))
            for inside in re.findall(r"\(([^)]*)\)", label):
                found.extend(inside.split(","))
        return tuple(dict.fromkeys(phrase.strip() for phrase in found if phrase.strip()))


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
        self.words: dict[str, str] = {}
        for key in sorted(self.concepts):
            for phrase in self.concepts[key].phrases():
                self._add(key, phrase)
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
        # The stems of a small word would catch other words; acronyms have none.
        if len(words) > 1 or not (found[0].upper and len(words[0]) < 6):
            self._inflected.setdefault(_uninflected(words), set()).add(key)
        for token in found:
            if not token.cjk and not language.is_stop(token.word):
                self.words.setdefault(token.word, phrase[token.start : token.end].lower())

    def find(self, found: Sequence[Token], *, small: frozenset[str] = STOP) -> list[Match]:
        """The phrases in a text, longest first from the left, none overlapping.

        Acronyms that are among the `small` words are only read as such in capitals.
        """
        matches: list[Match] = []
        at = 0
        while at < len(found):
            match = self._longest_at(found, at, small)
            if match:
                matches.append(match)
                at = match.end
            else:
                at += 1
        return matches

    def _longest_at(self, found: Sequence[Token], at: int, small: frozenset[str]) -> Match | None:
        first = found[at].word
        if first not in self._firsts and language.uninflected(first) not in self._inflected_firsts:
            return None
        for length in range(min(self._longest, len(found) - at), 0, -1):
            words = tuple(token.word for token in found[at : at + length])
            keys = self._exact.get(words)
            if keys is None:
                keys = self._inflected.get(_uninflected(words))
            if keys is None and length == 1 and (found[at].upper or words[0] not in small):
                keys = self._capitals.get(words[0])
            if keys:
                return Match(at, at + length, tuple(sorted(keys)))
        return None

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in any phrase, itself or inflected."""
        if word in self.words or word in self._capitals:
            return True
        return (language.uninflected(word),) in self._inflected

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
