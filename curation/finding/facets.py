"""What a filter is, one small object: the page, the API and the index of a shelf all use it.

A row that does not say gets the value UNKNOWN, so that "not known" can be counted and
chosen like any other answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.languages import of_two
from curation.models import Language, Tag

UNKNOWN = "unknown"
ALL_OF_CANADA = "CA"

# Above this share of rows that do not say, a filter may hide what fits: it stays folded.
MOSTLY_UNKNOWN = 0.5

Labels = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Facet:
    """A filter: its name in addresses, its label, what a row holds, the words for each value.

    The `first` ones stand open on a page, the others each behind their name. The values of
    one that `keeps_order` are shown in the order of their words, not by how many there are.
    `labels` is given the `Words` of the shelf.
    """

    name: str
    label: Any
    values: Callable[[Any], Iterable[str]]
    labels: Labels
    first: bool = False
    keeps_order: bool = False

    def of(self, row: Any) -> tuple[str, ...]:
        """The values of one row, UNKNOWN where it does not say."""
        return tuple(self.values(row)) or (UNKNOWN,)


class Words:
    """The labels that stand in tables, read at most once for a page."""

    @cached_property
    def tags(self) -> dict[str, dict[str, Any]]:
        """facet → slug → label, of the terms in use that are put on entries."""
        found: dict[str, dict[str, Any]] = {facet: {} for facet in Tag.TAGGED}
        terms = Tag.objects.filter(facet__in=Tag.TAGGED, merged_into=None)
        for facet, slug, name_en, name_fr in terms.values_list("facet", "slug", "name", "name_fr"):
            found[facet][slug] = of_two(name_en, name_fr)
        return found

    @cached_property
    def languages(self) -> dict[str, Any]:
        """code → name."""
        rows = Language.objects.values_list("code", "name_en", "name_fr")
        return {code: of_two(name_en, name_fr) for code, name_en, name_fr in rows}


def known(value: str) -> tuple[str, ...]:
    """The value of a choice, none where it is UNKNOWN."""
    return () if value == UNKNOWN else (value,)


def tag_values(facet: str) -> Callable[[Any], tuple[str, ...]]:
    """For `Facet.values`: the terms of that part of the vocabulary on a row."""

    def values(row: Any) -> tuple[str, ...]:
        return tuple(each.tag.slug for each in row.tagged.all() if each.tag.facet == facet)

    return values


def tag_labels(facet: str) -> Labels:
    """For `Facet.labels`: the words of that part of the vocabulary."""
    return lambda words: words.tags[facet]


def choices(offered: Any) -> Labels:
    """For `Facet.labels`: the words of a `TextChoices` or other enumeration with labels."""
    return lambda words: {c.value: c.label for c in offered if c.value != UNKNOWN}


def mostly_unknown(counts: dict[str, int]) -> bool:
    """Whether most of the rows that were counted do not say."""
    total = sum(counts.values())
    return bool(total) and counts.get(UNKNOWN, 0) / total > MOSTLY_UNKNOWN
