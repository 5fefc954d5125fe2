"""What hosts and reviewers see of the door of a group, and what a reviewer decides about it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from cop_directory import invites
from cop_directory.joining import asking, mails
from cop_directory.models import InvitationShown, JoinRequest, Listing
from cop_directory.shelf import address
from curation.lifecycle import FASTER, TurnRefused
from curation.reporting import doors

LATEST = 50


def for_host(listing: Listing) -> dict[str, Any]:
    """What the hosts see: also how their link ends, so that they know which one it is."""
    return {
        **_for_both(listing),
        "present_link": invites.masked(invites.current(listing)),
        "wished_link": invites.masked(invites.waiting(listing)),
    }


def _for_both(listing: Listing) -> dict[str, Any]:
    """What counts, what waits, and how often it was shown, not to whom."""
    present, wished = invites.current(listing), invites.waiting(listing)
    return {
        "may_be_kept": invites.may_be_kept(listing),
        "never": invites.NEVER,
        "present": invites.summary(present) if present else None,
        "wished": invites.summary(wished) if wished else None,
        "times": invites.times_shown(listing),
        "is_shut": doors.is_shut(listing),
    }


def for_reviewer(listing: Listing) -> dict[str, Any]:
    """What reviewers see as well: to whom it was shown, and how requests to join stand."""
    wished = invites.waiting(listing)
    states = JoinRequest.objects.filter(listing=listing).values("state")
    counts = {row["state"]: row["times"] for row in states.annotate(times=Count("pk")).order_by()}
    return {
        **_for_both(listing),
        "page": address(listing),
        "key": wished.pk if wished else None,
        "shown": shown_to(listing)[:LATEST],
        "requests": [
            (label, counts[state]) for state, label in JoinRequest.State.choices if state in counts
        ],
        "is_answering": asking.is_answering(listing),
    }


def shown_to(listing: Listing) -> QuerySet[InvitationShown]:
    """To whom the invitation was shown, latest first; nobody: a guest of the hosts."""
    rows = InvitationShown.objects.filter(invitation__listing=listing)
    return rows.select_related("to").order_by("-at", "-pk")


@transaction.atomic
def decide(listing: Listing, said: Mapping[str, str], *, by: Any) -> None:
    """Accept or decline the invitation that the reviewer saw, and tell its host.

    Raises TurnRefused where another one waits by now.
    """
    key = said.get("key", "")
    waiting = invites.waiting(listing)
    if waiting is None or str(waiting.pk) != key:
        raise TurnRefused(FASTER)
    note = said.get("note", "")
    if said.get("decision") == "accept":
        mails.decided(invites.accept(waiting, by=by), accepted=True, note=note)
    elif said.get("decision") == "decline":
        invites.decline(waiting, by=by, note=note)
        mails.decided(waiting, accepted=False, note=note)
    else:
        raise TurnRefused(_("Choose what to do first."))
