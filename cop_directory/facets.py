"""The filters of the directory: page, API and index all use these."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.languages import of_two
from accounts.models import Province
from cop_directory.models import Join, Kind, Listing, Platform, Scope
from curation.finding import facets
from curation.finding.facets import (
    ALL_OF_CANADA,
    Facet,
    choices,
    known,
    tag_labels,
    tag_values,
)
from curation.freshness import Freshness, freshness
from curation.models import Format


class Words(facets.Words):
    """The labels that stand in tables, those of the platforms with them."""

    @cached_property
    def platforms(self) -> dict[str, Any]:
        """slug → name."""
        rows = Platform.objects.values_list("slug", "name_en", "name_fr")
        return {slug: of_two(name_en, name_fr) for slug, name_en, name_fr in rows}


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


FACETS = (
    Facet("kind", _("Kind"), lambda row: (row.kind,), choices(Kind), first=True),
    Facet(
        "province",
        _("Place"),
        _provinces,
        lambda words: {**choices(Province)(words), ALL_OF_CANADA: _("All of Canada")},
        first=True,
        keeps_order=True,
    ),
    Facet(
        "language",
        _("Works in"),
        lambda row: [language.code for language in row.languages.all()],
        lambda words: words.languages,
        first=True,
    ),
    Facet("topic", _("Topic"), tag_values("topic"), tag_labels("topic")),
    Facet("join", _("How to join"), lambda row: known(row.join), choices(Join), first=True),
    Facet(
        "state",
        _("How alive"),
        lambda row: (freshness(row).value,),
        choices(Freshness),
        first=True,
        keeps_order=True,
    ),
    Facet(
        "client",
        _("For the people you serve"),
        tag_values("client-group"),
        tag_labels("client-group"),
    ),
    Facet("role", _("Your job"), tag_values("role"), tag_labels("role")),
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
        choices(Format),
    ),
    Facet(
        "scope",
        _("How far it reaches"),
        lambda row: known(row.scope),
        choices(Scope),
        keeps_order=True,
    ),
    Facet(
        "app",
        _("Without an app"),
        _app,
        lambda words: {"no": _("No app needed"), "needed": _("An app is needed")},
    ),
)


BY_NAME = {facet.name: facet for facet in FACETS}
