"""Twenty forms, each sent twenty times at once, are twenty rows."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from post_office.models import Email

from cop_directory.editing import STORED
from curation import changes
from curation.changes import Sender
from curation.models import Case, Change, Decision, Draft, Entry, Submission
from tests.curation.proposals import ADD, as_typed, make_lists, whole
from tests.factories import make_listing, make_tag

pytestmark = pytest.mark.django_db(transaction=True)

FORMS = 20
TAPS = 20


@pytest.fixture
def lists(own_file):
    """What the lists of the form offer, in that database."""
    make_lists()


def at_once(job):
    """Do one thing in as many threads as there are taps; what each of them gave."""
    start = Barrier(TAPS)

    def run(_number):
        try:
            start.wait(20)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(TAPS) as pool:
        return list(pool.map(run, range(TAPS)))


def test_taps_on_send_are_one_draft_and_one_mail_each(lists):
    for number in range(FORMS):
        sent = whole(email=f"worker{number}@example.org")
        answers = at_once(lambda sent=sent: Client().post(ADD, sent))
        assert {each.url for each in answers} == {f"/en/add/confirm/{sent['token']}/"}
    assert (Draft.objects.count(), Email.objects.count()) == (FORMS, FORMS)


def test_new_groups_are_written_once_each(lists):
    def send(token):
        form = STORED.form(as_typed(whole()), None)
        assert form.is_valid()
        sender = Sender(email="worker@example.org")
        return changes.propose_new(
            "listing", form.values(), sender=sender, stance="run", token=token
        ).pk

    for _ in range(FORMS):
        assert len(set(at_once(partial(send, uuid4())))) == 1
    for model in (Entry, Submission, Case, Decision, Email):
        assert model.objects.count() == FORMS, model


def test_edits_are_written_once_each(lists):
    group = make_listing(tags=[make_tag("housing")], one_line_en="They meet.")
    seen = STORED.values(group)

    def send(token: UUID, words: str):
        return changes.propose(
            group,
            {"one_line_en": words},
            sender=Sender(email="worker@example.org"),
            token=token,
            base=group.version,
            seen=seen,
        ).pk

    for number in range(FORMS):
        assert len(set(at_once(partial(send, uuid4(), f"They meet {number}.")))) == 1
    for model in (Change, Case, Email):
        assert model.objects.count() == FORMS, model
