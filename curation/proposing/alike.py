""" "Is it one of these?": public entries whose name is much like one that is being typed.

Names that are not public are never shown here: who asks may be anybody.
"""

from dataclasses import dataclass

from accounts.languages import LocalText
from curation import likeness, shelves
from curation.models import Entry
from search import index

SHORTEST, LONGEST = 4, 160  # characters before anything is like anything, and that are read
MOST = 4


@dataclass(frozen=True)
class Alike:
    """One of them."""

    name: LocalText
    url: str


def alike(shelf: str, *names: str) -> list[Alike]:
    """At most four public entries, likeliest first."""
    wanted = [name.strip()[:LONGEST] for name in names if len(name.strip()) >= SHORTEST]
    if not wanted:
        return []
    public = Entry.objects.filter(shelf=shelf, review=Entry.Review.PUBLISHED)
    scores = likeness.scores(public, wanted)
    for text in wanted:
        if len(text.split()) == 1:  # a short name: the search knows whose it is
            answer = index.ask(text, within={"shelf": [shelf]}, limit=2, as_typed=True)
            if answer.exact:
                scores = dict.fromkeys(answer.keys, likeness.ENOUGH - 1) | scores
    rows = {row.pk: row for row in shelves.named(shelf).rows(list(scores))}
    best = likeness.likeliest({key: scores[key] for key in rows}, MOST)
    return [Alike(rows[key].name, shelves.named(shelf).address(rows[key])) for key in best]
