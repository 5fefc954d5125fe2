"""Word repair: the nearest known words for a word that is not known.

Comparing with every word is too slow on a large index. Two numbers per word, the letters it has and
the pairs of letters it has, rule out nearly all words in one vectorized step: one slip of the pen
changes only few of their bits. What is left is measured exactly.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rapidfuzz.distance import OSA

SHORTEST = 4  # letters; a shorter word is never repaired
LONGER = 7  # letters from which two slips are allowed


def slips_allowed(word: str) -> int:
    """How many slips of the pen a word of this length may hold."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < LONGER else 2


def can_be_repaired(word: str) -> bool:
    """Whether a word is of the kind that is repaired: letters only, and enough of them."""
    return len(word) >= SHORTEST and word.isalpha()


def near(word: str, other: str) -> int | None:
    """The slips between two words, or None when they are too many or at the wrong place.

    People rarely miss the first letter, and real words that differ there (dental, mental) are
    many: only long words may differ in it, or the first two letters may be swapped.
    """
    allowed = min(slips_allowed(word), slips_allowed(other))
    slips = OSA.distance(word, other, score_cutoff=allowed)
    if slips > allowed:
        return None
    # Two changes at the very end make another form of the word: accueillons, accueillant.
    if slips == 2 and word[:-3] == other[: len(word) - 3]:
        return None
    if word[0] != other[0] and not (slips == 1 and (len(word) > LONGER or word[1:2] == other[:1])):
        return None
    return slips


def misspelled(
    said: Sequence[str], names: Mapping[str, Sequence[tuple[str, ...]]]
) -> dict[int, str]:
    """Names of several words of which one is misspelled: place of the word → what it should be.

    names: word → the names that hold it. All other words of the name must stand as they are, so
    even a word that is known by itself is put right: medecine hat, Medicine Hat.
    """
    found: dict[int, str] = {}
    for at, word in enumerate(said):
        for name in names.get(word, ()):
            start = at - name.index(word)
            part = said[start : start + len(name)] if start >= 0 else []
            wrong = [i for i, (a, b) in enumerate(zip(part, name, strict=False)) if a != b]
            if len(part) == len(name) and len(wrong) == 1:
                typed, meant = part[wrong[0]], name[wrong[0]]
                if can_be_repaired(typed) and can_be_repaired(meant) and near(typed, meant):
                    found.setdefault(start + wrong[0], meant)
    return found


class Dictionary:
    """Known words, prepared for looking up what a misspelled word is near to."""

    def __init__(self, words: Iterable[str]) -> None:
        kept = sorted((word for word in words if can_be_repaired(word)), key=lambda w: (len(w), w))
        self.words = kept
        lengths = np.array([len(word) for word in kept], dtype=np.int64)
        self._starts = np.searchsorted(lengths, np.arange(64))
        self._letters = np.array([_letters(word) for word in kept], dtype=np.uint32)
        self._pairs = np.array([_pairs(word) for word in kept], dtype=np.uint64)

    def near(self, word: str, slips: int) -> list[str]:
        """The known words that are exactly so many slips away from this one, in order."""
        if slips > slips_allowed(word) or len(word) > 60:
            return []
        start = int(self._starts[max(len(word) - slips, 0)])
        end = int(self._starts[min(len(word) + slips + 1, 63)])
        letters = np.bitwise_count(self._letters[start:end] ^ np.uint32(_letters(word)))
        likely = np.flatnonzero(letters <= 2 * slips)
        pairs = np.bitwise_count(self._pairs[start:end][likely] ^ np.uint64(_pairs(word)))
        others = (self.words[start + at] for at in likely[pairs <= 6 * slips].tolist())
        return [other for other in others if near(word, other) == slips]


def _letters(word: str) -> int:
    mask = 0
    for char in word:
        mask |= 1 << (ord(char) & 31)
    return mask


def _pairs(word: str) -> int:
    mask = 0
    for first, second in zip(word, word[1:], strict=False):
        mask |= 1 << ((ord(first) * 31 + ord(second) * 17) & 63)
    return mask
