"""Who works in the sector: an address at a confirmed domain, or two colleagues; for a year."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import domains, verification
from accounts.domains import DomainRefused
from accounts.models import Domain, Membership, User, Verification, Vouch
from accounts.verification import NotShown
from tests.factories import make_member, make_organization, make_person, make_reviewer

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 15)


def make_domain(name: str = "harbour.ca", *, confirmed: bool = True, **organization) -> Domain:
    """A domain on which two reviewers agreed, unless told otherwise."""
    return Domain.objects.create(
        organization=make_organization(f"Agency at {name}", **organization),
        name=name,
        confirmed_at=timezone.now() if confirmed else None,
    )


def believed(person: User) -> list[tuple]:
    rows = Verification.objects.filter(user=person)
    return list(rows.values_list("how", "organization_type", "since", "until"))


def test_address_at_a_confirmed_domain_is_believed_for_a_year():
    make_domain("harbour.ca", type="agency")
    person, other = make_person("ana@harbour.ca"), make_person("eve@elsewhere.ca")
    verification.verify_by_domain(person, today=TODAY)
    assert believed(person) == [("domain", "agency", TODAY, TODAY + dt.timedelta(days=365))]
    assert believed(other) == []


def test_capital_letters_in_an_address_make_no_difference():
    make_domain("harbour.ca", type="agency")
    person = make_person("Ana@HARBOUR.CA")
    assert verification.verify_by_domain(person).how == "domain"


@pytest.mark.parametrize(
    "email", ["ana@mail.harbour.ca", "ana@notharbour.ca", "ana@harbour.ca.evil.org", "ana@ca"]
)
def test_address_near_a_confirmed_domain_says_nothing(email):
    make_domain("harbour.ca", type="agency")
    with pytest.raises(NotShown):
        verification.verify_by_domain(make_person(email))
    assert Verification.objects.count() == 0


def test_address_that_is_not_confirmed_says_nothing():
    make_domain("harbour.ca", type="agency")
    with pytest.raises(NotShown):
        verification.verify_by_domain(make_person("ana@harbour.ca", verified=False))


def test_domain_on_which_nobody_agreed_says_nothing():
    make_domain("harbour.ca", type="agency", confirmed=False)
    with pytest.raises(NotShown):
        verification.verify_by_domain(make_person("ana@harbour.ca"))


SAY_NOTHING = (
    "municipality", "government", "enforcement", "school-board", "college-university", "media",
)  # fmt: skip


@pytest.mark.parametrize("kind", SAY_NOTHING)
def test_domain_at_which_everybody_has_an_address_verifies_nobody(kind):
    make_domain("town.ca", type=kind)
    with pytest.raises(NotShown, match="two colleagues"):
        verification.verify_by_domain(make_person("ana@town.ca"))
    assert Verification.objects.count() == 0


def test_all_other_kinds_of_organizations_verify():
    kinds = [k for k in Domain.organization.field.related_model.Type.values if k not in SAY_NOTHING]
    for kind in kinds:
        make_domain(f"{kind}.ca", type=kind)
        assert verification.verify_by_domain(make_person(f"a@{kind}.ca")).organization_type == kind
    assert kinds == ["agency", "umbrella", "health", "library", "coalition", "other"]


# Two colleagues ----------------------------------------------------------------------------------


@pytest.fixture
def agencies():
    return [make_organization(f"Agency {n}", type="agency") for n in range(3)]


def test_two_people_of_two_organizations_are_enough_and_are_forgotten(agencies):
    person = make_person("ana@gmail.com")
    first = make_member("bo@one.ca", agencies[0])
    second = make_member("cy@two.ca", agencies[1])
    assert verification.vouch(person, by=first, today=TODAY) is False
    assert believed(person) == []
    assert verification.vouch(person, by=second, today=TODAY) is True
    assert believed(person) == [("vouched", "", TODAY, TODAY + dt.timedelta(days=365))]
    assert Vouch.objects.count() == 0


def test_same_person_twice_counts_once(agencies):
    person, first = make_person("ana@gmail.com"), make_member("bo@one.ca", agencies[0])
    verification.vouch(person, by=first)
    assert verification.vouch(person, by=first) is False
    assert (Vouch.objects.count(), believed(person)) == (1, [])


def test_two_people_of_one_organization_count_once(agencies):
    person = make_person("ana@gmail.com")
    verification.vouch(person, by=make_member("bo@one.ca", agencies[0]))
    with pytest.raises(NotShown, match="another organization"):
        verification.vouch(person, by=make_member("cy@one.ca", agencies[0]))
    assert believed(person) == []


def test_own_organization_does_not_count(agencies):
    person = make_member("ana@one.ca", agencies[0])
    with pytest.raises(NotShown, match="another organization"):
        verification.vouch(person, by=make_member("bo@one.ca", agencies[0]))


def test_voice_of_somebody_in_two_organizations_counts_for_the_one_that_has_not_spoken(agencies):
    person = make_person("ana@gmail.com")
    verification.vouch(person, by=make_member("bo@one.ca", agencies[0]))
    both = make_member("cy@two.ca", agencies[0])
    Membership.objects.create(organization=agencies[1], user=both, granted_at=timezone.now())
    assert verification.vouch(person, by=both) is True


def test_nobody_vouches_for_themselves(agencies):
    person = make_member("ana@one.ca", agencies[0])
    with pytest.raises(NotShown, match="for yourself"):
        verification.vouch(person, by=person)


def test_two_people_cannot_vouch_for_each_other(agencies):
    one, two = make_member("a@one.ca", agencies[0]), make_member("b@two.ca", agencies[1])
    verification.vouch(one, by=two)
    with pytest.raises(NotShown, match="Somebody else"):
        verification.vouch(two, by=one)


def test_person_without_an_organization_cannot_vouch(agencies):
    person, asking = make_person("ana@gmail.com"), make_person("bo@gmail.com")
    Membership.objects.create(organization=agencies[0], user=asking)  # asked, not granted
    with pytest.raises(NotShown):
        verification.vouch(person, by=asking)
    assert Vouch.objects.count() == 0


def test_person_believed_by_domain_vouches_for_that_organization():
    make_domain("harbour.ca", type="agency")
    person, other = make_person("ana@gmail.com"), make_person("bo@harbour.ca")
    verification.verify_by_domain(other)
    verification.vouch(person, by=other)
    assert Vouch.objects.get().organization.name_en == "Agency at harbour.ca"


def test_person_believed_by_vouches_vouches_only_after_a_month_and_with_an_organization(agencies):
    today = timezone.localdate()
    voucher = make_member("bo@one.ca", agencies[0])
    lonely = make_person("cy@gmail.com")
    for each in (voucher, lonely):
        Verification.objects.create(
            user=each, how="vouched", since=today, until=today + dt.timedelta(days=365)
        )
    assert verification.vouching_organizations(voucher) == []
    Verification.objects.update(since=today - dt.timedelta(days=30))
    assert verification.vouching_organizations(voucher) == [agencies[0]]
    assert verification.vouching_organizations(lonely) == []


@pytest.mark.parametrize("kind", ["government", "enforcement", "media"])
def test_people_whom_groups_may_shut_out_do_not_vouch(kind):
    voucher = make_member("bo@state.ca", make_organization("State", type=kind))
    with pytest.raises(NotShown):
        verification.vouch(make_person("ana@gmail.com"), by=voucher)


def test_type_that_groups_may_shut_out_is_kept_however_many_others_there_are(agencies):
    person = make_member("ana@police.ca", make_organization("Police", type="enforcement"))
    Membership.objects.create(organization=agencies[2], user=person, granted_at=timezone.now())
    verification.vouch(person, by=make_member("bo@one.ca", agencies[0]))
    verification.vouch(person, by=make_member("cy@two.ca", agencies[1]))
    assert Verification.objects.get().organization_type == "enforcement"


# The clock ---------------------------------------------------------------------------------------


def make_verification(email: str, until: dt.date, **fields) -> Verification:
    return Verification.objects.create(
        user=make_person(email),
        how="domain",
        since=until - dt.timedelta(days=365),
        until=until,
        **fields,
    )


def test_it_lapses_the_day_after_and_old_vouches_go(agencies):
    over = make_verification("a@x.ca", TODAY - dt.timedelta(days=1))
    last_day = make_verification("b@x.ca", TODAY)
    for at, email in ((31, "c@x.ca"), (30, "d@x.ca")):
        row = Vouch.objects.create(user=make_person(email), by=over.user, organization=agencies[0])
        day = dt.datetime.combine(TODAY - dt.timedelta(days=at), dt.time(12), dt.UTC)
        Vouch.objects.filter(pk=row.pk).update(created_at=day)
    assert verification.lapse(TODAY) == 2
    assert list(Verification.objects.all()) == [last_day]
    assert [vouch.user.email for vouch in Vouch.objects.all()] == ["d@x.ca"]


def test_people_are_told_once_within_the_last_month():
    make_verification("far@x.ca", TODAY + dt.timedelta(days=31))
    soon = make_verification("soon@x.ca", TODAY + dt.timedelta(days=30))
    make_verification("told@x.ca", TODAY + dt.timedelta(days=3), reminded_on=TODAY)
    assert list(verification.lapsing(TODAY)) == [soon]


def test_confirming_anew_gives_another_year():
    make_domain("harbour.ca", type="agency")
    row = make_verification("a@harbour.ca", TODAY + dt.timedelta(days=3), reminded_on=TODAY)
    verification.verify_by_domain(row.user, today=TODAY)
    row.refresh_from_db()
    assert (row.until, row.reminded_on) == (TODAY + dt.timedelta(days=365), None)


# Domains -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        (" Harbour.CA ", "harbour.ca"),
        ("https://www.harbour.ca/about", "harbour.ca"),
        ("info@harbour.ca", "harbour.ca"),
        ("accueil-québec.ca", "xn--accueil-qubec-khb.ca"),
        ("mail.harbour.ca", "mail.harbour.ca"),
    ],
)
def test_domain_is_read_as_people_write_it(typed, domain):
    assert domains.check(typed) == domain


@pytest.mark.parametrize(
    "typed",
    ["", "ca", "harbour", "harbour..ca", "-x.ca", "a b.ca", "127.0.0.1", "gmail.com", "GMAIL.com",
     "bell.net", "sympatico.ca", "videotron.ca", "on.ca", "gc.ca", "x" * 300 + ".ca", "a@", "@.ca",
     "exa mple.ca", "<b>.ca", "mailinator.com", "\u202eharbour.ca"],
)  # fmt: skip
def test_what_is_no_domain_of_an_organization_is_refused(typed):
    with pytest.raises(DomainRefused):
        domains.check(typed)


def test_domain_counts_once_two_reviewers_have_agreed():
    domain = domains.propose(make_organization(), name="harbour.ca")
    one, two = make_reviewer("r1@x.ca"), make_reviewer("r2@x.ca")
    assert domains.confirm(domain, by=one) is False
    with pytest.raises(DomainRefused, match="Somebody else"):
        domains.confirm(domain, by=one)
    assert Domain.objects.get().confirmed_at is None
    assert domains.confirm(domain, by=two) is True
    row = Domain.objects.get()
    assert (row.first_by, row.second_by, row.confirmed_at is None) == (one, two, False)


def test_reviewers_of_the_organization_and_others_do_not_decide():
    organization = make_organization()
    domain = domains.propose(organization, name="harbour.ca")
    insider = make_reviewer("r1@x.ca")
    Membership.objects.create(organization=organization, user=insider)
    for person in (insider, make_person("a@x.ca")):
        for decide in (domains.confirm, domains.decline):
            with pytest.raises(DomainRefused):
                decide(domain, by=person)
    assert Domain.objects.get().first_by is None


def test_domain_that_was_declined_can_be_named_again():
    domain = domains.propose(make_organization(), name="harbour.ca")
    domains.decline(domain, by=make_reviewer("r1@x.ca"))
    assert domains.propose(make_organization("Other"), name="harbour.ca").organization_id


def test_domain_belongs_to_one_organization():
    organization = make_organization()
    domain = domains.propose(organization, name="harbour.ca")
    assert domains.propose(organization, name="Harbour.ca") == domain
    with pytest.raises(DomainRefused, match="Another organization"):
        domains.propose(make_organization("Other"), name="harbour.ca")
