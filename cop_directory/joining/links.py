"""Links in mails that open one page: signed, for one person, for a while.

A GET only shows; whoever decides posts, since mail scanners open every link they see.
"""

import datetime as dt
from typing import Any

from django.core import signing
from django.http import Http404

from cop_directory.models import JoinRequest
from curation import mails
from curation.models import Keeper

# Until everything of a request is deleted.
GOOD_FOR = dt.timedelta(days=30)


def for_host(row: JoinRequest, keeper: Keeper, language: str) -> str:
    """The whole address of the page on which one host answers."""
    return _address("join_answer", language, {"request": str(row.token), "host": keeper.pk})


def for_asker(row: JoinRequest) -> str:
    """The whole address of the page on which the way in is opened."""
    return _address("join_way_in", row.language, {"request": str(row.token)})


def host_of(signed: str) -> tuple[JoinRequest, Keeper]:
    """The request, and the host who was asked. Raises Http404 for a link that no longer holds."""
    about = _read("join_answer", signed)
    row = _request(about)
    keeper = Keeper.objects.filter(pk=about["host"], entry=row.listing_id).first()
    if keeper is None or row.state == JoinRequest.State.UNCONFIRMED:
        raise Http404
    return row, keeper


def asker_of(signed: str) -> JoinRequest:
    """The request of somebody who was let in. Raises Http404."""
    row = _request(_read("join_way_in", signed))
    if row.state != JoinRequest.State.LET_IN:
        raise Http404
    return row


def _address(page: str, language: str, about: dict[str, Any]) -> str:
    return mails.address(page, language, signing.dumps(about, salt=page))


def _read(page: str, signed: str) -> dict[str, Any]:
    try:
        return signing.loads(signed, salt=page, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise Http404 from None


def _request(about: dict[str, Any]) -> JoinRequest:
    rows = JoinRequest.objects.select_related("listing", "listing__chat")
    row = rows.filter(token=about["request"]).first()
    if row is None:
        raise Http404
    return row
