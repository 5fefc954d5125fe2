"""A question cut into units: concepts by longest match, then single words, repaired where needed.

A unit is one thing that was asked for, with every term of the index that stands for it. What a unit
weighs is decided later from the visible entries (`ranking`); here it only gets its nature.
"""

from dataclasses import dataclass, field

from . import language
from .documents import concept_term, name_term, stem_term, word_term
from .language import Token
from .repair import can_be_repaired
from .snapshot import Snapshot
from .words import ORDINARY

# How well a term stands for what was said, in thousandths.
SAID, STEM, SYNONYM, BROADER = 1000, 960, 920, 400
SENTENCE = 6  # words from which a question is read as a sentence
PLAIN = "word:"  # concepts that are no more than a word with its translations
CHATTY = 3  # of which so many say nothing or little


@dataclass
class Unit:
    """One thing asked for. `ways`: (worth, terms that must all be held), the best first."""

    said: str
    ways: list[tuple[int, tuple[str, ...]]]
    concepts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    quiet: bool = False
    firm: bool = False  # a known thing: what matters even in a long sentence
    broader: tuple[str, ...] = ()

    def terms(self) -> set[str]:
        """All terms whose postings are needed."""
        return {term for _, terms in self.ways for term in terms}


@dataclass
class Question:
    """What was asked: the units, the whole as a name, and the text after repair."""

    text: str
    units: list[Unit] = field(default_factory=list)
    name: str = ""
    corrected: str | None = None
    sentence: bool = False

    def terms(self) -> set[str]:
        """All terms whose postings are needed."""
        return set().union(*(unit.terms() for unit in self.units)) if self.units else set()


def read(words: str, snapshot: Snapshot, lang: str, *, as_typed: bool = False) -> Question:
    """Cut a question against the index; repair what nobody knows unless it is meant as typed.

    The reader's language decides what a small word is when the question does not.
    """
    text = language.clean(words)
    found = language.tokens(text)
    question = Question(text)
    if not found:
        return question
    question.name = name_term(text)
    if not as_typed and not snapshot.named(question.name):
        fixed = _repair(text, found, snapshot)
        if fixed != text:
            question.corrected = text = fixed
            found = language.tokens(text)
            question.name = name_term(text)
    # What is all capitals shouts; it does not name acronyms.
    if len(found) > 3 and all(token.upper or token.cjk for token in found):
        found = language.tokens(text.lower())
    _cut(question, text, found, snapshot, lang)
    return question


def _cut(question: Question, text: str, found: list[Token], snapshot: Snapshot, lang: str) -> None:
    thesaurus = snapshot.thesaurus
    telling = [token for token in found if not language.is_stop(token.word)]
    lonely = not telling or len(found) == 1
    small = frozenset[str]() if lonely else language.small_words(found, lang)
    matches = thesaurus.find(found, small=small)
    starts = {match.start: match for match in matches}
    chatty = sum(language.is_stop(t.word) or language.is_quiet(t.word) for t in found)
    question.sentence = len(found) >= SENTENCE and chatty >= CHATTY
    units: dict[object, Unit] = {}
    at = 0
    while at < len(found):
        match = starts.get(at)
        if match:
            part = found[match.start : match.end]
            said = text[part[0].start : part[-1].end]
            unit = _concept_unit(said, part, match.keys, snapshot)
            at = match.end
        else:
            token = found[at]
            following = found[at + 1] if at + 1 < len(found) and at + 1 not in starts else None
            together = token.word + following.word if following else ""
            if following and _is_joined(token, following, together, snapshot):
                unit = _joined_unit(text, token, following, together)
                at += 2
            else:
                at += 1
                if language.is_stop(token.word) and not lonely:
                    continue
                unit = _word_unit(text, token)
        known = units.get(unit.concepts or unit.words)
        if known is None:
            units[unit.concepts or unit.words] = unit
        else:
            known.said = f"{known.said}, {unit.said}" if unit.said not in known.said else known.said
            known.ways = sorted({*known.ways, *unit.ways}, reverse=True)
    question.units = list(units.values())


def _is_joined(token: Token, following: Token, together: str, snapshot: Snapshot) -> bool:
    if token.cjk or following.cjk or len(together) < 4:
        return False
    if language.is_stop(token.word) and len(token.word) > 1 and not following.hyphen:
        return False
    snapshot.load([word_term(together)])
    return snapshot.holds(word_term(together))


def _concept_unit(said: str, part: list[Token], keys: tuple[str, ...], snapshot: Snapshot) -> Unit:
    thesaurus = snapshot.thesaurus
    words = tuple(token.word for token in part)
    ways: list[tuple[int, tuple[str, ...]]] = [(SYNONYM, (concept_term(key),)) for key in keys]
    telling = [word for word in words if not language.is_stop(word)] or list(words)
    ways.append((SAID, tuple(word_term(word) for word in telling)))
    if len(telling) == 1:
        ways.extend((STEM, (stem_term(stem),)) for stem in language.stems(telling[0]))
    broader = tuple(sorted({wide for key in keys for wide in thesaurus.concepts[key].broader}))
    says_little = [w for w in words if language.is_quiet(w)]
    quiet = thesaurus.quiet(keys) or bool(says_little) and all(w in says_little for w in telling)
    firm = not quiet and any(not key.startswith(PLAIN) for key in keys)
    return Unit(said, sorted(ways, reverse=True), keys, words, quiet, firm, broader)


def _joined_unit(text: str, token: Token, following: Token, together: str) -> Unit:
    ways = [
        (SAID, (word_term(together),)),
        (STEM, (word_term(token.word), word_term(following.word))),
    ]
    ways.extend((STEM, (stem_term(stem),)) for stem in language.stems(together))
    said = text[token.start : following.end]
    return Unit(
        said, sorted(ways, reverse=True), (), (together,), quiet=language.is_quiet(together)
    )


def _word_unit(text: str, token: Token) -> Unit:
    ways = [(SAID, (word_term(token.word),))]
    if not token.cjk:
        ways.extend((STEM, (stem_term(stem),)) for stem in language.stems(token.word))
    said = text[token.start : token.end]
    return Unit(
        said, sorted(ways, reverse=True), (), (token.word,), quiet=language.is_quiet(token.word)
    )


def _repair(text: str, found: list[Token], snapshot: Snapshot) -> str:
    """The text with each unknown word replaced by the nearest known one, if there is any."""
    suspects = [
        t
        for t in found
        if not t.cjk and can_be_repaired(t.word) and not _is_right(t.word, snapshot)
    ]
    if not suspects:
        return text
    snapshot.load(term for token in suspects for term in _terms_of(token.word))
    for token in reversed(suspects):
        if any(snapshot.holds(term) for term in _terms_of(token.word)):
            continue
        better = nearest(token.word, snapshot)
        if better:
            written = text[token.start : token.end]
            text = (
                text[: token.start] + _like(snapshot.spelling(better), written) + text[token.end :]
            )
    return text


def _terms_of(word: str) -> list[str]:
    return [word_term(word), *map(stem_term, language.safe_stems(word))]


def _is_right(word: str, snapshot: Snapshot) -> bool:
    """Whether a word is right as typed whatever the entries hold: never repaired."""
    return (
        language.is_stop(word)
        or language.is_quiet(word)
        or word in ORDINARY
        or snapshot.thesaurus.knows(word)
    )


def nearest(word: str, snapshot: Snapshot) -> str | None:
    """The known word that a misspelled one most likely means."""
    for slips in (1, 2):
        close = snapshot.base.dictionary.near(word, slips) + snapshot.overlay.near(word, slips)
        snapshot.load(word_term(other) for other in close)
        ranked = [_likelihood(word, other, snapshot) for other in close]
        alive = [rank for rank in ranked if rank is not None]
        if alive:
            return min(alive)[-1]
    return None


def _likelihood(word: str, other: str, snapshot: Snapshot) -> tuple[bool, bool, int, str] | None:
    """How likely the other word is meant, less being likelier; None when nothing holds it."""
    tiers = snapshot.tiers(word_term(other))
    named = tiers[0].intersection_cardinality(snapshot.live)
    held = named + sum(tier.intersection_cardinality(snapshot.live) for tier in tiers[1:])
    concept = other in snapshot.thesaurus.words
    if not held and not concept:
        return None
    return (other[0] != word[0], not (concept or named), -held, other)


def _like(word: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word
