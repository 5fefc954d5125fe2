"""Marking in a text the words that a question asked for, synonyms included."""

from dataclasses import dataclass, field

from . import language
from .question import Question
from .snapshot import Snapshot
from .thesaurus import Thesaurus


@dataclass(frozen=True)
class Highlights:
    """The words and concepts to mark."""

    stems: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    thesaurus: Thesaurus | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, question: Question, snapshot: Snapshot) -> "Highlights":
        """What to mark for a question."""
        stems: set[str] = set()
        concepts: set[str] = set()
        for unit in question.units:
            if not unit.quiet or len(question.units) == 1:
                concepts.update(unit.concepts)
                if not unit.concepts:
                    stems.update(stem for word in unit.words for stem in language.stems(word))
        return cls(frozenset(stems), frozenset(concepts), snapshot.thesaurus)

    def mark(self, text: str) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is to be marked."""
        spans = self._spans(text) if self.stems or self.concepts else []
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in sorted(spans):
            if start < at:
                continue
            if start > at:
                pieces.append((text[at:start], False))
            pieces.append((text[start:end], True))
            at = end
        if at < len(text):
            pieces.append((text[at:], False))
        return pieces

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = language.tokens(text)
        spans = [
            (token.start, token.end)
            for token in found
            if not self.stems.isdisjoint(language.stems(token.word))
        ]
        if self.thesaurus and self.concepts:
            for match in self.thesaurus.find(found):
                if not self.concepts.isdisjoint(match.keys):
                    spans.append((found[match.start].start, found[match.end - 1].end))
        # Where two begin together the longer one counts.
        return sorted(spans, key=lambda span: (span[0], -span[1]))
