"""The outbox: a mail is a row first; it goes once, later when the server is away, or not at all."""

import datetime as dt
import socket
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts import letters, outbox
from accounts.management.commands import post
from tests.accounts.mailbox import subjects

ANA = "ana@example.org"
HERE = f"{__name__}."


class FussyServer(EmailBackend):
    """It takes every mail but one."""

    def send_messages(self, messages):
        if messages[0].subject == "bad":
            raise ConnectionResetError("not this one")
        return super().send_messages(messages)


def use(settings, backend):
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": {"default": backend}}


@pytest.fixture
def server(settings):
    use(settings, "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []


@pytest.fixture
def dead_server(settings):
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
        use(settings, "django.core.mail.backends.smtp.EmailBackend")
        yield


def write(subject="Hello", **options):
    return letters.put(ANA, subject, "Words", **options)


def run(*words):
    out = StringIO()
    call_command("post", *words, stdout=out)
    return out.getvalue().strip()


def statuses():
    return list(Email.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.django_db
def test_waiting_mails_are_sent_urgent_ones_first(server):
    write("first")
    write("urgent", urgent=True)
    write("second")
    assert run() == "3 sent, 0 later, 0 given up"
    assert [each.subject for each in mail.outbox] == ["urgent", "first", "second"]
    assert statuses() == [STATUS.sent] * 3


@pytest.mark.django_db
def test_mail_is_sent_once(server):
    write()
    assert (run(), run()) == ("1 sent, 0 later, 0 given up", "0 sent, 0 later, 0 given up")
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_more_mails_than_fit_in_one_round_are_all_sent(server, monkeypatch):
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    for number in range(5):
        write(str(number))
    assert run() == "5 sent, 0 later, 0 given up"


@pytest.mark.django_db
def test_words_of_people_are_sent_as_they_are(server):
    write("{{ 7|add:7 }} {% now", urgent=True)
    run()
    assert mail.outbox[0].subject == "{{ 7|add:7 }} {% now"


@pytest.mark.django_db
def test_mail_whose_time_is_over_is_not_sent(server):
    write(expires_at=timezone.now() - dt.timedelta(seconds=1))
    write("good", expires_at=timezone.now() + dt.timedelta(hours=1))
    run()
    assert [each.subject for each in mail.outbox] == ["good"]


@pytest.mark.django_db
def test_dead_server_loses_nothing(dead_server, settings):
    write()
    assert run() == "0 sent, 1 later, 0 given up"
    row = Email.objects.get()
    assert (row.status, row.number_of_retries) == (STATUS.requeued, 1)
    assert row.scheduled_time > timezone.now() + dt.timedelta(minutes=14)
    use(settings, "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    Email.objects.update(scheduled_time=timezone.now())
    assert run() == "1 sent, 0 later, 0 given up"
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


@pytest.mark.django_db
def test_dead_server_is_not_asked_for_every_mail(dead_server):
    for _ in range(10):
        write()
    assert run() == "0 sent, 3 later, 0 given up"
    assert statuses().count(STATUS.queued) == 7


@pytest.mark.django_db
def test_waits_grow_and_end(dead_server, settings):
    row = write()
    waits = []
    for _ in range(settings.POST_OFFICE["MAX_RETRIES"] + 1):
        Email.objects.update(scheduled_time=None)
        run()
        row.refresh_from_db()
        waits.append(round((row.scheduled_time - timezone.now()) / dt.timedelta(minutes=15)))
    assert waits[:4] == [1, 2, 4, 8]
    assert row.status == STATUS.failed
    assert run() == "0 sent, 0 later, 0 given up"


@pytest.mark.django_db
def test_one_refused_mail_does_not_hold_up_the_others(settings):
    use(settings, f"{HERE}FussyServer")
    mail.outbox = []
    for subject in ("a", "bad", "b"):
        write(subject)
    assert run() == "2 sent, 1 later, 0 given up"
    assert [each.subject for each in mail.outbox] == ["a", "b"]


@pytest.mark.django_db
def test_dead_server_breaks_no_request(dead_server, client, settings):
    settings.LOGIN_REDIRECT_URL = "home"
    answer = client.post("/en/account/signup/", {"email": ANA})
    assert answer.status_code == 302
    assert subjects(ANA) == ["CODE is your code for CoP Directory"]


@pytest.mark.django_db(transaction=True)
def test_mail_of_what_was_taken_back_is_not_written():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert Email.objects.count() == 0


@pytest.mark.django_db
def test_mail_that_another_sender_has_taken_is_left_alone(server):
    found = write()
    Email.objects.update(scheduled_time=timezone.now() + dt.timedelta(minutes=5))
    assert not outbox._claim(found)


@pytest.mark.django_db
def test_mail_of_a_sender_that_died_goes_later_under_the_same_name(server):
    row = write()
    assert outbox._claim(row)
    assert run() == "0 sent, 0 later, 0 given up"
    Email.objects.update(scheduled_time=timezone.now() - dt.timedelta(seconds=1))
    assert run() == "1 sent, 0 later, 0 given up"
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


@pytest.mark.django_db(transaction=True)
def test_four_senders_at_once_send_each_mail_once(own_file, at_once, server):
    for number in range(40):
        write(str(number))
    done = at_once(4, lambda: outbox.send_waiting().sent)
    assert sum(done) == 40
    assert sorted(int(each.subject) for each in mail.outbox) == list(range(40))


@pytest.mark.django_db
def test_sender_that_stays_waits_longer_while_the_server_is_away(dead_server):
    write()
    assert post.Command().round() == post.AFTER_TROUBLE


@pytest.mark.django_db(transaction=True)  # it closes connections that have grown old
def test_sender_that_stays_looks_often(server):
    write()
    assert post.Command().round() == post.PAUSE
