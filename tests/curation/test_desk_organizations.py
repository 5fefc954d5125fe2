"""What reviewers decide about organizations: what they see, why not, what is written, undone."""

import datetime as dt

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.models import Domain, Membership, Verification
from curation import cases, shelves
from curation.changes import Sender
from curation.models import Claim, Keeper, Ruling
from tests.curation.answering import TAKE, answer, page_of
from tests.curation.sent import case_of_claim, make_entry, waiting
from tests.factories import (
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    sign_in,
)
from tests.flows.reading import read

pytestmark = pytest.mark.django_db
UNDO = "/en/to-review/undo/"


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def agency():
    return make_organization(website="https://www.harbour.example.org/")


def case_of_domain(agency, name="harbour.example.org"):
    return cases.open_case("domain", domain=Domain.objects.create(organization=agency, name=name))


def case_of_member(agency, email="sam@harbour.example.org"):
    row = Membership.objects.create(
        organization=agency, user=make_person(email), role="owner", words="I am the director."
    )
    return cases.open_case("membership", membership=row)


def written():
    return list(Ruling.objects.order_by("pk").values_list("verb", flat=True))


def undo(client):
    return client.post(UNDO, {"ruling": Ruling.objects.latest("pk").pk})


def test_page_of_a_request_says_who_asks_and_for_what(client, ana, agency):
    make_entry(hosts=[agency])
    Domain.objects.create(
        organization=agency, name="harbour.example.org", confirmed_at=timezone.now()
    )
    page = read(page_of(client, case_of_member(agency)))
    assert "I am the director." in page.text
    assert "The address is confirmed: sam@harbour.example.org" in page.text
    assert "Sender’s work address confirmed, harbour.example.org" in page.text
    assert "harbour.example.org (confirmed)" in page.text
    assert "Who looks after its account nobody yet" in page.text
    assert "https://www.harbour.example.org/" in page.links
    assert shelves.page_of(agency) in page.links


def test_page_of_a_domain_says_who_administers_and_where(client, ana, agency):
    make_member("pat@elsewhere.example.org", agency, role="owner")
    Domain.objects.create(organization=agency, name="other.example.org")
    text = read(page_of(client, case_of_domain(agency))).text
    assert "It is the domain of the organization’s web page" in text
    assert "No administrator of the organization has an address there" in text
    assert "Who looks after its account pat@elsewhere.example.org" in text
    assert "other.example.org (waits)" in text


@pytest.mark.parametrize("make", [case_of_domain, case_of_member])
def test_no_needs_a_reason_and_changes_nothing_without(client, ana, agency, make):
    case = make(agency)
    back = client.post(TAKE, {"case": case.pk, "v": "decline", "note": " "})
    assert (back.status_code, waiting(), written()) == (422, [case.reason], [])
    assert "Say why, in one line." in read(back).text


def test_no_to_somebody_is_mailed_with_its_reason_written_down_and_undone(client, ana, agency):
    case = case_of_member(agency)
    answered = answer(client, case, "decline", note="We cannot tell that you work there.")
    mail = Email.objects.get()
    assert mail.to == ["sam@harbour.example.org"]
    assert "We cannot tell that you work there." in mail.message
    assert (written(), waiting(), Membership.objects.count()) == (["not-let-in"], [], 0)
    text = read(client.get("/en/to-review/what-happened/")).text
    assert "Somebody was not let into an organization" in text
    assert "We cannot tell that you work there." in text
    assert "Undo" in read(client.get(answered.headers["Location"])).text
    undo(client)
    row = Membership.objects.get()
    assert (row.user.email, row.role, row.granted_at) == ("sam@harbour.example.org", "owner", None)
    assert (waiting(), Email.objects.count()) == (["membership"], 0)
    assert undo(client).status_code == 409


def test_yes_to_somebody_is_undone_and_a_mail_that_left_is_corrected(client, ana, agency):
    answer(client, case_of_member(agency), "grant")
    Email.objects.update(status=STATUS.sent)
    undo(client)
    assert (Membership.objects.granted().count(), waiting()) == (0, ["membership"])
    aside = "Please set our last mail about “Harbour Settlement Agency” aside"
    assert Email.objects.latest("pk").subject == aside


def test_yes_is_not_undone_once_somebody_was_let_in_by_them(client, ana, agency):
    answer(client, case_of_member(agency), "grant")
    make_member("new@harbour.example.org", agency)
    assert undo(client).status_code == 409
    assert Membership.objects.granted().count() == 2


def test_no_to_a_domain_tells_its_people_and_undone_it_has_the_first_yes_again(client, agency):
    make_member("pat@harbour.example.org", agency, role="owner")
    case = case_of_domain(agency)
    first, second = make_reviewer("bo@example.org"), make_reviewer("ana@example.org")
    sign_in(client, first)
    answer(client, case, "confirm")
    sign_in(client, second)
    answer(client, case, "decline", note="The web page is another.")
    assert "The web page is another." in Email.objects.get(to="pat@harbour.example.org").message
    assert (Domain.objects.count(), written()) == (0, ["agreed", "not-confirmed"])
    undo(client)
    row = Domain.objects.get()
    assert (row.name, row.first_by, row.confirmed_at) == ("harbour.example.org", first, None)
    assert (waiting(), Email.objects.count()) == (["domain"], 0)


def test_second_yes_to_a_domain_is_undone_to_the_first(client, ana, agency):
    case = case_of_domain(agency)
    Domain.objects.update(first_by=make_reviewer("bo@example.org"))
    answer(client, case, "confirm")
    assert written() == ["confirmed"]
    undo(client)
    row = Domain.objects.get()
    assert (row.first_by.email, row.second_by, row.confirmed_at, waiting()) == (
        "bo@example.org",
        None,
        None,
        ["domain"],
    )


def test_address_believed_through_a_domain_that_is_taken_back_is_believed_no_longer(
    client, ana, agency
):
    case = case_of_domain(agency)
    Domain.objects.update(first_by=make_reviewer("bo@example.org"))
    answer(client, case, "confirm")
    here, elsewhere, vouched = (
        make_person(email)
        for email in ("a@harbour.example.org", "b@other.example.org", "c@harbour.example.org")
    )
    for person, how in ((here, "domain"), (elsewhere, "domain"), (vouched, "vouched")):
        Verification.objects.create(
            user=person, how=how, since=timezone.localdate(), until=dt.date(2099, 1, 1)
        )
    undo(client)
    assert set(Verification.objects.values_list("user", flat=True)) == {elsewhere.pk, vouched.pk}


def test_undo_is_for_seven_days_and_not_for_ones_own_organization(client, ana, agency):
    answer(client, case_of_member(agency), "grant")
    make_member("own@harbour.example.org", agency, is_moderator=True)
    Membership.objects.filter(user__email="own@harbour.example.org").update(
        granted_at=timezone.now() - dt.timedelta(days=30)
    )
    sign_in(client, Membership.objects.get(user__email="own@harbour.example.org").user)
    assert undo(client).status_code == 409
    sign_in(client, ana)
    Ruling.objects.update(at=timezone.now() - dt.timedelta(days=8))
    assert undo(client).status_code == 409
    assert Membership.objects.granted().count() == 2


@pytest.mark.parametrize("given", ["", "x", "0", "9" * 20, "99999"])
def test_undo_of_nothing_is_not_found(client, ana, given):
    assert client.post(UNDO, {"ruling": given}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_what_happened_costs_the_same(client, ana, rows, django_assert_num_queries):
    for number in range(rows):
        agency = make_organization(f"Agency {number}")
        answer(client, case_of_member(agency, f"sam{number}@x.ca"), "grant")
    client.get("/en/to-review/what-happened/")
    with django_assert_num_queries(5):
        client.get("/en/to-review/what-happened/")


# "I run this group" -------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["grant", "grant-all"])
def test_granted_claim_is_undone(client, ana, agency, verb):
    person, entry = make_person("sam@example.org"), make_entry(hosts=[agency])
    case = case_of_claim(entry, sender=Sender(by=person), organization=agency)
    answered = answer(client, case, verb)
    Email.objects.update(status=STATUS.sent)
    assert "Undo" in read(client.get(answered.headers["Location"])).text
    client.post(UNDO, {"decision": entry.decisions.order_by("-number")[0].pk})
    assert (Keeper.objects.count(), Membership.objects.granted().count()) == (0, 0)
    assert (Claim.objects.get().state, waiting()) == ("waiting", ["claim"])
    assert Email.objects.latest("pk").subject.startswith("Please set our last mail")
    last = entry.decisions.order_by("-number")[0]
    assert (last.verb, "sam@example.org" in str((last.before, last.after))) == ("undo", False)
    answer(client, case, "grant")
    assert Keeper.objects.get().user == person


def test_page_of_a_claim_shows_the_page_it_is_about(client, ana):
    entry = make_entry(activity="closed", closed_on="2025-03-01")
    text = read(page_of(client, case_of_claim(entry))).text
    assert "What its page says" in text
    assert "Kind Community of practice" in text
    assert "closed" in text.lower()
    assert "Looks after it already nobody yet" in text
