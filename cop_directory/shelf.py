"""What the bench and the index know of the directory: rows, documents, words, addresses."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Organization
from cop_directory import editing
from cop_directory.facets import FACETS
from cop_directory.models import Kind, Listing, Place
from cop_directory.models.choices import Scope
from curation import chat_links
from curation.finding.phrases import said, words_of_address
from curation.freshness import STANDING, freshness, sign
from curation.manners import Addition
from curation.models import Entry, Stance, Submission, TaggedEntry
from curation.reporting import doors
from curation.shelves import Shelf
from curation.vocabulary import NATIONAL
from search.index import Document
from search.thesaurus import Concept

NAME = "listing"
# Where an invented example stands among equals: behind what is real, before what is closed.
INVENTED = 2


def rows(keys: list[int] | None = None) -> Any:
    """Public groups with all that a card or a document shows, in a fixed number of queries."""
    listings = (
        Listing.objects.visible()
        .annotate(danger_reported=doors.shut())
        .select_related("platform", "place", "name_own_language", "chat")
        .prefetch_related(
            "languages",
            "provinces",
            "formats",
            "hosts",
            Prefetch("tagged", TaggedEntry.objects.select_related("tag").order_by("pk")),
        )
        .order_by("pk")
    )
    return listings if keys is None else listings.filter(pk__in=keys)


def rows_in_order(keys: list[int]) -> list[Listing]:
    """The public groups with these keys, in this order; one that went away is left out."""
    found = {row.pk: row for row in rows(keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def document(listing: Listing) -> Document:
    """The search document of a public group. Nothing that is not on its page may be in it."""
    tags = [row.tag for row in listing.tagged.all()]
    hosts = list(listing.hosts.all())
    place = listing.place
    return Document(
        names=said(listing.name_en, listing.name_fr, listing.name_own, listing.acronym),
        tags=said(
            *(word for host in hosts for word in (host.name_en, host.name_fr, host.acronym)),
            *((place.name_en, place.name_fr) if place else ()),
            listing.area_en,
            listing.area_fr,
        ),
        text=said(
            listing.one_line_en,
            listing.one_line_fr,
            listing.description_en,
            listing.description_fr,
            listing.audience_en,
            listing.audience_fr,
        ),
        facets={"shelf": (NAME,), **{facet.name: facet.of(listing) for facet in FACETS}},
        concepts=tuple(_concepts(listing, tags)),
        titles={"en": listing.name_en or str(listing), "fr": listing.name_fr or str(listing)},
        newest=(listing.published_at.date().toordinal() - 719_163) if listing.published_at else 0,
        standing=standing(listing),
    )


def standing(listing: Listing) -> int:
    """What comes first among equals, 0 to 9: confirmed before unconfirmed, no way in last."""
    if not (listing.way_in_known or listing.is_closed):
        return 0
    if listing.invented:
        return 0 if listing.is_closed else INVENTED
    return STANDING[freshness(listing)]


def concepts() -> list[Concept]:
    """Towns, each leading to its region, its province, then to what is for all of Canada."""
    return [
        Concept(
            key=f"place:{place.slug}",
            labels={"en": place.name_en, "fr": place.name_fr},
            words=said(place.name_en, place.name_fr, *place.synonyms.split("\n")),
            broader=(
                *((f"place:{place.within}",) if place.within else ()),
                f"region:{place.province.lower()}",
                NATIONAL,
            ),
        )
        for place in Place.objects.all()
    ]


def address(entry: Entry) -> str:
    """The path of a group's page in the active language."""
    return reverse("listing_page", args=[entry.pk, words_of_address(str(entry.name))])


def _concepts(listing: Listing, tags: list) -> Iterable[str]:
    yield f"kind:{listing.kind}"
    if listing.place_id:
        yield f"place:{listing.place_id}"
    for row in listing.provinces.all():
        yield f"region:{row.province.lower()}"
    if listing.scope == Scope.NATIONAL:
        yield from ("region:national", NATIONAL)
    for language in listing.languages.all():
        yield f"language:{language.code}"
    if listing.platform_id:
        yield f"platform:{listing.platform_id}"
    for tag in tags:
        yield tag.key


def objection(entry: Entry) -> str:
    """Why a group may not be shown: a chat group shows its members, who must be known or agree."""
    listing = Listing.objects.get(pk=entry.pk)
    if listing.kind != Kind.CHAT or listing.consent == Listing.Consent.AGREED:
        return ""
    if Submission.objects.filter(entry=entry, stance=Stance.TIP).exists():
        return _(
            "It is a tip. A chat group is shown only when the people who run it agree: ask them, "
            "and note that they agreed."
        )
    if listing.members == Listing.Members.SECTOR:
        return ""
    return _(
        "Its members may be newcomers. Note that the group agreed, or that only people of the "
        "sector are in it, before it is shown."
    )


def organizations(entry: Entry) -> list[Organization]:
    """Who runs a group."""
    return list(Organization.objects.filter(listings=entry.pk))


def page_of(organization: Organization) -> str:
    """The public page of an organization, or "" where it runs no public group."""
    if not Listing.objects.visible().filter(hosts=organization).exists():
        return ""
    slug = words_of_address(str(organization))
    return reverse("organization_page", args=[organization.pk, slug])


def summary(entry: Entry) -> list[tuple[str, str]]:
    """What kind of group it is, where, how alive, how one gets in, and its page."""
    from cop_directory import cards  # which shows what stands on this shelf

    listing = entry if isinstance(entry, Listing) else Listing.objects.get(pk=entry.pk)
    return [
        (_("Kind"), cards.kind_words(listing)),
        (_("Place"), cards.where(listing) or _("Not known")),
        (_("How it stands"), sign(listing).sentence),
        (_("How one gets in"), f"{cards.how_to_join(listing)}. {cards.way_in(listing)}."),
        (_("Web page"), listing.website or _("Not known")),
        (_("In one line"), listing.lead.plain or _("Not known")),
    ]


def where(entry: Entry) -> str:
    """Where a group is: "Halifax, NS"."""
    from cop_directory import cards

    return cards.where(entry) if isinstance(entry, Listing) else ""


def link(entry: Entry) -> str:
    """The group's own page elsewhere, or ""."""
    listing = entry if isinstance(entry, Listing) else Listing.objects.get(pk=entry.pk)
    return listing.website


def door(entry: Entry) -> str:
    """Where those who look after a group with a door say how one gets in; "" for others.

    A chat group has one, and so has whatever meets on a platform with invitations.
    """
    if not isinstance(entry, Listing):
        return ""
    has_one = entry.kind == Kind.CHAT or chat_links.takes_invitations(entry.platform_id or "")
    return reverse("invitation_edit", args=[entry.pk]) if has_one else ""


def desk_facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    """By what a reviewer finds a group on the desk."""
    listing = Listing.objects.get(pk=entry.pk)
    return {
        "kind": (listing.kind,),
        "province": tuple(row.province for row in listing.provinces.all()),
        "topic": tuple(
            listing.tagged.filter(tag__facet="topic").values_list("tag__slug", flat=True)
        ),
        "language": tuple(language.code for language in listing.languages.all()),
    }


SHELF = Shelf(
    name=NAME,
    stored=editing.STORED,
    rows=rows,
    document=document,
    concepts=concepts,
    address=address,
    objection=objection,
    link=link,
    door=door,
    kept_by=Listing.objects.kept_by,
    organizations=organizations,
    page_of=page_of,
    summary=summary,
    where=where,
    facets=desk_facets,
    waits=editing.WAITS,
    personal=editing.PERSONAL,
    adds=(
        Addition(
            "group",
            pgettext_lazy("address", "group/"),
            "propose",
            gettext_lazy("Add a group"),
            gettext_lazy("A group without a name yet"),
        ),
    ),
)
