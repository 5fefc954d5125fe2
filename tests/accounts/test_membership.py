"""Who speaks for an organization: invited, asked for, granted, handed on, left."""

import datetime as dt

import pytest

from accounts import due, membership
from accounts.membership import LastOwner, MembershipRefused
from accounts.models import Membership
from tests.factories import make_member, make_organization, make_person, make_reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_organization()


@pytest.fixture
def owner(agency):
    return make_member("owner@harbour.ca", agency, role="owner")


def people(organization) -> list[tuple]:
    """(address, role, whether granted) of everybody there."""
    rows = organization.memberships.select_related("user").order_by("pk")
    return [
        (row.user.email if row.user else row.email, row.role, row.granted_at is not None)
        for row in rows
    ]


def test_first_who_asks_would_be_administrator_and_a_reviewer_decides(agency):
    person = make_person("ana@harbour.ca")
    row = membership.ask(agency, by=person)
    assert people(agency) == [("ana@harbour.ca", "owner", False)]
    membership.grant(row, by=make_reviewer("r@x.ca"))
    assert people(agency) == [("ana@harbour.ca", "owner", True)]


def test_later_ones_ask_for_the_pages_and_an_administrator_decides(agency, owner):
    person, reviewer = make_person("ana@harbour.ca"), make_reviewer("r@x.ca")
    row = membership.ask(agency, by=person)
    assert row.role == "steward"
    for stranger in (reviewer, person):
        with pytest.raises(MembershipRefused):
            membership.grant(row, by=stranger)
    membership.grant(row, by=owner)
    assert people(agency)[1] == ("ana@harbour.ca", "steward", True)


def test_asking_twice_is_one_request(agency):
    person = make_person("ana@harbour.ca")
    assert membership.ask(agency, by=person) == membership.ask(agency, by=person)


def test_request_that_is_declined_leaves_nothing(agency, owner):
    row = membership.ask(agency, by=make_person("ana@harbour.ca"))
    membership.decline(row, by=owner)
    assert people(agency) == [("owner@harbour.ca", "owner", True)]


def test_reviewer_does_not_let_themselves_in(agency):
    reviewer = make_reviewer("r@x.ca")
    row = membership.ask(agency, by=reviewer)
    with pytest.raises(MembershipRefused):
        membership.grant(row, by=reviewer)


def test_invitation_is_taken_up_with_the_invited_address_only(agency, owner):
    row = membership.invite(agency, email="Ana@harbour.ca", role="steward", by=owner)
    with pytest.raises(MembershipRefused, match="another address"):
        membership.accept(row, by=make_person("eve@elsewhere.ca"))
    with pytest.raises(MembershipRefused, match="another address"):
        membership.accept(row, by=make_person("ana@harbour.ca", verified=False))
    assert people(agency)[1:] == [("ana@harbour.ca", "steward", False)]


def test_invitation_is_good_once(agency, owner):
    person = make_person("ana@harbour.ca")
    row = membership.invite(agency, email="ana@harbour.ca", role="steward", by=owner)
    assert list(membership.invitations_for(person)) == [row]
    membership.accept(row, by=person)
    assert people(agency)[1:] == [("ana@harbour.ca", "steward", True)]
    with pytest.raises(MembershipRefused, match="used"):
        membership.accept(row, by=person)


def test_invitation_lets_in_who_has_asked_already(agency, owner):
    person = make_person("ana@harbour.ca")
    membership.ask(agency, by=person)
    membership.invite(agency, email="ana@harbour.ca", role="owner", by=owner)
    assert people(agency)[1:] == [("ana@harbour.ca", "owner", True)]


def test_invitation_to_a_second_address_of_a_member_does_not_make_two_of_them(agency, owner):
    row = membership.invite(agency, email="ana@home.ca", role="steward", by=owner)
    person = make_member("ana@harbour.ca", agency)
    person.emailaddress_set.create(email="ana@home.ca", verified=True)
    membership.accept(row, by=person)
    assert people(agency)[1:] == [("ana@harbour.ca", "steward", True)]


def test_invitation_does_not_take_an_administrators_role_away(agency, owner):
    row = membership.invite(agency, email="boss@home.ca", role="steward", by=owner)
    owner.emailaddress_set.create(email="boss@home.ca", verified=True)
    membership.accept(row, by=owner)
    assert people(agency) == [("owner@harbour.ca", "owner", True)]


def test_invitations_go_after_a_month(agency, owner):
    row = membership.invite(agency, email="ana@harbour.ca", role="steward", by=owner)
    rule = due.UNTAKEN_INVITATIONS
    assert rule.apply(row.created_at + dt.timedelta(days=29)) == 0
    assert rule.apply(row.created_at + dt.timedelta(days=31)) == 1
    assert people(agency) == [("owner@harbour.ca", "owner", True)]


@pytest.mark.parametrize(
    "act",
    [
        lambda row, by: membership.invite(row.organization, email="e@x.ca", role="owner", by=by),
        lambda row, by: membership.change_role(row, role="steward", by=by),
        lambda row, by: membership.remove(row, by=by),
    ],
)
def test_only_administrators_look_after_the_account(agency, owner, act):
    steward = make_member("ana@harbour.ca", agency)
    elsewhere = make_member("boss@other.ca", make_organization("Other"), role="owner")
    row = Membership.objects.get(user=owner)
    before = people(agency)
    for person in (steward, elsewhere, make_reviewer("r@x.ca")):
        with pytest.raises(MembershipRefused):
            act(row, person)
    assert people(agency) == before


def test_last_administrator_stays_until_there_is_another(agency, owner):
    row = Membership.objects.get(user=owner)
    for act in (
        lambda: membership.leave(agency, by=owner),
        lambda: membership.remove(row, by=owner),
        lambda: membership.change_role(row, role="steward", by=owner),
    ):
        with pytest.raises(LastOwner):
            act()
    second = Membership.objects.get(user=make_member("ana@harbour.ca", agency))
    membership.change_role(second, role="owner", by=owner)
    membership.leave(agency, by=owner)
    assert people(agency) == [("ana@harbour.ca", "owner", True)]


def test_last_administrator_leaves_when_they_are_sure(agency, owner):
    membership.leave(agency, by=owner, sure=True)
    assert people(agency) == []


def test_role_that_does_not_exist_is_refused(agency, owner):
    row = Membership.objects.get(user=make_member("ana@harbour.ca", agency))
    with pytest.raises(MembershipRefused):
        membership.change_role(row, role="king", by=owner)
