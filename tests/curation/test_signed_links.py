"""Links of mails that no longer work say what happened and what to do now."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from curation import signed_links
from tests.factories import make_person

pytestmark = pytest.mark.django_db

# Every page that a mail opens, how long its link is good for, and what it is about.
PAGES = {
    "keeper_question": (60, {"entry": 0, "email": "info@x.ca"}),
    "keeper_invitation": (30, {"invitation": 0}),
    "member_invitation": (30, {"membership": 0}),
    "claim_object": (30, {"claim": 0}),
    "vouch": (30, {"user": 0}),
    "mailbox_open": (1, {"email": "nobody@x.ca"}),
    "join_answer": (30, {"request": "7f3c7d3a-5a4e-4f4e-9a58-0d6f4a6f3a11", "host": 0}),
    "join_way_in": (30, {"request": "7f3c7d3a-5a4e-4f4e-9a58-0d6f4a6f3a11"}),
}
# Good in itself: it opens what is empty, so that nobody learns which addresses are known.
TELLS_NOTHING = "mailbox_open"


def link_to(page: str, monkeypatch, *, days_old: int = 0) -> str:
    """The path of a page, signed some days ago."""
    then = timezone.now() - dt.timedelta(days=days_old)
    with monkeypatch.context() as past:
        past.setattr("time.time", then.timestamp)
        return reverse(page, args=[signed_links.sign(page, **PAGES[page][1])])


@pytest.fixture(autouse=True)
def somebody(client):
    """Signed in, as one must be to give one's word for a colleague."""
    client.force_login(make_person("ada@x.ca"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_link_that_is_too_old_says_so_and_what_to_do(client, monkeypatch, page, method):
    link = link_to(page, monkeypatch, days_old=PAGES[page][0] + 1)
    answer = getattr(client, method)(link)
    assert (answer.status_code, answer["Cache-Control"][:9]) == (410, "max-age=0")
    assert str(signed_links.TOO_OLD) in answer.content.decode()


@pytest.mark.parametrize("page", [page for page in PAGES if page != TELLS_NOTHING])
def test_link_to_what_is_over_says_so(client, monkeypatch, page):
    answer = client.get(link_to(page, monkeypatch, days_old=PAGES[page][0] - 1))
    assert answer.status_code == 410
    assert str(signed_links.OVER) in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_link_that_was_cut_or_made_up_is_not_found(client, monkeypatch, page):
    link = link_to(page, monkeypatch)
    for broken in (link[:-5] + "/", reverse(page, args=["x"])):
        answer = client.get(broken)
        assert answer.status_code == 404
        assert str(signed_links.NOT_WHOLE) in answer.content.decode()


def test_each_page_says_what_can_be_done_now(client, monkeypatch):
    said = {
        page: str(client.get(link_to(page, monkeypatch, days_old=90)).context["now"])
        for page in PAGES
    }
    assert [page for page, words in said.items() if len(words) < 30] == []


@pytest.mark.parametrize(
    "page",
    ["sent_page", "sent_change", "confirm_address", "claim_confirm", "claim_sent", "join_code"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_page_of_what_is_no_longer_kept_says_so_and_what_to_do(client, page, method):
    answer = getattr(client, method)(reverse(page, args=[uuid4()]))
    assert answer.status_code == 404
    text = answer.content.decode()
    assert [words in text for words in (str(signed_links.NOT_KEPT), "once more")] == [True, True]


def test_link_for_one_page_opens_no_other(client):
    signed = signed_links.sign("keeper_invitation", invitation=0)
    assert client.get(reverse("member_invitation", args=[signed])).status_code == 404
