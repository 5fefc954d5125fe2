"""Shared addresses that keep pages without anybody's account.

Whoever reads such a mailbox asks for a link, which arrives there and opens its pages in one
browser for some hours. The answer on the page is the same for every address.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts import allowances, letters
from curation import signed_links
from curation.models import Keeper

KEY = "mailbox"
OPEN_FOR = dt.timedelta(hours=4)


def send_link(email: str, *, language: str) -> None:
    """Write the link to an address that keeps a page; to any other address, nothing."""
    email = email.strip().lower()
    kept = Keeper.objects.filter(email=email).first()
    if not allowances.stranger_may_mail(email) or kept is None:
        return
    letters.write(
        "mailbox_link",
        to=email,
        language=language,
        urgent=True,
        link=signed_links.address("mailbox_open", language, email=email),
    )


def open_in(request: HttpRequest, email: str) -> None:
    """Let this browser act for a shared address for some hours."""
    until = timezone.now() + OPEN_FOR
    request.session[KEY] = {"email": email, "until": until.isoformat()}


def of(request: HttpRequest) -> str:
    """The shared address for which this browser acts now, or ""."""
    kept: Any = request.session.get(KEY) or {}
    until = parse_datetime(kept.get("until", "")) if kept else None
    return kept["email"] if until and until > timezone.now() else ""


def close_in(request: HttpRequest) -> None:
    """Act for no shared address any more."""
    request.session.pop(KEY, None)
