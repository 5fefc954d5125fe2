"""Senders who asked not to be named: what the desk shows of them, and to whom."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from cop_directory.models import Listing
from curation import cases, changes, hiding
from curation.changes import Sender
from curation.desk import case_sheet
from curation.hands import hands
from curation.lifecycle import TurnRefused
from curation.models import Case, Decision, Entry, Keeper
from curation.trust import is_trusted
from tests.curation.sent import case_of_edit, make_entry, send_new
from tests.curation.shelved import groups_with
from tests.factories import make_member, make_organization, make_reviewer, sign_in

pytestmark = pytest.mark.django_db
SECRET = "quill"  # in the address of the sender, and in a field about them


@pytest.fixture(autouse=True)
def hidden():
    """Whoever sends something asked not to be named."""
    with groups_with(hidden=lambda entry: True) as shelf:
        yield shelf


@pytest.fixture
def rae(client):
    """A reviewer, signed in."""
    person = make_reviewer("rae@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def case(hidden):
    """Something new of such a sender, with one edit of theirs beside another page."""
    sender = Sender(email=f"{SECRET}@agency.example.org")
    agency = make_organization("Harbour Agency")
    case = send_new(sender=sender, hosts=[agency])
    said = {"contact_email": f"{SECRET}@agency.example.org"}
    changes.amend(case.entry, said, by=None, role="sender", version=case.entry.version)
    return case_sheet.found(case.pk)


def everywhere(case):
    """Every page on which a reviewer could look for the sender."""
    entry = case.entry
    theirs = Sender(email=f"{SECRET}@other.example.org")
    edit = case_of_edit(make_entry("Public"), sender=theirs, contact_email=f"{SECRET}2@example.org")
    Keeper.objects.create(entry=entry, email=f"{SECRET}@agency.example.org")
    yield from (reverse(name) for name in ("desk", "happened", "asked_list", "several_list"))
    yield from (reverse("case_page", args=[each.pk]) for each in (case, edit))
    yield from (reverse(name, args=[entry.pk]) for name in ("entry_review", "entry_history"))
    yield reverse("entry_restore", args=[entry.pk, 1])
    yield reverse("keepers", args=[entry.pk])


def shown_on(client, case):
    """The pages that say something of the sender."""
    return [url for url in everywhere(case) if SECRET in client.get(url).content.decode()]


def test_desk_shows_nothing_of_the_sender(client, rae, case):
    assert shown_on(client, case) == []


def test_same_pages_name_a_sender_who_is_not_hidden(client, rae, case):
    with groups_with(hidden=lambda entry: False):
        assert len(shown_on(client, case)) == 6


def test_reviewer_opens_the_name_by_a_click_that_stays_in_the_history(client, rae, case):
    url = reverse("name_open", args=[case.entry_id])
    answer = client.post(url, {"case": case.pk})
    assert answer.url == reverse("case_page", args=[case.pk])
    page = client.get(answer.url).content.decode()
    assert f"{SECRET}@agency.example.org" in page
    said = client.get(reverse("entry_history", args=[case.entry_id])).content.decode()
    assert "The name of the sender was opened" in said
    client.post(url)
    rows = Decision.objects.filter(verb=hiding.VERB).values_list("by__email", "role")
    assert list(rows) == [("rae@example.org", "reviewer")]


def test_name_is_open_to_nobody_else_and_not_for_long(rae, case):
    hiding.open_name(case.entry, by=rae)
    other = make_reviewer("ola@example.org")
    closed = [hiding.is_closed(case.entry, each) for each in (rae, other, None)]
    long_ago = timezone.now() - hiding.OPEN_FOR - dt.timedelta(minutes=1)
    Decision.objects.filter(verb=hiding.VERB).update(at=long_ago)
    assert (closed, hiding.is_closed(case.entry, rae)) == ([False, True, True], True)


def test_reviewer_of_the_senders_organization_steps_aside_and_is_not_told_why(client, rae, case):
    agency = Listing.objects.get(pk=case.entry_id).hosts.get()
    Membership.objects.create(user=rae, organization=agency, granted_at=timezone.now())
    page = client.get(reverse("case_page", args=[case.pk])).content.decode()
    assert "Somebody else decides on this one." in page
    assert ("Open the name" in page, "Your own organization" in page) == (False, False)
    with pytest.raises(TurnRefused):
        hiding.open_name(case.entry, by=rae)


def test_edit_of_a_trusted_colleague_does_not_say_whose_it_is(case):
    agency = make_organization(trusted=True)
    colleague = make_member("pat@harbour.example.org", agency)
    entry = make_entry("Public", hosts=[agency])
    assert (is_trusted(colleague, entry), hands(entry)) == (False, [])


def test_reviewers_form_leaves_out_what_is_about_people(client, rae, case):
    page = client.get(reverse("entry_correct", args=[case.entry_id])).content.decode()
    opened = hiding.open_name(case.entry, by=rae)
    assert ('name="consent"' in page, opened) == (False, None)
    page = client.get(reverse("entry_correct", args=[case.entry_id])).content.decode()
    assert 'name="consent"' in page


def test_several_at_a_time_keep_values_about_people_back(client, rae):
    entry = make_entry()
    change = case_of_edit(entry, contact_email=f"{SECRET}@example.org").change
    cases.close(Case.objects.all())
    cases.open_case("live", entry=Entry.objects.get(pk=entry.pk), change=change)
    Case.objects.update(reason="live")
    page = client.get(reverse("several_list") + "?reason=live").content.decode()
    assert (SECRET in page, "not shown" in page) == (False, True)
