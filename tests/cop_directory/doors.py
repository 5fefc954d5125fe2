"""Chat groups with a door: invitations, hosts, people of the sector, requests to join."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from accounts.models import AddressCheck, User, Verification
from cop_directory import invites
from cop_directory.invites import Wish
from cop_directory.models import Chat, Invitation, JoinRequest, Listing
from curation.models import Keeper
from curation.proposing import manners
from tests.factories import make_keeper, make_listing, make_person, make_platform

LINK = "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"
OTHER_LINK = "https://chat.whatsapp.com/ZyXwVuTsRqPoNmLkJiHgFe"
SECRETS = ("AbCdEfGhIjKlMnOpQrStUv", "ZyXwVuTsRqPoNmLkJiHgFe")
ASKED = {
    "name": "Ada Li",
    "email": "ada@agency.example",
    "organization": "Harbour Agency",
    "sentence": "I help people find work.",
}
ASKER = ASKED["email"]
HOST = "host@group.example"


def make_chat_group(name: str = "Employment Chat", **fields: Any) -> Listing:
    """A public chat group of people of the sector, on WhatsApp unless told otherwise."""
    given = {"kind": "chat-group", "members": "sector", "platform": make_platform(), **fields}
    listing = make_listing(name, **given)
    Chat.objects.create(listing=listing)
    return listing


def make_invitation(listing: Listing, link: str = LINK, **wish: Any) -> Invitation:
    """An invitation that a reviewer has accepted, for people of the sector."""
    wish = {"mode": "workers", "link": link, **wish}
    invites.propose(listing, Wish(**wish), by=None)
    Invitation.objects.filter(listing=listing, accepted_at__isnull=False).delete()
    Invitation.objects.filter(listing=listing).update(accepted_at=timezone.now())
    return Invitation.objects.get(listing=listing)


def make_worker(
    email: str = "worker@agency.example", *, works_at: str = "agency", days: int = 300
) -> User:
    """Somebody whose work address is confirmed."""
    person = make_person(email)
    today = timezone.localdate()
    Verification.objects.create(
        user=person,
        how="domain",
        organization_type=works_at,
        since=today - dt.timedelta(days=400),
        until=today + dt.timedelta(days=days),
    )
    return person


def make_host(listing: Listing, email: str = HOST, **fields: Any) -> Keeper:
    """Somebody who looks after a group's page."""
    make_keeper(listing, email, **fields)
    return Keeper.objects.filter(entry=listing.pk).latest("pk")


def make_request(listing: Listing, *, days_ago: int = 0, **fields: Any) -> JoinRequest:
    """A request that waits for its hosts, unless told otherwise."""
    # By the clock on the wall, so that it is that day also where summer time ended meanwhile.
    moment = timezone.localtime() - dt.timedelta(days=days_ago)
    row = JoinRequest.objects.create(
        listing=listing,
        **{**ASKED, "state": "waiting", "sent_at": moment, "confirmed_at": moment, **fields},
    )
    JoinRequest.objects.filter(pk=row.pk).update(created_at=moment)
    return JoinRequest.objects.get(pk=row.pk)


def make_unconfirmed(listing: Listing, **fields: Any) -> JoinRequest:
    """A request whose address is not confirmed yet."""
    check = AddressCheck.objects.create(
        email=ASKED["email"], code_hash="", expires_at=timezone.now() + dt.timedelta(days=1)
    )
    return JoinRequest.objects.create(listing=listing, check_of_address=check, **ASKED, **fields)


def form_of(**changed: Any) -> dict[str, Any]:
    """The form for asking to join as a person fills it in."""
    polite = {"opened_at": manners.opened(seconds_ago=60), "website2": ""}
    return {**ASKED, **polite, "token": str(uuid.uuid4()), **changed}


def outbox(to: str) -> list[Email]:
    """All mails to one address, oldest first."""
    return [mail for mail in Email.objects.order_by("pk") if mail.to == [to]]


def code_to(address: str) -> str:
    """The code in the newest mail to an address."""
    return re.findall(r"^\D*(\d{6})$", outbox(address)[-1].message, re.MULTILINE)[-1]


def path_in(mail: Email, beginning: str) -> str:
    """The path of the first address in a mail that begins so."""
    return re.search(rf"https?://[^/\s]+({re.escape(beginning)}\S*)", mail.message)[1]


def ask(client: Any, listing: Listing, **changed: Any) -> str:
    """Send the form; the page where the code is asked for, or nothing."""
    answer = client.post(reverse("join_ask", args=[listing.pk]), form_of(**changed))
    return answer.headers.get("Location", "")


def ask_and_confirm(client: Any, listing: Listing, **changed: Any) -> JoinRequest:
    """Send the form and the code."""
    page = ask(client, listing, **changed)
    client.post(page, {"code": code_to(changed.get("email", ASKER))})
    return JoinRequest.objects.latest("pk")


def answer_page(host: str = "") -> str:
    """The page from the newest mail to a host."""
    return path_in(outbox(host or HOST)[-1], "/en/join/answer/")
