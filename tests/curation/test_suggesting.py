"""Suggest a change of a group that is here: the form, what differs, and who looks at it."""

from uuid import uuid4

import pytest

from accounts.models import User
from cop_directory.models import Listing
from curation import changes
from curation.models import Case, Change
from curation.proposing.manners import opened
from tests.curation.forms import FilledForm
from tests.curation.proposals import last_code, mails_to, make_lists
from tests.factories import make_listing, make_organization, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


@pytest.fixture
def person():
    """Somebody with an account."""
    return User.objects.create_user("person@example.org")


@pytest.fixture
def signed_in(client, person):
    """Their browser."""
    client.force_login(person)
    return client


def held(response):
    """What the form of a page holds."""
    return FilledForm(response.content.decode()).data


# Suggest a change --------------------------------------------------------------------------------


@pytest.fixture
def group():
    """A public group that somebody trusted runs."""
    agency = make_organization(trusted=True)
    return make_listing(
        hosts=[agency],
        tags=[make_tag("housing")],
        one_line_en="They meet.",
        website="https://old.example.org/",
    )


def edit(client, group, **typed):
    """Fill in the form of a group; the answer of its second screen."""
    where = f"/en/add/change/{group.pk}/"
    first = held(client.get(where)) | {"go": "on", **typed}
    second = held(client.post(where, first))
    given = {"go": "send", "opened_at": opened(60), "email": "worker@example.org"}
    return client.post(where, {**second, **given})


def test_form_of_a_group_holds_what_is_public(client, group):
    page = held(client.get(f"/en/add/change/{group.pk}/"))
    assert (page["one_line_en"], "consent" in page) == ("They meet.", False)


def test_nothing_changed_is_said(client, group):
    where = f"/en/add/change/{group.pk}/"
    page = client.post(where, held(client.get(where)) | {"go": "on"})
    assert b"You have not changed anything yet." in page.content


def test_second_screen_shows_only_what_differs(client, group):
    where = f"/en/add/change/{group.pk}/"
    typed = held(client.get(where)) | {"go": "on", "one_line_en": "They talk.", "cost": "free"}
    page = client.post(where, typed)
    assert [(d.label, d.before, d.after) for d in page.context["differences"]] == [
        ("One line, in English", ["They meet."], ["They talk."]),
        ("Cost", [], ["Free"]),
    ]


def test_edit_of_a_stranger_waits_beside_the_page(client, group):
    answer = edit(client, group, one_line_en="They talk.")
    client.post(answer.url, {"go": "code", "code": last_code()})
    change = Change.objects.get()
    assert (change.patch, change.base, change.email, change.live) == (
        {"one_line_en": ["They meet.", "They talk."]},
        group.version,
        "worker@example.org",
        False,
    )
    assert Listing.objects.get().one_line_en == "They meet."
    assert mails_to("worker@example.org")[1] == (
        "We have received your edit of “Housing Workers of Halifax”"
    )


def test_edit_is_compared_with_what_was_seen_not_with_what_is_now(client, group):
    where = f"/en/add/change/{group.pk}/"
    first = held(client.get(where)) | {"go": "on", "one_line_en": "They talk."}
    Listing.objects.filter(pk=group.pk).update(cost="fee", one_line_en="They sing.")
    page = client.post(where, first)
    assert [(d.label, d.meanwhile) for d in page.context["differences"]] == [
        ("One line, in English", ["They sing."])
    ]


def test_edit_of_a_trusted_organization_is_public_at_once_but_for_what_could_hurt(
    signed_in, person, group
):
    group.hosts.get().memberships.create(user=person, granted_at=group.published_at)
    answer = edit(signed_in, group, one_line_en="They talk.", website="https://new.example.org/")
    listing = Listing.objects.get()
    assert (listing.one_line_en, listing.website) == ("They talk.", "https://old.example.org/")
    page = signed_in.get(answer.url).context["page"]
    assert [d.label for d in page.differences] == ["Web page"]
    assert [d.label for d in page.public_already] == ["One line, in English"]
    assert page.parts == [
        ("Public already", ["One line, in English"]),
        ("Waits for a volunteer reviewer", ["Web page"]),
    ]


@pytest.mark.parametrize(
    ("trusted", "said"),
    [(True, "Public already"), (False, "Waits for a volunteer reviewer")],
)
def test_page_after_an_edit_names_the_fields_that_are_public_or_wait(
    signed_in, person, group, trusted, said
):
    agency = group.hosts.get()
    agency.memberships.create(user=person, granted_at=group.published_at)
    type(agency).objects.update(trusted=trusted)
    answer = edit(signed_in, group, one_line_en="They talk.", acronym="TT")
    page = signed_in.get(answer.url)
    assert page.context["page"].parts == [(said, ["Short name or acronym", "One line, in English"])]
    assert f"<dt>{said}</dt><dd>Short name or acronym, One line" in page.content.decode()


def test_page_of_an_edit_that_is_over_names_no_parts(signed_in, person, group):
    answer = edit(signed_in, group, one_line_en="They talk.")
    changes.take_back(Change.objects.get())
    assert signed_in.get(answer.url).context["page"].parts == []


def test_trusted_organization_overwrites_nobody_unseen(person, group):
    group.hosts.get().memberships.create(user=person, granted_at=group.published_at)
    Listing.objects.filter(pk=group.pk).update(one_line_en="They sing.")
    changes.propose(
        group,
        {"one_line_en": "They talk."},
        sender=changes.Sender(by=person),
        token=uuid4(),
        base=group.version,
        seen={"one_line_en": "They meet."},
    )
    assert Listing.objects.get().one_line_en == "They sing."
    assert Change.objects.get().state == "waiting"


def test_edit_that_waits_can_be_changed_and_taken_back(signed_in, person, group):
    answer = edit(signed_in, group, one_line_en="They talk.")
    page = signed_in.get(f"/en/add/change/{group.pk}/")
    assert page.context["mine"] == Change.objects.get()

    again = f"{answer.url}change/"
    form = held(signed_in.get(again))
    assert form["one_line_en"] == "They talk."
    signed_in.post(again, form | {"go": "send", "one_line_en": "They walk."})
    assert Change.objects.get().patch == {"one_line_en": ["They meet.", "They walk."]}

    signed_in.post(answer.url, {"go": "take-back"})
    assert Change.objects.get().state == "taken-back"
    assert Case.objects.filter(closed_at=None).count() == 0


def test_keeper_sees_the_fields_for_those_who_look_after_the_page(signed_in, person, group):
    group.keepers.create(user=person)
    page = held(signed_in.get(f"/en/add/change/{group.pk}/"))
    assert page["consent"] == "not-asked"


@pytest.mark.parametrize("review", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_is_not_public_cannot_be_edited_from_its_page(client, review):
    hidden = make_listing("Hidden", review=review)
    assert client.get(f"/en/add/change/{hidden.pk}/").status_code == 404


def test_group_that_is_protected_is_no_public_page_to_edit(client):
    hidden = make_listing("Hidden", members="newcomers")
    assert client.get(f"/en/add/change/{hidden.pk}/").status_code == 404


def test_broken_seal_of_what_was_seen_is_taken_as_what_is_now(client, group):
    where = f"/en/add/change/{group.pk}/"
    typed = held(client.get(where)) | {"go": "on", "seen": "x", "one_line_en": "They talk."}
    assert [d.label for d in client.post(where, typed).context["differences"]] == [
        "One line, in English"
    ]
