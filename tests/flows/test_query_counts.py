"""Every kind of page asks the database a small, literal number of questions, however many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cop_directory.browse import organization_address
from cop_directory.models import Chat, Meeting, PlatformFact
from cop_directory.shelf import address
from tests.factories import (
    make_language,
    make_listing,
    make_organization,
    make_place,
    make_platform,
    make_tag,
    reindex,
)

pytestmark = pytest.mark.django_db

# The first page that a process serves also reads the index; the counts are those of the next.
QUERIES = {
    "/en/": 2,
    "/fr/": 2,
    "/en/search/": 0,
    "/en/search/?q=housing": 8,
    "/en/directory/": 10,
    "/en/directory/?q=housing": 10,
    "/en/directory/?q=housing&kind=community-of-practice&province=NS&language=en&topic=housing": 5,
    "/fr/repertoire/?q=logement": 10,
    "/en/directory/?q=hosing+halifx": 10,
    "/en/directory/?q=xyzzy+plugh": 4,
    "the group": 16,
    "/en/topics/": 3,
    "/en/topics/housing/": 9,
    "/en/places/": 1,
    "/en/places/ns/": 7,
    "/en/places/ns.txt": 7,
    "/en/jobs/": 2,
    "the organization": 7,
    "/en/a-to-z/": 1,
    "/en/about/": 0,
    "/en/suggestions?q=hous": 1,
    "/api/v1/listings": 7,
    "/api/v1/listings?q=housing&province=NS": 7,
    "/api/v1/listings/one": 6,
    "/api/v1/resources": 1,
    "/api/v1/search?q=housing": 8,
    "/sitemap.xml": 5,
    "/healthz": 4,
    "/robots.txt": 0,
    "/en/nowhere/": 0,
}


def make_rows(number: int) -> dict[str, str]:
    """So many groups with everything that a page shows; the addresses of those in words."""
    agency, platform = make_organization(), make_platform(shows_number="yes")
    for about in PlatformFact.About.values:
        PlatformFact.objects.create(
            platform=platform,
            about=about,
            text_en="A",
            text_fr="B",
            strength="primary",
            source_url="https://facts.example.org/",
            checked_on="2025-01-01",
        )
    listings = [make_row(n, number, agency, platform) for n in range(number)]
    reindex()
    with override("en"):
        return {
            "the group": address(listings[0]),
            "the organization": organization_address(agency),
            "/api/v1/listings/one": f"/api/v1/listings/{listings[0].pk}",
        }


def make_row(n: int, number: int, agency, platform):
    facets = ("topic", "role", "client-group")
    listing = make_listing(
        f"Housing Workers {n}",
        name_fr=f"Logement {n}",
        hosts=(agency,),
        platform=platform,
        tags=(make_tag(), *(make_tag(f"{f}-{i}", facet=f) for i in range(number) for f in facets)),
        languages=("en", "fr", "ar")[: 1 + n],
        place=make_place(),
        name_own="اسم",
        name_own_language=make_language("ar"),
        provinces=("NS", "NB")[: 1 + n],
        formats=("online", "hybrid")[: 1 + n],
        description_en="Housing.",
        kind="chat-group",
        website="https://h.example.org/",
        contact_email="h@example.org",
    )
    Chat.objects.create(listing=listing, other_way_en="Write.")
    for day in range(1, number + 1):
        Meeting.objects.create(listing=listing, starts_at=f"2031-01-0{day}T12:00Z")
    return listing


def counted(client, url: str) -> list[str]:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert (url, answer.status_code) == (url, 404 if "nowhere" in url else 200)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_is_literal_and_does_not_grow(client, rows):
    urls = make_rows(rows)
    assert {page: len(counted(client, urls.get(page, page))) for page in QUERIES} == QUERIES


def test_planted_query_for_each_row_is_seen(client, monkeypatch):
    from cop_directory import cards

    plain = cards.card

    def asking(listing, because=None):
        listing.refresh_from_db(fields=["kind"])
        return plain(listing, because)

    monkeypatch.setattr("cop_directory.results.card", asking)
    make_rows(1)
    one = len(counted(client, "/en/directory/"))
    make_listing("Housing Workers two")
    assert len(counted(client, "/en/directory/")) == one + 1
