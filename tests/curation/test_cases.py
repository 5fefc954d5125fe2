"""What waits is there once, closed by what settles it, and taken by one person at a time."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Domain
from curation import cases
from curation.models import Case, CaseFacet, Claim, Entry
from tests.factories import (
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    make_tag,
)

pytestmark = pytest.mark.django_db


def make_entry(name="Housing Workers of Halifax", **fields):
    return Entry.objects.get(pk=make_listing(name, **fields).pk)


def waiting():
    return list(Case.objects.waiting().values_list("entry", "reason"))


def test_case_says_by_what_it_is_found_and_whose_it_is():
    agency = make_organization()
    entry = make_entry(
        provinces=("NS", "NB"), languages=("en", "fr"), hosts=[agency], tags=[make_tag("housing")]
    )
    case = cases.open_case("report", entry=entry)
    assert set(CaseFacet.objects.filter(case=case).values_list("name", "value")) == {
        ("kind", "community-of-practice"),
        ("province", "NS"),
        ("province", "NB"),
        ("topic", "housing"),
        ("language", "en"),
        ("language", "fr"),
    }
    assert list(case.organizations.all()) == [agency]


def test_same_thing_waits_once_and_again_after_it_was_settled():
    entry, other = make_entry(), make_entry("Other")
    first = cases.open_case("report", entry=entry)
    assert cases.open_case("report", entry=entry) == first
    cases.open_case("link", entry=entry)
    cases.open_case("report", entry=other)
    assert cases.close_for(entry, "report") == 1
    again = cases.open_case("report", entry=entry)
    assert again != first
    assert sorted(waiting()) == sorted(
        [(entry.pk, "link"), (other.pk, "report"), (entry.pk, "report")]
    )


def test_what_was_closed_about_the_same_claim_waits_again():
    entry = make_entry()
    claim = Claim.objects.create(entry=entry, email="sam@example.org")
    case = cases.open_case("claim", entry=entry, claim=claim)
    cases.close(Case.objects.filter(pk=case.pk))
    assert cases.open_case("claim", entry=entry, claim=claim) == case
    assert waiting() == [(entry.pk, "claim")]


def test_database_refuses_a_second_case_of_the_same():
    entry = make_entry()
    cases.open_case("report", entry=entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(reason="report", entry=entry)


def test_danger_comes_first_then_requests_then_age():
    names = [("new", "a"), ("danger", "b"), ("join", "c"), ("report", "d")]
    for age, (reason, name) in enumerate(names):
        case = cases.open_case(reason, entry=make_entry(name))
        Case.objects.filter(pk=case.pk).update(
            opened_at=timezone.now() - dt.timedelta(days=9 - age)
        )
    assert [reason for _, reason in waiting()] == ["danger", "join", "new", "report"]


def test_case_of_a_domain_belongs_to_its_organization():
    agency = make_organization()
    domain = Domain.objects.create(organization=agency, name="harbour.example.org")
    case = cases.open_case("domain", domain=domain)
    member = make_member("ana@harbour.example.org", agency)
    assert cases.is_their_own(member, list(case.organizations.all()))
    assert not cases.is_their_own(make_person("x@example.org"), list(case.organizations.all()))


def test_case_is_taken_by_one_person_for_half_an_hour():
    case = cases.open_case("report", entry=make_entry())
    first, second = make_reviewer(), make_reviewer("second@example.org")
    assert cases.take_up(case, by=first)
    assert cases.take_up(case, by=first)
    assert not cases.take_up(case, by=second)
    Case.objects.update(taken_at=timezone.now() - dt.timedelta(minutes=31))
    assert cases.take_up(case, by=second)
    assert Case.objects.get().taken_by == second


def test_only_who_has_taken_a_case_puts_it_back():
    case = cases.open_case("report", entry=make_entry())
    first, second = make_reviewer(), make_reviewer("second@example.org")
    cases.take_up(case, by=first)
    cases.put_back(case, by=second)
    assert Case.objects.get().taken_by == first
    cases.put_back(case, by=first)
    assert Case.objects.get().taken_by is None


def test_what_was_settled_since_a_moment_waits_again_and_nothing_else():
    entry = make_entry()
    cases.open_case("link", entry=entry)
    cases.close_for(entry, "link")
    moment = timezone.now()
    cases.open_case("report", entry=entry)
    cases.close_for(entry, "report")
    cases.open_again(entry, since=moment)
    assert waiting() == [(entry.pk, "report")]
