"""Rows for tests, made the way the site makes them: through models and turns of the lifecycle."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Organization, User
from cop_directory.models import Listing, ListingFormat, ListingProvince, Place, Platform
from curation import lifecycle, shelves
from curation.models import Entry, Keeper, Language, Tag, TaggedEntry
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


def make_person(email: str = "ana@example.org", *, verified: bool = True, **fields: Any) -> User:
    """Somebody with an account, whose address is confirmed unless told otherwise."""
    person = User.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=verified, primary=True)
    return person


def make_reviewer(email: str = "reviewer@example.org", **fields: Any) -> User:
    """A volunteer who decides what becomes public."""
    return make_person(email, is_moderator=True, **fields)


def make_member(
    email: str, organization: Organization, *, role: str = "steward", **fields: Any
) -> User:
    """Somebody who speaks for an organization."""
    person = make_person(email, **fields)
    Membership.objects.create(
        organization=organization, user=person, role=role, granted_at=timezone.now()
    )
    return person


def make_keeper(
    entry: Entry, email: str = "keeper@example.org", *, mailbox: bool = False, **fields: Any
) -> User | None:
    """Somebody who looks after a page; with `mailbox` a shared address does, without account."""
    if mailbox:
        Keeper.objects.create(entry_id=entry.pk, email=email, **fields)
        return None
    person = make_person(email, **fields)
    Keeper.objects.create(entry_id=entry.pk, user=person)
    return person


def sign_in(client: Client, person: User, *, second_step: bool = True) -> None:
    """A session of that person; where the desk and the admin let in, with a second step proven."""
    client.force_login(person)
    records: list[dict[str, Any]] = [{"method": "code", "at": time.time(), "email": person.email}]
    if second_step:
        Authenticator.objects.get_or_create(
            user=person,
            type=Authenticator.Type.TOTP,
            defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}},
        )
        records.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


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
