"""From rows to mails: each once, in order of urgency, again later when the server is away.

Several senders may run at once, on several machines. A mail belongs to whoever moves its
`scheduled_time` into the future first: one UPDATE with its condition inside. Should that sender
die, the mail is due again when the time has come; its Message-ID is then the same, so a mailbox
that has it already can tell.
"""

import logging
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email, Log
from post_office.settings import get_backend, get_max_retries, get_retry_timedelta

from accounts.letters import OURS_FOR

logger = logging.getLogger(__name__)

AT_ONCE = 100
# A server that refuses one mail may take the next; one that is not there takes none.
TROUBLES_THAT_END_IT = 3


@dataclass
class Sent:
    """What one round of the post has done."""

    sent: int = 0
    later: int = 0
    given_up: int = 0


def waiting() -> QuerySet[Email]:
    """The mails that may go now: urgent ones first, then the oldest."""
    now = timezone.now()
    return Email.objects.filter(
        Q(scheduled_time__isnull=True) | Q(scheduled_time__lte=now),
        Q(expires_at__isnull=True) | Q(expires_at__gt=now),
        status__in=(STATUS.queued, STATUS.requeued),
    ).order_by("-priority", "pk")


def send_waiting() -> Sent:
    """Send what waits, and stop early when the server takes nothing; nothing is lost by that."""
    done = Sent()
    connection = get_connection(get_backend())
    in_a_row = 0
    try:
        for email in waiting()[:AT_ONCE]:
            if not _claim(email):
                continue
            trouble = _send(email, connection)
            in_a_row = in_a_row + 1 if trouble else 0
            _note(email, trouble, done)
            if in_a_row == TROUBLES_THAT_END_IT:
                break
    finally:
        connection.close()
    return done


def _claim(email: Email) -> bool:
    """Make the mail ours, unless another sender has been faster."""
    as_found = Email.objects.filter(
        pk=email.pk, status=email.status, scheduled_time=email.scheduled_time
    )
    return as_found.update(scheduled_time=timezone.now() + OURS_FOR) == 1


def _send(email: Email, connection: BaseEmailBackend) -> Exception | None:
    """Hand one mail to the server; what went wrong, if anything did."""
    try:
        email.dispatch(
            log_level=0, disconnect_after_delivery=False, commit=False, connection=connection
        )
    except Exception as trouble:  # A mail server and its network fail in every way there is.
        logger.warning("Mail %s did not go: %s", email.pk, type(trouble).__name__)
        connection.close()
        return trouble
    return None


def _note(email: Email, trouble: Exception | None, done: Sent) -> None:
    """Write down how it went; after the last try the mail stays, as failed."""
    now = timezone.now()
    row = Email.objects.filter(pk=email.pk)
    if trouble is None:
        row.update(status=STATUS.sent, last_updated=now)
        done.sent += 1
        return
    tries = (email.number_of_retries or 0) + 1
    given_up = tries > get_max_retries()
    row.update(
        status=STATUS.failed if given_up else STATUS.requeued,
        number_of_retries=tries,
        # A quarter of an hour, then twice as long each time: a server may be away for a weekend.
        scheduled_time=now + get_retry_timedelta() * 2 ** (tries - 1),
        last_updated=now,
    )
    Log.objects.create(
        email=email,
        status=STATUS.failed,
        message=str(trouble)[:500],
        exception_type=type(trouble).__name__,
    )
    done.given_up += given_up
    done.later += not given_up
