"""Entries that may be the same as another, by what they are called: public and waiting ones.

Words that many names share ("Local Immigration Partnership") say nothing of which one it is.
"""

from collections import Counter

from rapidfuzz import fuzz, process

from curation.models import Entry
from search.language import fold

LIKE = 84  # of 100
MOST = 4
OFTEN, OFTEN_SHARE = 4, 0.03
NAMES = ("name_en", "name_fr", "name_own")
HERE = (Entry.Review.SUBMITTED, Entry.Review.NEEDS_ANSWER, Entry.Review.PUBLISHED)


def of(entry: Entry) -> list[Entry]:
    """At most four entries of the same shelf whose name is much the same, likeliest first."""
    rows = Entry.objects.filter(shelf=entry.shelf, review__in=HERE).exclude(pk=entry.pk)
    names = [
        (key, fold(name))
        for key, *texts in rows.values_list("pk", *NAMES)
        for name in texts
        if name
    ]
    common = _common([text for _key, text in names])
    choices = [_telling(text, common) for _key, text in names]
    scores: dict[int, float] = {}
    for name in filter(None, (getattr(entry, field) for field in NAMES)):
        wanted = _telling(fold(name), common)
        for _name, score, place in process.extract(
            wanted, choices, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=3 * MOST
        ):
            key = names[place][0]
            scores[key] = max(score, scores.get(key, 0))
    best = sorted(scores, key=lambda key: (-scores[key], key))[:MOST]
    found = Entry.objects.select_related("name_own_language").in_bulk(best)
    return [found[key] for key in best]


def _common(names: list[str]) -> set[str]:
    """The words that are in many of these names."""
    counted = Counter(word for name in names for word in set(name.split()))
    many = max(OFTEN, len(names) * OFTEN_SHARE)
    return {word for word, number in counted.items() if number > many}


def _telling(name: str, common: set[str]) -> str:
    """A name without the words that many have; the whole where nothing would be left."""
    return " ".join(word for word in name.split() if word not in common) or name
