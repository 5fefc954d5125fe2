"""Before deciding: a reviewer mends what somebody sent, on the form of those who keep a page."""

import pytest
from django.urls import reverse
from post_office.models import Email

from accounts.models import Membership
from cop_directory.models import Listing
from curation import changes, lifecycle, shelves
from curation.models import Change, Decision, Entry, Submission
from tests.curation.answering import answer, page_of
from tests.curation.forms import FilledForm
from tests.curation.proposals import make_lists
from tests.curation.sent import make_entry, send_new
from tests.factories import make_organization, make_reviewer, make_tag, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def case():
    """A group that waits, and another one."""
    send_new("Another that waits", tags=[make_tag("housing")])
    return send_new(tags=[make_tag("housing")])


def where(entry):
    return reverse("entry_correct", args=[entry.pk])


def held(response):
    """What the form of a page holds."""
    return FilledForm(response.content.decode()).data


def second(client, address, **typed):
    """The second screen of a form after its first was filled in."""
    return client.post(address, held(client.get(address)) | {"go": "on", **typed})


def save(client, address, **typed):
    """Fill in both screens."""
    return client.post(address, held(second(client, address, **typed)) | {"go": "send"})


def links(client, case):
    page = read(page_of(client, case))
    return [each["href"] for each in page.all("a") if each["href"] == where(case.entry)]


def test_what_waits_is_mended_before_it_is_decided(client, ana, case):
    back = save(client, where(case.entry), one_line_en="They build.")
    last = case.entry.decisions.latest("number")
    assert back.headers["Location"] == (f"/en/to-review/{case.pk}/?done=corrected&undo={last.pk}")
    assert (last.verb, last.by, last.role) == ("edit", ana, "reviewer")
    assert (last.before, last.after) == (
        {"one_line_en": "They compare what works."},
        {"one_line_en": "They build."},
    )
    assert Listing.objects.get(pk=case.entry_id).one_line_en == "They build."
    assert Entry.objects.get(pk=case.entry_id).review == "submitted"
    assert not Change.objects.exists()


def test_sender_hears_of_it_only_when_it_is_public(client, ana, case):
    save(client, where(case.entry), one_line_en="They build.", cost="free")
    assert Email.objects.count() == 0
    answer(client, case, "publish")
    assert (
        "Before it went public, a volunteer reviewer changed: One line, in English, Cost."
        in Email.objects.get().message
    )


def test_what_was_put_back_is_not_told(client, ana, case):
    save(client, where(case.entry), one_line_en="They build.")
    save(client, where(case.entry), one_line_en="They compare what works.")
    answer(client, case, "publish")
    assert "reviewer changed" not in Email.objects.get().message


def test_it_is_undone_from_the_page_that_follows(client, ana, case):
    page = client.get(save(client, where(case.entry), one_line_en="They build.")["Location"])
    assert "Saved. Nothing of it is public until you publish it. Undo" in read(page).text
    client.post("/en/to-review/undo/", {"decision": held(page)["decision"]})
    assert Listing.objects.get(pk=case.entry_id).one_line_en == "They compare what works."


def test_button_leads_there_only_while_it_waits(client, ana, case):
    assert links(client, case) == [where(case.entry)]
    answer(client, case, "publish")
    assert links(client, case) == []


@pytest.mark.parametrize(
    ("verb", "leads_to"), [("publish", "entry_edit"), ("reject", "entry_review")]
)
def test_what_is_decided_has_other_pages(client, ana, case, verb, leads_to):
    lifecycle.take(case.entry, verb, by=ana, note="x", public_reason="spam")
    back = client.get(where(case.entry))
    assert back.headers["Location"] == reverse(leads_to, args=[case.entry_id])


def test_form_that_comes_after_the_decision_changes_nothing_and_loses_nothing(client, ana, case):
    form = held(second(client, where(case.entry), one_line_en="They build."))
    lifecycle.take(case.entry, "publish", by=ana)
    late = client.post(where(case.entry), form | {"go": "send"})
    assert (late.status_code, held(late)["one_line_en"]) == (409, "They build.")
    assert "Somebody was faster than you." in read(late).text
    assert Listing.objects.get(pk=case.entry_id).one_line_en == "They compare what works."


def test_what_another_changed_meanwhile_is_shown_and_the_next_press_counts(client, ana, case):
    form = held(second(client, where(case.entry), one_line_en="They build."))
    changes.amend(
        case.entry,
        {"one_line_en": "They sing."},
        by=None,
        role="sender",
        version=case.entry.version,
    )
    late = client.post(where(case.entry), form | {"go": "send"})
    assert late.status_code == 409
    assert [each.meanwhile for each in late.context["differences"]] == [["They sing."]]
    client.post(where(case.entry), held(late) | {"go": "send"})
    assert Listing.objects.get(pk=case.entry_id).one_line_en == "They build."


@pytest.mark.parametrize(
    ("typed", "status"), [({"website": "https://new.example.org/"}, 409), ({"cost": "free"}, 302)]
)
def test_link_of_a_confirmed_page_is_not_changed_alone(client, ana, case, typed, status):
    Entry.objects.filter(pk=case.entry_id).update(confirmed_on="2026-01-01", confirmed_by="group")
    assert save(client, where(case.entry), **typed).status_code == status
    assert Listing.objects.get(pk=case.entry_id).website == "https://housing.example.org/"


def test_reviewer_steps_aside_for_their_own_organization(client, ana, case):
    agency = make_organization()
    Membership.objects.create(
        organization=agency, user=ana, role="steward", granted_at=case.opened_at
    )
    Listing.objects.get(pk=case.entry_id).hosts.set([agency])
    assert links(client, case) == []
    for back in (client.get(where(case.entry)), client.post(where(case.entry), {"go": "send"})):
        assert back.headers["Location"] == reverse("entry_review", args=[case.entry_id])
    assert Decision.objects.filter(entry=case.entry, verb="edit").count() == 0


def test_form_has_the_fields_of_keepers_and_keeps_nothing_for_later(client, ana, case):
    page = client.get(where(case.entry))
    assert "consent" in held(page)
    assert read(page).all("form", **{"data-draft": True}) == []
    assert read(page).all("button", value="save") == []


# Whoever sent it ----------------------------------------------------------------------------------


def sent_change(case):
    return reverse("sent_change", args=[Submission.objects.get(entry=case.entry).token])


def test_sender_who_was_slower_than_a_reviewer_sees_it_and_can_go_on(client, ana, case):
    form = held(second(client, sent_change(case), one_line_en="They build."))
    changes.amend(
        case.entry, {"one_line_en": "They sing."}, by=ana, role="reviewer",
        version=case.entry.version,
    )  # fmt: skip
    late = client.post(sent_change(case), form | {"go": "send"})
    assert "Somebody has changed this meanwhile." in read(late).text
    assert [each.meanwhile for each in late.context["differences"]] == [["They sing."]]
    client.post(sent_change(case), held(late) | {"go": "send"})
    assert Listing.objects.get(pk=case.entry_id).one_line_en == "They build."


def test_form_of_what_was_sent_offers_nothing_that_is_lost(client, ana, case):
    """No line for the reviewers, which nobody would see, and no draft of a page that is none."""
    page = second(client, sent_change(case), one_line_en="They build.")
    assert read(page).all("textarea", name="note") == []
    first = client.get(sent_change(case))
    assert read(first).all("button", value="save") == []
    assert "Nothing is public until a volunteer reviewer has looked." in read(first).text


def test_edit_of_a_public_page_takes_a_line_along(client, ana):
    entry = make_entry(tags=[make_tag("housing")])
    values = shelves.of(entry).values(entry)
    change = Change.objects.create(
        entry=entry, base=entry.version, by=ana, patch={"acronym": [values["acronym"], "HWH"]}
    )
    address = reverse("sent_change", args=[change.token])
    assert len(read(second(client, address, one_line_en="New.")).all("textarea", name="note")) == 1
