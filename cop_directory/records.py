"""The public record of a group: an allow-list. API, downloads, feeds and embeds print only this."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from accounts.models import Organization
from cop_directory.models import Listing
from cop_directory.shelf import address
from curation.freshness import freshness


@dataclass(frozen=True)
class Record:
    """One group. Texts that are not there are ""; dates are ISO 8601; codes are the filters'.

    `title` is its name once more, as everything in the library has one.
    """

    id: int
    url: str
    url_fr: str
    name: str
    name_fr: str
    name_own: str
    title: str
    title_fr: str
    acronym: str
    kind: str
    description: str
    description_fr: str
    text_status: str
    text_status_fr: str
    provinces: list[str]
    scope: str
    place: str
    languages: list[str]
    topics: list[str]
    clients: list[str]
    roles: list[str]
    formats: list[str]
    join: str
    platform: str
    website: str
    run_by: list[str]
    activity: str
    state: str
    confirmed_on: str
    link_checked_on: str
    last_activity_on: str
    source_url: str
    source_year: int | None
    source_is_archived_copy: bool
    invented: bool


def record(listing: Listing) -> Record:
    """What everybody may have of a row of `shelf.rows()`."""
    with override("en"):
        url, name = address(listing), listing.name.plain
    with override("fr"):
        url_fr = address(listing)
    return Record(
        id=listing.pk,
        url=url,
        url_fr=url_fr,
        name=name,
        name_fr=listing.name_fr,
        name_own=listing.name_own,
        title=name,
        title_fr=listing.name_fr,
        acronym=listing.acronym,
        kind=listing.kind,
        description=listing.one_line_en or listing.description_en,
        description_fr=listing.one_line_fr or listing.description_fr,
        text_status=listing.text_status_en,
        text_status_fr=listing.text_status_fr,
        provinces=[row.province for row in listing.provinces.all()],
        scope=listing.scope,
        place=listing.place.name_en if listing.place else "",
        languages=[language.code for language in listing.languages.all()],
        topics=_tags(listing, "topic"),
        clients=_tags(listing, "client-group"),
        roles=_tags(listing, "role"),
        formats=[row.format for row in listing.formats.all()],
        join=listing.join,
        platform=listing.platform_id or "",
        website="" if listing.door_is_shut else listing.website,
        run_by=[_name(host) for host in listing.hosts.all()],
        activity=listing.activity,
        state=freshness(listing).value,
        confirmed_on=_day(listing.confirmed_on),
        link_checked_on=_day(listing.link_checked_on),
        last_activity_on=_day(listing.last_activity_on),
        invented=listing.invented,
        **_source(listing),
    )


def _source(listing: Listing) -> dict[str, Any]:
    """Where its facts were read."""
    return {
        "source_url": listing.source_url,
        "source_year": listing.source_year,
        "source_is_archived_copy": listing.source_is_mirror,
    }


def _tags(listing: Listing, facet: str) -> list[str]:
    return [row.tag.slug for row in listing.tagged.all() if row.tag.facet == facet]


def _name(organization: Organization) -> str:
    return organization.name_en or organization.name_fr


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
