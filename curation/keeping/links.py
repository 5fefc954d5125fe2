"""Links in mails that open one page without a sign-in: signed, for one thing, for a while.

A GET only shows; whoever decides posts, since mail scanners open every link they see.
"""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from curation import mails

SALT = "curation.keeping"
# Name of the page → how long its links are good for.
GOOD_FOR = {
    "keeper_question": dt.timedelta(days=60),
    "keeper_invitation": dt.timedelta(days=30),
    "member_invitation": dt.timedelta(days=30),
    "claim_object": dt.timedelta(days=30),
    "vouch": dt.timedelta(days=30),
    "mailbox_open": dt.timedelta(days=1),
}


def sign(page: str, **about: Any) -> str:
    """The signed part of an address of `page`."""
    return signing.dumps(about, salt=f"{SALT}.{page}")


def address(page: str, language: str, **about: Any) -> str:
    """The whole signed address, for a mail."""
    return mails.address(page, language, sign(page, **about))


def signed(page: str) -> Callable:
    """Give the view what was signed, in the place of the signature; else say what to do."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, signed: str) -> HttpResponse:
            try:
                about = signing.loads(signed, salt=f"{SALT}.{page}", max_age=GOOD_FOR[page])
            except signing.BadSignature:
                return gone(request)
            return view(request, about)

        return opened

    return decorate


def gone(request: HttpRequest) -> HttpResponse:
    """The page for a link that is too old, cut in two, or has been used."""
    return render(request, "curation/keeping/link_gone.html", status=404)
