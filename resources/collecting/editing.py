"""A collection as values: what its form holds, how it is saved, how people read it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from curation.forms.stored import Stored
from resources.collecting.form import CollectionForm
from resources.models import Collection, CollectionItem

NAME = "collection"


class StoredCollections(Stored):
    """How the library keeps what the form of a collection holds."""

    shelf = NAME
    model = Collection
    owner = "collection"
    form_class = CollectionForm
    many = ()
    apart = ("items",)

    def read_apart(self, row: Collection) -> dict[str, Any]:
        items = row.items.values_list("entry", "why_en", "why_fr")
        return {"items": [{"page": page, "why_en": en, "why_fr": fr} for page, en, fr in items]}

    def write_apart(self, row: Collection, values: Mapping[str, Any]) -> None:
        """Its pages, anew and in order."""
        if "items" not in values:
            return
        row.items.all().delete()
        CollectionItem.objects.bulk_create(
            CollectionItem(
                collection=row,
                entry_id=each["page"],
                position=position,
                why_en=each["why_en"],
                why_fr=each["why_fr"],
            )
            for position, each in enumerate(values["items"], start=1)
        )

    def words(self, field: str, value: Any) -> list[str]:
        if field == "kind":
            return [_("Collection")] if value == NAME else []
        return super().words(field, value)


STORED = StoredCollections()
