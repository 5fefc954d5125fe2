"""What a shelf says of itself: how its things are added, and what is asked and offered after."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from post_office.models import Email

from curation import lifecycle, mails, shelves
from curation.changes import Sender
from curation.desk import queue
from curation.desk.case_sheet import of_case
from curation.keeping import asking, pages
from curation.models import Case, Draft, Entry, Keeper, Report, Submission
from curation.proposing import following
from curation.proposing.confirming import writing_address
from curation.reporting import reports
from curation.shelves import Preview
from tests.curation.forms import FilledForm
from tests.curation.proposals import ADD, FIRST, SECOND, mails_to, make_lists, whole
from tests.curation.sent import case_of_report, make_entry, send_new
from tests.curation.shelved import PLAIN, groups_with
from tests.factories import make_reviewer, make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def addition():
    """What adds a group, on one screen."""
    make_lists()
    return replace(shelves.addition("group")[1], screens=1, heading="Share a thing")


@pytest.fixture
def plain():
    """The shelf with manners of its own."""
    with groups_with(manners=PLAIN) as shelf:
        yield shelf


def held(response):
    return FilledForm(response.content.decode()).data


# Adding -----------------------------------------------------------------------------------------


def test_form_on_one_screen_is_sent_from_it(client, addition):
    with groups_with(adds=(addition,), manners=PLAIN):
        page = client.get(ADD)
        sent = client.post(ADD, whole(screen="1", stance=None))
    assert (b"Share a thing</h1>" in page.content, b"Page 1 of 2" in page.content) == (True, False)
    there = {*FIRST, *SECOND, "email"} - {"stance", "kind", "provinces", "topics", "languages"}
    assert there - held(page).keys() == set()
    assert sent.url == reverse("confirm_address", args=[Draft.objects.get().token])


def test_form_on_one_screen_says_what_is_missing_beside_what_was_typed(client, addition):
    with groups_with(adds=(addition,), manners=PLAIN):
        page = client.post(ADD, whole(screen="1", stance=None, name_en=None, email=None))
    assert (page.status_code, held(page)["one_line_en"]) == (422, FIRST["one_line_en"])
    assert Draft.objects.count() == 0


def test_shelf_that_asks_for_no_stance_has_its_things_by_those_who_made_them(client, addition):
    client.force_login(make_superuser("sam@example.org"))
    with groups_with(adds=(addition,), manners=PLAIN):
        client.post(ADD, whole(screen="1", stance=None))
    assert Submission.objects.get().stance == "run"


def test_word_of_the_address_brings_values_that_nobody_can_change(client, addition):
    preset = replace(addition, preset={"kind": "event"})
    with groups_with(adds=(preset,), manners=PLAIN):
        data = client.post(ADD, whole(go="back", kind="chat-group", screen="1")).context["paper"]
        assert data.data["kind"] == "event"


def test_query_that_names_nothing_public_is_answered_with_not_found(client, addition):
    known = make_entry("Known")
    given = replace(
        addition,
        asks=("about",),
        given=lambda query: {"area_en": "x"} if query.get("about") == str(known.pk) else None,
        about=lambda values: known,
    )
    with groups_with(adds=(given,), manners=PLAIN):
        answers = [client.get(f"{ADD}?about={key}") for key in (known.pk, 999)]
    assert [each.status_code for each in answers] == [200, 404]
    assert (held(answers[0])["area_en"], b"Known" in answers[0].content) == ("x", True)


def test_draft_is_written_on_under_its_own_word_and_query(addition):
    lesson = replace(addition, word="lesson", preset={"kind": "event"}, asks=("about",))
    with groups_with(adds=(addition, lesson)):
        draft = Draft(shelf="listing", data={"kind": ["event"], "about": ["7"]}, token=uuid4())
        assert writing_address(draft) == f"{ADD}?about=7&draft={draft.token}"
    with groups_with(adds=(lesson, addition)):
        assert shelves.added_as("listing", {"kind": "other"}) is addition


def seen_by_others(values, address):
    return Preview([("Name", [values["name_en"]])])


def test_sender_looks_once_at_what_others_will_see(client, addition):
    client.force_login(make_superuser("sam@example.org"))
    with groups_with(adds=(addition,), preview=seen_by_others):
        look = client.post(ADD, whole(screen="1"))
        waiting = Entry.objects.count()
        carried = held(look)
        back = client.post(ADD, {**carried, "go": "back"})
        sent = client.post(ADD, {**carried, "go": "send"})
    assert (b"This is what others will see" in look.content, waiting) == (True, 0)
    assert held(back)["website"] == SECOND["website"]
    assert (sent.status_code, Entry.objects.get().name_en) == (302, FIRST["name_en"])


def test_what_others_will_see_is_not_shown_while_something_is_wrong(client, addition):
    with groups_with(adds=(addition,), preview=seen_by_others):
        page = client.post(ADD, whole(screen="1", email="nobody"))
    assert (page.status_code, b"This is what others" in page.content) == (422, False)


def test_files_are_kept_by_the_shelf_and_their_keys_travel_with_the_form(client, addition):
    def receive(request, data):
        kept = data.copy()
        kept["area_en"] = request.FILES["file"].name
        return kept, {"area_en": ["Not a PDF."]} if request.FILES["file"].size > 3 else {}

    with groups_with(adds=(addition,), receive=receive):
        fine, wrong = (
            client.post(ADD, {**whole(screen="1"), "file": SimpleUploadedFile("a.pdf", body)})
            for body in (b"abc", b"abcd")
        )
    assert (fine.status_code, Draft.objects.get().data["area_en"]) == (302, ["a.pdf"])
    assert (b"Not a PDF." in wrong.content, held(wrong)["area_en"]) == (True, "a.pdf")


# Afterwards -------------------------------------------------------------------------------------


def test_only_the_reasons_that_fit_are_offered(client, plain):
    entry = make_entry()
    address = reverse("report", args=[entry.pk])
    page = client.get(address).content.decode()
    offered = [each for each in Report.Reason.values if f'value="{each}"' in page]
    assert (offered, "the way into it" in page) == (["dead-link", "recognized", "other"], False)
    assert "Back to the thing" in page


def test_group_cannot_be_reported_for_what_is_said_of_lessons(client):
    page = client.get(reverse("report", args=[make_entry().pk])).content.decode()
    assert 'value="recognized"' not in page


def test_somebody_who_can_be_recognized_is_looked_at_the_same_day(plain):
    make_reviewer("rae@example.org")
    reports.report(make_entry(), "recognized")
    assert (Case.objects.get().reason, len(mails_to("rae@example.org"))) == ("danger", 1)
    assert "chat group" not in Email.objects.get().message


def test_nobody_can_ask_to_look_after_what_is_not_claimed(client, plain):
    assert client.get(reverse("claim", args=[make_entry().pk])).status_code == 404


def test_nobody_is_asked_whether_it_is_still_right(plain):
    entry = make_entry(published_at="2020-01-01T00:00Z")
    Keeper.objects.create(entry=entry, email="host@example.org")
    assert asking.ask_keepers(dt.date(2026, 11, 21)) == 0
    kept = pages.kept_page(entry)
    assert (kept.sign, kept.is_due, kept.answers) == (None, False, [])


def test_case_speaks_of_the_thing_in_its_own_words(plain):
    case = send_new()
    page = of_case(case, make_reviewer("rae@example.org"))
    assert queue.what_is_it(case, []) == "New thing"
    assert [str(label) for label, _ in page.facts] == ["Sent by", "They read"]
    assert (page.why_it_waits, page.texts) == ("Somebody looks.", [])


def test_report_of_what_cannot_close_offers_no_such_answer(plain):
    page = of_case(case_of_report(make_entry()), make_reviewer("rae@example.org"))
    assert [(each.verb, str(each.label)) for each in page.buttons[2:]] == [
        ("withdraw", "Take off the site"),
        ("host-asked", "Its people want it off"),
    ]


def test_sender_takes_back_what_is_public(client, plain):
    case = send_new()
    lifecycle.take(case.entry, "publish", by=make_reviewer("rae@example.org"))
    sent = following.find(case.entry.submission.token)
    following.take_back(sent)
    assert Entry.objects.get().review == "withdrawn"
    assert mails_to("sam@agency.example.org") == ["“Newcomer tech workers” is now public"]


def test_sender_of_a_group_cannot_take_back_what_is_public():
    case = send_new()
    lifecycle.take(case.entry, "publish", by=make_reviewer("rae@example.org"))
    assert following.standing(following.find(case.entry.submission.token)).can_take_back is False


def test_sender_sees_the_whole_form_of_what_they_made_themselves(client, plain):
    page = client.get(reverse("sent_change", args=[send_new().entry.submission.token]))
    assert b'name="consent"' in page.content


def test_sender_is_thanked_for_what_the_shelf_is_grateful_for():
    with groups_with(thanks=lambda entry: "Thank you for saying that it did not work."):
        entry = send_new().entry
        mails.confirm_receipt(entry, Sender())
        lifecycle.take(entry, "publish", by=make_reviewer("rae@example.org"))
    bodies = [each.message for each in Email.objects.order_by("pk")]
    assert ["Thank you for saying that it did not work." in each for each in bodies] == [True, True]
