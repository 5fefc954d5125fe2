""" "I run this group": sent, heard by those who look after the page, decided by a reviewer."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from accounts.models import Allowance, Membership
from curation import history
from curation.changes import Sender
from curation.keeping import claims
from curation.lifecycle import TurnRefused
from curation.models import Case, Claim, Draft, Keeper
from curation.proposing.manners import opened
from tests.factories import (
    make_keeper,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """A page in French leaves its language behind for the next test."""
    with override("en"):
        yield


@pytest.fixture
def group():
    make_listing("Another group")
    return make_listing("Housing Workers", name_fr="Logement")


@pytest.fixture
def reviewer():
    return make_reviewer()


def send(group, **given) -> Claim:
    """A claim, by an address that was confirmed by a code unless told otherwise."""
    sender = given.pop("sender", Sender(email="ana@harbour.ca", language="fr"))
    return claims.send(
        group, sender=sender, words="I chair it.", token=given.pop("token", uuid.uuid4()), **given
    )


def mails() -> list[tuple]:
    """(to, subject) of every mail, oldest first."""
    return [(mail.to[0], mail.subject) for mail in Email.objects.order_by("pk")]


def keepers(group) -> list[str]:
    return sorted(row.address for row in Keeper.objects.filter(entry=group))


def test_claim_waits_on_the_desk_and_its_sender_is_told(group):
    claim = send(group)
    case = Case.objects.get()
    assert (case.reason, case.entry_id, case.claim) == ("claim", group.pk, claim)
    subject = "Vous vous occupez de «\u00a0Logement\u00a0»\u00a0: message bien reçu"
    assert mails() == [("ana@harbour.ca", subject)]
    assert keepers(group) == []


def test_same_form_twice_is_one_claim(group):
    token = uuid.uuid4()
    assert send(group, token=token) == send(group, token=token)
    assert (Claim.objects.count(), Case.objects.count(), len(mails())) == (1, 1, 1)


def test_same_sender_has_one_claim_waiting(group):
    assert send(group) == send(group)
    assert Claim.objects.count() == 1


def test_people_who_look_after_the_page_are_told_without_the_strangers_words(group):
    make_keeper(group, "bo@harbour.ca")
    make_keeper(make_listing("Not theirs"), "eve@harbour.ca")
    send(group)
    heard = Email.objects.get(to="bo@harbour.ca")
    assert [to for to, _ in mails()] == ["ana@harbour.ca", "bo@harbour.ca"]
    assert "ana@harbour.ca" in heard.message
    assert "I chair it" not in heard.message


def test_granted_to_an_address_without_an_account_it_keeps_the_page(group, reviewer):
    claims.grant(send(group), by=reviewer)
    keeper = Keeper.objects.get()
    assert (keeper.user, keeper.email, keeper.language) == (None, "ana@harbour.ca", "fr")
    assert Claim.objects.get().state == "granted"
    assert Case.objects.get().closed_at is not None
    assert mails()[-1] == (
        "ana@harbour.ca", "Vous tenez maintenant à jour la fiche de «\u00a0Logement\u00a0»"
    )  # fmt: skip


def test_granted_to_an_address_whose_owner_has_an_account_it_is_theirs(group, reviewer):
    person = make_person("ana@harbour.ca")
    claims.grant(send(group), by=reviewer)
    assert [row.user for row in Keeper.objects.all()] == [person]


def test_account_that_did_not_confirm_the_address_gets_nothing(group, reviewer):
    make_person("ana@harbour.ca", verified=False)
    claims.grant(send(group), by=reviewer)
    assert Keeper.objects.get().user is None


def test_shared_address_keeps_the_page_though_a_person_asked_for_it(group, reviewer):
    person = make_person("ana@harbour.ca")
    claim = send(group, sender=Sender(by=person, email="info@harbour.ca"), role_mailbox=True)
    claims.grant(claim, by=reviewer)
    assert keepers(group) == ["info@harbour.ca"]
    assert Keeper.objects.get().user is None


def test_granted_for_the_whole_organization_only_when_the_reviewer_says_so(reviewer):
    agency = make_organization()
    person = make_person("ana@harbour.ca")
    for whole in (False, True):
        group = make_listing(f"Group {whole}", hosts=(agency,))
        claim = send(group, sender=Sender(by=person), organization=agency)
        claims.grant(claim, by=reviewer, whole_organization=whole)
        granted = Membership.objects.granted().filter(user=person, role="steward").count()
        assert granted == int(whole)


def test_granted_for_the_whole_organization_without_an_account_waits_as_an_invitation(reviewer):
    agency = make_organization()
    claim = send(make_listing(hosts=(agency,)), organization=agency)
    claims.grant(claim, by=reviewer, whole_organization=True)
    assert list(Membership.objects.values_list("email", "granted_at")) == [("ana@harbour.ca", None)]


def test_history_says_who_decided_and_seals_who_it_is(group, reviewer):
    claims.grant(send(group), by=reviewer)
    decision = group.decisions.order_by("-number").first()
    assert (decision.verb, decision.by, decision.role) == ("keepers", reviewer, "reviewer")
    assert decision.after == {"keepers": {"sealed": True}}
    assert history.both_sides(decision)[1] == {"keepers": ["ana@harbour.ca"]}
    group.refresh_from_db()
    assert history.broken(group) == []


def test_declined_with_a_reason_it_leaves_no_keeper(group, reviewer):
    claim = send(group)
    with pytest.raises(TurnRefused):
        claims.decline(claim, by=reviewer, note="  ")
    claims.decline(claim, by=reviewer, note="We could not see it.")
    assert (Claim.objects.get().state, keepers(group)) == ("declined", [])
    assert "We could not see it." in Email.objects.latest("pk").message


def test_claimants_own_page_says_why_it_was_declined(client, group, reviewer):
    claim = send(group)
    claims.decline(send(group, sender=Sender(email="x@y.ca")), by=reviewer, note="Somebody else.")
    page = reverse("claim_sent", args=[claim.token])
    assert "Somebody else." not in client.get(page).content.decode()
    claims.decline(claim, by=reviewer, note="We <could> not see it.")
    assert "We &lt;could&gt; not see it." in client.get(page).content.decode()


def test_second_decision_is_too_late(group, reviewer):
    claim = send(group)
    claims.grant(claim, by=reviewer)
    for decide in (
        lambda: claims.grant(claim, by=make_reviewer("b@x.ca")),
        lambda: claims.decline(claim, by=make_reviewer("c@x.ca"), note="No."),
    ):
        with pytest.raises(TurnRefused, match="faster"):
            decide()


def test_only_reviewers_decide_and_not_about_their_own(reviewer):
    agency = make_organization()
    group = make_listing(hosts=(agency,))
    claim = send(group)
    insider = make_member("in@harbour.ca", agency, is_moderator=True)
    keeper = make_keeper(group)
    for person in (insider, keeper, make_person("x@x.ca")):
        with pytest.raises(TurnRefused):
            claims.grant(claim, by=person)
    own = send(group, sender=Sender(by=reviewer))
    with pytest.raises(TurnRefused):
        claims.grant(own, by=reviewer)
    assert keepers(group) == ["keeper@example.org"]


def test_objection_is_written_down_while_it_waits(group, reviewer):
    claim = send(group)
    assert claims.object_to(claim, words="We do not know them.")
    claims.decline(claim, by=reviewer, note="The group objects.")
    assert not claims.object_to(claim, words="Too late")
    assert Claim.objects.get().objection == "We do not know them."


def test_claim_taken_back_leaves_the_desk(group):
    claims.take_back(send(group))
    assert (Claim.objects.count(), Case.objects.count()) == (0, 0)


# On the site -------------------------------------------------------------------------------------


def filled(**given) -> dict:
    """The form as somebody fills it in."""
    return {
        "words": "I chair it.",
        "email": "ana@harbour.ca",
        "token": str(uuid.uuid4()),
        "opened_at": opened(60),
        "website2": "",
        **given,
    }


def code() -> str:
    """The code of the newest mail."""
    return re.search(r"\b\d{6}\b", Email.objects.latest("pk").subject)[0]


def test_stranger_sends_a_claim_with_a_code(client, group):
    answer = client.post(reverse("claim", args=[group.pk]), filled(email="Ana@Harbour.ca"))
    assert (Claim.objects.count(), Draft.objects.count()) == (0, 1)
    answer = client.post(answer.url, {"code": code()})
    claim = Claim.objects.get()
    assert (claim.email, claim.words, claim.by) == ("ana@harbour.ca", "I chair it.", None)
    assert answer.url == reverse("claim_sent", args=[claim.token])
    assert client.get(answer.url).status_code == 200
    assert Draft.objects.count() == 0


def test_wrong_code_loses_nothing(client, group):
    page = client.post(reverse("claim", args=[group.pk]), filled()).url
    right = code()
    wrong = str((int(right) + 1) % 1_000_000).zfill(6)
    answer = client.post(page, {"code": wrong})
    assert (answer.status_code, Claim.objects.count()) == (200, 0)
    client.post(page, {"code": right})
    client.post(page, {"code": right})
    assert Claim.objects.count() == 1


def test_new_code_makes_the_old_one_void_and_the_fourth_is_refused(client, group):
    page = client.post(reverse("claim", args=[group.pk]), filled()).url
    old = code()
    for _ in range(3):
        client.post(page, {"again": "1"})
    assert Email.objects.count() == 3
    assert code() != old
    client.post(page, {"code": old})
    assert Claim.objects.count() == 0


def test_member_sends_a_claim_at_once(client, group):
    person = make_person()
    client.force_login(person)
    answer = client.post(reverse("claim", args=[group.pk]), filled(email=""))
    claim = Claim.objects.get()
    assert (claim.by, claim.email) == (person, "")
    assert answer.url == reverse("claim_sent", args=[claim.token])


def test_member_who_names_a_shared_address_types_its_code(client, group):
    person = make_person()
    client.force_login(person)
    data = filled(email="info@harbour.ca", role_mailbox="on")
    page = client.post(reverse("claim", args=[group.pk]), data).url
    assert Claim.objects.count() == 0
    client.post(page, {"code": code()})
    claim = Claim.objects.get()
    assert (claim.by, claim.email, claim.role_mailbox) == (person, "info@harbour.ca", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": "x" * 501},
        {"email": ""},
        {"email": "nobody"},
        {"email": "a@b@c.ca"},
        {"token": "1"},
        {"token": ""},
        {"opened_at": ""},
        {"website2": "http://x"},
        {"organization": "999999"},
        {"words": "a\x00b"},
    ],
)
def test_form_that_is_not_right_is_shown_again_with_all_it_held(client, wrong):
    group = make_listing(hosts=(make_organization(),))
    data = filled(**wrong)
    answer = client.post(reverse("claim", args=[group.pk]), data)
    assert (answer.status_code, Draft.objects.count()) == (200, 0)
    if "words" not in wrong:
        assert b"I chair it." in answer.content


def test_form_again_with_another_address_asks_that_one(client, group):
    data = filled()
    client.post(reverse("claim", args=[group.pk]), data)
    page = client.post(reverse("claim", args=[group.pk]), {**data, "email": "bo@harbour.ca"}).url
    client.post(page, {"code": code()})
    assert Claim.objects.get().email == "bo@harbour.ca"


def test_sixth_claim_of_a_day_waits_for_tomorrow(client):
    person = make_person()
    client.force_login(person)
    for number in range(6):
        group = make_listing(f"Group {number}")
        answer = client.post(reverse("claim", args=[group.pk]), filled(email=""))
    assert (answer.status_code, Claim.objects.count()) == (200, 5)
    assert Allowance.objects.filter(what="claim").count() == 1


@pytest.mark.parametrize(
    "hidden",
    [{"review": "submitted"}, {"members": "newcomers"}, {"review": "withdrawn"}],
)
def test_group_that_is_not_public_cannot_be_claimed_by_its_number(client, hidden):
    group = make_listing("Secret group", **hidden)
    answer = client.get(reverse("claim", args=[group.pk]))
    assert answer.status_code == 404
    assert b"Secret group" not in answer.content


def test_claim_is_taken_back_by_whoever_has_its_address(client, group):
    claim = send(group)
    client.post(reverse("claim_sent", args=[claim.token]))
    assert Claim.objects.count() == 0


def test_objection_comes_through_the_link_of_the_mail(client, group):
    make_keeper(group, "bo@harbour.ca")
    send(group)
    text = Email.objects.get(to="bo@harbour.ca").message
    link = re.search(r"https?://[^/\s]+(/\S+)", text.split(":\n")[-1])[1]
    assert client.get(link).status_code == 200
    assert Claim.objects.get().objection == ""
    client.post(link, {"words": "We do not know them."})
    assert Claim.objects.get().objection == "We do not know them."
    assert client.post(link[:-3] + "x/", {"words": "Forged"}).status_code == 404


def test_reviewer_who_is_signed_in_may_claim_but_not_decide(client, group, reviewer):
    sign_in(client, reviewer)
    client.post(reverse("claim", args=[group.pk]), filled(email=""))
    with pytest.raises(TurnRefused):
        claims.grant(Claim.objects.get(), by=reviewer)
