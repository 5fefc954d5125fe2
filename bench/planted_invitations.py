"""A scratch site full of invitation links, each one a secret of its own.

What `invitation_leaks.py` looks for: accepted invitations and waiting ones, of groups of the
sector and (written past every rule) of groups with newcomers; requests to join in every state;
drafts; mails about all of it.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets
import string
from dataclasses import dataclass, field
from typing import Any

GROUPS = 24
LETTERS = string.ascii_letters + string.digits
EVERY_FEW = 4


@dataclass
class Planted:
    """The secrets, and what an anonymous crawl may call by name."""

    secrets: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)

    def link(self) -> str:
        """A fresh invitation; its code is remembered as a secret."""
        code = "".join(secrets.choice(LETTERS) for _ in range(22))
        self.secrets.append(code)
        return f"https://chat.whatsapp.com/{code}"


def plant() -> Planted:
    """Fill the site that Django is set up for."""
    from django.core.management import call_command
    from django.utils import timezone

    from cop_directory.joining import clock
    from cop_directory.models import Invitation, Listing

    call_command("load_start_data", stdout=io.StringIO())
    planted = Planted()
    for number in range(GROUPS):
        _group(planted, number)
    clock.run(timezone.now())
    # Past every rule: newcomers come in, and nothing has taken the invitation away yet.
    Listing.objects.filter(pk__in=planted.groups[::EVERY_FEW]).update(members="mixed")
    call_command("reindex", stdout=io.StringIO())
    planted.sealed = [
        row[:60] for row in Invitation.objects.exclude(sealed="").values_list("sealed", flat=True)
    ]
    return planted


def plant_in_a_page(planted: Planted) -> None:
    """Write one link where everybody reads it, as no form would let anybody."""
    from curation.models import Entry

    words = f"Join us: https://chat.whatsapp.com/{planted.secrets[0]}"
    Entry.objects.filter(pk=planted.groups[1]).update(
        description_en=words, text_status_en="original"
    )


def _group(planted: Planted, number: int) -> None:
    """A chat group with a host, an invitation that counts, one that waits, and requests."""
    from django.utils import timezone

    from cop_directory import invites
    from cop_directory.invites import Wish
    from cop_directory.models import Chat, Listing, Platform
    from curation import lifecycle
    from curation.models import Keeper

    listing = Listing.objects.create(
        shelf="listing",
        kind="chat-group",
        name_en=f"Chat {number}",
        name_fr=f"Clavier {number}",
        one_line_en="Colleagues answer each other.",
        one_line_fr="On se répond entre collègues.",
        text_status_en="original",
        text_status_fr="original",
        members="sector",
        consent="agreed",
        platform=Platform.objects.get(pk="whatsapp"),
    )
    Chat.objects.create(listing=listing)
    for verb in ("submit", "publish"):
        lifecycle.take(listing, verb, by=None)
    keeper = Keeper.objects.create(entry=listing, email=f"host{number}@group.example")
    planted.groups.append(listing.pk)
    mode = ("workers", "ask")[number % 2]
    ends = timezone.localdate() + dt.timedelta(days=3)
    invites.propose(listing, Wish(mode, planted.link(), ends), by=None)
    listing.invitations.update(accepted_at=timezone.now())
    invites.propose(listing, Wish("workers", planted.link()), by=None)
    _requests(planted, listing, keeper)
    _draft(planted, listing)


def _requests(planted: Planted, listing: Any, keeper: Any) -> None:
    """Requests to join: unconfirmed, waiting for days, let in, and opened."""
    from django.utils import timezone

    from cop_directory.joining import asking, mails
    from cop_directory.models import JoinRequest

    now = timezone.now()
    for days, state in ((0, "unconfirmed"), (5, "waiting"), (8, "waiting"), (1, "let-in")):
        sent = None if state == "unconfirmed" else now - dt.timedelta(days=days)
        row = JoinRequest.objects.create(
            listing=listing,
            name="Ada Li",
            email=f"ada{days}@agency{listing.pk}.example",
            organization="Agency",
            state="waiting" if sent else state,
            sent_at=sent,
            confirmed_at=sent,
        )
        planted.tokens.append(str(row.token))
        planted.signed.append(mails.answer_page(row, keeper, "en"))
        if state == "let-in":
            asking.answer(row, keeper, "let-in", "Welcome.")
            row.refresh_from_db()
            planted.signed.append(mails.way_in_page(row))
            asking.open_way_in(row, browser="planted")


def _draft(planted: Planted, listing: Any) -> None:
    """Something half written, with a link in it, as people paste it."""
    from curation.models import Draft

    row = Draft.objects.create(
        purpose="edit",
        shelf="listing",
        entry=listing,
        data={"description_en": planted.link(), "website": planted.link()},
    )
    planted.tokens.append(str(row.token))
