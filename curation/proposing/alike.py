""" "Is it one of these?": public entries whose name is much like one that is being typed.

Names that are not public are never shown here: who asks may be anybody.
"""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from accounts.languages import LocalText
from curation import shelves
from curation.models import Entry
from search import index

NAMES = ("name_en", "name_fr", "name_own")
SHORTEST = 4  # characters before anything is like anything
ENOUGH = 84  # of 100
NEARLY_ALL = 95
MOST = 4


@dataclass(frozen=True)
class Alike:
    """One of them."""

    name: LocalText
    url: str


def alike(shelf: str, *names: str) -> list[Alike]:
    """At most four public entries, likeliest first."""
    wanted = [_folded(name[:160]) for name in names if len(name.strip()) >= SHORTEST]
    if not wanted:
        return []
    scores = _scores(shelf, wanted)
    rows = {row.pk: row for row in shelves.named(shelf).rows(list(scores))}
    best = sorted(rows, key=lambda key: (-scores[key], key))[:MOST]
    return [Alike(rows[key].name, shelves.named(shelf).address(rows[key])) for key in best]


def _scores(shelf: str, wanted: list[str]) -> dict[int, float]:
    """key → likeness: of every name by its letters, and of what the search finds by one word."""
    published = Entry.objects.filter(shelf=shelf, review=Entry.Review.PUBLISHED)
    rows = published.values_list("pk", *NAMES)
    names = [(key, _folded(name)) for key, *texts in rows for name in texts if name]
    found: dict[int, float] = {}
    choices = {place: name for place, (_key, name) in enumerate(names)}
    of_several_words = {place: name for place, name in choices.items() if " " in name}
    for text in wanted:
        tries = [(fuzz.ratio, choices, ENOUGH), (fuzz.token_sort_ratio, choices, ENOUGH)]
        if " " in text:  # all words of the shorter name are in the longer one
            tries.append((fuzz.token_set_ratio, of_several_words, NEARLY_ALL))
        for scorer, among, least in tries:
            for _name, score, place in process.extract(
                text, among, scorer=scorer, score_cutoff=least, limit=3 * MOST
            ):
                key = names[place][0]
                found[key] = max(score, found.get(key, 0))
        if " " not in text:  # a short name: the search knows whose it is
            answer = index.ask(text, within={"shelf": [shelf]}, limit=2, as_typed=True)
            found |= {key: ENOUGH - 1 for key in answer.keys if answer.exact and key not in found}
    return found


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[\u0300-\u036f]", "", letters)).split())
