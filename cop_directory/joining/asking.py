"""The life of a request to join: asked, confirmed, sent to the hosts, answered, opened once.

The hosts' addresses stay hidden from whoever asks. The first answer counts. An invitation is
never in a mail: the mail leads to a page, and there it is shown once.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import allowances, codes
from accounts.languages import LocalText, localized
from cop_directory import invites
from cop_directory.joining import mails
from cop_directory.models import JoinRequest, Listing
from curation import cases
from curation.cases import Reason
from curation.models import Case, Entry, Keeper, Report
from curation.reporting import doors, reports

State = JoinRequest.State
OPEN_AT_ONCE = 3
SILENT_AFTER = dt.timedelta(days=14)
# So long the way in opens again in the browser that opened it: a second tap, a lost line.
OPEN_AGAIN_WITHIN = dt.timedelta(minutes=10)
TOO_OLD = gettext_lazy("This code is too old. Ask for a new one; nothing you wrote is lost.")
ANSWERS = (State.LET_IN, State.NOT_NOW, State.SUSPICIOUS)


class Refused(Exception):
    """It cannot be done; the text says why, or what to do, and can be shown to a person."""


class Opened(Exception):
    """The way in has been opened before, in another browser or too long ago."""


@dataclass(frozen=True)
class WayIn:
    """What somebody who was let in sees: the link, or else the way that the hosts name."""

    link: str
    words: LocalText | str


def hosts_of(listing: Listing) -> list[Keeper]:
    """Who answers for a group: the people and shared addresses that look after its page."""
    keepers = Keeper.objects.filter(entry=listing.pk).select_related("user").order_by("pk")
    return [keeper for keeper in keepers if keeper.user is None or keeper.user.is_active]


def is_answering(listing: Listing) -> bool:
    """Whether the hosts answer: no request is two weeks old, no reviewer is looking into it."""
    if late(timezone.localdate()).filter(listing=listing).exists():
        return False
    return not Case.objects.filter(entry=listing.pk, reason=Reason.JOIN, closed_at=None).exists()


def late(today: dt.date) -> Any:
    """The requests that nobody has answered within two weeks."""
    return JoinRequest.objects.filter(state=State.WAITING, sent_at__date__lte=today - SILENT_AFTER)


def can_be_asked(listing: Listing) -> bool:
    """Whether the form is open: somebody is there who answers, and nothing speaks against it."""
    if listing.is_closed or doors.is_shut(listing):
        return False
    return is_answering(listing) and bool(hosts_of(listing))


def ask(listing: Listing, words: dict[str, str], *, token: UUID, language: str) -> JoinRequest:
    """Write a request down and send a code to its address. The same token twice: one request.

    `words` are name, email, organization and sentence, cleaned. Whoever went back to correct
    something corrects the same request. Raises Refused where no mail can be sent today.
    """
    words = {**words, "email": words["email"].strip().lower()}
    try:
        with transaction.atomic():
            known = JoinRequest.objects.select_for_update().filter(token=token).first()
            if known is None:
                row = JoinRequest(listing=listing, token=token, language=language, **words)
                row.save()
                return _with_code(row)
            if known.state != State.UNCONFIRMED or known.confirmed_at:
                return known
            return _corrected(known, words)
    except IntegrityError:
        # Another worker was writing the same form at this moment.
        return JoinRequest.objects.get(token=token)


def code_again(row: JoinRequest) -> bool:
    """Send a fresh code to the address of a request; False where it has had its three mails."""
    if row.confirmed_at:
        return True
    if row.check_of_address:
        return codes.again(row.check_of_address)
    try:
        _with_code(row)
    except Refused:
        return False
    return True


def confirm(row: JoinRequest, code: str) -> JoinRequest:
    """Confirm the address with its code; the request goes to the hosts.

    Where they have had their mails of strangers for today it goes tomorrow. Raises
    codes.CodeRefused for a wrong code, and Refused when three others of this address wait.
    """
    if row.check_of_address_id is None:
        raise codes.CodeRefused(TOO_OLD)
    codes.confirm(row.check_of_address_id, code)
    with transaction.atomic():
        # All of this address, so that two at once are counted one after the other.
        of_address = JoinRequest.objects.select_for_update().filter(email=row.email)
        rows = list(of_address.order_by("pk"))
        mine = next((each for each in rows if each.pk == row.pk), None)
        if mine is None or mine.check_of_address_id != row.check_of_address_id:
            raise codes.CodeRefused(TOO_OLD)  # corrected meanwhile, in another window
        if mine.confirmed_at:
            return mine
        if sum(each.confirmed_at is not None and _is_open(each) for each in rows) >= OPEN_AT_ONCE:
            raise Refused(
                _("Three of your requests are waiting for an answer. Wait for one, then ask again.")
            )
        mine.confirmed_at = timezone.now()
        mine.save(update_fields=["confirmed_at"])
        send(mine)
    return mine


def send(row: JoinRequest) -> bool:
    """Write to the hosts, one mail each; False where none of them may get another one today."""
    reached = [
        mails.to_host(row, keeper)
        for keeper in hosts_of(row.listing)
        if allowances.stranger_may_mail(keeper.address)
    ]
    if reached:
        row.state, row.sent_at = State.WAITING, timezone.now()
        row.save(update_fields=["state", "sent_at"])
    return bool(reached)


@transaction.atomic
def answer(row: JoinRequest, keeper: Keeper, verdict: str, words: str = "") -> None:
    """A host answers, with a line of their own if they like. Raises Refused after the first."""
    locked = JoinRequest.objects.select_for_update().select_related("listing").get(pk=row.pk)
    if locked.state != State.WAITING:
        raise Refused(_("This has been answered already. Nothing was changed."))
    locked.state, locked.answered_at = State(verdict), timezone.now()
    locked.save(update_fields=["state", "answered_at"])
    Keeper.objects.filter(pk=keeper.pk).update(answered_on=timezone.localdate())
    if verdict == State.SUSPICIOUS:
        _tell_reviewers(locked)
    else:
        mails.to_asker(locked, words)
    if not late(timezone.localdate()).filter(listing=locked.listing).exists():
        cases.close_for(Entry.objects.get(pk=locked.listing_id), Reason.JOIN)


@transaction.atomic
def open_way_in(row: JoinRequest, *, browser: str) -> WayIn:
    """The way in, once: an invitation, or what the hosts say.

    The same browser may open it again within ten minutes. Where there is nothing to show,
    nothing is used up. Raises Refused while it cannot be shown, and Opened when it was before.
    """
    listing = row.listing
    if doors.is_shut(listing):
        raise Refused(str(invites.WHY["shut"]))
    way = _way_in(listing)
    if not (way.link or way.words):
        return way
    mark, now = mark_of(browser), timezone.now()
    mine = JoinRequest.objects.filter(_can_open(mark, now), pk=row.pk, state=State.LET_IN)
    if not mine.update(opened_at=Coalesce("opened_at", now), opened_in=mark):
        # What was written down above as shown goes with it: nobody saw it.
        raise Opened
    return way


def _way_in(listing: Listing) -> WayIn:
    """What there is to show. Raises Refused for an invitation that does not work."""
    chat = getattr(listing, "chat", None)
    other_way = localized(chat, "other_way") if chat else ""
    try:
        link = invites.for_guest(listing)
    except invites.NotShown as why:
        if not other_way:
            raise Refused(str(why)) from None
        link = ""
    return WayIn(link, "" if link else other_way)


def is_opened(row: JoinRequest, *, browser: str) -> bool:
    """Whether the way in was opened before, and is not for this browser to open again."""
    again = _can_open(mark_of(browser), timezone.now())
    return not JoinRequest.objects.filter(again, pk=row.pk).exists()


def _can_open(mark: str, now: dt.datetime) -> Q:
    """The requests whose way in a browser may open: nobody has, or itself a moment ago."""
    again = Q(opened_at__gt=now - OPEN_AGAIN_WITHIN, opened_in=mark) & ~Q(opened_in="")
    return Q(opened_at=None) | again


def mark_of(browser: str) -> str:
    """What is kept of a browser: a hash of what only its own forms hold; "" for none."""
    return salted_hmac("join.way_in", browser, algorithm="sha256").hexdigest() if browser else ""


def _corrected(row: JoinRequest, words: dict[str, str]) -> JoinRequest:
    """A request as it was written anew; another address gets a code of its own."""
    moved = row.email != words["email"]
    for name, value in words.items():
        setattr(row, name, value)
    row.save(update_fields=[*words])
    return _with_code(row) if moved else row


def _with_code(row: JoinRequest) -> JoinRequest:
    check, is_sent = codes.ask(row.email, language=row.language)
    if not is_sent:
        raise Refused(_("We have written to this address three times today. Come back tomorrow."))
    row.check_of_address = check
    row.save(update_fields=["check_of_address"])
    return row


def _is_open(row: JoinRequest) -> bool:
    return row.state in (State.UNCONFIRMED, State.WAITING)


def _tell_reviewers(row: JoinRequest) -> None:
    """A request that a host finds suspicious, as a report: where it came from, not who it was."""
    reports.report(
        row.listing,
        Report.Reason.OTHER,
        words=_("A host finds a request to join suspicious. Its address is at %(domain)s.")
        % {"domain": row.email.rpartition("@")[2]},
    )
