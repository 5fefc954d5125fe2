"""What the bench and the index know of collections: rows, documents, addresses."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.languages import localized
from accounts.models import Organization
from curation.finding.phrases import said, words_of_address
from curation.manners import OF_WRITINGS, Addition
from curation.models import Entry, Report
from curation.shelves import Shelf
from resources.collecting import editing
from resources.collecting.form import CollectionForm
from resources.models import Collection
from search.index import Document

Reason = Report.Reason

ADDITION = Addition(
    word="collection",
    path=pgettext_lazy("address", "collection/"),
    page="add_collection",
    heading=gettext_lazy("Suggest a collection"),
    nameless=gettext_lazy("A collection without a title yet"),
    intro=gettext_lazy(
        "What would you give a new colleague to read first? Put groups, lessons and guides in "
        "order. The volunteer reviewers look after the collections, and publish them."
    ),
    please=gettext_lazy("English or French is enough."),
    screens=1,
)
MANNERS = replace(
    OF_WRITINGS,
    reasons=(Reason.WRONG, Reason.OTHER),
    texts={},
    new=gettext_lazy("New collection"),
    back=gettext_lazy("Back to the collection"),
    another=gettext_lazy("All collections"),
    home="collection_list",
    why_new_waits=gettext_lazy("Collections are looked after by the volunteer reviewers."),
    why_edit_waits=gettext_lazy("Collections are looked after by the volunteer reviewers."),
    stands_aside=gettext_lazy("You cannot decide on this one. You can look."),
    wants_off=gettext_lazy("Whoever made it asks to take it off"),
)


def rows(keys: list[int] | None = None) -> Any:
    """The public collections."""
    collections = Collection.objects.visible().order_by("pk")
    return collections if keys is None else collections.filter(pk__in=keys)


def document(collection: Collection) -> Document:
    """Its search document. Its pages have their own, and may go away without it."""
    return Document(
        names=said(collection.name_en, collection.name_fr),
        text=said(collection.one_line_en, collection.one_line_fr),
        facets={"shelf": (editing.NAME,)},
        titles={
            "en": collection.name_en or collection.name_fr,
            "fr": collection.name_fr or collection.name_en,
        },
    )


def address(entry: Entry) -> str:
    """The path of its page in the active language."""
    return reverse("collection_page", args=[entry.pk, words_of_address(str(entry.name))])


def organizations(entry: Entry) -> list[Organization]:
    """No organization's: the reviewers look after it."""
    return []


def summary(entry: Entry) -> list[tuple[str, str]]:
    """What a reviewer must see of it to judge what others say of it."""
    held = editing.STORED.values(entry)
    rows = [
        (_("One line"), localized(entry, "one_line").plain),
        (_("Pages"), "\n".join(editing.STORED.words("items", held["items"]))),
    ]
    return [(label, words) for label, words in rows if words]


def facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """By what a reviewer finds it on the desk."""
    languages = tuple(lang for lang in ("en", "fr") if getattr(entry, f"name_{lang}"))
    return {"kind": (editing.NAME,), "province": (), "topic": (), "language": languages}


SHELF = Shelf(
    name=editing.NAME,
    stored=editing.STORED,
    rows=rows,
    document=document,
    address=address,
    kept_by=Collection.objects.kept_by,
    organizations=organizations,
    summary=summary,
    facets=facets,
    waits=frozenset(CollectionForm.base_fields),
    adds=(ADDITION,),
    manners=MANNERS,
)
