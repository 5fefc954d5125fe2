"""What a reviewer answers to new groups and to edits, by the one view that takes every answer."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from cop_directory.models import Listing
from curation import cases, shelves
from curation.changes import Sender
from curation.models import Case, Change, Decision, Entry
from tests.curation.answering import TAKE, answer, buttons, form_of, page_of, platform
from tests.curation.forms import FilledForm
from tests.curation.sent import (
    case_of_edit,
    edit_of_a_trusted_organization,
    make_entry,
    send_new,
    waiting,
)
from tests.factories import make_language, make_reviewer, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def subjects(to=None):
    rows = Email.objects.order_by("pk")
    return [row.subject for row in rows if to is None or row.to == [to]]


# New ---------------------------------------------------------------------------------------------


def test_new_group_is_published_and_the_sender_told(client, ana):
    case, other = send_new(), send_new("Another that waits")
    answered = answer(client, case, "publish")
    decision = Decision.objects.get(entry=case.entry, verb="publish")
    assert answered.headers["Location"] == f"/en/to-review/?done=entry.publish&undo={decision.pk}"
    assert (decision.by, decision.role) == (ana, "reviewer")
    assert Entry.objects.get(pk=case.entry_id).review == "published"
    assert Entry.objects.get(pk=other.entry_id).review == "submitted"
    assert waiting() == ["new"]
    assert subjects() == ["“Newcomer tech workers” is now public"]


def test_next_page_says_what_was_done_and_undoes_it(client, ana):
    case = send_new()
    page = client.get(answer(client, case, "publish").headers["Location"])
    assert "Published. Undo" in read(page).text
    form = FilledForm(page.content.decode()).data
    undone = client.post("/en/to-review/undo/", {"decision": form["decision"]})
    assert "Undone." in read(client.get(undone.headers["Location"])).text
    assert Entry.objects.get(pk=case.entry_id).review == "submitted"
    assert waiting() == ["new"]


def test_looking_changes_nothing(client, ana):
    case = send_new()
    before = (list(Case.objects.values()), list(Entry.objects.values()), Decision.objects.count())
    for url in (reverse("case_page", args=[case.pk]), "/en/to-review/"):
        client.get(url)
    after = (list(Case.objects.values()), list(Entry.objects.values()), Decision.objects.count())
    assert after == before


def test_question_without_words_is_refused_beside_its_field_and_nothing_is_lost(client, ana):
    case = send_new()
    back = answer(client, case, "ask", note="  ", next="on", why="spam")
    assert back.status_code == 422
    page = read(back)
    assert "Write your question first. The sender sees only this line." in page.text
    assert page.all("textarea")[0]["aria-invalid"] == "true"
    assert page.all("input", name="next")[0].get("checked") == ""
    assert page.all("option", value="spam")[0].get("selected") == ""
    assert waiting() == ["new"]


def test_question_goes_to_the_sender_and_the_case_from_the_queue(client, ana):
    case = send_new()
    answer(client, case, "ask", note="Who runs it?")
    assert Entry.objects.get(pk=case.entry_id).review == "needs_answer"
    assert (waiting(), subjects()) == ([], ["A question about “Newcomer tech workers”"])
    assert "Who runs it?" in Email.objects.get().message


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"note": "", "why": "spam"}, "Say why, in one line."),
        ({"note": "Not ours.", "why": ""}, "Choose the reason that everybody may read."),
        ({"note": "Not ours.", "why": "made up"}, "Choose the reason that everybody may read."),
    ],
)
def test_rejection_needs_words_and_a_public_reason(client, ana, given, said):
    case = send_new()
    back = answer(client, case, "reject", **given)
    assert (back.status_code, waiting()) == (422, ["new"])
    assert said in read(back).text
    assert FilledForm(back.content.decode()).data["note"] == given["note"]


def test_rejection_writes_both_reasons(client, ana):
    case = send_new()
    answer(client, case, "reject", note="Not a group.", why="not-ours")
    decision = Decision.objects.get(verb="reject")
    assert (decision.note, decision.after["public_reason"]) == ("Not a group.", "not-ours")


def test_other_page_is_looked_for_named_and_takes_the_place(client, ana):
    stays = make_entry("Tech Workers Circle", description_en="Tech.", text_status_en="original")
    case = send_new("Tech Workers Circel")
    found = answer(client, case, "search", into_words="tech workers", note="Kept words")
    form = FilledForm(found.content.decode()).data
    assert ("into" in form, form["note"]) == (False, "Kept words")
    page = read(found)
    assert shelves.of(stays).address(stays) in page.links
    assert "Nova Scotia" in page.text
    asked = answer(client, case, "merge", into=str(stays.pk), note="Kept words")
    assert (asked.status_code, waiting()) == (200, ["new"])
    said = "The address of “Tech Workers Circel” will lead to “Tech Workers Circle”."
    assert said in read(asked).text
    form = FilledForm(asked.content.decode()).data
    assert (form["into"], form["sure"], form["note"]) == (str(stays.pk),) * 2 + ("Kept words",)
    answer(client, case, "merge", into=form["into"], sure=form["sure"])
    entry = Entry.objects.get(pk=case.entry_id)
    assert (entry.review, entry.merged_into_id, waiting()) == ("merged", stays.pk, [])


def test_yes_to_one_page_is_none_to_another(client, ana):
    first, second = make_entry("One page"), make_entry("Another page")
    case = send_new()
    back = answer(client, case, "merge", into=str(first.pk), sure=str(second.pk))
    assert (back.status_code, waiting()) == (200, ["new"])
    assert "will lead to “One page”" in read(back).text


def test_search_that_finds_nothing_says_so_and_stays_open(client, ana):
    case = send_new()
    page = read(answer(client, case, "search", into_words="nothing like it anywhere"))
    assert "No public page has these words." in page.text
    # The words that are ready stay closed.
    assert [each.get("open") for each in page.all("details", **{"class": "asked"})] == [None, ""]


def test_enter_in_a_field_searches(client, ana):
    """A browser presses the first button of a form when somebody presses Enter."""
    html = page_of(client, send_new()).content.decode()
    form = html[html.index('id="answer"') :]
    first = form[form.index("<button") :]
    assert 'name="v" value="search"' in first[: first.index(">")]


def test_merging_without_another_page_is_refused(client, ana):
    case = send_new()
    back = answer(client, case, "merge")
    assert (back.status_code, waiting()) == (422, ["new"])
    assert "Choose the page that stays." in read(back).text


def test_chat_group_waits_until_it_is_noted_that_the_group_agreed(client, ana):
    case = send_new("Chat", stance="tip", kind="chat-group", platform=platform())
    assert "It is a tip." in read(page_of(client, case)).text
    back = answer(client, case, "publish")
    assert (back.status_code, waiting()) == (409, ["new"])
    assert "It is a tip." in read(back).text
    answer(client, case, "publish", agreed="on")
    assert Listing.objects.get(pk=case.entry_id).consent == "agreed"
    assert Entry.objects.get(pk=case.entry_id).review == "published"
    verbs = Decision.objects.filter(entry=case.entry_id).order_by("number")
    assert [(each.verb, each.by_id) for each in verbs] == [
        ("submit", None),
        ("edit", ana.pk),
        ("publish", ana.pk),
    ]


def test_ready_words_come_in_the_senders_language_and_keep_what_was_typed(client, ana):
    case = send_new(sender=Sender(email="luc@exemple.ca", language="fr"))
    page = answer(client, case, "text", text="who", note="Bonjour!")
    note = FilledForm(page.content.decode()).data["note"]
    assert note.startswith("Bonjour!\n\nMerci! Qui s’occupe de ce groupe")
    assert (page.status_code, waiting()) == (200, ["new"])


def test_next_one_is_opened_where_one_wants_that(client, ana):
    first, second = send_new("First"), send_new("Second")
    led = answer(client, first, "publish", next="on")
    assert led.headers["Location"].startswith(f"/en/to-review/{second.pk}/?done=entry.publish")
    page = read(client.get(led.headers["Location"]))
    assert "Published." in page.text
    assert page.all("input", name="next")[0].get("checked") == ""


def test_next_one_is_not_what_somebody_else_has_taken(client, ana):
    first, second, third = (send_new(name) for name in ("First", "Second", "Third"))
    cases.take_up(second, by=make_reviewer("bo@example.org"))
    led = answer(client, first, "publish", next="on")
    assert led.headers["Location"].startswith(f"/en/to-review/{third.pk}/")


# Somebody was faster ------------------------------------------------------------------------------


def test_second_reviewer_is_told_and_keeps_their_words(client, ana):
    case = send_new()
    form = form_of(client, case)
    Decision.objects.filter(entry=case.entry).update(at=timezone.now() - dt.timedelta(hours=1))
    client.post(TAKE, {**form, "v": "publish"})
    bo = make_reviewer("bo@example.org")
    sign_in(client, bo)
    back = client.post(TAKE, {**form, "v": "reject", "note": "My long words", "why": "spam"})
    assert back.status_code == 409
    text = read(back).text
    assert "Somebody was faster than you. Nothing was changed." in text
    assert "My long words" in text
    assert Entry.objects.get(pk=case.entry_id).review == "published"
    assert Decision.objects.filter(by=bo).count() == 0


def test_second_tap_of_the_same_person_is_no_race(client, ana):
    case = send_new()
    form = form_of(client, case)
    first = client.post(TAKE, {**form, "v": "publish"})
    second = client.post(TAKE, {**form, "v": "publish"})
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert Decision.objects.filter(verb="publish").count() == 1


def test_page_of_what_is_settled_has_no_buttons(client, ana):
    case = send_new()
    answer(client, case, "publish")
    assert "This is settled." in read(page_of(client, case)).text
    assert buttons(client, case) == []


def test_case_is_taken_by_a_post_and_shown_to_others(client, ana):
    case = send_new()
    client.post(f"/en/to-review/{case.pk}/take/", {"v": "take"})
    assert Case.objects.get().taken_by == ana
    assert "You have taken this one." in read(page_of(client, case)).text
    sign_in(client, make_reviewer("bo@example.org"))
    assert "Taken by ana@example.org." in read(page_of(client, case)).text
    client.post(f"/en/to-review/{case.pk}/take/", {"v": "take"})
    assert Case.objects.get().taken_by == ana


# Edits -------------------------------------------------------------------------------------------


def test_edit_is_shown_word_by_word_and_published(client, ana):
    make_language("fr")
    entry = make_entry(one_line_en="They compare what works.")
    case = case_of_edit(entry, one_line_en="They compare what helps.", languages=["en", "fr"])
    page = page_of(client, case).content.decode()
    assert "<del>works.</del>" in page
    assert "<ins>helps.</ins>" in page
    assert "<ins>French</ins>" in page
    answer(client, case, "publish-edit")
    listing = Listing.objects.get(pk=entry.pk)
    assert listing.one_line_en == "They compare what helps."
    assert (Change.objects.get().state, waiting()) == ("accepted", [])


def test_only_ticked_fields_are_published(client, ana):
    entry = make_entry()
    case = case_of_edit(entry, one_line_en="Other words.", acronym="HWH")
    answer(client, case, "publish-edit", fields=["acronym"])
    listing = Listing.objects.get(pk=entry.pk)
    assert (listing.acronym, listing.one_line_en) == ("HWH", "They compare what works.")


def test_edit_with_nothing_ticked_is_refused(client, ana):
    case = case_of_edit(make_entry(), acronym="HWH")
    back = answer(client, case, "publish-edit", fields=[])
    assert (back.status_code, waiting()) == (422, ["change"])
    assert "Tick at least one field" in read(back).text


def test_field_that_changed_meanwhile_shows_what_the_sender_saw(client, ana):
    entry = make_entry(one_line_en="As it was.")
    case = case_of_edit(entry, one_line_en="As the sender wants it.")
    other = case_of_edit(Entry.objects.get(pk=entry.pk), one_line_en="As it is now.")
    answer(client, other, "publish-edit")
    text = read(page_of(client, case)).text
    assert "When it was written" in text
    assert "As it was." in text
    answer(client, case, "publish-edit")
    assert Listing.objects.get(pk=entry.pk).one_line_en == "As the sender wants it."


@pytest.mark.parametrize(
    ("verb", "state", "subject"),
    [
        ("ask-edit", "asked", "A question about your edit of “Housing Workers of Halifax”"),
        ("decline-edit", "declined", "Your edit of “Housing Workers of Halifax” was not published"),
    ],
)
def test_edit_is_asked_about_or_declined_with_words(client, ana, verb, state, subject):
    case = case_of_edit(make_entry(), acronym="HWH")
    assert answer(client, case, verb, note=" ").status_code == 422
    answer(client, case, verb, note="How do you know?")
    assert (Change.objects.get().state, waiting(), subjects()[-1]) == (state, [], subject)


@pytest.mark.parametrize(("verb", "note"), [("publish-edit", ""), ("decline-edit", "No.")])
def test_decision_about_an_edit_is_undone(client, ana, verb, note):
    entry = make_entry()
    case = case_of_edit(entry, acronym="HWH")
    answer(client, case, verb, note=note)
    decision = Decision.objects.order_by("-pk").first()
    client.post("/en/to-review/undo/", {"decision": decision.pk})
    assert Listing.objects.get(pk=entry.pk).acronym == ""
    assert (Change.objects.get().state, waiting()) == ("waiting", ["change"])
    answer(client, case, "publish-edit")
    assert Listing.objects.get(pk=entry.pk).acronym == "HWH"


def test_link_of_a_confirmed_page_needs_a_second_person(client, ana):
    entry = make_entry(confirmed_on="2026-01-02", confirmed_by="group")
    case = case_of_edit(entry, sender=Sender(by=ana), website="https://other.example.org/")
    back = answer(client, case, "publish-edit")
    assert (back.status_code, waiting()) == (409, ["change"])
    assert "change only when a second person agrees" in read(back).text
    sign_in(client, make_reviewer("bo@example.org"))
    answer(client, case, "publish-edit")
    assert Listing.objects.get(pk=entry.pk).website == "https://other.example.org/"


def test_edit_that_is_public_already_looks_right(client, ana):
    entry, case = edit_of_a_trusted_organization()
    assert buttons(client, case) == ["right", "put-back"]
    answer(client, case, "right")
    assert (Listing.objects.get(pk=entry.pk).acronym, waiting()) == ("HWH", [])


def test_edit_that_is_public_already_is_put_back_and_that_is_undone(client, ana):
    entry, case = edit_of_a_trusted_organization()
    answer(client, case, "put-back")
    assert (Listing.objects.get(pk=entry.pk).acronym, waiting()) == ("", [])
    decision = Decision.objects.get(verb="restore")
    client.post("/en/to-review/undo/", {"decision": decision.pk})
    assert (Listing.objects.get(pk=entry.pk).acronym, waiting()) == ("HWH", ["live"])
