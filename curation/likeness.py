"""How much alike the names of entries are, by their letters.

Words that many names share ("Local Immigration Partnership") say nothing of which one it is.
"""

import re
from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from curation.models import Entry
from search.language import fold

NAMES = ("name_en", "name_fr", "name_own")
ENOUGH = 84  # of 100
NEARLY_ALL = 95
# The likeliest rows of each way of comparing, of which a handful is shown.
MOST = 12
OFTEN, OFTEN_SHARE = 4, 0.03


def scores(rows: QuerySet[Entry], wanted: Iterable[str]) -> dict[int, float]:
    """key → likeness, 84 to 100, of the rows with a name that is much like one that is wanted."""
    names = [
        (key, plain(name))
        for key, *texts in rows.values_list("pk", *NAMES)
        for name in texts
        if name
    ]
    common = _common(text for _key, text in names)
    choices = {place: _telling(text, common) for place, (_key, text) in enumerate(names)}
    of_several_words = {place: text for place, text in choices.items() if " " in text}
    found: dict[int, float] = {}
    for text in (_telling(plain(name), common) for name in wanted):
        ways = [(fuzz.ratio, choices, ENOUGH), (fuzz.token_sort_ratio, choices, ENOUGH)]
        if " " in text:  # all words of the shorter name are in the longer one
            ways.append((fuzz.token_set_ratio, of_several_words, NEARLY_ALL))
        for scorer, among, least in ways:
            for _name, score, place in process.extract(
                text, among, scorer=scorer, score_cutoff=least, limit=MOST
            ):
                key = names[place][0]
                found[key] = max(score, found.get(key, 0))
    return found


def likeliest(found: dict[int, float], most: int) -> list[int]:
    """At most so many keys, likeliest first."""
    return sorted(found, key=lambda key: (-found[key], key))[:most]


def plain(name: str) -> str:
    """A name in small letters without accents, its words apart by one space."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(name)).split())


def _common(names: Iterable[str]) -> set[str]:
    """The words that are in many of these names."""
    several = [set(name.split()) for name in names]
    counted = Counter(word for words in several for word in words)
    many = max(OFTEN, len(several) * OFTEN_SHARE)
    return {word for word, number in counted.items() if number > many}


def _telling(name: str, common: set[str]) -> str:
    """A name without the words that many have; the whole where nothing would be left."""
    return " ".join(word for word in name.split() if word not in common) or name
