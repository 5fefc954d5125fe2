"""Every mail of the house is a row before it is a mail.

The row is written in the transaction of what caused it, so a mail server that is away can
neither break a page nor lose a mail; `manage.py post` sends what waits. The rows are those of
django-post-office, made here rather than by its `send()`, which would read what people wrote
as a template.
"""

import datetime as dt
import re
from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override
from post_office.models import PRIORITY, STATUS, Email

URGENT, ORDINARY = PRIORITY.high, PRIORITY.medium
# So long a sender has a mail in hand; longer than a mail server may take to answer.
OURS_FOR = dt.timedelta(minutes=5)
# Whatever would break a line of a header. French writes a no-break space before a colon.
OTHER_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def write(
    name: str,
    *,
    to: str,
    language: str,
    urgent: bool = False,
    good_for: dt.timedelta | None = None,
    about: str = "",
    **context: Any,
) -> Email:
    """Put one mail to one person into the outbox.

    `templates/mails/<name>.<language>.txt` holds the subject in its first line, then a blank
    line, then the text; the operator's name and address are added beneath. `good_for`: a mail
    that could not be sent by then is not sent any more. `about` names what it says, so that it
    can be taken back (`take_back`) as long as it is here.
    """
    with override(language):
        words = {**context, "language": language, "settings": settings}
        subject, _, text = _render(f"mails/{name}.{language}.txt", words).partition("\n")
        foot = _render(f"mails/_foot.{language}.txt", words)
    return put(
        to,
        subject.strip(),
        f"{text.strip()}\n\n{foot.strip()}\n",
        urgent=urgent,
        expires_at=timezone.now() + good_for if good_for else None,
        about=about,
    )


def put(
    to: str,
    subject: str,
    text: str,
    *,
    urgent: bool = False,
    expires_at: dt.datetime | None = None,
    about: str = "",
) -> Email:
    """Put a mail whose words are ready into the outbox; its Message-ID stays through retries."""
    return Email.objects.create(  # type: ignore[misc]
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        cc=[],
        bcc=[],
        subject=OTHER_SPACE.sub(" ", subject).strip(),
        message=text,
        status=STATUS.queued,
        priority=URGENT if urgent else ORDINARY,
        expires_at=expires_at,
        message_id=make_msgid(about or None, settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
    )


def take_back(about: str) -> bool:
    """Delete the mails about something that have not left yet; whether there were any.

    One that a sender has in hand, or that was sent, stays: to that one belongs a correction.
    """
    now = timezone.now()
    nobody_has_it = Q(scheduled_time=None) | ~Q(scheduled_time__range=(now, now + OURS_FOR))
    here = Email.objects.filter(nobody_has_it, status__in=(STATUS.queued, STATUS.requeued))
    return here.filter(message_id__contains=f".{about}@").delete()[0] > 0


def _render(name: str, words: dict[str, Any]) -> str:
    """A plain text: nothing in it is escaped for HTML."""
    return get_template(name).template.render(Context(words, autoescape=False)).strip()  # type: ignore[attr-defined]


class Outbox(BaseEmailBackend):
    """Django's own mails, such as those about errors, go the same way."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each message into the outbox, a row per recipient; the number of messages."""
        for message in email_messages:
            for recipient in message.recipients():
                put(recipient, str(message.subject), str(message.body))
        return len(email_messages)
