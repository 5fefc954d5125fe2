"""The filters of the directory, one small object each: page, API and index all use these.

A row that does not say gets the value UNKNOWN, so that "not known" can be counted and
chosen like any other answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.languages import of_two
from accounts.models import Province
from cop_directory.models import Format, Join, Kind, Listing, Platform, Scope
from curation.freshness import Freshness, freshness
from curation.models import Language, Tag

UNKNOWN = "unknown"
ALL_OF_CANADA = "CA"

# Above this share of rows that do not say, a filter may hide a group that fits: it stays folded.
MOSTLY_UNKNOWN = 0.5


@dataclass(frozen=True)
class Facet:
    """A filter: its name in addresses, its label, what a row holds, the words for each value.

    The `first` ones stand open on a page, the others each behind their name.
    """

    name: str
    label: Any
    values: Callable[[Listing], Iterable[str]]
    labels: Callable[["Words"], dict[str, Any]]
    first: bool = False

    def of(self, listing: Listing) -> tuple[str, ...]:
        """The values of one row, UNKNOWN where it does not say."""
        return tuple(self.values(listing)) or (UNKNOWN,)


def _known(value: str) -> tuple[str, ...]:
    return () if value == UNKNOWN else (value,)


def _provinces(listing: Listing) -> tuple[str, ...]:
    """A national group is for all of Canada; its office says nothing of whom it is for."""
    if listing.scope in (Scope.NATIONAL, Scope.INTERNATIONAL):
        return (ALL_OF_CANADA,)
    return tuple(row.province for row in listing.provinces.all())


def _app(listing: Listing) -> tuple[str, ...]:
    """Whether one gets in without an app; where nobody knows a way in, nobody knows that."""
    if listing.needs_app:
        return ("needed",)
    if not listing.way_in_known:
        return ()
    in_a_room = any(f.format != Format.ONLINE for f in listing.formats.all())
    return ("no",) if listing.platform_id or listing.contact_email or in_a_room else ()


def _tags(facet: str) -> Callable[[Listing], tuple[str, ...]]:
    def values(listing: Listing) -> tuple[str, ...]:
        return tuple(row.tag.slug for row in listing.tagged.all() if row.tag.facet == facet)

    return values


class Words:
    """The labels that stand in tables, read at most once for a page."""

    @cached_property
    def tags(self) -> dict[str, dict[str, Any]]:
        """facet → slug → label, of the terms in use that are put on groups."""
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

    @cached_property
    def platforms(self) -> dict[str, Any]:
        """slug → name."""
        rows = Platform.objects.values_list("slug", "name_en", "name_fr")
        return {slug: of_two(name_en, name_fr) for slug, name_en, name_fr in rows}


def _tag_labels(facet: str) -> Callable[[Words], dict[str, Any]]:
    return lambda words: words.tags[facet]


def _choices(choices: Any) -> Callable[[Words], dict[str, Any]]:
    return lambda words: {c.value: c.label for c in choices if c.value != UNKNOWN}


FACETS = (
    Facet("kind", _("Kind"), lambda row: (row.kind,), _choices(Kind), first=True),
    Facet(
        "province",
        _("Place"),
        _provinces,
        lambda words: {**_choices(Province)(words), ALL_OF_CANADA: _("All of Canada")},
        first=True,
    ),
    Facet(
        "language",
        _("Works in"),
        lambda row: [language.code for language in row.languages.all()],
        lambda words: words.languages,
        first=True,
    ),
    Facet("topic", _("Topic"), _tags("topic"), _tag_labels("topic")),
    Facet("join", _("How to join"), lambda row: _known(row.join), _choices(Join), first=True),
    Facet(
        "state",
        _("How alive"),
        lambda row: (freshness(row).value,),
        _choices(Freshness),
        first=True,
    ),
    Facet(
        "client", _("For the people you serve"), _tags("client-group"), _tag_labels("client-group")
    ),
    Facet("role", _("Your job"), _tags("role"), _tag_labels("role")),
    Facet(
        "platform",
        _("Where it meets online"),
        lambda row: (row.platform_id,) if row.platform_id else (),
        lambda words: words.platforms,
    ),
    Facet(
        "format",
        _("How it meets"),
        lambda row: [f.format for f in row.formats.all()],
        _choices(Format),
    ),
    Facet("scope", _("How far it reaches"), lambda row: _known(row.scope), _choices(Scope)),
    Facet(
        "app",
        _("Without an app"),
        _app,
        lambda words: {"no": _("No app needed"), "needed": _("An app is needed")},
    ),
)


BY_NAME = {facet.name: facet for facet in FACETS}


def mostly_unknown(counts: dict[str, int]) -> bool:
    """Whether most of the rows that were counted do not say."""
    total = sum(counts.values())
    return bool(total) and counts.get(UNKNOWN, 0) / total > MOSTLY_UNKNOWN
