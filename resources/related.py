"""Where to go from a lesson or guide: what it builds on, who talks about it, what it is part of."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.languages import LocalText
from curation import shelves
from curation.models import Entry, Relation
from resources import shown
from resources.models import CollectionItem, Resource
from resources.shelf import address

Kind = Relation.Kind


@dataclass(frozen=True)
class Neighbour:
    """A page to go to, and in a few words why or where."""

    name: LocalText
    url: str
    why: str


def talked_about_in(resource: Resource) -> list[Neighbour]:
    """The public groups in which it is discussed; none where that would lead to a hidden name."""
    if shown.hides_somebody(resource):
        return []
    groups = Entry.objects.visible().filter(
        relations_to__from_entry=resource, relations_to__kind=Kind.DISCUSSED_IN
    )
    keys: dict[str, list[int]] = {}
    for pk, shelf in groups.order_by("pk").values_list("pk", "shelf"):
        keys.setdefault(shelf, []).append(pk)
    found = [
        (shelf, row) for shelf in map(shelves.named, keys) for row in shelf.rows(keys[shelf.name])
    ]
    return [Neighbour(row.name, shelf.address(row), shelf.where(row)) for shelf, row in found]


def kin(resource: Resource) -> list[Neighbour]:
    """What it builds on or contradicts, and the other way round. Two queries."""
    relations = Relation.objects.filter(
        Q(from_entry=resource) | Q(to_entry=resource), kind__in=(Kind.BUILDS_ON, Kind.CONTRADICTS)
    ).order_by("kind", "pk")
    ways = {
        (Kind.BUILDS_ON, True): _("It builds on"),
        (Kind.BUILDS_ON, False): _("Builds on this"),
        (Kind.CONTRADICTS, True): _("It contradicts"),
        (Kind.CONTRADICTS, False): _("Contradicts this"),
    }
    others: list[tuple[int, str]] = []
    for row in relations:
        from_here = row.from_entry_id == resource.pk
        other = row.to_entry_id if from_here else row.from_entry_id
        others.append((other, ways[Kind(row.kind), from_here]))
    public = Resource.objects.visible().select_related("name_own_language")
    rows = public.in_bulk([pk for pk, _why in others])
    return [Neighbour(rows[pk].name, address(rows[pk]), why) for pk, why in others if pk in rows]


def part_of(resource: Resource) -> list[Neighbour]:
    """The public collections that it is in."""
    items = CollectionItem.objects.filter(
        entry=resource, collection__review=Entry.Review.PUBLISHED
    ).select_related("collection__name_own_language")
    return [
        Neighbour(each.name, shelves.of(each).address(each), _("Collection"))
        for each in (item.collection for item in items.order_by("pk"))
    ]
