"""Which entries match, whether any covers what matters, and which come first.

All weights are whole numbers made from the question and the visible entries alone; sums are taken
in the order of the question. So the same index gives the same answer on every database, and no
filter changes what a word is worth.

Match: an entry matches when the units it holds carry at least `MATCH` of the question's weight.
Exact: some entry carries at least `EXACT` of it. Order: the sum of weight × worth of what it holds,
times the share it carries; then small additions that can only order what is nearly equal.
"""

import math
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from .documents import NAME, TAG, TEXT, concept_term, is_concept_term
from .question import BROADER, SAID, Question, Unit
from .snapshot import Snapshot

TIER_WORTH = {NAME: 1000, TAG: 860, TEXT: 720}  # thousandths
# The very words of a concept in a sentence tell more than a tag that means them.
SAID_WORTH = TIER_WORTH | {TEXT: 840}
MATCH, EXACT = 0.34, 0.45
MISSING = 0.25  # what nobody has matters for exactness by that much more
NEARLY = 0.2  # in place of MATCH when few match; of what anything holds when none does
FEW = 10
# Parts of a place's weight that its province, and what is for everywhere, carry; they never count
# for exactness.
PLACE_KEY = "place:"
CLOSE, NEAR, FAR = 0.5, 0.3, 0.2
PLACE = 0.8  # of a place's weight, beside something else that was asked for
MANY_UNITS = 10
DENSE = 40  # from one candidate in so many on
STEPS = 8  # weight of a word that is e times rarer
# Parts of a unit's weight.
QUIET, QUIET_IN_SENTENCE, UNKNOWN_IN_SENTENCE, WORD_IN_SENTENCE = 0.1, 0.08, 0.2, 0.5
# Additions to the order, as parts of the question's weight.
NAME_COVERED, STANDING, FRENCH, WHOLE_NAME = 0.08, 0.004, 0.02, 2.0
MOST_ADDED = NAME_COVERED + 9 * STANDING + FRENCH


Rings = tuple[BitMap, BitMap, BitMap]


@dataclass
class Part:
    """A unit with its documents: `levels` are disjoint (worth, documents), the best worth first."""

    unit: Unit
    levels: list[tuple[int, BitMap]]
    documents: BitMap
    weight: int
    named: BitMap  # those that hold it in their name
    # Disjoint rings around the place it names: its region, its province, what is wider.
    rings: Rings = field(default_factory=lambda: (BitMap(), BitMap(), BitMap()))

    def nearby(self) -> list[tuple[int, BitMap]]:
        """What being near carries of the unit's weight, with the documents; these are disjoint."""
        weights = (round(self.weight * share) for share in (CLOSE, NEAR, FAR))
        found = zip(weights, self.rings, strict=True)
        return [(weight, documents) for weight, documents in found if weight and documents]

    @property
    def all_around(self) -> BitMap:
        """The documents in any of its rings."""
        return self.rings[0] | self.rings[1] | self.rings[2]


def parts_of(question: Question, snapshot: Snapshot, scope: BitMap) -> list[Part]:
    """Weigh the units of a question by how rare they are among the documents of the scope."""
    snapshot.load(question.terms())
    parts = [_part(unit, snapshot, scope, question.sentence) for unit in question.units]
    # The thing itself elsewhere in the country helps more than another thing in the right place.
    if any(not part.unit.quiet and not part.unit.is_place for part in parts):
        for part in parts:
            if part.unit.is_place and part.documents:
                part.weight = max(1, round(part.weight * PLACE))
    return parts


def _part(unit: Unit, snapshot: Snapshot, scope: BitMap, sentence: bool) -> Part:
    graded: dict[int, BitMap] = {}
    named = BitMap()
    for worth, terms in unit.ways:
        said = worth == SAID and is_concept_term(terms[0])
        worths = SAID_WORTH if said else TIER_WORTH
        for tier, documents in enumerate(_held(terms, snapshot)):
            if documents:
                grade = worth * worths[tier] // 1000
                graded[grade] = graded[grade] | documents if grade in graded else documents
                if tier == NAME:
                    named = named | documents
    levels, seen = [], BitMap()
    for grade in sorted(graded, reverse=True):
        new = (graded[grade] & scope) - seen if seen else graded[grade] & scope
        if new:
            levels.append((grade, new))
            seen = seen | new
    return Part(unit, levels, seen, _weight(unit, len(seen), len(scope), sentence), named)


def _held(terms: tuple[str, ...], snapshot: Snapshot) -> tuple[BitMap, ...]:
    """Per tier, the documents that hold all terms.

    A document counts where its weakest term is; a concept with the very words that were said counts
    where the concept is, wherever the words are.
    """
    if len(terms) == 1:
        return snapshot.tiers(terms[0])
    if is_concept_term(terms[0]):
        found = snapshot.tiers(terms[0])
        for term in terms[1:]:
            held = [tier for tier in snapshot.tiers(term) if tier]
            if not held:
                return ()
            anywhere = reduce(BitMap.__or__, held)
            name, tag, text = (tier & anywhere if tier else tier for tier in found)
            found = (name, tag, text)
        return found
    tiers = [snapshot.tiers(term) for term in terms]
    within_name = reduce(BitMap.__and__, [t[NAME] for t in tiers])
    within_tag = reduce(BitMap.__and__, [t[NAME] | t[TAG] for t in tiers])
    anywhere = reduce(BitMap.__and__, [t[NAME] | t[TAG] | t[TEXT] for t in tiers])
    return (within_name, within_tag - within_name, anywhere - within_tag)


def _weight(unit: Unit, documents: int, total: int, sentence: bool) -> int:
    rarity = math.log(1 + (total - documents + 0.5) / (documents + 0.5))
    part = 1.0
    if unit.quiet and not documents:
        return 1
    if unit.quiet:
        part = QUIET_IN_SENTENCE if sentence else QUIET
        rarity = min(rarity, 3.0)
    elif sentence and not unit.concepts and not unit.firm and not documents:
        part = UNKNOWN_IN_SENTENCE
    elif sentence and not unit.firm:
        part = WORD_IN_SENTENCE
    return max(1, round(rarity * STEPS * part))


def covering(parts: list[Part], need: int, *, near: bool = False) -> BitMap:
    """The documents that hold units of together at least this weight; `near` counts provinces."""
    items = [(part.weight, part.documents) for part in parts if part.documents]
    if near:
        items += [level for part in parts for level in part.nearby()]
    if need <= 0 or sum(weight for weight, _ in items) < need:
        return BitMap()
    if len(items) > MANY_UNITS:
        return _summed(items, need)
    items.sort(key=lambda item: -item[0])
    rest = [0] * (len(items) + 1)
    for at in range(len(items) - 1, -1, -1):
        rest[at] = rest[at + 1] + items[at][0]
    known: dict[tuple[int, int], BitMap] = {}

    def from_item(at: int, lacking: int) -> BitMap | None:
        if rest[at] < lacking:
            return None
        found = known.get((at, lacking))
        if found is None:
            weight, documents = items[at]
            having: BitMap | None = documents
            if weight < lacking:
                others = from_item(at + 1, lacking - weight)
                having = documents & others if others is not None else None
            without = from_item(at + 1, lacking)
            if having is None or without is None:
                found = without if having is None else having
            else:
                found = having | without
            if found is not None:
                known[(at, lacking)] = found
        return found

    return from_item(0, need) or BitMap()


def _summed(items: list[tuple[int, BitMap]], need: int) -> BitMap:
    """What `covering` gives, for so many units that trying their combinations would take longer."""
    carried = np.zeros(max(documents.max() for _, documents in items) + 1, dtype=np.int64)
    for weight, documents in items:
        carried[np.array(documents.to_array(), dtype=np.int64)] += weight
    return BitMap(np.flatnonzero(carried >= need).astype(np.uint32))


def share_of(total: float, share: float) -> int:
    """The least weight that is at least this share."""
    return max(1, math.ceil(total * share - 1e-9))


def is_exact(parts: list[Part]) -> bool:
    """Whether some document of the scope covers what matters in the question."""
    total = sum(part.weight for part in parts)
    missing = sum(part.weight for part in parts if not part.documents)
    return bool(covering(parts, share_of(total + missing * MISSING, EXACT)))


def look_around(parts: list[Part], snapshot: Snapshot, scope: BitMap) -> None:
    """Note for the units that name a place what lies in its region, its province and beyond."""
    wide = {key for part in parts for key in part.unit.broader}
    if not wide:
        return
    snapshot.load(concept_term(key) for key in wide)
    for part in parts:
        seen, last = part.documents, len(part.unit.broader) - 1
        rings = (BitMap(), BitMap(), BitMap())
        for at, key in enumerate(part.unit.broader):
            held = reduce(BitMap.__or__, snapshot.tiers(concept_term(key))) & scope
            ring = 0 if key.startswith(PLACE_KEY) else 2 if 0 < at == last else 1
            rings[ring].update(held - seen)
            seen = seen | held
        part.rings = rings


def matching(parts: list[Part]) -> BitMap:
    """The result set before any filter: by share of the whole, else of what anything holds."""
    total = sum(part.weight for part in parts)
    found = covering(parts, share_of(total, MATCH), near=True)
    if len(found) < FEW:
        # Of each unit counts what any document holds of it.
        held = [part for part in parts if part.documents or part.nearby()]
        carried = sum(p.weight if p.documents else p.nearby()[0][0] for p in held)
        found = found | covering(held, share_of(carried, NEARLY), near=True)
        if not found:
            every = [part.documents | part.all_around for part in held]
            found = reduce(BitMap.__or__, every, BitMap())
    return found


def best_first(
    parts: list[Part], matches: BitMap, named: BitMap, snapshot: Snapshot, lang: str, wanted: int
) -> list[int]:
    """The first `wanted` of the matches in the order best, as document numbers."""
    total = sum(part.weight for part in parts)
    candidates = _candidates(parts, matches, named, total, wanted)
    numbers = np.array(candidates.to_array(), dtype=np.int64)
    if not len(numbers):
        return []
    scores = _scores(parts, candidates, numbers, total, snapshot)
    if lang == "fr":
        _add(scores, numbers, candidates & snapshot.facet("language", "fr"), FRENCH)
    _add(scores, numbers, candidates & named, WHOLE_NAME)
    return _top(numbers, -np.round(scores * 1e6).astype(np.int64), snapshot.keys, wanted)


def _candidates(
    parts: list[Part], matches: BitMap, named: BitMap, total: int, wanted: int
) -> BitMap:
    """Those of the matches that can be among the first `wanted`."""
    if len(matches) <= 4 * wanted or wanted <= 0:
        return matches
    worst = min((worth for part in parts for worth, _ in part.levels), default=1000) / 1000
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        sure = covering(parts, share_of(total, share)) & matches
        if len(sure) >= wanted:
            # Each of these scores at least this; whoever carries less than `least` cannot reach it.
            floor = share * share * worst - MOST_ADDED
            least = math.sqrt(floor) if floor > 0 else 0.0
            if least * total <= 1:
                return matches
            return (covering(parts, share_of(total, least), near=True) | named) & matches
    return matches


def _scores(
    parts: list[Part],
    candidates: BitMap,
    numbers: NDArray[np.int64],
    total: int,
    snapshot: Snapshot,
) -> NDArray[np.float64]:
    """Scores as parts of the question's weight: 1 is everything, in the name."""
    # Many candidates are looked up by their number, few by their place among the candidates.
    dense = len(numbers) * DENSE > snapshot.size
    worth, carried, in_name = np.zeros(
        (3, snapshot.size if dense else len(numbers)), dtype=np.int64
    )

    def places(documents: BitMap) -> NDArray[np.int64]:
        if dense:
            return np.array(documents.to_array(), dtype=np.int64)
        return _places(numbers, documents & candidates)

    for part in parts:
        for grade, documents in part.levels:
            at = places(documents)
            worth[at] += part.weight * grade
            carried[at] += part.weight
        for weight, documents in part.nearby():
            at = places(documents)
            worth[at] += weight * BROADER
            carried[at] += weight
        in_name[places(part.named & part.documents)] += len(part.unit.words)
    if dense:
        worth, carried, in_name = worth[numbers], carried[numbers], in_name[numbers]
    share = carried / total
    scores = worth / (1000.0 * total) * share
    scores += (
        NAME_COVERED * share * np.minimum(in_name / np.maximum(snapshot.length[numbers], 1), 1.0)
    )
    scores += STANDING * snapshot.standing[numbers]
    return scores


def _places(numbers: NDArray[np.int64], documents: BitMap) -> NDArray[np.int64]:
    return np.searchsorted(numbers, np.array(documents.to_array(), dtype=np.int64))


def _add(
    scores: NDArray[np.float64], numbers: NDArray[np.int64], documents: BitMap, more: float
) -> None:
    scores[_places(numbers, documents)] += more


def _top(
    numbers: NDArray[np.int64], order: NDArray[np.int64], keys: NDArray[np.int64], wanted: int
) -> list[int]:
    """The `wanted` numbers with the lowest order, ties by key."""
    if len(numbers) > 4 * wanted:
        last = np.partition(order, wanted)[wanted] if wanted < len(order) else order.max()
        kept = order <= last
        numbers, order = numbers[kept], order[kept]
    ranked = np.lexsort((keys[numbers], order))
    return [int(number) for number in numbers[ranked][:wanted]]


def in_order(
    matches: BitMap, order: NDArray[np.int64], snapshot: Snapshot, wanted: int
) -> list[int]:
    """The first `wanted` of the matches by a fixed order (see `Snapshot.order`)."""
    numbers = np.array(matches.to_array(), dtype=np.int64)
    return _top(numbers, order[numbers], snapshot.keys, wanted)
