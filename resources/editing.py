"""A lesson or guide as values: what its form holds, how they are saved, how people read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import Province
from curation.forms.stored import Choices, Part, Stored
from curation.models import Entry, Format, Relation, Tag
from resources.forms.contents import LESSON, NAMES_SHOWN, SHORT, SHORT_OF_LESSONS
from resources.forms.lesson import LibraryForm
from resources.forms.materials import parted
from resources.models import Kind, Lesson, Material, Resource, ResourceFormat, ResourceProvince

NAME = "resource"
# Where a wrong value could hurt somebody, or promise too much, a reviewer looks first.
WAITS = frozenset(
    {
        "kind", "organization", "publisher", "link", "materials", "method", "method_link",
        "by_others", "peer_reviewed", "discussed_in", "builds_on", "contradicts",
        "impact", "impact_why_en", "impact_why_fr",
        "adaptability", "adaptability_why_en", "adaptability_why_fr",
        "quality", "quality_why_en", "quality_why_fr",
    }
)  # fmt: skip
# They say who a sender is who asked not to be named.
PERSONAL = frozenset({"authors", "organization", "publisher"})
RELATIONS = {
    "discussed_in": Relation.Kind.DISCUSSED_IN,
    "builds_on": Relation.Kind.BUILDS_ON,
    "contradicts": Relation.Kind.CONTRADICTS,
}


class StoredResources(Stored):
    """How the library keeps what the form of a lesson or guide holds."""

    shelf = NAME
    model = Resource
    owner = "resource"
    form_class = LibraryForm
    short = SHORT
    keys = {"organization": None}
    choices = {
        "provinces": Choices(ResourceProvince, "province", Province.values),
        "formats": Choices(ResourceFormat, "format", Format.values),
    }
    terms = {
        "topics": Tag.Facet.TOPIC,
        "clients": Tag.Facet.CLIENT_GROUP,
        "barriers": Tag.Facet.BARRIER,
        "words": Tag.Facet.FREE,
    }
    many = ("languages", "served_in")
    parts = {"lesson": Part(Lesson, LESSON)}
    apart = ("materials", *RELATIONS)

    def label(self, field: str, entry: Entry | None = None) -> str:
        """What people call a field: lessons are asked for other things than guides."""
        if field in SHORT_OF_LESSONS and entry is not None and _kind_of(entry) == Kind.LESSON:
            return str(SHORT_OF_LESSONS[field])
        return super().label(field, entry)

    def words(self, field: str, value: Any) -> list[str]:
        if field == "visibility" and value in NAMES_SHOWN:
            return [str(NAMES_SHOWN[value])]
        return super().words(field, value)

    def read_apart(self, row: Resource) -> dict[str, Any]:
        related = row.relations.order_by("pk").values_list("kind", "to_entry")
        return {
            "materials": [_as_text(each) for each in row.materials.all()],
            **{
                name: [key for each, key in related if each == kind]
                for name, kind in RELATIONS.items()
            },
        }

    def write_apart(self, row: Resource, values: Mapping[str, Any]) -> None:
        if "materials" in values:
            _write_materials(row, values["materials"])
        for name in filter(values.__contains__, RELATIONS):
            _write_relations(row, RELATIONS[name], values[name])


def _kind_of(entry: Entry) -> str:
    row: Any = entry if isinstance(entry, Resource) else entry.resource  # kept with the entry
    return row.kind


def _as_text(material: Material) -> str:
    what = f"file:{material.upload_id}" if material.upload_id else material.link
    return f"{what} {material.title}".rstrip()


def _write_materials(resource: Resource, wanted: list[str]) -> None:
    """What goes along, anew and in order: what is no longer named is no part of it."""
    resource.materials.all().delete()
    rows = []
    for position, text in enumerate(wanted):
        key, title = parted(text)
        if key is None:
            link, _blank, title = text.partition(" ")
            rows.append(Material(resource=resource, link=link, title=title, position=position))
        else:
            rows.append(Material(resource=resource, upload_id=key, title=title, position=position))
    Material.objects.bulk_create(rows)


def _write_relations(entry: Entry, kind: str, wanted: Iterable[int]) -> None:
    held = Relation.objects.filter(from_entry=entry, kind=kind)
    held.exclude(to_entry__in=wanted).delete()
    for key in wanted:
        if key != entry.pk:
            Relation.objects.get_or_create(from_entry=entry, to_entry_id=key, kind=kind)


STORED = StoredResources()
