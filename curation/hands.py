"""Whose hands a page is in: its keepers, and the people of the organization that runs it."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Membership
from curation import shelves
from curation.models import Entry, Keeper


@dataclass(frozen=True)
class Hand:
    """Somebody who looks after a page: by themselves, or for the organization that runs it."""

    address: str
    language: str
    user: Any = None
    keeper: Keeper | None = None
    organization: Any = None

    @property
    def is_shared(self) -> bool:
        """Whether it is an address kept without anybody's account."""
        return self.user is None


def hands(entry: Entry) -> list[Hand]:
    """Everybody who looks after an entry, those who took it on by themselves first.

    Where a sender asked not to be named, colleagues do not hear of it.
    """
    found = [
        Hand(row.address, row.user.language if row.user else row.language, row.user, row)
        for row in entry.keepers.select_related("user").order_by("pk")
    ]
    if shelves.of(entry).hidden(entry):
        return found
    members = Membership.objects.granted().filter(
        organization__in=[each.pk for each in shelves.of(entry).organizations(entry)]
    )
    for row in members.select_related("user", "organization").order_by("role", "pk"):
        if row.user and row.user.pk not in {hand.user.pk for hand in found if hand.user}:
            found.append(Hand(row.user.email, row.user.language, row.user, None, row.organization))
    return found
