"""What is stored about people: the list is whole, each sees their own, and it can be deleted."""

import datetime as dt
import json
import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from post_office.models import Email

from accounts import letters, personal
from accounts.models import AddressCheck, Membership, User
from accounts.own_data import download
from cop_directory.models import InvitationShown, JoinRequest
from curation import history
from curation.models import Change, Claim, Draft, Keeper, PersonalValue, Report, Submission
from tests.factories import (
    make_keeper,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_platform,
    sign_in,
)

pytestmark = pytest.mark.django_db

# Fields that look like a person's and are none, with the reason.
NOT_ABOUT_PEOPLE = {
    "accounts.User_groups.user": "named with the account, as its groups of rights",
    "accounts.User_user_permissions.user": "named with the account, as its single rights",
}


def looks_personal(field):
    """An address, a network address, or something that points at an account."""
    if isinstance(field, models.EmailField | models.GenericIPAddressField):
        return True
    return field.is_relation and field.related_model is User


def unregistered():
    """Every field of ours and of our libraries that should be in the list and is not."""
    known = {kept.model: kept for kept in personal.registered()}
    found = []
    for model in apps.get_models(include_auto_created=True):
        kept = known.get(model._meta.label)
        fields = [
            field
            for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
            if not field.primary_key or field.is_relation
        ]
        for field in fields:
            place = f"{model._meta.label}.{field.name}"
            if kept is None and not looks_personal(field):
                continue
            named = kept and (field.name in {*kept.fields, *kept.rest} or "*" in kept.rest)
            if not named and place not in NOT_ABOUT_PEOPLE:
                found.append(place)
    return found


@pytest.fixture
def ana():
    return make_person("ana@example.org")


def test_every_field_about_people_is_in_the_list():
    assert unregistered() == []


def test_field_that_is_not_in_the_list_is_seen(monkeypatch):
    kept = personal._kept["curation.Report"]
    fewer = {name: label for name, label in kept.fields.items() if name != "words"}
    monkeypatch.setitem(
        personal._kept, "curation.Report", personal.Kept(**{**vars(kept), "fields": fewer})
    )
    monkeypatch.delitem(personal._kept, "curation.Beat")

    assert unregistered() == ["curation.Report.words", "curation.Beat.user"]


def test_list_names_only_fields_that_exist():
    wrong = [
        f"{kept.model}.{name}"
        for kept in personal.registered()
        for name in (*kept.fields, *kept.rest, *kept.secret, *kept.people, *kept.addresses)
        if name not in {"*", *(f.name for f in kept.table._meta.get_fields())}
    ]

    assert wrong == []


def words_of(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_page_on_privacy_names_every_field_and_every_period(client, lang):
    with override(lang):
        page = words_of(client.get(reverse("page_privacy")))
        wanted = [
            " ".join(str(words).split())
            for kept in personal.registered()
            for words in (kept.title, kept.purpose, kept.seen_by, *kept.fields.values())
        ]
        periods = [rule.period for kept in personal.registered() for rule in kept.rules]

    said = page.casefold()
    assert [words for words in (*wanted, *periods) if words.casefold() not in said] == []


def test_field_without_words_on_the_page_is_seen(client, monkeypatch):
    kept = personal._kept["curation.Report"]
    page = words_of(client.get("/en/privacy/"))
    planted = personal.Kept(**{**vars(kept), "fields": {**kept.fields, "times": "Planted field"}})
    monkeypatch.setitem(personal._kept, "curation.Report", planted)

    assert "planted field" not in page
    assert "planted field" in words_of(client.get("/en/privacy/"))


def everything_about(ana):
    """A row of nearly every kind about Ana, and one of each about somebody else."""
    other = make_person("bo@example.org")
    entry = make_listing("Kept by Ana", contact_email="group@example.org")
    agency = make_organization()
    for person, email in ((ana, "ana@example.org"), (other, "bo@example.org")):
        Keeper.objects.create(entry=entry, user=person)
        Draft.objects.create(by=person, purpose="propose", shelf="listing", data={"a": email})
        listing = make_listing(f"Sent by {email}", review="submitted")
        Submission.objects.create(entry=listing, stance="tip", by=person)
        Change.objects.create(entry=entry, patch={}, base=1, email=email)
        Claim.objects.create(entry=listing, by=person, words=f"I am {email}")
        Report.objects.create(entry=entry, reason="wrong", day=dt.date(2026, 1, 2), by=person)
        Membership.objects.create(organization=agency, user=person)
        JoinRequest.objects.create(listing=entry, name="A", email=email, organization="O")
        AddressCheck.objects.create(email=email, expires_at=timezone.now())
        letters.put(email, "Hello", "A letter")
        history.write(
            entry.entry_ptr,
            "keepers",
            by=person,
            role="keeper",
            note=f"{email} took over",
            after={"keepers": ["box@example.org", email]},
            personal={"keepers"},
        )
    return entry


def rows_of(user):
    """How many rows of each table are about somebody."""
    whom = personal.person(user)
    return {kept.model: kept.rows(whom).count() for kept in personal.registered()}


def test_page_shows_a_person_their_own_and_nobody_elses(client, ana):
    everything_about(ana)
    sign_in(client, ana, second_step=False)

    page = words_of(client.get(reverse("personal")))

    assert "ana@example.org" in page
    assert "I am ana@example.org" in page
    assert "I am bo@example.org" not in page


def test_page_costs_the_same_for_one_row_of_a_kind_and_three(
    client, ana, django_assert_max_num_queries
):
    sign_in(client, ana, second_step=False)
    for number in range(3):
        Draft.objects.create(by=ana, purpose="propose", shelf="listing", data={"n": number})
        Keeper.objects.create(entry=make_listing(f"Group {number}"), user=ana)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("personal"))


MOST_QUERIES = 100


def test_download_holds_every_kind_and_no_secret(ana):
    everything_about(ana)
    ana.set_password("a secret of Ana's")
    ana.save()

    document = json.loads(download(ana))

    rows = {kept["table"]: len(kept["rows"]) for kept in document["kept"]}
    assert {table for table, number in rows.items() if number} == {
        "accounts.User",
        "account.EmailAddress",
        "accounts.Membership",
        "accounts.AddressCheck",
        "post_office.Email",
        "curation.Draft",
        "curation.Submission",
        "curation.Change",
        "curation.Claim",
        "curation.Report",
        "curation.Keeper",
        "curation.Decision",
        "curation.PersonalValue",
        "cop_directory.JoinRequest",
    }
    assert ana.password not in json.dumps(document)
    assert "A letter" not in json.dumps(document)


def test_download_comes_as_a_file(client, ana):
    sign_in(client, ana)

    answer = client.get(reverse("personal_download"))

    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["personal_download", "account_delete"])
def test_old_session_must_prove_itself_again(client, ana, name):
    client.force_login(ana)

    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert User.objects.filter(pk=ana.pk).exists()


def test_deletion_says_first_what_goes_and_what_stays(client, ana):
    everything_about(ana)
    sign_in(client, ana, second_step=False)

    page = words_of(client.get(reverse("account_delete")))

    assert "This goes" in page
    assert "under a pseudonym: a number instead of your name" in page
    assert User.objects.count() == 2


def test_nothing_names_the_person_once_the_account_is_deleted(client, ana):
    everything_about(ana)
    sign_in(client, ana, second_step=False)
    whom = personal.person(ana)

    client.post(reverse("account_delete"))

    left = {kept.model: kept.rows(whom).count() for kept in personal.registered() if kept.addresses}
    assert {model for model, number in left.items() if number} == set()
    assert PersonalValue.objects.filter(value__icontains="ana@").count() == 0
    # One last letter says that it is done.
    assert [mail.subject for mail in Email.objects.filter(to="ana@example.org")] == [
        "Your account is deleted"
    ]


def test_somebody_else_keeps_everything_when_an_account_is_deleted(ana):
    entry = everything_about(ana)
    other = User.objects.get(email="bo@example.org")
    before = {
        kept.model: kept.rows(personal.person(other)).count() for kept in personal.registered()
    }
    del before["post_office.Email"], before["curation.PersonalValue"]

    personal.delete_account(ana)

    after = {
        kept.model: kept.rows(personal.person(other)).count() for kept in personal.registered()
    }
    assert {model: after[model] for model in before} == before
    assert Keeper.objects.filter(entry=entry).count() == 1


def test_history_holds_and_keeps_the_pseudonym_once_the_account_is_deleted(ana):
    entry = everything_about(ana)
    pseudonym = ana.pseudonym

    personal.delete_account(ana)

    entry.refresh_from_db()
    mine = entry.decisions.filter(actor=pseudonym)
    assert history.broken(entry.entry_ptr) == []
    assert {decision.by_id for decision in mine} == {None}
    assert mine.count() == 2  # took over, and left with the account


def test_those_who_go_on_looking_after_a_page_are_told(ana):
    entry = make_listing("Kept by two")
    Keeper.objects.create(entry=entry, user=ana)
    make_keeper(entry, "bo@example.org", language="fr")
    make_keeper(make_listing("Kept by another"), "cleo@example.org")

    personal.delete_account(ana)

    told = {mail.to[0]: mail.subject for mail in Email.objects.exclude(to="ana@example.org")}
    subject = "Une personne de moins tient à jour la fiche «\u00a0Kept by two\u00a0»"
    assert told == {"bo@example.org": subject}


def test_public_page_stays_when_its_only_keeper_goes(client, ana):
    entry = make_listing("Kept by Ana")
    Keeper.objects.create(entry=entry, user=ana)

    personal.delete_account(ana)

    entry.refresh_from_db()
    assert (entry.review, entry.keepers.count()) == ("published", 0)


def test_report_of_the_person_joins_the_strangers_of_that_day(ana):
    entry = make_listing()
    day = dt.date(2026, 1, 2)
    Report.objects.create(entry=entry, reason="wrong", day=day, times=2, words="theirs")
    Report.objects.create(entry=entry, reason="wrong", day=day, by=ana, words="mine")

    personal.delete_account(ana)

    assert list(Report.objects.values_list("times", "words", "by")) == [(3, "theirs", None)]


def test_waiting_claim_of_a_deleted_account_no_longer_waits(ana):
    entry = make_listing()
    claim = Claim.objects.create(entry=entry, by=ana, words="I run it")

    personal.delete_account(ana)

    claim.refresh_from_db()
    assert (claim.state, claim.words, claim.email) == ("declined", "", "")


def test_sessions_end_with_the_account(client, ana):
    sign_in(client, ana, second_step=False)
    UserSession.objects.create(
        user=ana, ip="192.0.2.1", session_key=client.session.session_key, user_agent="x"
    )

    personal.delete_account(ana)

    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_shown_invitations_are_counted_without_the_person(ana):
    chat = make_listing("Chat", kind="chat-group", platform=make_platform())
    invitation = chat.invitations.create(mode="ask")
    InvitationShown.objects.create(invitation=invitation, to=ana)

    personal.delete_account(ana)

    assert list(InvitationShown.objects.values_list("to", flat=True)) == [None]


def test_second_address_counts_only_once_it_is_confirmed(ana):
    EmailAddress.objects.create(user=ana, email="ana@work.example.org", verified=False)
    EmailAddress.objects.create(user=ana, email="ana@home.example.org", verified=True)

    assert personal.person(ana).addresses == ("ana@example.org", "ana@home.example.org")


def test_member_of_an_organization_leaves_it_with_the_account():
    agency = make_organization()
    ana = make_member("ana@example.org", agency)
    make_member("bo@example.org", agency)

    personal.delete_account(ana)

    assert [row.user.email for row in agency.memberships.all()] == ["bo@example.org"]
