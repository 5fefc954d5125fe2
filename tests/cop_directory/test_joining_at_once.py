"""Many at once: one row, one mail, one answer, and never an eleventh invitation."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cop_directory import invites
from cop_directory.invites import NotShown, Wish
from cop_directory.joining import asking
from cop_directory.models import InvitationShown, JoinRequest
from curation.lifecycle import TurnRefused
from curation.models import Keeper, Report
from curation.reporting import reports
from tests.cop_directory.doors import (
    ASKED,
    ASKER,
    HOST,
    LINK,
    code_to,
    form_of,
    make_chat_group,
    make_host,
    make_invitation,
    make_request,
    make_unconfirmed,
    make_worker,
    outbox,
)
from tests.factories import make_reviewer

pytestmark = pytest.mark.usefixtures("own_file")

AT_ONCE = 20


@pytest.fixture
def chat(own_file):
    listing = make_chat_group()
    make_host(listing)
    return listing


def at_once(job, count=AT_ONCE):
    """Run a job, given its number, in so many threads at once; what each gave or raised."""
    start = threading.Barrier(count)

    def one(number):
        try:
            start.wait(20)
            return job(number)
        except OperationalError:
            raise
        except Exception as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_reports_of_many_strangers_are_one_row_with_all_words(chat):
    at_once(lambda number: reports.report(chat, "dangerous", words=f"Word {number}."))
    row = Report.objects.get()
    assert (row.times, sorted(row.words.split("\n\n"))) == (
        AT_ONCE,
        sorted(f"Word {number}." for number in range(AT_ONCE)),
    )


def test_form_sent_many_times_is_one_request_and_one_mail(chat):
    page, form = reverse("join_ask", args=[chat.pk]), form_of()
    answers = at_once(lambda number: Client().post(page, form).status_code)
    assert (answers, JoinRequest.objects.count(), len(outbox(ASKER))) == ([302] * AT_ONCE, 1, 1)


def test_code_sent_many_times_is_one_mail_to_the_host(chat):
    row = asking.ask(chat, ASKED, token=uuid4(), language="en")
    code = code_to(ASKER)
    at_once(lambda number: asking.confirm(row, code), count=5)
    assert len(outbox(HOST)) == 1


def test_requests_of_one_address_confirmed_at_once_are_three(chat):
    rows = [make_unconfirmed(chat) for _number in range(6)]
    for row in rows:
        type(row.check_of_address).objects.update(confirmed_at=row.created_at)
    at_once(lambda number: asking.confirm(rows[number], ""), count=len(rows))
    assert JoinRequest.objects.filter(confirmed_at__isnull=False).count() == asking.OPEN_AT_ONCE


def test_answers_of_many_hosts_are_one_mail(chat):
    row, keeper = make_request(chat), Keeper.objects.get()
    said = at_once(lambda number: asking.answer(row, keeper, "not-now"))
    assert (said.count(asking.Refused), len(outbox(ASKER))) == (AT_ONCE - 1, 1)


def test_worker_in_many_windows_sees_ten(chat):
    make_invitation(chat)
    worker = make_worker()
    said = at_once(lambda number: invites.show(chat, worker))
    assert (said.count(LINK), said.count(NotShown), InvitationShown.objects.count()) == (10, 10, 10)


def test_way_in_opened_by_many_browsers_at_once_opens_in_one(chat):
    make_invitation(chat, mode="ask")
    row = make_request(chat, state="let-in", answered_at=timezone.now())
    said = at_once(lambda number: asking.open_way_in(row, browser=f"browser {number}"))
    ways = [each for each in said if isinstance(each, asking.WayIn)]
    assert ([way.link for way in ways], said.count(asking.Opened)) == ([LINK], AT_ONCE - 1)
    assert InvitationShown.objects.count() == 1


def test_two_reviewers_decide_once(chat):
    row = invites.propose(chat, Wish("workers", LINK), by=None)
    people = [make_reviewer("one@example.org"), make_reviewer("two@example.org")]
    said = at_once(lambda number: invites.accept(row, by=people[number]), count=2)
    assert (said.count(TurnRefused), invites.times_shown(chat)) == (1, 0)


def test_wishes_of_many_hosts_are_one_that_waits(chat):
    at_once(lambda number: invites.propose(chat, Wish("ask", LINK), by=None))
    assert chat.invitations.count() == 1
