"""Something is wrong here: by anyone, once a day, and a danger shuts the door."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from curation import reporting
from curation.lifecycle import TurnRefused
from curation.models import Case, Decision, Report
from curation.proposing import manners
from curation.reporting import doors
from curation.reporting.reports import DOORS_A_DAY, WORDS_A_DAY
from tests.factories import (
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
)


@pytest.fixture
def group(db):
    return make_listing()


def form_of(**changed):
    polite = {"opened_at": manners.opened(seconds_ago=60), "website2": ""}
    return {"reason": "dead-link", "words": "", **polite, **changed}


def rows():
    return list(Report.objects.order_by("pk").values_list("reason", "times", "words"))


def open_cases():
    return list(Case.objects.filter(closed_at=None).order_by("pk").values_list("reason", flat=True))


# The page ----------------------------------------------------------------------------------------


def test_anyone_reports_without_an_account(client, group):
    answer = client.post(reverse("report", args=[group.pk]), form_of(words="404 since May"))
    assert answer.headers["Location"] == reverse("report_thanks", args=[group.pk])
    assert (rows(), open_cases()) == ([("dead-link", 1, "404 since May")], ["report"])


@pytest.mark.parametrize("reason", Report.Reason.values)
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


def test_program_that_fills_the_form_at_once_is_asked_again(client, group):
    hasty = form_of(opened_at=manners.opened())
    assert client.post(reverse("report", args=[group.pk]), hasty).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=5)):
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
        reporting.report(group, "dead-link", words=words)
    assert rows() == [("dead-link", 4, "Gone\n\nNot there")]


def test_words_of_one_day_have_a_limit(group):
    for number in range(6):
        reporting.report(group, "wrong", words=f"{number}" * 500)
    assert len(Report.objects.get().words) == WORDS_A_DAY


def test_another_reason_and_another_day_are_rows_of_their_own(group):
    reporting.report(group, "dead-link")
    reporting.report(group, "moved")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        reporting.report(group, "moved")
    assert rows() == [("dead-link", 1, ""), ("moved", 1, ""), ("moved", 1, "")]


def test_person_with_an_account_has_a_row_of_their_own(group):
    reporting.report(group, "wrong")
    reporting.report(group, "wrong", by=make_person())
    assert [row.by_id is None for row in Report.objects.order_by("pk")] == [True, False]


def test_second_row_of_strangers_is_refused_by_the_database(group):
    reporting.report(group, "wrong")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(entry=group, reason="wrong", day=timezone.localdate())


def test_many_reports_are_one_thing_to_look_at(group):
    for reason in ("dead-link", "moved", "dead-link"):
        reporting.report(group, reason)
    assert open_cases() == ["report"]


# Danger ------------------------------------------------------------------------------------------


def test_danger_shuts_the_door(group):
    reporting.report(group, "dangerous")
    assert (doors.is_shut(group), open_cases()) == (True, ["danger"])


@pytest.mark.parametrize("reason", [each for each in Report.Reason.values if each != "dangerous"])
def test_anything_else_leaves_the_door_open(group, reason):
    reporting.report(group, reason)
    assert doors.is_shut(group) is False


def test_anything_else_cannot_shut_it_in_the_database(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            entry=group, reason="wrong", day=timezone.localdate(), shuts_the_door=True
        )


def test_look_opens_the_door_and_settles_the_reports_of_danger_only(group):
    reporting.report(group, "dangerous", words="A scam")
    reporting.report(group, "wrong", words="A typing error")
    danger = Case.objects.get(reason="danger")
    assert reporting.settle(danger, by=make_reviewer()) == 1
    assert (doors.is_shut(group), open_cases()) == (False, ["report"])
    assert list(Decision.objects.filter(verb="looked").values_list("role", flat=True)) == [
        "reviewer"
    ]


def test_look_at_the_others_leaves_the_door_shut(group):
    reporting.report(group, "dangerous")
    reporting.report(group, "wrong")
    reporting.settle(Case.objects.get(reason="report"), by=make_reviewer())
    assert (doors.is_shut(group), open_cases()) == (True, ["danger"])


def test_same_danger_on_the_day_of_the_look_does_not_shut_it_again(group):
    reporting.report(group, "dangerous")
    reporting.settle(Case.objects.get(), by=make_reviewer())
    reporting.report(group, "dangerous")
    reporting.report(group, "dangerous", by=make_person())
    reporting.report(group, "dangerous")
    assert (doors.is_shut(group), open_cases()) == (False, ["danger"])


def test_danger_of_another_day_shuts_it_again(group):
    reporting.report(group, "dangerous")
    reporting.settle(Case.objects.get(), by=make_reviewer())
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        reporting.report(group, "dangerous")
        assert doors.is_shut(group) is True


def test_person_who_is_no_reviewer_cannot_settle(group):
    reporting.report(group, "dangerous")
    with pytest.raises(TurnRefused):
        reporting.settle(Case.objects.get(), by=make_person())
    assert doors.is_shut(group) is True


def test_reviewer_cannot_settle_what_their_own_organization_runs(db):
    agency = make_organization()
    group = make_listing(hosts=(agency,))
    reporting.report(group, "dangerous")
    with pytest.raises(TurnRefused):
        reporting.settle(
            Case.objects.get(), by=make_member("own@example.org", agency, is_moderator=True)
        )


def test_prankster_cannot_shut_the_whole_site(db):
    groups = [make_listing(f"Group {number}") for number in range(DOORS_A_DAY + 2)]
    for group in groups:
        reporting.report(group, "dangerous")
    shut = [doors.is_shut(group) for group in groups]
    assert (shut, len(open_cases())) == ([True] * DOORS_A_DAY + [False] * 2, DOORS_A_DAY + 2)


def test_group_that_is_shut_uses_up_the_limit_once(db):
    first, *others = (make_listing(f"Group {number}") for number in range(DOORS_A_DAY))
    for number in range(DOORS_A_DAY):
        reporting.report(first, "dangerous", by=make_person(f"p{number}@example.org"))
    for group in others:
        reporting.report(group, "dangerous")
    assert [doors.is_shut(group) for group in others] == [True] * (DOORS_A_DAY - 1)
