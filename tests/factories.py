"""Rows for tests, made the way the site makes them: through models and turns of the lifecycle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import Organization, User
from cop_directory.models import Listing, ListingFormat, ListingProvince, Place, Platform
from curation import lifecycle, shelves
from curation.models import Language, Tag, TaggedEntry
from search import index

LANGUAGES = {
    "en": ("English", "anglais", "English", "ltr"),
    "fr": ("French", "français", "français", "ltr"),
    "ar": ("Arabic", "arabe", "العربية", "rtl"),
    "zh": ("Chinese", "chinois", "中文", "ltr"),
}

# The turns that lead from a draft to each status.
TURNS_TO = {
    "draft": (),
    "submitted": ("submit",),
    "needs_answer": ("submit", "ask"),
    "published": ("submit", "publish"),
    "rejected": ("submit", "reject"),
    "withdrawn": ("submit", "publish", "withdraw"),
}


def make_superuser(email: str = "boss@example.org") -> User:
    """Somebody who may do everything; without a password, since hashing one takes its time."""
    return User.objects.create_superuser(email)


def make_staff(email: str = "staff@example.org") -> User:
    """Somebody who gets into the admin, and no further."""
    return User.objects.create_user(email, is_staff=True)


def make_language(code: str = "en") -> Language:
    """One of LANGUAGES; made once."""
    name_en, name_fr, native, direction = LANGUAGES[code]
    return Language.objects.get_or_create(
        code=code,
        defaults={
            "name_en": name_en,
            "name_fr": name_fr,
            "name_native": native,
            "direction": direction,
        },
    )[0]


def make_organization(name_en: str = "Harbour Settlement Agency", **fields: Any) -> Organization:
    return Organization.objects.create(name_en=name_en, **fields)


def make_tag(slug: str = "housing", *, facet: str = "topic", **fields: Any) -> Tag:
    """A term; its names follow from its slug unless they are given. Made once."""
    words = slug.replace("-", " ").capitalize()
    names = {"name": words, "name_fr": f"{words} (fr)"}
    return Tag.objects.get_or_create(facet=facet, slug=slug, defaults={**names, **fields})[0]


def make_place(slug: str = "halifax-ns", province: str = "NS", **fields: Any) -> Place:
    name = slug.rpartition("-")[0].capitalize()
    return Place.objects.get_or_create(
        slug=slug, defaults={"name_en": name, "name_fr": name, "province": province, **fields}
    )[0]


def make_platform(slug: str = "whatsapp", **fields: Any) -> Platform:
    name = slug.capitalize()
    return Platform.objects.get_or_create(
        slug=slug, defaults={"name_en": name, "name_fr": name, **fields}
    )[0]


def make_listing(
    name_en: str = "Housing Workers of Halifax",
    *,
    review: str = "published",
    provinces: Iterable[str] = ("NS",),
    languages: Iterable[str] = ("en",),
    formats: Iterable[str] = (),
    tags: Iterable[Tag] = (),
    hosts: Iterable[Organization] = (),
    **fields: Any,
) -> Listing:
    """A group, brought to `review` by the turns that lead there; public unless told otherwise."""
    given = {"shelf": "listing", "kind": "community-of-practice", "name_en": name_en, **fields}
    for lang in ("en", "fr"):
        if given.get(f"description_{lang}") or given.get(f"one_line_{lang}"):
            given.setdefault(f"text_status_{lang}", "original")
    listing = Listing.objects.create(**given)
    listing.languages.set([make_language(code) for code in languages])
    listing.hosts.set(hosts)
    ListingProvince.objects.bulk_create(
        ListingProvince(listing=listing, province=province) for province in provinces
    )
    ListingFormat.objects.bulk_create(
        ListingFormat(listing=listing, format=value) for value in formats
    )
    TaggedEntry.objects.bulk_create(TaggedEntry(content_object=listing, tag=tag) for tag in tags)
    for verb in TURNS_TO[review]:
        lifecycle.take(listing, verb, by=None, note="made for a test")
    return Listing.objects.get(pk=listing.pk)


def reindex() -> None:
    """Build the index anew from what is public, with the words of the vocabulary."""
    index.rebuild(shelves.documents(), shelves.concepts())
