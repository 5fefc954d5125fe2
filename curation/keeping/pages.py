"""What stands on “My pages”: what I look after, what I sent, where I belong, what waits for me."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import membership, verification
from accounts.membership import addresses_of
from accounts.models import Membership
from curation import shelves, signed_links
from curation.changes import Sender
from curation.freshness import Sign, sign, today
from curation.keeping import answers, asking
from curation.keeping.answers import Answer
from curation.keeping.keepers import kept_by
from curation.models import Change, Claim, Draft, Entry, Keeper, KeeperInvitation, Submission
from curation.proposing import drafts
from curation.proposing.confirming import writing_address

SHOWN = 20  # of each kind of what somebody sent, newest first
WHAT: dict[type, Any] = {
    Change: _("Edit"),
    Claim: _("I run this group"),
}


@dataclass(frozen=True)
class KeptPage:
    """A page that somebody looks after: where it stands, and what can be said of it."""

    entry: Entry
    url: str
    # How sure it is that it is still right; None where nobody is asked about it.
    sign: Sign | None
    is_due: bool
    answers: list[Answer]
    # Where they say how one gets into the group.
    door: str = ""

    @property
    def is_claimed(self) -> bool:
        """Whether somebody else may ask to look after it."""
        return shelves.of(self.entry).manners.claimed

    @property
    def is_public(self) -> bool:
        return self.entry.review == Entry.Review.PUBLISHED


@dataclass(frozen=True)
class Sent:
    """Something that somebody sent in, and where it stands."""

    entry: Entry
    what: Any
    state: Any
    at: dt.datetime
    url: str


@dataclass(frozen=True)
class Unsent:
    """Something that somebody has begun to write."""

    name: str
    url: str
    at: dt.datetime


@dataclass(frozen=True)
class Offer:
    """Something to which somebody may say yes or no."""

    title: str
    url: str


def kept_pages(sender: Sender | None) -> list[KeptPage]:
    """The pages that somebody looks after; what is due comes first."""
    entries = [entry for entry in kept_by(sender) if entry.review != Entry.Review.MERGED]
    prefetch_related_objects(entries, "name_own_language")
    rows = [kept_page(entry) for entry in entries]
    return sorted(rows, key=lambda row: (not row.is_due, not row.is_public))


def kept_page(entry: Entry) -> KeptPage:
    """One page as it stands under "My pages"."""
    shelf = shelves.of(entry)
    public, asked = entry.review == Entry.Review.PUBLISHED, shelf.manners.asked
    closed = entry.activity == Entry.Activity.CLOSED
    return KeptPage(
        entry=entry,
        url=shelf.address(entry) if public else "",
        sign=sign(entry) if asked else None,
        is_due=public and asked and not closed and _wants_a_word(entry),
        answers=answers.offered(entry) if shelf.manners.closes else [],
        door=shelf.door(entry) if public else "",
    )


def overview(user: Any) -> dict[str, Any]:
    """Everything on “My pages”, in a fixed number of queries."""
    theirs = addresses_of(user)
    return {
        "kept": kept_pages(Sender(by=user)),
        "drafts": unsent(user),
        "sent": sent_by(user),
        "memberships": list(
            Membership.objects.filter(user=user).select_related("organization").order_by("pk")
        ),
        "invitations": [
            Offer(str(row.organization), _signed("member_invitation", membership=row.pk))
            for row in membership.invitations_for(user)
        ],
        "pages_offered": [
            Offer(row.entry.name.plain, _signed("keeper_invitation", invitation=row.pk))
            for row in KeeperInvitation.objects.filter(email__in=theirs, role_mailbox=False)
            .select_related("entry__name_own_language")
            .order_by("pk")
        ],
        "pages_of_address": Keeper.objects.filter(email__in=theirs).count(),
        "believed": verification.current(user),
    }


def unsent(user: Any) -> list[Unsent]:
    """What somebody has written and not sent, newest first."""
    rows = drafts.drafts_of(user).exclude(purpose=Draft.Purpose.CLAIM)
    return [
        Unsent(_name(row), writing_address(row), row.updated_at)
        for row in rows.select_related("entry__name_own_language")[:SHOWN]
    ]


def sent_by(user: Any) -> list[Sent]:
    """What somebody sent, newest first."""
    rows = [
        *(_sent(row, row.entry.get_review_display()) for row in _of(Submission, user)),
        *(_sent(row, row.said_state) for row in _of(Change, user)),
        *(_sent(row, row.get_state_display(), "claim_sent") for row in _of(Claim, user)),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:SHOWN]


def _name(draft: Draft) -> str:
    """What a draft is called: by the page that it would change, or as it was typed."""
    if draft.entry:
        return draft.entry.name.plain
    typed = drafts.typed(draft)
    names = (typed.get(name) for name in ("name_en", "name_fr", "name_own"))
    nameless = str(shelves.added_as(draft.shelf, typed).nameless)
    return next(filter(None, names), nameless)


def _of(model: Any, user: Any) -> QuerySet:
    rows = model.objects.filter(by=user).select_related("entry__name_own_language")
    return rows.order_by("-created_at")[:SHOWN]


def _sent(row: Any, state: Any, page: str = "sent_page") -> Sent:
    what = WHAT.get(type(row)) or shelves.of(row.entry).manners.new
    return Sent(row.entry, what, state, row.created_at, reverse(page, args=[row.token]))


def _signed(page: str, **about: Any) -> str:
    return reverse(page, args=[signed_links.sign(page, **about)])


def _wants_a_word(entry: Entry) -> bool:
    return entry.confirmed_on is None or asking.is_due(entry, today())
