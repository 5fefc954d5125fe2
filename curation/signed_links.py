"""Links in mails that open one page without a sign-in: signed, for one thing, for a while.

A GET only shows; whoever decides posts, since mail scanners open every link they see. Whoever
comes too late reads what happened and what to do now; nobody reads whether an address is known.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from curation import mails

SALT = "curation.signed_links"
MONTH = dt.timedelta(days=30)
GONE, NOT_FOUND = 410, 404
TOO_OLD = _("It was good for a while only, and that time is over.")
OVER = _("It was used already, or what it led to is no longer there.")
NOT_KEPT = _("A part of its address is missing, or what it led to is no longer kept.")
NOT_WHOLE = _("A part of its address is missing. Open it once more from the mail, whole.")


class Ended(Exception):
    """What a link led to is over: answered, taken back, or no longer that person's."""


def sign(page: str, **about: Any) -> str:
    """The signed part of an address of `page`."""
    return signing.dumps(about, salt=f"{SALT}.{page}")


def address(page: str, language: str, **about: Any) -> str:
    """The whole signed address, for a mail."""
    return mails.address(page, language, sign(page, **about))


def signed(page: str, *, now: Any, good_for: dt.timedelta = MONTH) -> Callable:
    """Give the view what was signed, in the place of the signature.

    `now` says what somebody can do whose link no longer works; a view raises Ended where what
    its link led to is over.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, signed: str) -> HttpResponse:
            try:
                about = signing.loads(signed, salt=f"{SALT}.{page}", max_age=good_for)
                return view(request, about)
            except signing.SignatureExpired:
                why, status = TOO_OLD, GONE
            except signing.BadSignature:
                why, status = NOT_WHOLE, NOT_FOUND
            except Ended:
                why, status = OVER, GONE
            return _sorry(request, why, now, status)

        return opened

    return decorate


def by_token(*, now: Any) -> Callable:
    """The same page where nothing is kept under the random token of an address (any more)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, token: UUID) -> HttpResponse:
            try:
                return view(request, token)
            except Http404:
                return _sorry(request, NOT_KEPT, now, NOT_FOUND)

        return opened

    return decorate


def _sorry(request: HttpRequest, why: Any, now: Any, status: int) -> HttpResponse:
    context = {"why": why, "now": now}
    return render(request, "curation/link_gone.html", context, status=status)
