"""Edits of which a part is taken, old pages, second taps, and what waits for its sender."""

import pytest
from django.urls import reverse
from post_office.models import Email

from cop_directory.models import Listing
from curation import shelves
from curation.changes import Sender
from curation.models import Case, Change, Decision, Entry
from curation.proposing import following
from tests.curation.answering import TAKE, answer, form_of, page_of
from tests.curation.forms import FilledForm
from tests.curation.sent import case_of_edit, make_entry, send_new, waiting
from tests.factories import make_person, make_reviewer, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def subjects():
    return [row.subject for row in Email.objects.order_by("pk")]


# In part ------------------------------------------------------------------------------------------


def test_sender_reads_which_fields_were_taken_and_which_not(client, ana):
    person = make_person("sam@agency.example.org")
    entry = make_entry()
    case = case_of_edit(entry, sender=Sender(by=person), one_line_en="Other words.", acronym="HWH")
    answer(client, case, "publish-edit", fields=["acronym"])
    mail = Email.objects.latest("pk")
    assert mail.subject == "A part of your edit of “Housing Workers of Halifax” is public"
    taken, left = map(shelves.of(entry).label, ("acronym", "one_line_en"))
    assert f"Now on the page: {taken}." in mail.message
    assert f"Not taken, and as it was before: {left}." in mail.message
    sign_in(client, person, second_step=False)
    text = read(client.get(reverse("sent_page", args=[case.change.token]))).text
    assert "A part of it is public" in text
    assert f"On the page now {taken} Not taken, and as it was before {left}" in text
    assert "Accepted in part" in read(client.get(reverse("my_pages"))).text
    sign_in(client, ana)
    assert f"Not taken {left}" in read(page_of(client, case)).text


def test_whole_edit_is_told_as_before_and_undoing_forgets_the_parts(client, ana):
    entry = make_entry()
    whole = case_of_edit(entry, acronym="HWH")
    answer(client, whole, "publish-edit")
    assert subjects()[-1] == "Your edit of “Housing Workers of Halifax” is public"
    part = case_of_edit(Entry.objects.get(pk=entry.pk), acronym="X", one_line_en="Other words.")
    answer(client, part, "publish-edit", fields=["acronym"])
    assert Change.objects.get(pk=part.change_id).left_out == ["one_line_en"]
    client.post("/en/to-review/undo/", {"decision": Decision.objects.order_by("-pk")[0].pk})
    assert Change.objects.get(pk=part.change_id).left_out == []


# Twice, and too late ------------------------------------------------------------------------------


def test_second_edit_from_an_old_page_is_refused_and_the_words_are_kept(client, ana):
    entry = make_entry()
    first = case_of_edit(entry, acronym="HWH")
    second = case_of_edit(entry, one_line_en="Other words.")
    old = form_of(client, second)
    answer(client, first, "publish-edit")
    back = client.post(TAKE, {**old, "v": "publish-edit", "note": "My words"})
    page = read(back)
    assert back.status_code == 409
    assert "Somebody was faster than you. Nothing was changed." in page.text
    assert "Published." not in page.text
    assert FilledForm(back.content.decode()).data["note"] == "My words"
    assert (Listing.objects.get(pk=entry.pk).one_line_en, waiting()) == (
        "They compare what works.",
        ["change"],
    )


def test_second_edit_is_not_declined_by_a_tap_on_the_first(client, ana):
    entry = make_entry()
    first, second = case_of_edit(entry, acronym="HWH"), case_of_edit(entry, acronym="X")
    old = form_of(client, second)
    answer(client, first, "decline-edit", note="No.")
    back = client.post(TAKE, {**old, "v": "decline-edit", "note": "No."})
    assert (back.status_code, waiting()) == (409, ["change"])


@pytest.mark.parametrize(("verb", "note"), [("publish-edit", ""), ("decline-edit", "No.")])
def test_second_tap_on_the_same_button_says_the_same(client, ana, verb, note):
    case = case_of_edit(make_entry(), acronym="HWH")
    case_of_edit(make_entry("Another"), acronym="X")
    form = {**form_of(client, case), "v": verb, "note": note}
    answers = [client.post(TAKE, form) for _tap in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert waiting() == ["change"]


# Asked --------------------------------------------------------------------------------------------


def test_what_waits_for_an_answer_is_listed_and_says_so(client, ana):
    new, other = send_new("Asked about"), send_new("Not asked about")
    edit = case_of_edit(make_entry("Edited"), acronym="HWH")
    answer(client, new, "ask", note="Who runs it?")
    answer(client, edit, "ask-edit", note="How do you know?")
    assert "Waiting for an answer (2)" in read(client.get("/en/to-review/")).text
    page = read(client.get("/en/to-review/asked/"))
    assert "Who runs it?" in page.text
    assert "How do you know?" in page.text
    assert "Not asked about" not in page.text
    for case, question in ((new, "Who runs it?"), (edit, "How do you know?")):
        text = read(page_of(client, case)).text
        assert "It waits for the sender’s answer." in text
        assert "This is settled." not in text
        assert question in text
    assert "waits for the sender’s answer" not in read(page_of(client, other)).text


def test_reviewer_decides_without_waiting_for_the_answer(client, ana):
    entry = make_entry()
    case = case_of_edit(entry, acronym="HWH")
    answer(client, case, "ask-edit", note="How do you know?")
    answer(client, case, "publish-edit")
    assert Listing.objects.get(pk=entry.pk).acronym == "HWH"
    case = send_new()
    answer(client, case, "ask", note="Who runs it?")
    answer(client, case, "publish")
    assert Entry.objects.get(pk=case.entry_id).review == "published"


def test_answer_stands_on_the_page_beside_the_question(client, ana):
    case = send_new()
    answer(client, case, "ask", note="Who runs it?")
    following.answer(case.entry.submission, "My aunt does.")
    text = read(page_of(client, cases_of(case.entry))).text
    assert "Who runs it?" in text
    assert "My aunt does." in text


def cases_of(entry):
    return Case.objects.waiting().get(entry=entry)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_questions_costs_the_same_for_one_and_three(
    client, ana, rows, django_assert_num_queries
):
    for number in range(rows):
        answer(client, send_new(f"Asked {number}"), "ask", note="Who?")
        edit = case_of_edit(make_entry(f"Edited {number}"), acronym="HWH")
        answer(client, edit, "ask-edit", note="How?")
    client.get("/en/to-review/asked/")
    with django_assert_num_queries(5):
        client.get("/en/to-review/asked/")
