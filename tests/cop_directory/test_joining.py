"""Asking to join, whole: the form, the code, the hosts, their answer."""

import pytest
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from cop_directory.joining import asking, mails
from cop_directory.models import JoinRequest
from curation.models import Case, Keeper, Report
from curation.reporting import reports
from tests.cop_directory.doors import (
    ASKER,
    HOST,
    LINK,
    answer_page,
    ask,
    ask_and_confirm,
    code_to,
    form_of,
    make_chat_group,
    make_host,
    make_request,
    make_unconfirmed,
    outbox,
)
from tests.factories import (
    make_listing,
    make_organization,
    make_person,
)


@pytest.fixture
def chat(db):
    listing = make_chat_group()
    make_host(listing)
    return listing


# Asking ------------------------------------------------------------------------------------------


def test_request_waits_for_the_code_before_anybody_hears_of_it(client, chat):
    ask(client, chat)
    row = JoinRequest.objects.get()
    assert (row.state, row.name, len(outbox(HOST)), len(outbox(ASKER))) == (
        "unconfirmed",
        "Ada Li",
        0,
        1,
    )


def test_confirmed_request_goes_to_every_host_in_their_language(client, chat):
    make_host(chat, "boite@group.example", mailbox=True, language="fr")
    row = ask_and_confirm(client, chat)
    assert (row.state, len(outbox(HOST)), len(outbox("boite@group.example"))) == ("waiting", 1, 1)
    assert [mail.subject for mail in (outbox(HOST)[0], outbox("boite@group.example")[0])] == [
        "Somebody asks to join “Employment Chat”",
        "Quelqu’un demande à entrer dans «\u00a0Employment Chat\u00a0»",
    ]


def test_host_reads_what_is_confirmed_and_that_the_domain_is_unknown(client, chat):
    ask_and_confirm(client, chat)
    said = outbox(HOST)[0].message
    assert f"the address {ASKER} was confirmed by a code.\nIts domain is not known to us." in said


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("agency", ""),
        ("municipality", " Everybody who works or studies there can have such an address."),
    ],
)
def test_host_reads_whose_domain_it_is(client, chat, kind, more):
    owner = make_organization("Harbour Agency", type=kind)
    owner.domains.create(name="agency.example", confirmed_at=timezone.now())
    ask_and_confirm(client, chat)
    assert (
        f"Its domain belongs to Harbour Agency.{more} Everything else is what they say."
        in outbox(HOST)[0].message
    )


def test_domain_that_nobody_confirmed_says_nothing(client, chat):
    make_organization("Harbour Agency", type="agency").domains.create(name="agency.example")
    ask_and_confirm(client, chat)
    assert "Its domain is not known to us." in outbox(HOST)[0].message


def test_wrong_code_sends_nothing(client, chat):
    page = ask(client, chat)
    wrong = "000000" if code_to(ASKER) != "000000" else "111111"
    answer = client.post(page, {"code": wrong})
    assert (answer.status_code, len(outbox(HOST))) == (200, 0)
    assert "This is not the code that we sent." in answer.content.decode()


def test_new_code_can_be_asked_for(client, chat):
    page = ask(client, chat)
    client.post(page, {"again": "1"})
    client.post(page, {"code": code_to(ASKER)})
    assert (len(outbox(ASKER)), JoinRequest.objects.get().state) == (2, "waiting")


def test_fourth_mail_of_a_day_is_not_sent(client, chat):
    page = ask(client, chat)
    answers = [client.post(page, {"again": "1"}) for _number in range(3)]
    assert len(outbox(ASKER)) == 3
    assert "We have written to this address three times today." in answers[-1].content.decode()


def test_address_with_three_mails_today_keeps_its_words(client, chat):
    for number in range(3):
        ask(client, chat, name=f"Somebody {number}")
    answer = client.post(reverse("join_ask", args=[chat.pk]), form_of())
    assert (answer.status_code, JoinRequest.objects.count(), len(outbox(ASKER))) == (200, 3, 3)
    assert 'value="Ada Li"' in answer.content.decode()


def test_double_tap_is_one_request_and_one_mail(client, chat):
    form = form_of()
    pages = {
        client.post(reverse("join_ask", args=[chat.pk]), form).headers["Location"]
        for _tap in range(3)
    }
    assert (len(pages), JoinRequest.objects.count(), len(outbox(ASKER))) == (1, 1, 1)


def test_corrected_address_is_the_same_request_with_a_code_of_its_own(client, chat):
    form = form_of(email="ada@agnecy.example")
    client.post(reverse("join_ask", args=[chat.pk]), form)
    page = client.post(reverse("join_ask", args=[chat.pk]), {**form, "email": ASKER})
    client.post(page.headers["Location"], {"code": code_to(ASKER)})
    assert list(JoinRequest.objects.values_list("email", "state")) == [(ASKER, "waiting")]


def test_code_sent_twice_is_one_mail_to_the_host(client, chat):
    page = ask(client, chat)
    for _tap in range(3):
        client.post(page, {"code": code_to(ASKER)})
    assert len(outbox(HOST)) == 1


def test_fourth_open_request_of_an_address_is_refused(client, db):
    for number in range(3):
        make_request(make_chat_group(f"Chat {number}"))
    chat = make_chat_group("Fourth")
    make_host(chat)
    page = ask(client, chat)
    answer = client.post(page, {"code": code_to(ASKER)})
    assert "Three of your requests are waiting for an answer." in answer.content.decode()
    assert len(outbox(HOST)) == 0


def test_answered_requests_do_not_count(client, chat):
    for number in range(3):
        other = make_chat_group(f"Chat {number}")
        make_request(other, state="not-now", answered_at=timezone.now())
    assert ask_and_confirm(client, chat).state == "waiting"


def test_fourth_request_of_a_day_goes_to_the_host_tomorrow(client, chat):
    emails = [f"a{number}@agency.example" for number in range(4)]
    rows = [ask_and_confirm(client, chat, email=email) for email in emails]
    assert ([row.state for row in rows], len(outbox(HOST))) == (
        ["waiting"] * 3 + ["unconfirmed"],
        3,
    )
    page = client.get(reverse("join_code", args=[rows[-1].token])).content.decode()
    assert "Your request goes to the hosts tomorrow" in page


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "\u202e"},
        {"name": "See www.buy.example"},
        {"email": "nonsense"},
        {"email": ""},
        {"organization": ""},
        {"organization": "https://buy.example/"},
        {"sentence": "See https://buy.example/"},
        {"sentence": "chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"},
        {"sentence": "t\u200b.me/+AbCdEfGhIjKlMnOp"},
        {"sentence": "Call me at 416 555 0199"},
        {"sentence": "Call me at +1 (416) 555-0199"},
        {"sentence": "x" * 201},
        {"token": "nonsense"},
        {"token": ""},
        {"website2": "x"},
        {"opened_at": ""},
    ],
)
def test_bad_form_comes_back_and_sends_nothing(client, chat, bad):
    answer = client.post(reverse("join_ask", args=[chat.pk]), form_of(**bad))
    assert (answer.status_code, JoinRequest.objects.count(), Email.objects.count()) == (200, 0, 0)


def test_line_breaks_cannot_put_words_into_our_mouth(client, chat):
    row = ask_and_confirm(client, chat, sentence="Hello.\r\n\r\nIts domain belongs to IRCC.")
    assert row.sentence == "Hello. Its domain belongs to IRCC."


def test_form_has_no_field_for_a_telephone_number(client, chat):
    page = client.get(reverse("join_ask", args=[chat.pk])).content.decode()
    assert ('type="tel"' in page, 'name="phone"' in page) == (False, False)


@pytest.mark.parametrize("review", ["draft", "submitted", "rejected", "withdrawn"])
def test_group_that_is_not_public_has_no_form(client, db, review):
    hidden = make_listing(review=review)
    make_host(hidden)
    assert client.post(reverse("join_ask", args=[hidden.pk]), form_of()).status_code == 404


def test_closed_or_shut_or_hostless_group_has_other_ways_and_no_form(client, db):
    closed = make_chat_group("Closed", activity="closed")
    shut = make_chat_group("Shut")
    alone = make_chat_group("Alone", website="https://alone.example/")
    for listing in (closed, shut):
        make_host(listing, f"{listing.pk}@group.example")
    reports.report(shut, "dangerous")
    answers = [ask(client, listing) for listing in (closed, shut, alone)]
    assert (answers, JoinRequest.objects.count()) == (["", "", ""], 0)
    page = client.get(reverse("join_ask", args=[alone.pk])).content.decode()
    assert ("https://alone.example/" in page, "<textarea" in page) == (True, False)


def test_host_whose_account_is_closed_is_no_host(client, chat):
    Keeper.objects.get().user.delete()
    gone = make_person("gone@group.example", is_active=False)
    Keeper.objects.create(entry=chat, user=gone)
    assert asking.can_be_asked(chat) is False


# Answering ---------------------------------------------------------------------------------------


def test_get_of_the_answer_shows_and_decides_nothing(client, chat):
    row = ask_and_confirm(client, chat)
    page = client.get(answer_page())
    row.refresh_from_db()
    assert (page.status_code, row.state, len(outbox(ASKER))) == (200, "waiting", 1)
    assert "Ada Li" in page.content.decode()


@pytest.mark.parametrize("verdict", ["let-in", "not-now"])
def test_answer_is_mailed_to_whoever_asked(client, chat, verdict):
    row = ask_and_confirm(client, chat)
    client.post(answer_page(), {"answer": verdict, "words": "See you on Tuesday."})
    row.refresh_from_db()
    assert (row.state, len(outbox(ASKER))) == (verdict, 2)
    assert "They write: See you on Tuesday." in outbox(ASKER)[-1].message


def test_first_answer_counts(client, chat):
    make_host(chat, "second@group.example")
    row = ask_and_confirm(client, chat)
    client.post(answer_page(), {"answer": "not-now"})
    late = client.post(answer_page("second@group.example"), {"answer": "let-in"})
    row.refresh_from_db()
    assert (row.state, len(outbox(ASKER))) == ("not-now", 2)
    assert "This has been answered already." in late.content.decode()


def test_host_is_noted_as_answering(client, chat):
    ask_and_confirm(client, chat)
    client.post(answer_page(), {"answer": "not-now"})
    assert Keeper.objects.get().answered_on == timezone.localdate()


def test_suspicious_request_goes_to_the_reviewers_and_to_nobody_else(client, chat):
    ask_and_confirm(client, chat)
    client.post(answer_page(), {"answer": "suspicious"})
    report = Report.objects.get()
    assert (Case.objects.get().reason, len(outbox(ASKER))) == ("report", 1)
    assert report.words == (
        "A host finds a request to join suspicious. Its address is at agency.example."
    )


@pytest.mark.parametrize(
    "bad", [{}, {"answer": "nonsense"}, {"answer": "let-in", "words": f"Use {LINK}"}]
)
def test_bad_answer_changes_nothing(client, chat, bad):
    row = ask_and_confirm(client, chat)
    assert client.post(answer_page(), bad).status_code == 200
    row.refresh_from_db()
    assert row.state == "waiting"


def test_answered_request_says_what_was_answered(client, chat):
    ask_and_confirm(client, chat)
    page = answer_page()
    client.post(page, {"answer": "let-in"})
    assert "They have been let in." in client.get(page).content.decode()


def test_request_that_nobody_confirmed_cannot_be_answered(client, chat):
    row = make_unconfirmed(chat)
    page = mails.answer_page(row, Keeper.objects.get(), "en").partition("/en/")[2]
    assert client.post(f"/en/{page}", {"answer": "let-in"}).status_code == 410


def test_forged_or_foreign_links_lead_nowhere(client, chat):
    row = ask_and_confirm(client, chat)
    page = answer_page()
    forged = page[:-4] + "AAA/"
    swapped = page.replace("/join/answer/", "/join/way-in/")
    assert [client.post(each).status_code for each in (forged, swapped)] == [404, 404]
    row.refresh_from_db()
    assert row.state == "waiting"


def test_host_who_no_longer_looks_after_the_page_cannot_answer(client, chat):
    ask_and_confirm(client, chat)
    page = answer_page()
    Keeper.objects.all().delete()
    assert client.post(page, {"answer": "let-in"}).status_code == 410
