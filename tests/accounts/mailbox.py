"""What has arrived for somebody: the rows of the outbox."""

import re

from post_office.models import Email


def mails(to: str) -> list[Email]:
    """All mails to one address, oldest first."""
    return [mail for mail in Email.objects.order_by("pk") if mail.to == [to]]


def subjects(to: str) -> list[str]:
    """Their subjects, without codes."""
    return [re.sub(r"\d{4}-\d{4}", "CODE", mail.subject) for mail in mails(to)]


def code(to: str) -> str:
    """The code in the newest mail to an address."""
    return re.search(r"^\D*(\d{4}-\d{4})$", mails(to)[-1].message, re.MULTILINE)[1]
