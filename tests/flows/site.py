"""A small site with one of everything that a reader may meet, and the addresses of its pages."""

import datetime as dt
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Organization
from cop_directory.browse import organization_address
from cop_directory.models import Chat, Listing, Meeting, Partnership, PlatformFact, Practice
from cop_directory.shelf import address
from curation.models import Relation, Tag
from tests.factories import (
    make_language,
    make_listing,
    make_organization,
    make_place,
    make_platform,
    make_tag,
    reindex,
)

LANGUAGES = ("en", "fr")
TODAY = dt.date(2026, 6, 15)


@dataclass
class Site:
    """What stands on the small site."""

    full: Listing
    chat: Listing
    closed: Listing
    french: Listing
    arabic: Listing
    unreachable: Listing
    partnership: Listing
    agency: Organization
    topic: Tag

    @property
    def groups(self) -> list[Listing]:
        return [
            self.full,
            self.chat,
            self.closed,
            self.french,
            self.arabic,
            self.unreachable,
            self.partnership,
        ]

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in self.groups]


def make_site() -> Site:
    """Seven public groups, each with something of its own, and the index of all."""
    agency = make_organization(
        acronym="HSA", type="agency", province="NS", website="https://harbour.example.org/"
    )
    topic = make_tag()
    full = _full(agency, topic)
    site = Site(
        full=full,
        chat=_chat(),
        closed=_closed(full),
        french=make_listing(
            "",
            name_fr="Réseau des enseignantes du Nord",
            languages=("fr",),
            provinces=("YT",),
            kind="rif",
            description_fr="Des enseignantes échangent leurs façons de faire.",
            website="https://reseau.example.org/",
        ),
        arabic=_arabic(),
        unreachable=make_listing(
            "Interpreters of Moncton",
            provinces=("NB",),
            source="named",
            activity="active",
            description_en="Interpreters who compare terms.",
            source_url="https://a.example.org/",
        ),
        partnership=_partnership(agency),
        agency=agency,
        topic=topic,
    )
    reindex()
    return site


FULL = {
    "minutes_per_month": 90,
    "rhythm": "monthly",
    "plain_language": False,
    "captions": True,
    "established": 2015,
    "size": "25-100",
    "presence": "both",
    "cost": "free",
    "name_fr": "Intervenants en logement de Halifax",
    "one_line_en": "People who help newcomers find homes compare what works.",
    "one_line_fr": "Des personnes qui aident à trouver un logement comparent leurs façons.",
    "description_en": "They meet on **Tuesdays**.",
    "description_fr": "Elles se voient le mardi.",
    "text_status_fr": "human",
    "last_activity_how": "Its calendar",
    "alert_en": "They meet online this summer.",
    "alert_fr": "En ligne cet été.",
    "audience_en": "housing workers",
    "audience_fr": "personnel en logement",
    "area_en": "Halifax and around",
    "area_fr": "Halifax et environs",
    "who_may_join_en": "Whoever works with newcomers",
    "who_may_join_fr": "Le personnel du secteur",
}


def _full(agency: Organization, topic: Tag) -> Listing:
    full = make_listing(
        "Housing Workers of Halifax",
        **FULL,
        acronym="HWH",
        hosts=(agency,),
        languages=("en", "fr"),
        formats=("online", "in-person"),
        tags=(topic, make_tag("refugees", facet="client-group"), make_tag("nurse", facet="role")),
        place=make_place(),
        scope="local",
        join="ask",
        website="https://www.housing.example.org/",
        contact_email="group@housing.example.org",
        members="sector",
        activity="active",
        confirmed_on=TODAY,
        confirmed_by="group",
        link_checked_on=TODAY,
        link_answered=True,
        last_activity_on=TODAY,
        source_url="https://list.example.org/page",
        source_is_mirror=True,
        source_year=2019,
    )
    Practice.objects.create(
        listing=full,
        domain_en="Homes",
        domain_fr="Le logement",
        facilitator_paid=True,
        recordings_url="https://notes.example.org/",
    )
    Meeting.objects.create(listing=full, starts_at=timezone.now() + dt.timedelta(days=9))
    return full


def _chat() -> Listing:
    platform = make_platform(shows_number="yes", needs_phone_number="yes", owner="Somebody")
    for about in PlatformFact.About.values:
        PlatformFact.objects.create(
            platform=platform,
            about=about,
            text_en="A phone number.",
            text_fr="Un numéro.",
            strength="primary",
            source_url="https://facts.example.org/",
            checked_on=TODAY,
        )
    chat = make_listing(
        "Employment Chat",
        name_fr="Clavier de l’emploi",
        kind="chat-group",
        platform=platform,
        provinces=("NS", "NB"),
        one_line_en="Job leads.",
        one_line_fr="Des pistes d’emploi.",
        invented=True,
        text_status_fr="machine",
        last_activity_on=TODAY - dt.timedelta(days=900),
        members="sector",
        contact_email="chat@example.org",
    )
    Chat.objects.create(
        listing=chat,
        other_way_en="Write to the hosts.",
        other_way_fr="Écrivez-leur.",
        members_see_en="Your name.",
        members_see_fr="Votre nom.",
        moderated=True,
        traffic="daily",
        no_client_data=True,
        posting="all",
        hours_en="Mornings",
        hours_fr="Le matin",
    )
    return chat


def _closed(instead: Listing) -> Listing:
    closed = make_listing(
        "Old Round Table",
        provinces=(),
        scope="national",
        activity="closed",
        closed_on=TODAY,
        closed_why_en="Its money ended.",
        closed_why_fr="Son financement a pris fin.",
        description_en="It met for ten years.",
        archive_url="https://archive.example.org/",
        source="page",
        source_year=2012,
    )
    Relation.objects.create(from_entry=closed, to_entry=instead, kind="replaced_by")
    return closed


def _arabic() -> Listing:
    return make_listing(
        "Welcome Circle",
        name_own="دائرة الترحيب",
        name_own_language=make_language("ar"),
        languages=("ar", "en"),
        provinces=("ON",),
        consent="agreed",
        members="mixed",
        description_en="Families meet families.",
        confirmed_on=TODAY,
        confirmed_by="volunteer",
        website="https://circle.example.org/",
    )


def _partnership(agency: Organization) -> Listing:
    partnership = make_listing(
        "Gander Local Immigration Partnership",
        kind="lip",
        provinces=("NL",),
        scope="regional",
        place=make_place("gander-nl", "NL"),
        website="https://lip.example.org/",
        hosts=(agency,),
        description_en="Service providers plan together.",
        description_fr="On planifie ensemble.",
        text_status_fr="machine",
        source_url="https://lip.example.org/about",
        source_year=2019,
        source="page",
    )
    Partnership.objects.create(
        listing=partnership,
        catchment_en="The bay",
        catchment_fr="La baie",
        agreement_holder=agency,
        holder_type="agency",
        plan_title="Plan",
        plan_period="2024–2027",
        plan_url="https://lip.example.org/plan",
    )
    return partnership


# Addresses ---------------------------------------------------------------------------------------

# Address names that need arguments, with the arguments of the pages on the small site.
ARGUMENTS = {
    "topic_page": [("housing",)],
    "place_page": [("ns",), ("ca",), ("nu",)],
    "place_text": [("ns",), ("ca",), ("nu",)],
}
NOT_PAGES = {"listing_suggest", "place_text"}  # JSON and plain text


def names() -> list[str]:
    """The name of every reading page under /en/ and /fr/; what others include is not read here."""
    bilingual = next(
        p
        for p in get_resolver().url_patterns
        if hasattr(p, "url_patterns") and "LocalePrefix" in type(p.pattern).__name__
    )
    return [each.name for each in bilingual.url_patterns if isinstance(each, URLPattern)]


def addresses(site: Site, lang: str, *, pages_only: bool = True) -> dict[str, list[str]]:
    """name → every address of that kind on the small site, in one language."""
    with override(lang):
        found = {
            "listing_page": [address(row) for row in Listing.objects.filter(pk__in=site.keys)],
            "organization_page": [organization_address(site.agency)],
            "search": [reverse("search")],
        }
        for name in names():
            if name not in found and not (pages_only and name in NOT_PAGES):
                found[name] = [reverse(name, args=each) for each in ARGUMENTS.get(name, [()])]
    return found
