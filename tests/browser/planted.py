"""What the real data do not hold: groups at the limits of every field, and pages that fail."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from accounts.models import Organization, Province
from cop_directory.models import Chat, Kind, Listing, Meeting, Platform, Practice
from curation.freshness import today
from curation.models import Entry, Language, Relation, Tag
from tests.factories import make_listing, make_organization, reindex

# Nothing in a field says where it may be broken, as in many addresses and some French names.
UNBROKEN = "Interorganisationskoordinierungsgemeinschaft" * 3
LONG = "Teachers, counsellors and volunteers who meet after work to compare what helped. " * 40
ARABIC = "مجموعة العاملين في الاستقبال والتوطين في هاليفاكس وما حولها"
LONG_URL = "https://a-rather-long-host-name-for-one-group.example.org/" + "path-without-end/" * 20


def suspicious(request: HttpRequest, lang: str) -> NoReturn:
    raise SuspiciousOperation("planted")


def broken(request: HttpRequest, lang: str) -> NoReturn:
    raise RuntimeError("planted")


def plant() -> dict[str, Listing]:
    """Add the groups and index them; {page type: group}, real ones of each sort among them."""
    groups = {
        "group": _real(kind=Kind.LIP, website__startswith="https"),
        "group with no way in": _real(website="", contact_email="", activity="unknown"),
        "chat with its plate": _demo("whatsapp"),
        "group with nothing said": make_listing("Bare", provinces=(), languages=()),
        "group in the other language": _one_language("fr"),
        "group right to left": _right_to_left(),
        "long group": _long(),
    }
    groups["closed group"] = _closed(groups["long group"])
    reindex()
    return groups


def _real(**fields: object) -> Listing:
    return Listing.objects.visible().filter(invented=False, **fields).order_by("pk")[0]


def _demo(platform: str) -> Listing:
    found = Listing.objects.visible().filter(invented=True, platform=platform)
    return found.exclude(name_own="").order_by("pk")[0]


def _one_language(lang: str) -> Listing:
    return make_listing(
        "",
        name_fr="Table de concertation des intervenantes en accueil de la Péninsule acadienne",
        description_fr="Des intervenantes partagent leurs outils et leurs questions.\n\n"
        "* une rencontre par mois\n* un bulletin\n\n[Leur page](https://example.org/)",
        one_line_fr="Les intervenantes en accueil de la Péninsule se parlent.",
        provinces=("NB",),
        languages=(lang,),
        website="https://example.org/",
    )


def _right_to_left() -> Listing:
    return make_listing(
        "",
        name_own=ARABIC,
        name_own_language=Language.objects.get(code="ar"),
        languages=("ar", "en"),
        description_en="People who speak Arabic at work.",
        contact_email="group@example.org",
    )


def _long() -> Listing:
    """Every field filled to its limit, words that nothing breaks among them."""
    hosts = [
        make_organization(UNBROKEN[:120]),
        *Organization.objects.exclude(name_fr="").order_by("pk")[:3],
    ]
    listing = make_listing(
        (UNBROKEN + " of Halifax and of all the places around it")[:160],
        name_fr=("Regroupement " + UNBROKEN)[:160],
        name_own=(ARABIC * 4)[:160],
        name_own_language=Language.objects.get(code="ar"),
        acronym=UNBROKEN[:40],
        kind=Kind.CHAT,
        platform=Platform.objects.get(slug="whatsapp"),
        provinces=Province.values,
        languages=("en", "fr", "ar", "zh"),
        formats=("online", "in-person"),
        tags=Tag.objects.filter(facet__in=Tag.TAGGED, merged_into=None).order_by("pk")[:40],
        hosts=hosts,
        **_long_texts(),
        **_long_dates(),
    )
    _add_extras(listing)
    return listing


def _long_texts() -> dict[str, object]:
    in_both = {"audience": 200, "host_note": 200, "area": 200, "who_may_join": 300, "alert": 200}
    return {
        "one_line_en": ("Housing " + UNBROKEN + " " + LONG)[:140],
        "one_line_fr": ("Logement " + UNBROKEN + " " + LONG)[:140],
        "description_en": f"{LONG}\n\n{UNBROKEN}\n\n* {LONG}\n* {LONG}\n\n<{LONG_URL}>",
        "description_fr": f"{LONG}\n\n{UNBROKEN}\n\n1. {LONG}\n2. {LONG}\n\n<{LONG_URL}>",
        "text_status_fr": "machine",
        "website": LONG_URL,
        "source_url": LONG_URL,
        "contact_email": "one-address-of-the-whole-group-that-never-ends@example.org",
        "last_activity_how": UNBROKEN + " newsletter",
        **{f"{field}_en": LONG[:most] for field, most in in_both.items()},
        **{f"{field}_fr": (UNBROKEN + " " + LONG)[:most] for field, most in in_both.items()},
    }


def _long_dates() -> dict[str, object]:
    """Everything that makes one more line on the page."""
    yes = ("captions", "interpretation", "plain_language", "reading_along_ok")
    return {
        **dict.fromkeys(("link_checked_on", "confirmed_on", "last_activity_on"), today()),
        **dict.fromkeys((*yes, "by_and_for_francophones", "link_answered"), True),
        "alert_until": today() + dt.timedelta(days=30),
        "source_is_mirror": True,
        "source_year": 2019,
        "confirmed_by": Entry.Witness.GROUP,
        "minutes_per_month": 600,
        "established": 1999,
        "members": "sector",
        "cost": "fee",
        "size": "over-500",
    }


def _add_extras(listing: Listing) -> None:
    both = {
        f"{field}_{lang}": f"{LONG[:400]} {UNBROKEN}"
        for field in ("domain", "community", "makes", "first_month", "welcome", "last_topics")
        for lang in ("en", "fr")
    }
    Practice.objects.create(listing=listing, facilitator_paid=True, core_group_size=12, **both)
    Chat.objects.create(
        listing=listing,
        members_see_en=LONG[:300],
        members_see_fr=LONG[:300],
        other_way_en=LONG[:300],
        other_way_fr=LONG[:300],
        rules_url="https://example.org/" + "rules/" * 20,
        moderated=True,
        no_client_data=True,
    )
    for days in (7, 14):
        start = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
        Meeting.objects.create(listing=listing, starts_at=start, timezone="America/Halifax")


def _closed(successor: Listing) -> Listing:
    listing = make_listing(
        "Coast Welcome Circle",
        description_en="It met until its funding ended.",
        activity="closed",
        closed_on=today() - dt.timedelta(days=400),
        closed_why_en="The project ended.",
        closed_why_fr="Le projet a pris fin.",
        website="https://example.org/",
        archive_url="https://example.org/archive",
    )
    Relation.objects.create(from_entry=listing, to_entry=successor, kind=Relation.Kind.REPLACED_BY)
    return listing
