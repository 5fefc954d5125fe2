"""Add a group, with and without an account: nothing typed is ever lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import allowances
from accounts.models import User
from cop_directory.models import Listing
from curation import lifecycle
from curation.models import Case, Change, Draft, Entry, Submission
from curation.proposing import limits
from curation.proposing.manners import opened
from tests.curation.forms import FilledForm
from tests.curation.proposals import (
    ADD,
    FIRST,
    SECOND,
    last_code,
    mails_to,
    make_lists,
    whole,
)
from tests.factories import make_listing, make_superuser, reindex

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


@pytest.fixture
def person():
    """Somebody with an account."""
    return User.objects.create_user("person@example.org")


@pytest.fixture
def signed_in(client, person):
    """Their browser."""
    client.force_login(person)
    return client


def held(response):
    """What the form of a page holds."""
    return FilledForm(response.content.decode()).data


def on(**changes):
    """The first screen, filled in."""
    given = {"go": "on", "screen": "1", "token": str(uuid4()), "opened_at": opened(60)}
    return {**given, **FIRST, **changes}


def confirmed(client, sent, code=None):
    """Send something as a stranger and type the code; the last answer."""
    answer = client.post(ADD, sent)
    return client.post(answer.url, {"go": "code", "code": code or last_code()})


# Add a group ------------------------------------------------------------------------------------


def test_first_screen_is_open_to_everybody(client):
    answer = client.get(ADD)
    assert (answer.status_code, b"Page 1 of 2" in answer.content) == (200, True)


def test_first_screen_leads_to_the_second_with_everything_on_it(client):
    sent = on(name_fr="Cercle « du » logement & <b>co</b>", one_line_fr="Ligne 1\nLigne 2")
    page = client.post(ADD, sent)
    assert b"Page 2 of 2" in page.content
    kept = {name: held(page)[name] for name in FIRST | {"name_fr": "", "one_line_fr": ""}}
    assert kept == {name: sent[name] for name in kept}


def test_first_screen_says_what_is_missing_and_keeps_the_rest(client):
    page = client.post(ADD, on(name_en="", stance=""))
    problems = [each.words for each in page.context["problems"]]
    assert page.status_code == 422
    assert problems == [
        "Write its name, in English or in French.",
        "Choose which it is.",
    ]
    assert held(page)["one_line_en"] == FIRST["one_line_en"]


def test_going_back_loses_nothing(client):
    page = client.post(ADD, whole(go="back", description_en="A long text."))
    kept = held(page)
    assert b"Page 1 of 2" in page.content
    assert {name: kept[name] for name in ("website", "description_en", "email")} == {
        "website": SECOND["website"],
        "description_en": "A long text.",
        "email": "worker@example.org",
    }


def test_stranger_sends_after_a_code(client):
    sent = whole()
    answer = client.post(ADD, sent)
    assert answer.url == f"/en/add/confirm/{sent['token']}/"
    assert Entry.objects.count() == 0

    answer = client.post(answer.url, {"go": "code", "code": last_code()})

    assert answer.url == f"/en/add/sent/{sent['token']}/"
    entry = Listing.objects.get()
    assert (str(entry), entry.review, entry.consent) == (FIRST["name_en"], "submitted", "agreed")
    submission = Submission.objects.get()
    assert (submission.email, submission.stance, submission.by) == (
        "worker@example.org",
        "run",
        None,
    )
    assert list(Case.objects.values_list("reason", flat=True)) == ["new"]
    assert Draft.objects.count() == 0
    assert mails_to("worker@example.org")[1:] == ["We have received “Housing Circle of Truro”"]


def test_wrong_code_sends_nothing_and_loses_nothing(client):
    answer = client.post(ADD, whole())
    page = client.post(answer.url, {"go": "code", "code": "abc"})
    assert (page.status_code, Entry.objects.count(), Draft.objects.count()) == (200, 0, 1)
    assert client.post(answer.url, {"go": "code", "code": last_code()}).status_code == 302


def test_new_code_makes_the_old_one_void(client):
    answer = client.post(ADD, whole())
    old = last_code()
    client.post(answer.url, {"go": "again"})
    if last_code() != old:  # once in a million they are the same
        client.post(answer.url, {"go": "code", "code": old})
        assert Entry.objects.count() == 0
    client.post(answer.url, {"go": "code", "code": last_code()})
    assert Entry.objects.count() == 1


def test_another_address_gets_a_code_of_its_own(client):
    answer = client.post(ADD, whole())
    client.post(answer.url, {"go": "address", "email": "Other@example.org"})
    client.post(answer.url, {"go": "code", "code": last_code("other@example.org")})
    assert Submission.objects.get().email == "other@example.org"


def test_address_gets_three_mails_a_day_from_strangers(client):
    pages = [client.post(ADD, whole()) for _ in range(4)]
    assert len(mails_to("worker@example.org")) == 3
    assert [page.url.endswith("?mails=0") for page in pages] == [False, False, False, True]
    assert b"three codes a day" in client.get(pages[3].url).content


def test_somebody_signed_in_needs_no_code(signed_in, person):
    sent = whole(email=None)
    assert signed_in.post(ADD, sent).url == f"/en/add/sent/{sent['token']}/"
    assert Submission.objects.get().by == person


def test_same_form_sent_again_is_one_group(client):
    sent = whole()
    confirmed(client, sent)
    again = client.post(ADD, sent)
    assert Entry.objects.count() == 1
    client.post(again.url, {"go": "code", "code": last_code()})
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"website": "https://t.me/+AbCdEfGh"}, "id_website"),
        ({"name_en": "a\0b"}, "id_name_en"),
        ({"description_en": "x" * 300_000}, "id_description_en"),
        ({"email": "nobody"}, "id_email"),
        ({"topics": ["dragons"]}, "id_topics"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_and_nothing_is_lost(client, changes, field):
    page = client.post(ADD, whole(**changes))
    assert (page.status_code, [each.field for each in page.context["problems"]]) == (422, [field])
    assert held(page)["one_line_en"] == FIRST["one_line_en"]
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        lambda: {"website2": "https://spam.example/"},
        lambda: {"opened_at": opened(0)},
        lambda: {"opened_at": ""},
    ],
    ids=["a field for programs", "at once", "never opened"],
)
def test_program_is_told_and_a_person_goes_through_at_the_second_try(client, changes):
    page = client.post(ADD, whole(**changes()))
    assert (page.status_code, Draft.objects.count()) == (422, 0)
    again = held(page)
    assert again["website2"] == ""
    again |= {"go": "send", "opened_at": opened(60)}
    assert client.post(ADD, again).status_code == 302


def test_connection_may_send_only_so_much_a_day(client):
    for _ in range(limits.OF_A_CONNECTION):
        allowances.use("sent, connection", "127.0.0.1", limit=limits.OF_A_CONNECTION)
    page = client.post(ADD, whole())
    assert (page.status_code, Draft.objects.count()) == (429, 0)
    assert held(page)["website"] == SECOND["website"]


def test_account_may_send_only_so_much_a_day(signed_in, person, monkeypatch):
    monkeypatch.setattr(limits, "OF_AN_ACCOUNT", 1)
    answers = [signed_in.post(ADD, whole(email=None)).status_code for _ in range(2)]
    assert (answers, Entry.objects.count()) == ([302, 429], 1)


def test_post_larger_than_anybody_takes_is_answered_calmly(client):
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(30)]
    for more in ({"description_en": "x" * 3_000_000}, {"files": files}):
        page = client.post(ADD, whole(**more))
        assert page.status_code == 413
        assert "choose fewer files or make the long texts shorter" in page.content.decode()


def test_form_that_was_open_too_long_keeps_its_text():
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(ADD, whole())
    assert (page.status_code, Draft.objects.count()) == (403, 0)
    again = held(page)
    assert (again["website"], again["name_en"]) == (SECOND["website"], FIRST["name_en"])
    assert strict.post(ADD, again | {"go": "send"}).status_code == 302


@pytest.mark.parametrize("stance", ["", "owner", "run\0"])
def test_stance_is_one_of_three(client, stance):
    assert client.post(ADD, whole(stance=stance)).status_code == 422


def test_tip_of_a_chat_group_is_welcome_and_never_published(client):
    chat = {"kind": "chat-group", "platform": "whatsapp", "stance": "tip", "members": "sector"}
    confirmed(client, whole(**chat))
    entry = Entry.objects.get()
    with pytest.raises(lifecycle.TurnRefused):
        lifecycle.take(entry, "publish", by=make_superuser())


# Is it one of these? ------------------------------------------------------------------------------


@pytest.fixture
def neighbours():
    """A public group, and others of such a name that nobody may see."""
    public = make_listing("Housing Circle of Truro, Nova Scotia")
    make_listing("Housing Circle of Truru", review="submitted")
    make_listing("Housing Circle of Truri", members="newcomers")
    make_listing("Knitting in Gander")
    reindex()
    return public


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Housing Circle of Truro", 1),
        ("housing circle truro nova scotia", 1),
        ("Housng Circle of Truro Nova Scotia", 1),
        ("Hou", 0),
        ("", 0),
        ("Cooking in Whitehorse", 0),
        ("x" * 5_000, 0),
        ("\0", 0),
    ],
)
def test_names_like_a_public_one_are_shown(client, neighbours, name, found):
    rows = client.get("/en/add/group/alike", {"name": name}).json()["found"]
    assert [row["name"] for row in rows] == [str(neighbours)] * found


def test_asking_for_names_sets_no_cookie(client, neighbours):
    answer = client.get("/en/add/group/alike", {"name": "Housing Circle"})
    assert (dict(answer.cookies), "Cookie" in answer.get("Vary", "")) == ({}, False)


def test_second_screen_asks_whether_it_is_one_of_these(client, neighbours):
    page = client.post(ADD, on())
    assert [str(each.name) for each in page.context["alike"]] == [str(neighbours)]


# What was sent -----------------------------------------------------------------------------------


@pytest.fixture
def sent(client):
    """A group that a stranger has sent, and its page."""
    confirmed(client, whole())
    submission = Submission.objects.get()
    return submission, f"/en/add/sent/{submission.token}/"


def test_page_of_what_was_sent_says_where_it_stands(client, sent):
    page = client.get(sent[1])
    assert page.context["page"].where == "Sent to the volunteer reviewers"
    assert (page["Cache-Control"], b"noindex" in page.content) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        True,
    )


def test_question_is_answered_and_the_group_published(client, sent):
    entry, boss = sent[0].entry, make_superuser()
    lifecycle.take(entry, "ask", by=boss, note="In Truro only?")
    assert client.get(sent[1]).context["page"].question == "In Truro only?"

    client.post(sent[1], {"go": "answer", "words": "Yes, only there."})

    entry.refresh_from_db()
    last = entry.decisions.order_by("-number").first()
    assert (entry.review, last.note, last.role) == ("submitted", "Yes, only there.", "sender")
    lifecycle.take(entry, "publish", by=boss)
    page = client.get(sent[1]).context["page"]
    assert (page.where, page.steps, page.can_change) == ("It is public", 3, False)


def test_what_was_sent_can_be_taken_back_and_sent_again(client, sent):
    client.post(sent[1], {"go": "take-back"})
    entry = Entry.objects.get()
    assert (entry.review, Case.objects.filter(closed_at=None).count()) == ("withdrawn", 0)
    client.post(sent[1], {"go": "answer", "words": "It should come back."})
    assert Entry.objects.get().review == "submitted"
    assert len(mails_to("worker@example.org")) == 2  # the code and the receipt


def test_refused_group_is_looked_at_again_after_an_answer(client, sent):
    lifecycle.take(sent[0].entry, "reject", by=make_superuser(), note="No web page.")
    client.post(sent[1], {"go": "answer", "words": "There is one now."})
    assert Entry.objects.get().review == "submitted"


def test_what_was_sent_can_be_changed_while_it_waits(client, sent):
    page = client.get(f"{sent[1]}change/")
    changed = held(page) | {"go": "send", "one_line_en": "People who find homes."}
    assert client.post(f"{sent[1]}change/", changed).url == sent[1]
    assert Listing.objects.get().one_line_en == "People who find homes."
    assert Change.objects.count() == 0


def test_what_is_public_is_no_longer_the_senders_to_take_back(client, sent):
    lifecycle.take(sent[0].entry, "publish", by=make_superuser())
    client.post(sent[1], {"go": "take-back"})
    assert Entry.objects.get().review == "published"
    assert client.get(f"{sent[1]}change/").status_code == 302


def test_answer_without_its_token_keeps_the_words(sent):
    lifecycle.take(sent[0].entry, "ask", by=make_superuser(), note="Where?")
    page = Client(enforce_csrf_checks=True).post(sent[1], {"go": "answer", "words": "Here."})
    assert (page.status_code, held(page)["words"]) == (403, "Here.")


@pytest.mark.parametrize("page", ["sent", "confirm"])
def test_unknown_token_leads_nowhere(client, page):
    assert client.get(f"/en/add/{page}/{uuid4()}/").status_code == 404
