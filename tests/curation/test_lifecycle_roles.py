"""Who may take which turn, what a turn settles, and how it is taken back."""

import datetime as dt

import pytest

from curation import cases, history, lifecycle
from curation.models import Case, Entry, Submission
from search import index
from tests.curation.test_lifecycle import OPEN, TABLE, WHO, make, take
from tests.factories import (
    make_keeper,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
)

# Who may, and what follows ------------------------------------------------------------------------


def sent_by(person, review="submitted"):
    """A group that somebody with an account proposed."""
    listing = make_listing(review=review)
    Submission.objects.create(entry=listing, stance="run", by=person)
    return listing


@pytest.mark.django_db
@pytest.mark.parametrize("verb", TABLE)
@pytest.mark.parametrize("role", ["sender", "keeper", "reviewer", None])
def test_person_takes_the_turns_of_their_role_and_no_others(verb, role):
    source = sorted(TABLE[verb][0])[0]
    listing = make(source)
    if role == "sender":
        person = make_person("sam@example.org")
        Submission.objects.create(entry_id=listing.pk, stance="tip", by=person)
    elif role == "keeper":
        person = make_keeper(listing)
    else:
        person = make_reviewer() if role else make_person("nobody@example.org")
    assert lifecycle.role_of(person, listing) == role
    assert lifecycle.may(person, verb, listing) is (role in WHO[verb])


@pytest.mark.django_db
def test_sender_withdraws_what_waits_and_no_longer_what_is_public():
    person = make_person("sam@example.org")
    waiting, public = sent_by(person), sent_by(person, "published")
    assert lifecycle.may(person, "withdraw", waiting)
    assert not lifecycle.may(person, "withdraw", public)


@pytest.mark.django_db
def test_reviewer_steps_aside_for_their_own_organization():
    agency = make_organization()
    person = make_member("ana@harbour.example.org", agency, is_moderator=True)
    theirs = make_listing(review="submitted", hosts=[agency])
    others = make_listing("Of others", review="submitted")
    assert lifecycle.may(person, "publish", others)
    with pytest.raises(lifecycle.TurnRefused, match="You may not do this here"):
        lifecycle.take(theirs, "publish", by=person)
    assert Entry.objects.get(pk=theirs.pk).review == "submitted"


@pytest.mark.django_db
def test_turn_that_saw_an_older_version_is_refused():
    listing, person = make_listing(review="submitted"), make_reviewer()
    lifecycle.record_edit(listing, by=person, before={"acronym": ""}, after={"acronym": "A"})
    with pytest.raises(lifecycle.TurnRefused, match="Somebody was faster than you"):
        lifecycle.take(listing, "publish", by=person, version=1)
    lifecycle.take(listing, "publish", by=person, version=2)
    assert (listing.review, listing.version) == ("published", 3)


@pytest.mark.django_db
def test_merging_needs_a_public_page_of_the_same_kind_that_is_another():
    listing, person = make_listing(review="submitted"), make_reviewer()
    for into in (None, listing, make_listing("Not public", review="submitted")):
        with pytest.raises(lifecycle.TurnRefused, match="Choose a public page"):
            lifecycle.take(listing, "merge", by=person, into=into)
    into = make_listing("Public")
    lifecycle.take(listing, "merge", by=person, into=into)
    assert Entry.objects.get(pk=listing.pk).merged_into_id == into.pk


@pytest.mark.django_db
def test_reason_that_is_not_of_the_public_list_is_refused():
    listing = make_listing(review="submitted")
    with pytest.raises(ValueError, match="not a valid"):
        lifecycle.take(listing, "reject", by=None, note="x", public_reason="a person’s name")
    assert Entry.objects.get(pk=listing.pk).review == "submitted"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "source", "waits_before", "waits_after"),
    [
        ("submit", "draft", [], ["new"]),
        ("submit", "needs_answer", [], ["answered"]),
        ("publish", "submitted", ["new"], []),
        ("ask", "submitted", ["new"], []),
        ("reject", "submitted", ["new"], []),
        ("withdraw", "published", ["report", "link"], []),
        ("merge", "published", ["report"], []),
        ("publish", "submitted", ["new", "report"], ["report"]),
        ("reopen", "rejected", [], ["new"]),
    ],
)
def test_turn_opens_and_settles_what_waits(verb, source, waits_before, waits_after):
    listing, person = make(source), make_reviewer()
    for reason in waits_before:
        cases.open_case(reason, entry=Entry.objects.get(pk=listing.pk))
    take(listing, verb, by=person)
    waiting = Case.objects.filter(entry=listing.pk, closed_at=None)
    assert sorted(waiting.values_list("reason", flat=True)) == sorted(waits_after)


# Undo ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "source"), [row for row in OPEN if row[0] != "submit"])
def test_turn_is_undone_and_what_waited_waits_again(verb, source):
    listing, person = make(source), make_reviewer()
    cases.open_case("report", entry=Entry.objects.get(pk=listing.pk))
    if source == "submitted":
        cases.open_case("new", entry=Entry.objects.get(pk=listing.pk))
    before = sorted(Case.objects.filter(closed_at=None).values_list("entry", "reason"))
    decision = take(listing, verb, by=person)
    undone = lifecycle.undo(decision, by=make_reviewer("other@example.org"))
    entry = Entry.objects.get(pk=listing.pk)
    assert (entry.review, entry.merged_into, entry.version) == (source, None, undone.number)
    assert sorted(Case.objects.filter(closed_at=None).values_list("entry", "reason")) == before
    assert (entry.pk in index.ask().keys) is (source == "published")
    assert history.broken(entry) == []


@pytest.mark.django_db
def test_undo_is_refused_once_something_has_followed():
    listing, person = make_listing(review="submitted"), make_reviewer()
    decision = lifecycle.take(listing, "publish", by=person)
    lifecycle.take(listing, "withdraw", by=person, note="asked to")
    with pytest.raises(lifecycle.TurnRefused, match="Somebody was faster"):
        lifecycle.undo(decision, by=person)
    assert Entry.objects.get(pk=listing.pk).review == "withdrawn"


@pytest.mark.django_db
def test_undo_is_refused_after_seven_days():
    listing, person = make_listing(review="submitted"), make_reviewer()
    decision = lifecycle.take(listing, "publish", by=person)
    decision.at -= dt.timedelta(days=7, seconds=1)
    with pytest.raises(lifecycle.TurnRefused, match="can no longer be undone"):
        lifecycle.undo(decision, by=person)


@pytest.mark.django_db
def test_undo_is_not_for_what_a_keeper_decided_or_an_undo():
    listing, person = make_listing(), make_reviewer()
    keeper = make_keeper(listing)
    decision = lifecycle.take(listing, "withdraw", by=keeper, note="We stop.")
    with pytest.raises(lifecycle.TurnRefused, match="can no longer be undone"):
        lifecycle.undo(decision, by=person)
    reopened = lifecycle.take(listing, "reopen", by=person)
    undone = lifecycle.undo(reopened, by=person)
    with pytest.raises(lifecycle.TurnRefused, match="can no longer be undone"):
        lifecycle.undo(undone, by=person)


@pytest.mark.django_db
def test_undo_is_for_reviewers_who_do_not_run_it():
    agency = make_organization()
    listing = make_listing(review="submitted", hosts=[agency])
    decision = lifecycle.take(listing, "publish", by=make_reviewer())
    for person in (make_person(), make_member("own@example.org", agency, is_moderator=True)):
        with pytest.raises(lifecycle.TurnRefused, match="You may not do this here"):
            lifecycle.undo(decision, by=person)
    assert Entry.objects.get(pk=listing.pk).review == "published"
