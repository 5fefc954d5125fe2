"""What the nightly round of links means for an entry: one bad night says nothing."""

import datetime as dt

import pytest

from cop_directory.models import Listing
from curation.links_at_night import due, go_round
from curation.models import Case
from tests.factories import make_listing

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 1)
LINK = "https://group.example.org/"


def nights(*answers, start=DAY):
    """One round a night, each with this answer for every link."""
    for number, answer in enumerate(answers):
        go_round(
            start + dt.timedelta(days=number), knock=lambda urls, a=answer: dict.fromkeys(urls, a)
        )


def state(listing):
    listing.refresh_from_db()
    return listing.link_answered, listing.link_checked_on, listing.link_failures


def open_cases():
    return list(Case.objects.waiting().values_list("entry", "reason"))


def test_link_that_answers_is_dated():
    listing = make_listing(website=LINK)
    nights(True)
    assert state(listing) == (True, DAY, 0)
    assert open_cases() == []


def test_link_gone_on_two_nights_changes_nothing_that_readers_see():
    listing = make_listing(website=LINK)
    nights(True)
    nights(False, False, start=DAY + dt.timedelta(days=7))
    assert state(listing) == (True, DAY, 2)
    assert open_cases() == []


def test_link_gone_on_three_nights_is_marked_and_waits_for_a_reviewer():
    listing = make_listing(website=LINK)
    nights(False, False, False)
    assert state(listing) == (False, DAY + dt.timedelta(days=2), 3)
    assert open_cases() == [(listing.pk, "link")]
    assert listing.decisions.first().verb == "knock"


def test_link_that_comes_back_is_off_the_desk():
    listing = make_listing(website=LINK)
    nights(False, False, False, True)
    assert state(listing) == (True, DAY + dt.timedelta(days=3), 0)
    assert open_cases() == []
    assert [d.verb for d in listing.decisions.all()[:2]] == ["knock", "knock"]


def test_answer_that_says_nothing_moves_no_date():
    listing = make_listing(website=LINK)
    nights(None)
    assert state(listing) == (None, None, 0)


def test_two_rounds_in_one_night_count_once():
    listing = make_listing(website=LINK)
    for _ in range(3):
        nights(False)
    assert state(listing) == (None, None, 1)


def test_link_is_asked_once_a_week_unless_it_was_gone():
    answering, failing = make_listing(website=LINK), make_listing("Other", website=f"{LINK}b")
    go_round(DAY, knock=lambda urls: {url: url == LINK for url in urls})
    assert {each.pk for each in due(DAY + dt.timedelta(days=1))} == {failing.pk}
    assert {each.pk for each in due(DAY + dt.timedelta(days=7))} == {answering.pk, failing.pk}


def test_only_public_living_real_groups_are_asked():
    make_listing("Draft", review="draft", website=LINK)
    make_listing("Closed", activity="closed", website=LINK)
    make_listing("Invented", invented=True, website=LINK)
    living = make_listing("Living", website=LINK)
    assert [each.pk for each in due(DAY)] == [living.pk]


def test_group_without_a_link_is_not_asked():
    make_listing()
    assert go_round(DAY, knock=lambda urls: {}) == 0


def test_dry_run_asks_nobody_and_writes_nothing():
    listing = make_listing(website=LINK)
    assert go_round(DAY, dry_run=True, knock=None) == 1
    assert Listing.objects.get(pk=listing.pk).link_asked_on is None
