"""What the bench and the index know of collections: rows, documents, addresses."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.languages import localized
from accounts.models import Organization
from curation.finding.phrases import words_of_address
from curation.manners import Addition, Manners
from curation.models import Entry, Report
from curation.shelves import Shelf
from resources.collecting import editing
from resources.collecting.form import CollectionForm
from resources.models import Collection
from search.index import Document
from search.thesaurus import Concept

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
MANNERS = Manners(
    asks_stance=False,
    claimed=False,
    asked=False,
    closes=False,
    has_doors=False,
    linked=False,
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
        names=_words(collection.name_en, collection.name_fr),
        text=_words(collection.one_line_en, collection.one_line_fr),
        facets={"shelf": (editing.NAME,)},
        titles={
            "en": collection.name_en or collection.name_fr,
            "fr": collection.name_fr or collection.name_en,
        },
    )


def concepts() -> list[Concept]:
    """Collections have no words of their own."""
    return []


def address(entry: Entry) -> str:
    """The path of its page in the active language."""
    return reverse("collection_page", args=[entry.pk, words_of_address(str(entry.name))])


def nothing(_entry: Any) -> str:
    """No objection, no page elsewhere, no door, nowhere."""
    return ""


def organizations(entry: Entry) -> list[Organization]:
    """No organization's: the reviewers look after it."""
    return []


def summary(entry: Entry) -> list[tuple[str, str]]:
    """What a reviewer must see of it to judge what others say of it."""
    held = editing.values(entry)
    rows = [
        (_("One line"), localized(entry, "one_line").plain),
        (_("Pages"), "\n".join(editing.words("items", held["items"]))),
    ]
    return [(label, words) for label, words in rows if words]


def facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """By what a reviewer finds it on the desk."""
    languages = tuple(lang for lang in ("en", "fr") if getattr(entry, f"name_{lang}"))
    return {"kind": (editing.NAME,), "province": (), "topic": (), "language": languages}


def _words(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


SHELF = Shelf(
    name=editing.NAME,
    rows=rows,
    document=document,
    concepts=concepts,
    address=address,
    objection=nothing,
    link=nothing,
    door=nothing,
    kept_by=Collection.objects.kept_by,
    organizations=organizations,
    page_of=nothing,
    summary=summary,
    where=nothing,
    facets=facets,
    form=editing.form,
    values=editing.values,
    fields=editing.fields,
    write=editing.write,
    label=editing.label,
    words=editing.words,
    waits=frozenset(CollectionForm.base_fields),
    adds=(ADDITION,),
    manners=MANNERS,
)
