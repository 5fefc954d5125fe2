"""Something is wrong here: by anyone, once a day, and a danger shuts the door."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts import allowances
from curation.desk import answers
from curation.lifecycle import TurnRefused
from curation.manners import Manners
from curation.models import Case, Decision, Report
from curation.proposing import manners
from curation.reporting import doors, reports
from curation.reporting.reports import (
    DOORS_OF_ONE_PERSON,
    DOORS_OF_PEOPLE,
    DOORS_OF_STRANGERS,
    WORDS_A_DAY,
)
from tests.factories import (
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
)


def make_chat(name="Employment Chat", **fields):
    return make_listing(name, kind="chat-group", members="sector", **fields)


@pytest.fixture
def group(db):
    return make_chat()


def form_of(**changed):
    polite = {"opened_at": manners.opened(seconds_ago=60), "website2": ""}
    return {"reason": "dead-link", "words": "", **polite, **changed}


def rows():
    return list(Report.objects.order_by("pk").values_list("reason", "times", "words"))


def look(case, reviewer):
    given = answers.Given(by=reviewer, version=case.entry.version)
    return answers.give(answers.ON_REPORT[0], case, case.entry, given)


def open_cases():
    return list(Case.objects.filter(closed_at=None).order_by("pk").values_list("reason", flat=True))


# The page ----------------------------------------------------------------------------------------


def test_anyone_reports_without_an_account(client, group):
    answer = client.post(reverse("report", args=[group.pk]), form_of(words="404 since May"))
    assert answer.headers["Location"] == reverse("report_thanks", args=[group.pk])
    assert (rows(), open_cases()) == ([("dead-link", 1, "404 since May")], ["report"])


@pytest.mark.parametrize("reason", Manners().reasons)
def test_every_reason_can_be_sent(client, group, reason):
    client.post(reverse("report", args=[group.pk]), form_of(reason=reason))
    assert rows() == [(reason, 1, "")]


def test_thanks_are_a_page(client, group):
    assert client.get(reverse("report_thanks", args=[group.pk])).status_code == 200


@pytest.mark.parametrize("review", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_is_not_public_cannot_be_reported(client, db, review):
    hidden = make_listing(review=review)
    answer = client.post(reverse("report", args=[hidden.pk]), form_of())
    assert (answer.status_code, rows()) == (404, [])


def test_group_of_newcomers_that_did_not_agree_cannot_be_reported(client, db):
    hidden = make_listing(members="mixed")
    assert client.get(reverse("report", args=[hidden.pk])).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"reason": ""},
        {"reason": "nonsense"},
        {"words": "x" * 501},
        {"words": "Here: https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"},
        {"website2": "https://buy.example/"},
        {"opened_at": ""},
        {"opened_at": "1700000000:forged"},
    ],
)
def test_bad_form_comes_back_with_its_words(client, group, bad):
    given = form_of(**{"words": "It is gone.", **bad})
    answer = client.post(reverse("report", args=[group.pk]), given)
    assert (answer.status_code, rows()) == (200, [])
    assert given["words"] in answer.content.decode()


def test_form_filled_within_a_second_is_not_sent_and_says_so(client, group):
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        hasty = form_of(opened_at=manners.opened())
    with time_machine.travel(moment + dt.timedelta(seconds=0.9), tick=False):
        page = client.post(reverse("report", args=[group.pk]), hasty)
    assert ("Not sent yet: that was faster" in page.content.decode(), rows()) == (True, [])
    with time_machine.travel(moment + dt.timedelta(seconds=1.1), tick=False):
        client.post(reverse("report", args=[group.pk]), hasty)
    assert rows() == [("dead-link", 1, "")]


def test_form_that_was_open_for_weeks_goes_through_the_second_time(client, group):
    old = form_of(opened_at=manners.opened())
    with time_machine.travel(timezone.now() + dt.timedelta(days=20)):
        page = client.post(reverse("report", args=[group.pk]), old)
        fresh = page.context["form"]["opened_at"].value()
    with time_machine.travel(timezone.now() + dt.timedelta(days=20, seconds=9)):
        client.post(reverse("report", args=[group.pk]), {**old, "opened_at": fresh})
    assert rows() == [("dead-link", 1, "")]


# Once a day --------------------------------------------------------------------------------------


def test_strangers_of_one_day_are_one_row(group):
    for words in ("Gone", "Not there", "Gone", ""):
        reports.report(group, "dead-link", words=words)
    assert rows() == [("dead-link", 4, "Gone\n\nNot there")]


def test_words_of_one_day_have_a_limit(group):
    for number in range(6):
        reports.report(group, "wrong", words=f"{number}" * 500)
    assert len(Report.objects.get().words) == WORDS_A_DAY


def test_another_reason_and_another_day_are_rows_of_their_own(group):
    reports.report(group, "dead-link")
    reports.report(group, "moved")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        reports.report(group, "moved")
    assert rows() == [("dead-link", 1, ""), ("moved", 1, ""), ("moved", 1, "")]


def test_person_with_an_account_has_a_row_of_their_own(group):
    reports.report(group, "wrong")
    reports.report(group, "wrong", by=make_person())
    assert [row.by_id is None for row in Report.objects.order_by("pk")] == [True, False]


def test_second_row_of_strangers_is_refused_by_the_database(group):
    reports.report(group, "wrong")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(entry=group, reason="wrong", day=timezone.localdate())


def test_many_reports_are_one_thing_to_look_at(group):
    for reason in ("dead-link", "moved", "dead-link"):
        reports.report(group, reason)
    assert open_cases() == ["report"]


# Danger ------------------------------------------------------------------------------------------


def test_danger_shuts_the_door(group):
    reports.report(group, "dangerous")
    assert (doors.is_shut(group), open_cases()) == (True, ["danger"])


def test_danger_leaves_a_web_page_where_it_is(db):
    partnership = make_listing(kind="lip", website="https://lip.example.org/")
    reports.report(partnership, "dangerous")
    assert (doors.is_shut(partnership), open_cases()) == (False, ["danger"])


@pytest.mark.parametrize("reason", [each for each in Report.Reason.values if each != "dangerous"])
def test_anything_else_leaves_the_door_open(group, reason):
    reports.report(group, reason)
    assert doors.is_shut(group) is False


def test_anything_else_cannot_shut_it_in_the_database(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            entry=group, reason="wrong", day=timezone.localdate(), shuts_the_door=True
        )


def test_look_opens_the_door_and_settles_the_reports_of_danger_only(group):
    reports.report(group, "dangerous", words="A scam")
    reports.report(group, "wrong", words="A typing error")
    danger = Case.objects.get(reason="danger")
    look(danger, make_reviewer())
    assert (doors.is_shut(group), open_cases()) == (False, ["report"])
    assert list(Decision.objects.filter(verb="looked").values_list("role", flat=True)) == [
        "reviewer"
    ]


def test_look_at_the_others_leaves_the_door_shut(group):
    reports.report(group, "dangerous")
    reports.report(group, "wrong")
    look(Case.objects.get(reason="report"), make_reviewer())
    assert (doors.is_shut(group), open_cases()) == (True, ["danger"])


def test_same_danger_on_the_day_of_the_look_does_not_shut_it_again(group):
    reports.report(group, "dangerous")
    look(Case.objects.get(), make_reviewer())
    reports.report(group, "dangerous")
    reports.report(group, "dangerous", by=make_person())
    reports.report(group, "dangerous")
    assert (doors.is_shut(group), open_cases()) == (False, ["danger"])


def test_danger_of_another_day_shuts_it_again(group):
    reports.report(group, "dangerous")
    look(Case.objects.get(), make_reviewer())
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        reports.report(group, "dangerous")
        assert doors.is_shut(group) is True


def test_person_who_is_no_reviewer_cannot_settle(group):
    reports.report(group, "dangerous")
    with pytest.raises(TurnRefused):
        look(Case.objects.get(), make_person())
    assert doors.is_shut(group) is True


def test_reviewer_cannot_settle_what_their_own_organization_runs(db):
    agency = make_organization()
    group = make_listing(hosts=(agency,))
    reports.report(group, "dangerous")
    with pytest.raises(TurnRefused):
        look(Case.objects.get(), make_member("own@example.org", agency, is_moderator=True))


def test_prankster_cannot_shut_the_whole_site(db):
    groups = [make_chat(f"Group {number}") for number in range(DOORS_OF_STRANGERS + 2)]
    for group in groups:
        reports.report(group, "dangerous")
    shut = [doors.is_shut(group) for group in groups]
    assert shut == [True] * DOORS_OF_STRANGERS + [False] * 2
    assert len(open_cases()) == DOORS_OF_STRANGERS + 2


def test_reports_about_web_pages_use_up_no_door(db):
    for number in range(DOORS_OF_STRANGERS):
        reports.report(make_listing(f"Partnership {number}", kind="lip"), "dangerous")
    chat = make_chat()
    reports.report(chat, "dangerous")
    assert doors.is_shut(chat) is True


def test_strangers_use_up_nothing_of_people_with_an_account(db):
    groups = [make_chat(f"Group {number}") for number in range(DOORS_OF_STRANGERS + 1)]
    for group in groups:
        reports.report(group, "dangerous")
    assert doors.is_shut(groups[-1]) is False
    reports.report(groups[-1], "dangerous", by=make_person())
    assert doors.is_shut(groups[-1]) is True


def test_people_use_up_nothing_of_strangers(db):
    person = make_person()
    for number in range(DOORS_OF_ONE_PERSON):
        reports.report(make_chat(f"Group {number}"), "dangerous", by=person)
    chat = make_chat()
    reports.report(chat, "dangerous")
    assert doors.is_shut(chat) is True


def test_one_person_shuts_three_doors_a_day(db):
    groups = [make_chat(f"Group {number}") for number in range(DOORS_OF_ONE_PERSON + 1)]
    person = make_person()
    for group in groups:
        reports.report(group, "dangerous", by=person)
    assert [doors.is_shut(group) for group in groups] == [True] * DOORS_OF_ONE_PERSON + [False]


def test_people_shut_ten_doors_a_day_over_the_whole_site(db):
    groups = [make_chat(f"Group {number}") for number in range(DOORS_OF_PEOPLE + 1)]
    for number, group in enumerate(groups):
        reports.report(group, "dangerous", by=make_person(f"p{number}@example.org"))
    assert [doors.is_shut(group) for group in groups] == [True] * DOORS_OF_PEOPLE + [False]


def test_group_that_is_shut_uses_up_the_limit_once(db):
    first, *others = (make_chat(f"Group {number}") for number in range(DOORS_OF_PEOPLE))
    for number in range(DOORS_OF_PEOPLE):
        reports.report(first, "dangerous", by=make_person(f"p{number}@example.org"))
    for number, group in enumerate(others):
        reports.report(group, "dangerous", by=make_person(f"q{number}@example.org"))
    assert [doors.is_shut(group) for group in others] == [True] * (DOORS_OF_PEOPLE - 1)


def test_danger_is_mailed_at_once_though_its_door_stays_open(group):
    reviewer = make_reviewer()
    for _door in range(DOORS_OF_STRANGERS):
        allowances.use("danger", "strangers", limit=DOORS_OF_STRANGERS)
    reports.report(group, "dangerous")
    assert doors.is_shut(group) is False
    assert [mail.to for mail in Email.objects.all()] == [[reviewer.email]]
