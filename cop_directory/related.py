"""Where to go from a group: what it belongs to, its neighbours, others on the same topic."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.languages import LocalText
from cop_directory.cards import SPINE
from cop_directory.models import Kind, Listing
from cop_directory.shelf import address
from curation import shelves
from curation.finding.together import discussed_in
from curation.models import Entry, Relation

MOST = 5


@dataclass(frozen=True)
class Neighbour:
    listing: Listing
    why: str

    @property
    def url(self) -> str:
        return address(self.listing)

    @property
    def spine(self) -> str:
        return SPINE.get(Kind(self.listing.kind), "")


def related(listing: Listing) -> list[Neighbour]:
    """At most five others, each with the reason why it stands here. Four queries."""
    others = Listing.objects.visible().exclude(pk=listing.pk).select_related("name_own_language")
    found: dict[int, Neighbour] = {}

    def add(rows: Any, why: str, most: int) -> None:
        for row in rows:
            if most and len(found) < MOST and row.pk not in found:
                found[row.pk] = Neighbour(row, why)
                most -= 1

    parents = Q(relations_to__from_entry=listing, relations_to__kind=Relation.Kind.PART_OF)
    parts = Q(relations__to_entry=listing, relations__kind=Relation.Kind.PART_OF)
    open_ones = others.exclude(activity=Entry.Activity.CLOSED)
    provinces = [row.province for row in listing.provinces.all()]
    topics = [row.tag_id for row in listing.tagged.all() if row.tag.facet == "topic"]

    add(others.filter(parents).distinct(), _("It is part of"), MOST)
    add(others.filter(parts).distinct().order_by("name_en"), _("Part of it"), 3)
    same_place = open_ones.filter(place=listing.place) if listing.place_id else others.none()
    add(same_place.order_by("name_en")[:MOST], _("Same place"), 2)
    near = open_ones.filter(provinces__province__in=provinces, kind=listing.kind).distinct()
    add(near.order_by("name_en")[:MOST], _("Same kind, same province"), 2)
    alike = open_ones.filter(tagged__tag__in=topics).annotate(shared=Count("tagged__tag"))
    add(alike.order_by("-shared", "name_en")[:MOST], _("Same topics"), 2)
    return list(found.values())


def successors(listing: Listing) -> list[Neighbour]:
    """Where to go instead of a closed group."""
    to = Listing.objects.visible().filter(
        relations_to__from_entry=listing, relations_to__kind=Relation.Kind.REPLACED_BY
    )
    return [Neighbour(row, "") for row in to]


def discussed(listing: Listing) -> list[tuple[str, LocalText]]:
    """The address and the name of what is discussed in a group."""
    return [(shelves.of(entry).address(entry), entry.name) for entry in discussed_in(listing)]
