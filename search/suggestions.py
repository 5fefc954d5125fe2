"""Suggestions while typing: concepts and names with a word that begins with what is typed.

They come from the terms that the index already has: the words that begin so, and the names that
hold them. Only what a visible entry holds is suggested.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from functools import reduce

from pyroaring import BitMap

from . import caches, language, ranking
from .documents import NAME, concept_term, stem_term, word_term
from .snapshot import Snapshot

_LONGEST = 60  # characters
_BEGINNINGS = 200  # words looked at for one beginning
_NAMES = 40  # names looked at

# (is not at the beginning, is a name, minus how good, folded text, text)
_Found = tuple[bool, bool, int, str, str]


def suggest(prefix: str, lang: str, limit: int, within: Mapping[str, Collection[str]]) -> list[str]:
    """See `index.suggest`."""
    found = language.tokens(language.clean(prefix, _LONGEST))
    if not found or limit <= 0:
        return []
    here = caches.present()
    scope = here.live
    for facet, values in within.items():
        chosen = [values] if isinstance(values, str) else values
        scope = scope & reduce(BitMap.__or__, (here.facet(facet, v) for v in chosen), BitMap())
    words = [token.word for token in found]
    typed = " ".join(words)
    concepts = sorted(_concepts(typed, here, scope, lang))
    names = sorted(_names(words, typed, here, scope, lang))
    room = max(limit - len(names), (limit + 1) // 2)
    chosen_rows = sorted(concepts[:room] + names)
    unique = {row[3]: row[4] for row in reversed(chosen_rows)}
    ordered = sorted((row[0], row[1], row[2], row[3]) for row in chosen_rows)
    return [unique.pop(row[3]) for row in ordered if row[3] in unique][:limit]


def _concepts(typed: str, here: Snapshot, scope: BitMap, lang: str) -> list[_Found]:
    likely: dict[str, tuple[bool, str]] = {}
    for key, concept in here.thesaurus.concepts.items():
        label = concept.label(lang)
        folded = language.sort_key(label)
        if f" {folded}".find(" " + typed) >= 0:
            likely[key] = (not folded.startswith(typed), label)
    here.load(concept_term(key) for key in likely)
    found = []
    for key, (inside, label) in likely.items():
        held = reduce(BitMap.__or__, here.tiers(concept_term(key)))
        count = held.intersection_cardinality(scope)
        if count:
            found.append((inside, False, -count, language.sort_key(label), label))
    return found


def _names(words: list[str], typed: str, here: Snapshot, scope: BitMap, lang: str) -> list[_Found]:
    endings = _beginning_with(words[-1], here)
    before = [word for word in words[:-1] if not language.is_stop(word)]
    terms = [stem_term(stem) for word in before for stem in language.stems(word)]
    here.load([*terms, *map(word_term, endings)])
    held = (
        reduce(BitMap.__or__, (here.tiers(word_term(word))[NAME] for word in endings), BitMap())
        & scope
    )
    for word in before:
        held &= reduce(
            BitMap.__or__, (here.tiers(stem_term(s))[NAME] for s in language.stems(word))
        )
    best = ranking.in_order(held, here.order("standing", lang), here, _NAMES)
    found: list[_Found] = []
    for number in best:
        title = here.title(number, lang)
        folded = language.sort_key(title)
        found.append(
            (not folded.startswith(typed), True, -int(here.standing[number]), folded, title)
        )
    return found


def _beginning_with(prefix: str, here: Snapshot) -> list[str]:
    words = here.base.sorted_words
    at = bisect_left(words, prefix)
    found: list[str] = []
    while at < len(words) and words[at].startswith(prefix) and len(found) < _BEGINNINGS:
        found.append(words[at])
        at += 1
    found.extend(word for word in here.overlay.words if word.startswith(prefix))
    return list(dict.fromkeys(found))
