"""The filter panel beside a list, ready for its template."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from curation.finding.asking import Asked
from curation.finding.facets import UNKNOWN, Facet, Words, mostly_unknown

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Option:
    """One box of a filter: its value, its words, how many there are."""

    value: str
    label: Any
    count: int
    checked: bool


@dataclass(frozen=True)
class Filter:
    """One facet as a group of boxes: open, behind its name, or unhelpful."""

    name: str
    label: Any
    options: list[Option]
    open: bool
    unhelpful: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address of the list without it."""

    label: str
    query: str


def filters(asked: Asked, counts: Counts, words: Words, facets: Iterable[Facet]) -> list[Filter]:
    """The filters that can still change something, in order."""
    panel = []
    for facet in facets:
        found = counts.get(facet.name, {})
        chosen = asked.filters.get(facet.name, [])
        options = [
            Option(value, capfirst(str(label)), found.get(value, 0), value in chosen)
            for value, label in {**facet.labels(words), UNKNOWN: _("Not known")}.items()
            if found.get(value) or value in chosen
        ]
        if not facet.keeps_order:
            options.sort(key=lambda o: (o.value == UNKNOWN, -o.count, str(o.label)))
        if len(options) > 1 or chosen:
            unhelpful = not chosen and mostly_unknown(found)
            stands_open = bool(chosen) or (facet.first and not unhelpful)
            panel.append(Filter(facet.name, facet.label, options, stands_open, unhelpful))
    return panel


def chips(asked: Asked, words: Words, facets: Iterable[Facet]) -> list[Chip]:
    """One for each chosen value, with the words that a reader knows it by."""
    found = []
    for facet in facets:
        labels = facet.labels(words) if facet.name in asked.filters else {}
        for value in asked.filters.get(facet.name, []):
            found.append(
                Chip(_chip_label(facet, value, labels), asked.without(facet.name, value).query())
            )
    return found


def _chip_label(facet: Facet, value: str, labels: dict[str, Any]) -> str:
    if value == UNKNOWN:
        return _("%(filter)s: not known") % {"filter": facet.label}
    label = labels.get(value, value)
    return capfirst(str(label))
