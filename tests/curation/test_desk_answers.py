"""What a reviewer answers to reports, claims and the rest; their own; what cannot be; several."""

import pytest
from django.urls import reverse

from accounts.models import Domain, Membership
from curation import cases, shelves
from curation.changes import Sender
from curation.models import Claim, Decision, Entry, Keeper, Report
from curation.reporting import doors
from tests.curation.answering import TAKE, VERBS, answer, buttons, page_of, platform
from tests.curation.forms import FilledForm
from tests.curation.sent import (
    case_of_claim,
    case_of_report,
    edit_of_a_trusted_organization,
    make_entry,
    send_new,
    waiting,
)
from tests.factories import (
    make_keeper,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    sign_in,
)
from tests.flows.reading import read

JOIN_BUTTONS = ["looked", "withdraw"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


# Reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "given", "review", "activity"),
    [
        ("nothing", {}, "published", "unknown"),
        ("mended", {}, "published", "unknown"),
        ("closed", {}, "published", "closed"),
        ("withdraw", {"note": "It is a scam.", "why": "unsafe"}, "withdrawn", "unknown"),
        ("host-asked", {}, "withdrawn", "unknown"),
    ],
)
def test_danger_is_looked_at_settled_and_undone(client, ana, verb, given, review, activity):
    entry = make_entry()
    case = case_of_report(entry, "dangerous", "They ask for money.")
    assert "They ask for money." in read(page_of(client, case)).text
    answer(client, case, verb, **given)
    now = Entry.objects.get(pk=entry.pk)
    assert (now.review, now.activity, waiting()) == (review, activity, [])
    assert Report.objects.get().looked_at is not None
    decision = Decision.objects.order_by("-pk").first()
    client.post("/en/to-review/undo/", {"decision": decision.pk})
    now = Entry.objects.get(pk=entry.pk)
    assert (now.review, now.activity, waiting()) == ("published", "unknown", ["danger"])
    assert Report.objects.get().looked_at is None


def test_group_that_asks_is_taken_off_in_one_step(client, ana):
    entry = make_entry()
    case = case_of_report(entry)
    answer(client, case, "host-asked")
    decision = Decision.objects.get(verb="withdraw")
    assert decision.after["public_reason"] == "host-asked"
    assert decision.note == "The people who run it asked for it"


def test_way_in_is_shut_again_when_a_look_is_undone(client, ana):
    entry = make_entry(kind="chat-group", members="sector", platform=platform())
    case = case_of_report(entry, "dangerous")
    assert doors.is_shut(entry)
    answer(client, case, "nothing")
    assert not doors.is_shut(entry)
    client.post("/en/to-review/undo/", {"decision": Decision.objects.get(verb="looked").pk})
    assert doors.is_shut(entry)


def test_entry_can_be_opened_though_nothing_waits(client, ana):
    entry = make_entry()
    url = reverse("entry_review", args=[entry.pk])
    page = client.get(url)
    form = FilledForm(page.content.decode()).data
    shown = [b["value"] for b in read(page).all("button", name="v") if b["value"] in VERBS]
    assert shown == ["withdraw", "host-asked"]
    client.post(TAKE, {"entry": entry.pk, "version": form["version"], "v": "host-asked"})
    assert Entry.objects.get(pk=entry.pk).review == "withdrawn"


# Claims, domains, memberships ---------------------------------------------------------------------


def test_claim_is_granted_and_declined(client, ana):
    entry, person = make_entry(), make_person("sam@example.org")
    case = case_of_claim(entry, sender=Sender(by=person))
    assert buttons(client, case) == ["grant", "decline-claim"]
    assert "I founded it." in read(page_of(client, case)).text
    answer(client, case, "grant")
    assert [row.user for row in Keeper.objects.all()] == [person]
    assert (Claim.objects.get().state, waiting()) == ("granted", [])
    second = case_of_claim(entry, sender=Sender(email="x@example.org"))
    assert answer(client, second, "decline-claim").status_code == 422
    answer(client, second, "decline-claim", note="We cannot tell.")
    assert (Keeper.objects.count(), waiting()) == (1, [])


def test_declined_claim_waits_again_when_that_is_undone(client, ana):
    case = case_of_claim(make_entry())
    answer(client, case, "decline-claim", note="We cannot tell.")
    client.post("/en/to-review/undo/", {"decision": Decision.objects.get(verb="decline").pk})
    assert (Claim.objects.get().state, waiting()) == ("waiting", ["claim"])


def test_claim_for_an_organization_may_be_granted_for_all_its_pages(client, ana):
    agency, person = make_organization(), make_person("sam@example.org")
    entry = make_entry(hosts=[agency])
    case = case_of_claim(entry, sender=Sender(by=person), organization=agency)
    answer(client, case, "grant-all")
    assert Membership.objects.granted().get().user == person


def test_own_claim_is_for_somebody_else(client, ana):
    case = case_of_claim(make_entry(), sender=Sender(by=ana))
    assert buttons(client, case) == []
    back = client.post(TAKE, {"case": case.pk, "v": "grant"})
    assert (back.status_code, Keeper.objects.count()) == (409, 0)


def test_domain_needs_two_different_reviewers(client, ana):
    domain = Domain.objects.create(organization=make_organization(), name="harbour.example.org")
    case = cases.open_case("domain", domain=domain)
    client.post(TAKE, {"case": case.pk, "v": "confirm"})
    assert (Domain.objects.get().confirmed_at, waiting()) == (None, ["domain"])
    back = client.post(TAKE, {"case": case.pk, "v": "confirm"})
    assert (back.status_code, Domain.objects.get().second_by) == (409, None)
    sign_in(client, make_reviewer("bo@example.org"))
    client.post(TAKE, {"case": case.pk, "v": "confirm"})
    assert (Domain.objects.get().confirmed_at is None, waiting()) == (False, [])


@pytest.mark.parametrize(("verb", "granted"), [("grant", 1), ("decline", 0)])
def test_membership_is_granted_or_not(client, ana, verb, granted):
    row = Membership.objects.create(
        organization=make_organization(), user=make_person("sam@example.org"), role="owner"
    )
    case = cases.open_case("membership", membership=row)
    assert "sam@example.org" in read(page_of(client, case)).text
    client.post(TAKE, {"case": case.pk, "v": verb, "note": "We cannot tell."})
    assert (Membership.objects.granted().count(), waiting()) == (granted, [])


# One's own ---------------------------------------------------------------------------------------


def test_reviewer_steps_aside_for_their_own_organization(client):
    agency = make_organization()
    own = make_member("own@harbour.example.org", agency, is_moderator=True)
    sign_in(client, own)
    case = send_new(hosts=[agency])
    assert "so somebody else decides here" in read(page_of(client, case)).text
    assert buttons(client, case) == []
    back = client.post(TAKE, {"case": case.pk, "version": case.entry.version, "v": "publish"})
    assert (back.status_code, waiting()) == (409, ["new"])


def test_keeper_who_reviews_still_reviews_what_no_organization_of_theirs_runs(client):
    entry = make_entry()
    own = make_keeper(entry, "own@example.org", is_moderator=True)
    sign_in(client, own)
    assert "nothing" in buttons(client, case_of_report(entry))


# What cannot be ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"case": "0"},
        {"case": "99999"},
        {"case": "x"},
        {"entry": "\0"},
        {"case": "9" * 30},
        {"entry": "99999", "v": "publish"},
    ],
)
def test_answer_to_nothing_is_not_found(client, ana, given):
    assert client.post(TAKE, given).status_code == 404


@pytest.mark.parametrize("verb", ["", "x", "grant", "__class__", "submit"])
def test_button_that_is_not_there_is_refused(client, ana, verb):
    case = send_new()
    assert answer(client, case, verb).status_code == 409
    assert waiting() == ["new"]


def test_hostile_form_is_no_breakdown(client, ana):
    hostile = {"note": "\0" * 9 + "<script>x</script>" * 999, "version": "9" * 40, "into": "\0"}
    for verb in ("ask", "text", "search", "merge", "publish"):
        case = send_new(verb)
        back = answer(client, case, verb, **hostile, into_words="\0" * 50, text="\0", why="\0")
        assert back.status_code in (200, 302, 409, 422)
    assert "<script>x" not in page_of(client, case).content.decode()


def test_turns_are_posted_only(client, ana):
    for name in ("take_turn", "undo_turn", "take_several", "beat_save", "starting_answer"):
        assert client.get(reverse(name)).status_code == 405


# Several at a time --------------------------------------------------------------------------------


def test_several_are_answered_each_for_itself(client, ana):
    agency = make_organization()
    rows = [case_of_report(make_entry(name)) for name in ("One", "Two")]
    sign_in(client, make_member("own@x.ca", agency, is_moderator=True))
    own = case_of_report(make_entry("Own", hosts=[agency]))
    new = send_new("New")
    done = client.post(
        "/en/to-review/several/answer/",
        {
            "reason": "report",
            "v": "nothing",
            "case": [rows[0].pk, own.pk, new.pk, rows[1].pk, "x", 99999],
        },
    )
    results = [(str(each.name), each.fine) for each in done.context["results"]]
    assert results == [("One", True), ("Own", False), ("New", False), ("Two", True), ("", False)]
    assert waiting() == ["report", "new"]


@pytest.mark.parametrize("reason", ["new", "change", "claim", "danger", "", "x"])
@pytest.mark.parametrize("verb", ["publish", "publish-edit", "withdraw", "grant", "nothing"])
def test_nothing_that_could_do_harm_is_answered_several_at_a_time(client, ana, reason, verb):
    case = send_new()
    client.post("/en/to-review/several/answer/", {"reason": reason, "v": verb, "case": [case.pk]})
    assert waiting() == ["new"]


def test_list_of_several_shows_what_one_must_see(client, ana):
    edit_of_a_trusted_organization()
    case_of_report(make_entry("Reported"), "wrong", "The day is wrong.")
    assert "HWH" in read(client.get("/en/to-review/several/")).text
    text = read(client.get("/en/to-review/several/?reason=report")).text
    assert "The day is wrong." in text
    assert shelves.named("listing").label("acronym") not in text


@pytest.mark.parametrize(("reason", "shown"), [("invitation", []), ("join", JOIN_BUTTONS)])
def test_way_into_a_group_is_decided_on_its_own_page(client, ana, reason, shown):
    entry = make_entry(kind="chat-group", members="sector", platform=platform())
    case = cases.open_case(reason, entry=entry)
    links = read(page_of(client, case)).links
    assert reverse("invitation_review", args=[entry.pk]) in links
    assert buttons(client, case) == shown


def test_nothing_ticked_says_that_nothing_was_done(client, ana):
    case_of_report(make_entry())
    given = {"reason": "report", "v": "nothing"}
    text = read(client.post("/en/to-review/several/answer/", given)).text
    assert "Nothing was ticked, so nothing was done." in text
    assert waiting() == ["report"]
    assert "Nothing was ticked" not in read(client.get("/en/to-review/several/")).text


@pytest.mark.parametrize(
    ("make", "filled"),
    [
        (lambda: case_of_report(make_entry(), "dangerous"), []),
        (lambda: case_of_report(make_entry()), []),
        (lambda: case_of_claim(make_entry()), []),
        (send_new, ["publish"]),
    ],
)
def test_button_that_stands_out_is_never_the_dangerous_one(client, ana, make, filled):
    page = read(page_of(client, make()))
    found = page.all("button", **{"class": "btn"})
    assert [each["value"] for each in found if each.get("value") in VERBS] == filled
    assert "#answer" in page.links


def test_item_about_a_report_shows_the_page_it_is_about(client, ana):
    entry = make_entry(provinces=("NS",))
    page = read(page_of(client, case_of_report(entry)))
    assert "Kind Community of practice Place Nova Scotia How it stands" in page.text
    assert "https://housing.example.org/" in page.links
    assert shelves.of(entry).address(entry) in page.links
