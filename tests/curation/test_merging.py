"""A term that is merged hands over what it held, and never leads in a circle."""

import pytest
from django.urls import reverse

from cop_directory.facets import BY_NAME
from cop_directory.models import Listing
from curation.models import Tag
from search import index
from tests.factories import make_listing, make_superuser, make_tag, sign_in

pytestmark = pytest.mark.django_db


def merge(client, tag, into):
    """What the back room answers when a term is merged into another."""
    url = reverse("admin:curation_tag_change", args=[tag.pk])
    words = {"name": tag.name, "name_fr": tag.name_fr, "synonyms": "", "note": ""}
    return client.post(url, {**words, "merged_into": into.pk if into else ""})


@pytest.fixture
def boss(client):
    sign_in(client, make_superuser())
    return client


def test_merged_term_hands_over_its_groups_and_their_filter(boss):
    old, new = make_tag("mentoring"), make_tag("capacity-building")
    listing = make_listing(tags=[old])
    other = make_listing("Other", tags=[new])
    assert merge(boss, old, new).status_code == 302
    held = [list(BY_NAME["topic"].values(row)) for row in Listing.objects.filter(pk=listing.pk)]
    assert held == [["capacity-building"]]
    assert set(index.ask(filters={"topic": ["capacity-building"]}).keys) == {listing.pk, other.pk}


def test_merged_topic_leads_to_the_one_that_took_its_place(boss):
    old, new = make_tag("mentoring"), make_tag("capacity-building")
    merge(boss, old, new)
    answer = boss.get(reverse("topic_page", args=["mentoring"]))
    assert (answer.status_code, answer["Location"]) == (301, "/en/topics/capacity-building/")


@pytest.mark.parametrize("longer", [False, True])
def test_merging_in_a_circle_is_refused(boss, longer):
    first, second, third = (make_tag(slug) for slug in ("one", "two", "three"))
    merge(boss, second, third if longer else first)
    if longer:
        merge(boss, third, first)
    answer = merge(boss, first, second)
    assert (answer.status_code, Tag.objects.get(pk=first.pk).merged_into) == (200, None)
    assert "That would lead back to this term." in answer.content.decode()


def test_merging_into_itself_is_refused(boss):
    tag = make_tag("one")
    answer = merge(boss, tag, tag)
    assert (answer.status_code, Tag.objects.get(pk=tag.pk).merged_into) == (200, None)


def test_address_and_facet_of_a_term_stay(boss):
    tag = make_tag("housing")
    url = reverse("admin:curation_tag_change", args=[tag.pk])
    boss.post(url, {"name": "Homes", "name_fr": "", "slug": "homes", "facet": "role"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug, tag.facet) == ("Homes", "housing", "topic")
