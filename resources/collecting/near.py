"""Which pages somebody may have meant whose name is not quite that of any."""

from dataclasses import dataclass
from typing import Any

from accounts.languages import LocalText, reading_language
from curation import likeness, shelves
from curation.forms.named import plain
from curation.models import Entry
from search import index

SHELVES = ("listing", "resource")
MOST = 5
LONGEST = 300  # characters that are read


@dataclass(frozen=True)
class Near:
    """One of them: what it is, and the address by which it is named."""

    name: LocalText
    kind: str
    url: str


def near(typed: str) -> list[Near]:
    """At most five public groups, lessons and guides: those with a name much like what was typed,
    likeliest first; where there is none, those about it. Nothing for an address."""
    wanted = typed[:LONGEST]
    if "/" in wanted or not plain(wanted):
        return []
    public = Entry.objects.visible().filter(shelf__in=SHELVES)
    keys = likeness.likeliest(likeness.scores(public, [wanted]), MOST) or _about(wanted)
    rows = {row.pk: row for name in SHELVES for row in shelves.named(name).rows(keys)}
    return [_near(rows[key]) for key in keys if key in rows]


def _about(wanted: str) -> list[int]:
    within = {"shelf": SHELVES}
    return list(index.ask(wanted, within=within, lang=reading_language(), limit=MOST).keys)


def _near(row: Any) -> Near:
    shelf = shelves.of(row)
    kinds = shelf.words("kind", getattr(row, "kind", ""))
    return Near(row.name, next(iter(kinds), ""), shelf.address(row))
