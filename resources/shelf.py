"""What the bench and the index know of the library: rows, documents, words, addresses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.languages import localized
from accounts.models import Organization
from curation.finding.phrases import said, words_of_address
from curation.models import Entry, Tag, TaggedEntry
from curation.shelves import Shelf
from resources import before_sending, editing, shown
from resources.adding import GUIDE, LESSON, MANNERS, thanks
from resources.evidence import RUNGS, as_claimed
from resources.evidence import standing as standing_of
from resources.facets import FACETS, UNOFFERED
from resources.files import receiving
from resources.files.along import along
from resources.forms.contents import LESSON as TOLD
from resources.models import Corroboration, Kind, Outcome, Resource, Visibility
from search.index import Document
from search.thesaurus import Concept

NAME = editing.NAME
PUBLISHED = Entry.Review.PUBLISHED
# The first step of the ladder that may rest on what is said of a method alone.
CLAIMED = 3
# What a kind is called in a question, its labels first.
KINDS = {
    Kind.LESSON: ("Lesson", "Leçon", "lessons", "leçons"),
    Kind.REPORT: ("Report", "Rapport", "reports", "rapports"),
    Kind.GUIDE: ("Guide", "Guide", "guides", "guidebook", "handbook", "manual", "manuel"),
    Kind.TOOLKIT: ("Toolkit", "Trousse d’outils", "toolkits", "tool kit", "tool kits", "trousse",
                   "trousses", "trousses d’outils", "boîte à outils", "boîtes à outils"),
    Kind.ARTICLE: ("Article", "Article", "articles", "blog post", "billet"),
    Kind.RECORDING: ("Recording", "Enregistrement", "recordings", "slides", "enregistrements",
                     "diapositives"),
    Kind.TEMPLATE: ("Template", "Modèle", "templates", "sample form", "modèles", "gabarit",
                    "gabarits"),
    Kind.EVALUATION: ("Evaluation report", "Rapport d’évaluation", "evaluation reports",
                      "rapports d’évaluation"),
}  # fmt: skip
TAGS = Prefetch("tagged", TaggedEntry.objects.select_related("tag").order_by("pk"))


def rows(keys: list[int] | None = None) -> Any:
    """What is public in the library, with all that a card or a document shows, in a fixed number
    of queries."""
    answers = (
        Corroboration.objects.visible()
        .select_related("organization")
        .prefetch_related(TAGS)
        .order_by("-said_on", "pk")
    )
    resources = (
        Resource.objects.visible()
        .select_related("organization", "lesson")
        .prefetch_related(
            "languages",
            "provinces",
            "formats",
            "served_in",
            TAGS,
            Prefetch("corroborations", answers, to_attr="answers"),
        )
        .order_by("pk")
    )
    return resources if keys is None else resources.filter(pk__in=keys)


def rows_in_order(keys: list[int]) -> list[Resource]:
    """The public things with these keys, in this order; one that went away is left out."""
    found = {row.pk: row for row in rows(keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def document(resource: Resource) -> Document:
    """The search document of something public. Nothing that is not on its page may be in it."""
    tags = [row.tag for row in resource.tagged.all()]
    hidden = shown.is_hidden(resource)
    return Document(
        names=said(resource.name_en, resource.name_fr),
        # Names of agencies are full of words that say what it is about, and it is not.
        text=said(*_texts(resource), *_tale(resource), *_barriers(tags), *shown.names(resource)),
        facets={
            "shelf": (NAME,),
            **{each.name: each.of(resource) for each in UNOFFERED},
            **({} if hidden else {each.name: each.of(resource) for each in FACETS}),
        },
        concepts=tuple(_concepts(resource, tags, hidden=hidden)),
        titles={
            "en": resource.name_en or resource.name_fr,
            "fr": resource.name_fr or resource.name_en,
        },
        newest=newest(resource),
        standing=standing(resource),
    )


def newest(resource: Resource) -> int:
    """By what the newest are first: the day of publication; of what hides a name, its year's first.

    Of what was made elsewhere, the year in which it was made. Invented examples come last.
    """
    if resource.invented:
        return 0
    public = shown.day(resource)
    year = shown.year(resource)
    if resource.is_lesson and public:
        return public.toordinal() - 719_163
    return (year - 1970) * 365 if year and year > 1970 else 0


def standing(resource: Resource) -> int:
    """What comes first among equals, 0 to 9: what is surer, an invented example last."""
    if resource.invented:
        return 0
    return 3 + shown.step(resource)


def concepts() -> list[Concept]:
    """The library's own words: what it is. All others are in the vocabulary."""
    return [
        Concept(key=f"kind:{kind}", labels={"en": labels[0], "fr": labels[1]}, words=labels)
        for kind, labels in KINDS.items()
    ]


def address(entry: Entry) -> str:
    """The path of its page in the active language."""
    return reverse("resource_page", args=[entry.pk, words_of_address(str(entry.name))])


def objection(entry: Entry) -> str:
    """Why it may not be shown: a lesson must not let a client be recognized."""
    resource = Resource.objects.get(pk=entry.pk)
    if resource.is_lesson and not resource.no_client_recognized:
        return _("Nobody has said that no client can be recognized.")
    return ""


def doubts(entry: Entry, _address: str, values: Mapping[str, Any]) -> Iterator[str]:
    """What a reviewer must look at first: a step that rests on what its sender claims.

    Whoever publishes it, or an edit that raises it, has seen that it is so.
    """
    resource = rows([entry.pk]).first() or _own(entry)
    now = shown.evidence(resource)
    step = standing_of(as_claimed(now, values))
    if step >= CLAIMED and (step > standing_of(now) or resource.review != PUBLISHED):
        words = _("Public, it stands on “%(step)s”. Open its link: is it that?")
        yield words % {"step": RUNGS[step - 1].name}
    yield from before_sending.doubts(values, resource.visibility)


def stays(entry: Entry) -> str:
    """Why it may not be merged: what other agencies said of it would go with it."""
    if Corroboration.objects.visible().filter(lesson=entry.pk).exists():
        return _(
            "Other agencies have said how it went for them. Merge the other one into this, or "
            "let both stay."
        )
    return ""


def link(entry: Entry) -> str:
    """Its own page elsewhere, or ""."""
    return _own(entry).link


def organizations(entry: Entry) -> list[Organization]:
    """Whose it is, hidden or not: its people step aside when it is reviewed."""
    organization = _own(entry).organization
    return [organization] if organization else []


def summary(entry: Entry) -> list[tuple[str, str]]:
    """What a reviewer must see of it to judge what others say of it."""
    resource = _own(entry)
    went = str(Outcome(resource.outcome).label) if resource.outcome else ""
    tried = localized(resource, "description").plain if resource.is_lesson else ""
    rows = [
        (pgettext("library", "Kind"), str(Kind(resource.kind).label)),
        (_("How it went"), went),
        (_("What was tried"), tried),
        (_("In one line"), localized(resource, "one_line").plain),
        (_("Organization"), str(shown.agency(resource))),
        (_("Its web page"), resource.link),
    ]
    return [(label, words) for label, words in rows if words]


def where(entry: Entry) -> str:
    """Of what kind it is: that says more in a list than where."""
    return str(Kind(entry.kind).label) if isinstance(entry, Resource) else ""


def desk_facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """By what a reviewer finds it on the desk."""
    resource = _own(entry)
    hidden = shown.is_hidden(resource)
    topics = resource.tagged.filter(tag__facet="topic").values_list("tag__slug", flat=True)
    return {
        "kind": (resource.kind,),
        "province": () if hidden else tuple(row.province for row in resource.provinces.all()),
        "topic": tuple(topics),
        "language": shown.languages(resource),
    }


def hides(entry: Entry) -> dict[str, Any]:
    """The values that hide whose lesson it is."""
    resource = _own(entry)
    is_open = resource.is_lesson and not shown.is_hidden(resource)
    return {"visibility": str(Visibility.HIDDEN)} if is_open else {}


def hidden(entry: Entry) -> bool:
    """Whether its sender is shown to nobody."""
    return shown.hides_somebody(_own(entry))


def seen(entry: Entry, wanted: Mapping[str, Any]) -> frozenset[str]:
    """Whose it is, where only its people are hidden, and would be hidden still."""
    both = {_own(entry).visibility, wanted.get("visibility", Visibility.AGENCY)}
    return frozenset() if Visibility.HIDDEN in both else frozenset({"organization", "publisher"})


def _own(entry: Entry) -> Resource:
    return entry if isinstance(entry, Resource) else Resource.objects.get(pk=entry.pk)


def _texts(resource: Resource) -> Iterator[str]:
    for name in ("one_line", "description", "about", "to_know", "to_do"):
        yield from (getattr(resource, f"{name}_{lang}") for lang in shown.OURS)


def _tale(resource: Resource) -> list[str]:
    """What the full card of a lesson tells."""
    tale = getattr(resource, "lesson", None)
    return [getattr(tale, name) for name in TOLD if name.endswith(("_en", "_fr"))] if tale else []


def _barriers(tags: list[Tag]) -> Iterator[str]:
    """What stood in the way: too broad for concepts, so they are found as any text is."""
    for tag in tags:
        if tag.facet == Tag.Facet.BARRIER:
            yield from tag.words()


def _concepts(resource: Resource, tags: list, *, hidden: bool) -> Iterable[str]:
    yield f"kind:{resource.kind}"
    for tag in tags:
        if not (hidden and tag.facet == "client-group"):
            yield tag.key
    if hidden:
        return
    for row in resource.provinces.all():
        yield f"region:{row.province.lower()}"
    for each in resource.formats.all():
        yield f"format:{each.format}"
    for code in shown.languages(resource):
        yield f"language:{code}"


SHELF = Shelf(
    name=NAME,
    stored=editing.STORED,
    rows=rows,
    document=document,
    concepts=concepts,
    address=address,
    objection=objection,
    link=link,
    kept_by=Resource.objects.kept_by,
    organizations=organizations,
    summary=summary,
    where=where,
    facets=desk_facets,
    waits=editing.WAITS,
    personal=editing.PERSONAL,
    receive=receiving.receive,
    adds=(LESSON, GUIDE),
    manners=MANNERS,
    preview=before_sending.of_lesson,
    thanks=thanks,
    doubts=doubts,
    stays=stays,
    along=along,
    hides=hides,
    hidden=hidden,
    tells_who=frozenset({"materials"}),  # by the names of files
    seen=seen,
)
