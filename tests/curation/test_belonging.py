"""An organization's account on the site, its cases on the desk, and colleagues who vouch."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from accounts.models import Domain, Membership, Verification, Vouch
from curation import signed_links
from curation.keeping import belonging
from curation.models import Case
from tests.factories import make_member, make_organization, make_person, make_reviewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """A page in French leaves its language behind for the next test."""
    with override("en"):
        yield


@pytest.fixture
def agency():
    make_member("boss@other.ca", make_organization("Other Agency"), role="owner")
    return make_organization("Harbour Agency", name_fr="Agence du port", type="agency")


@pytest.fixture
def owner(agency):
    return make_member("owner@harbour.ca", agency, role="owner")


def people(agency) -> list[tuple]:
    """(address, role, whether granted) of everybody there."""
    return [
        (row.user.email if row.user else row.email, row.role, row.granted_at is not None)
        for row in agency.memberships.select_related("user").order_by("pk")
    ]


def page(client, agency) -> str:
    return client.get(reverse("organization_account", args=[agency.pk])).content.decode()


def press(client, button: str, agency, /, **data):
    return client.post(reverse(button, args=[agency.pk]), data, follow=True)


def mails() -> list[tuple]:
    return [(mail.to[0], mail.subject) for mail in Email.objects.order_by("pk")]


def test_first_request_waits_for_a_reviewer_who_makes_an_administrator(client, agency):
    person = make_person("ana@harbour.ca")
    client.force_login(person)
    for _ in range(2):
        press(client, "organization_ask", agency, words="I coordinate.")
    case = Case.objects.get()
    assert (case.reason, case.membership.user, case.closed_at) == ("membership", person, None)
    assert mails() == []
    belonging.grant(case.membership, by=make_reviewer())
    case.refresh_from_db()
    assert (people(agency), case.closed_at is None) == ([("ana@harbour.ca", "owner", True)], False)
    assert mails() == [("ana@harbour.ca", "You belong to Harbour Agency now")]


def test_later_request_is_for_the_administrators(client, agency, owner):
    client.force_login(make_person("ana@harbour.ca"))
    press(client, "organization_ask", agency, words="I coordinate.")
    assert Case.objects.count() == 0
    assert mails() == [("owner@harbour.ca", "ana@harbour.ca asks to belong to Harbour Agency")]
    assert "I coordinate" not in Email.objects.get().message
    client.force_login(owner)
    assert "I coordinate." in page(client, agency)
    press(client, "member_grant", agency, row=Membership.objects.latest("pk").pk)
    assert people(agency)[1:] == [("ana@harbour.ca", "steward", True)]


def test_stranger_sees_nobodys_address(client, agency, owner):
    make_member("ana@harbour.ca", agency)
    client.force_login(make_person("eve@x.ca"))
    assert re.findall(r"\w+@harbour\.ca", page(client, agency)) == []


def test_member_sees_the_administrators_and_the_administrator_everybody(client, agency, owner):
    bo = make_member("bo@harbour.ca", agency)
    make_member("cy@harbour.ca", agency)
    client.force_login(bo)
    seen = set(re.findall(r"\w+@harbour\.ca", page(client, agency)))
    assert seen == {"owner@harbour.ca", "bo@harbour.ca"}
    client.force_login(owner)
    seen = set(re.findall(r"\w+@harbour\.ca", page(client, agency)))
    assert seen == {"owner@harbour.ca", "bo@harbour.ca", "cy@harbour.ca"}


BUTTONS = ("member_grant", "member_decline", "member_role", "member_remove")


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("who", ["steward", "stranger", "owner elsewhere", "reviewer"])
def test_buttons_of_an_administrator_do_nothing_for_others(client, agency, owner, button, who):
    asking = Membership.objects.create(organization=agency, user=make_person("new@x.ca"))
    person = {
        "steward": lambda: make_member("s@harbour.ca", agency),
        "stranger": lambda: make_person("eve@x.ca"),
        "owner elsewhere": lambda: (
            Membership.objects.get(organization__name_en="Other Agency").user
        ),
        "reviewer": make_reviewer,
    }[who]()
    before = people(agency)
    client.force_login(person)
    press(client, button, agency, row=asking.pk, role="owner")
    press(client, button, agency, row=Membership.objects.get(user=owner).pk, role="steward")
    assert people(agency) == before


@pytest.mark.parametrize("row", ["", "x", "0", "99999999999999999999", "-1"])
def test_button_about_nobody_finds_nothing(client, agency, owner, row):
    client.force_login(owner)
    assert press(client, "member_remove", agency, row=row).status_code == 404


def test_row_of_another_organization_is_not_touched(client, agency, owner):
    elsewhere = Membership.objects.get(organization__name_en="Other Agency")
    client.force_login(owner)
    answer = press(client, "member_remove", agency, row=elsewhere.pk)
    assert answer.status_code == 404
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_invitation_goes_by_mail_and_is_accepted_signed_in(client, agency, owner):
    client.force_login(owner)
    data = {"email": "Ana@x.ca", "language": "fr", "role": "steward"}
    press(client, "member_invite", agency, **data)
    mail = Email.objects.get()
    subject = "Une invitation de «\u00a0Agence du port\u00a0»"
    assert (mail.to, mail.subject) == (["ana@x.ca"], subject)
    link = re.search(r"https?://[^/\s]+(/\S+)", mail.message)[1]
    client.logout()
    assert client.get(link).status_code == 200
    client.post(link, {"answer": "yes"})
    assert people(agency)[1:] == [("ana@x.ca", "steward", False)]
    client.force_login(make_person("ana@x.ca"))
    client.post(link, {"answer": "yes"})
    assert people(agency)[1:] == [("ana@x.ca", "steward", True)]


def test_last_administrator_is_warned_and_may_leave_all_the_same(client, agency, owner):
    waiting = Membership.objects.create(organization=agency, user=make_person("new@x.ca"))
    client.force_login(owner)
    warned = press(client, "organization_leave", agency).content.decode()
    assert "You are the last administrator" in warned
    assert people(agency)[0] == ("owner@harbour.ca", "owner", True)
    press(client, "organization_leave", agency, sure="1")
    assert people(agency) == [("new@x.ca", "steward", False)]
    assert [case.membership for case in Case.objects.all()] == [waiting]


def test_domain_waits_for_two_reviewers(client, agency, owner):
    client.force_login(owner)
    press(client, "organization_domain", agency, name="Harbour.ca")
    domain, case = Domain.objects.get(), Case.objects.get()
    assert (domain.name, case.reason, case.domain) == ("harbour.ca", "domain", domain)
    assert belonging.confirm_domain(domain, by=make_reviewer("r1@x.ca")) is False
    assert Case.objects.filter(closed_at=None).count() == 1
    assert belonging.confirm_domain(domain, by=make_reviewer("r2@x.ca")) is True
    assert Case.objects.filter(closed_at=None).count() == 0
    assert mails() == [("owner@harbour.ca", "harbour.ca is confirmed for Harbour Agency")]


def test_declined_domain_is_forgotten_and_its_people_are_told(client, agency, owner):
    client.force_login(owner)
    press(client, "organization_domain", agency, name="harbour.ca")
    belonging.decline_domain(Domain.objects.get(), by=make_reviewer())
    assert (Domain.objects.count(), Case.objects.count()) == (0, 0)
    assert mails() == [("owner@harbour.ca", "harbour.ca was not confirmed for Harbour Agency")]


@pytest.mark.parametrize("name", ["gmail.com", "", "harbour", "bell.net"])
def test_domain_that_says_nothing_is_refused_and_stays_in_the_form(client, agency, owner, name):
    client.force_login(owner)
    answer = press(client, "organization_domain", agency, name=name)
    assert (answer.status_code, Domain.objects.count()) == (200, 0)
    assert f'value="{name}"' in answer.content.decode() or not name


def test_only_administrators_name_domains_and_ask_for_corrections(client, agency, settings):
    settings.CONTACT_EMAIL = "site@example.org"
    client.force_login(make_member("ana@harbour.ca", agency))
    press(client, "organization_domain", agency, name="harbour.ca")
    press(client, "organization_correct", agency, name_en="Evil")
    assert (Domain.objects.count(), mails()) == (0, [])


def test_correction_goes_to_the_people_of_the_site_and_changes_nothing(
    client, agency, owner, settings
):
    settings.CONTACT_EMAIL = "site@example.org"
    client.force_login(owner)
    data = {"name_en": "Port Agency", "name_fr": "Agence du port", "acronym": "", "website": ""}
    press(client, "organization_correct", agency, **data)
    agency.refresh_from_db()
    mail = Email.objects.get()
    assert agency.name_en == "Harbour Agency"
    assert mail.to == ["site@example.org"]
    assert "Harbour Agency → Port Agency" in mail.message


# Colleagues --------------------------------------------------------------------------------------


def test_address_is_looked_at_on_post_only(client, agency):
    person = make_person("ana@harbour.ca")
    make_domain = {"organization": agency, "name": "harbour.ca", "confirmed_at": person.date_joined}
    Domain.objects.create(**make_domain)
    client.force_login(person)
    client.get(reverse("work_address"))
    assert Verification.objects.count() == 0
    client.post(reverse("work_address"))
    assert Verification.objects.get().user == person


def test_two_colleagues_confirm_through_the_link(client, agency):
    person = make_person("ana@gmail.com")
    client.force_login(person)
    text = client.get(reverse("work_address")).content.decode()
    link = re.search(r"<pre[^>]*>https?://[^/]+(/\S+)</pre>", text)[1]
    client.logout()
    assert client.post(link).url.startswith(reverse("account_login"))
    for number, where in enumerate((agency, make_organization("Third"))):
        client.force_login(make_member(f"c{number}@x.ca", where))
        assert "ana@gmail.com" in client.get(link).content.decode()
        assert Vouch.objects.count() == number
        client.post(link)
    assert (Verification.objects.get().user, Vouch.objects.count()) == (person, 0)


def test_link_for_colleagues_cannot_be_made_up(client):
    client.force_login(make_member("c@x.ca", make_organization()))
    made_up = signed_links.sign("vouch", user=make_person().pk)[:-2] + "xx"
    assert client.post(reverse("vouch", args=[made_up])).status_code == 404
    assert Vouch.objects.count() == 0


def test_sixth_word_of_a_day_waits_for_tomorrow(client):
    client.force_login(make_member("c@x.ca", make_organization()))
    for number in range(6):
        signed = signed_links.sign("vouch", user=make_person(f"p{number}@x.ca").pk)
        client.post(reverse("vouch", args=[signed]))
    assert Vouch.objects.count() == 5
