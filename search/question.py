"""A question cut into units: concepts by longest match, then single words, repaired where needed.

A unit is one thing that was asked for, with every term of the index that stands for it. What a unit
weighs is decided later from the visible entries (`ranking`); here it only gets its nature.
"""

from dataclasses import dataclass, field

from . import language
from .documents import concept_term, name_term, stem_term, word_term
from .language import Token
from .repair import can_be_repaired, misspelled, near
from .snapshot import Snapshot
from .thesaurus import WHERE
from .words import ORDINARY

# How well a term stands for what was said, in thousandths.
SAID, LABEL, STEM, PARTLY, SYNONYM, LOOSE, BROADER = 1000, 990, 960, 930, 870, 700, 500
SENTENCE = 8  # words from which a question is read as a sentence
PLAIN = "word:"  # concepts that are no more than a word with its translations
LONGEST_ACRONYM = 6  # letters
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

    @property
    def is_place(self) -> bool:
        """Whether it says where, not what."""
        return bool(self.concepts) and all(key.startswith(WHERE) for key in self.concepts)

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
        fixed = _repair_names(text, found, snapshot)
        fixed = _repair(fixed, language.tokens(fixed), snapshot)
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
    says_little = [word for word in telling if language.is_quiet(word)]
    # "Service" says little, and so does "online", but "online services" is a topic; so does
    # "show", but "no show" is a word of its own.
    plain = all(key.startswith(PLAIN) for key in keys)
    quiet = thesaurus.quiet(keys) or (plain and len(words) == 1 and says_little == telling)
    firm = not quiet and not plain
    held = tuple(word_term(word) for word in telling)
    # The very words, some of them, or none of them.
    for key in keys:
        worth = LABEL if thesaurus.is_label(key, words) else SAID
        ways.extend((worth, (concept_term(key), *form)) for form in _forms(telling))
        if len(telling) > 1:
            ways.extend(
                (PARTLY, (concept_term(key), word_term(word)))
                for word in telling
                for stem in language.stems(word)
            )
    if len(telling) > 1 or not firm:
        ways.append((LOOSE, held))
    if not firm and len(telling) == 1:
        ways.extend((STEM, (stem_term(stem),)) for stem in language.stems(telling[0]))
    broader = tuple(dict.fromkeys(w for key in keys for w in thesaurus.concepts[key].broader))
    return Unit(said, sorted(ways, reverse=True), keys, words, quiet, firm, broader)


def _forms(words: list[str]) -> set[tuple[str, ...]]:
    """The words as they were said; one word also in its other number."""
    if len(words) > 1 or len(words[0]) < language.SHORTEST_INFLECTED:
        return {tuple(map(word_term, words))}
    word = words[0].removesuffix("s")
    return {(word_term(form),) for form in (words[0], word, word + "s")}


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
    quiet = language.is_quiet(token.word)
    # An everyday thing (a dentist, a dog) is what the question is about, even where nobody has it.
    firm = not quiet and token.word in ORDINARY
    return Unit(said, sorted(ways, reverse=True), (), (token.word,), quiet, firm)


def _repair_names(text: str, found: list[Token], snapshot: Snapshot) -> str:
    """The text with the misspelled words of known places put right."""
    thesaurus = snapshot.thesaurus
    right = {
        at
        for match in thesaurus.find(found)
        if any(key.startswith(WHERE) for key in match.keys)
        for at in range(match.start, match.end)
    }
    wrong = misspelled([token.word for token in found], thesaurus.names)
    for at, word in sorted(wrong.items(), reverse=True):
        token = found[at]
        if at not in right:
            written = text[token.start : token.end]
            better = _like(thesaurus.words.get(word, word), written)
            text = text[: token.start] + better + text[token.end :]
    return text


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
        if better and _is_another_acronym(token, better):
            continue
        if better and not _is_another_form(token.word, better, snapshot):
            written = text[token.start : token.end]
            text = (
                text[: token.start] + _like(snapshot.spelling(better), written) + text[token.end :]
            )
    return text


def _is_another_form(word: str, better: str, snapshot: Snapshot) -> bool:
    """Whether a word was no slip: its stem finds what the other form finds (evaluated, evaluator).

    One slip away from a known word it is one all the same: employement, employment.
    """
    if set(language.stems(better)).isdisjoint(language.stems(word)):
        return False
    return near(word, better) != 1 or better not in snapshot.thesaurus.words


def _is_another_acronym(token: Token, better: str) -> bool:
    """An acronym with one letter changed is another body's: RSIFNO is not RSIFEO."""
    return (
        token.upper
        and len(token.word) <= LONGEST_ACRONYM
        and len(better) == len(token.word)
        and sorted(better) != sorted(token.word)
    )


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
