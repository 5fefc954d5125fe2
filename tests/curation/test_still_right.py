"""Is it still right? One tap on the site, or the link of a mail that needs no sign-in."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from post_office.models import Email

from accounts.models import Verification
from curation import history, signed_links
from curation.changes import Sender
from curation.freshness import today
from curation.keeping import answers, asking
from curation.models import (
    Entry,
    Keeper,
    Question,
)
from tests.curation.kept import facts, group, in_english, keeper, link_in, sent
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
DAY = dt.date(2026, 6, 15)
LONG_AGO = DAY - dt.timedelta(days=200)

__all__ = ["group", "in_english", "keeper"]


# One tap -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "result"),
    [
        ("still-right", ("unknown", None, None, DAY, "group")),
        ("pausing", ("paused", DAY, None, DAY, "group")),
        ("closed", ("closed", DAY, DAY, DAY, "group")),
        ("active", ("active", DAY, None, DAY, "group")),
    ],
)
def test_answer_changes_what_it_says(group, keeper, word, result):
    other = facts(Entry.objects.get(name_en="Another group"))
    decision = answers.say(group, word, by=Sender(by=keeper), today=DAY)
    assert facts(group) == result
    assert (decision.verb, decision.by, decision.role) == ("confirm", keeper, "keeper")
    assert facts(Entry.objects.get(name_en="Another group")) == other
    assert Keeper.objects.get().answered_on == DAY


def test_same_answer_twice_on_a_day_is_one_decision(group, keeper):
    answers.say(group, "still-right", by=Sender(by=keeper), today=DAY)
    assert answers.say(group, "still-right", by=Sender(by=keeper), today=DAY) is None
    group.refresh_from_db()
    assert history.broken(group) == []


def test_group_that_closed_by_mistake_is_opened_again(group, keeper):
    answers.say(group, "closed", by=Sender(by=keeper), today=DAY)
    Entry.objects.filter(pk=group.pk).update(closed_why_en="No money")
    answers.say(group, "active", by=Sender(by=keeper), today=DAY)
    assert facts(group) == ("active", DAY, None, DAY, "group")
    assert Entry.objects.get(pk=group.pk).closed_why_en == ""


@pytest.mark.parametrize(
    ("activity", "words"),
    [("active", ["pausing", "closed"]), ("paused", ["active", "closed"]), ("closed", ["active"])],
)
def test_no_button_says_what_the_page_says_already(activity, words):
    assert [answer.word for answer in answers.offered(Entry(activity=activity))] == words


def test_tap_on_the_site_is_for_whoever_looks_after_the_page(client, group, keeper):
    where = reverse("page_answer", args=[group.pk])
    before = facts(group)
    client.force_login(make_person("eve@x.ca"))
    assert client.post(where, {"answer": "still-right"}).status_code == 404
    sign_in(client, make_reviewer())
    assert client.post(where, {"answer": "still-right"}).status_code == 404
    assert facts(group) == before
    client.force_login(keeper)
    assert client.post(where, {"answer": "still-right"}).url == reverse("my_pages")
    assert facts(group)[3:] == (today(), "group")


def test_tap_without_a_session_leads_to_the_sign_in(client, group):
    answer = client.post(reverse("page_answer", args=[group.pk]), {"answer": "closed"})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_member_of_the_organization_that_runs_a_group_looks_after_its_page(client):
    agency = make_organization()
    group = make_listing(hosts=(agency,))
    client.force_login(make_member("ana@x.ca", agency))
    client.post(reverse("page_answer", args=[group.pk]), {"answer": "pausing"})
    assert facts(group)[0] == "paused"


# The question by mail ----------------------------------------------------------------------------


def make_due(name: str, *, on: dt.date = LONG_AGO, **fields) -> Entry:
    return make_listing(name, confirmed_on=on, confirmed_by="group", **fields)


def night(days: int) -> int:
    """What is asked so many days after DAY."""
    return asking.ask_keepers(DAY + dt.timedelta(days=days))


def test_first_is_asked_then_reminded_then_the_second_then_nobody():
    group = make_due("Housing")
    make_keeper(group, "one@x.ca")
    make_keeper(group, "two@x.ca")
    make_keeper(group, "three@x.ca")
    days = [night(day) for day in range(60)]
    assert [day for day, count in enumerate(days) if count] == [0, 14, 28]
    assert [to for to, _subject in sent()] == ["one@x.ca", "one@x.ca", "two@x.ca"]
    assert facts(group)[3] == LONG_AGO


def test_next_rhythm_asks_anew():
    group = make_due("Housing", review_months=1)
    make_keeper(group, "one@x.ca")
    assert [day for day in range(40) if night(day)] == [0, 14, 30]


def test_same_night_twice_writes_once():
    make_keeper(make_due("Housing"), "one@x.ca")
    assert (night(0), night(0), len(sent())) == (1, 0, 1)


def test_answer_ends_the_round(group):
    person = make_keeper(group, "one@x.ca")
    Entry.objects.update(confirmed_on=LONG_AGO, confirmed_by="group")
    night(0)
    answers.say(group, "still-right", by=Sender(by=person), today=DAY)
    assert Question.objects.count() == 0
    assert [night(day) for day in (14, 28)] == [0, 0]


@pytest.mark.parametrize(
    ("months", "days", "asked"),
    [(6, 180, 0), (6, 183, 1), (12, 200, 0), (1, 32, 1), (3, 80, 0), (3, 93, 1)],
)
def test_rhythm_is_the_one_that_the_host_chose(months, days, asked):
    group = make_due("Housing", on=DAY - dt.timedelta(days=days), review_months=months)
    make_keeper(group, "one@x.ca")
    assert night(0) == asked


def test_nobody_is_asked_about_what_is_closed_or_not_public_or_kept_by_nobody():
    make_due("Kept by nobody")
    for number, fields in enumerate(({"activity": "closed"}, {"review": "withdrawn"})):
        make_keeper(make_due(f"Not asked {number}", **fields), f"n{number}@x.ca")
    assert (night(0), sent()) == (0, [])


def test_all_of_a_persons_pages_are_in_one_mail_in_their_language():
    agency = make_organization()
    make_member("ana@x.ca", agency, language="fr")
    for number in range(3):
        make_due(f"Group {number}", name_fr=f"Groupe {number}", hosts=(agency,))
    assert night(0) == 1
    mail = Email.objects.get()
    assert mail.subject == "Les fiches de vos 3 groupes sont-elles encore exactes?"
    assert re.findall(r"Groupe \d", mail.message) == ["Groupe 0", "Groupe 1", "Groupe 2"]


def test_dry_run_counts_and_writes_nothing():
    make_keeper(make_due("Housing"), "one@x.ca")
    assert asking.ask_keepers(DAY, dry_run=True) == 1
    assert (sent(), Question.objects.count()) == ([], 0)


def asked(group, email: str = "one@x.ca", **keeper) -> str:
    """The link of the mail that asks about a group."""
    Entry.objects.filter(pk=group.pk).update(confirmed_on=LONG_AGO, confirmed_by="group")
    make_keeper(group, email, **keeper)
    asking.ask_keepers(today())
    return link_in(Email.objects.get(to=email))


def test_link_of_the_mail_shows_on_get_and_decides_on_post(client, group):
    link = asked(group)
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert facts(group)[3] == LONG_AGO
    assert client.post(link, {"answer": "still-right"}).status_code == 200
    assert facts(group)[3:] == (today(), "group")
    decision = group.decisions.order_by("-number").first()
    assert (decision.verb, decision.by.email) == ("confirm", "one@x.ca")


def test_link_of_somebody_who_left_no_longer_works(client, group):
    link = asked(group)
    Keeper.objects.all().delete()
    assert client.post(link, {"answer": "closed"}).status_code == 410
    assert facts(group)[0] == "unknown"


@pytest.mark.parametrize("change", [lambda s: s[:-4] + "AAA/", lambda s: s[:-1] + "x/"])
def test_forged_link_does_nothing(client, group, change):
    link = change(asked(group))
    assert client.get(link).status_code == 404
    assert client.post(link, {"answer": "closed"}).status_code == 404
    assert facts(group)[0] == "unknown"


def test_link_for_one_thing_opens_no_other(client, group):
    make_keeper(group, "info@x.ca", mailbox=True)
    signed = signed_links.sign("mailbox_open", email="info@x.ca", entry=group.pk)
    path = reverse("keeper_question", args=[signed])
    assert client.post(path, {"answer": "closed"}).status_code == 404


def test_link_says_leave_and_the_second_is_left(client, group):
    make_keeper(group, "two@x.ca")
    signed = signed_links.sign(
        "keeper_question", entry=group.pk, user=make_keeper(group, "one@x.ca").pk
    )
    client.post(reverse("keeper_question", args=[signed]), {"answer": "leaving"})
    assert [row.address for row in Keeper.objects.all()] == ["two@x.ca"]


def test_shared_address_answers_without_an_account(client, group):
    link = asked(group, "info@x.ca", mailbox=True)
    client.post(link, {"answer": "pausing"})
    decision = group.decisions.order_by("-number").first()
    assert (facts(group)[0], decision.by, decision.role) == ("paused", None, "keeper")


def test_people_are_told_once_that_their_work_address_lapses():
    for email, days in (("soon@x.ca", 30), ("far@x.ca", 31)):
        until = DAY + dt.timedelta(days=days)
        Verification.objects.create(
            user=make_person(email), how="domain", since=until - dt.timedelta(days=365), until=until
        )
    assert asking.tell_of_lapses(DAY, dry_run=True) == 1
    assert [asking.tell_of_lapses(DAY), asking.tell_of_lapses(DAY)] == [1, 0]
    assert sent() == [("soon@x.ca", "Your work address is confirmed until 15 July 2026")]
