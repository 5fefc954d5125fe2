"""The ways into a group, as its page lists them. No invitation ever comes through here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from cop_directory import invites
from cop_directory.joining.asking import late
from cop_directory.models import Invitation, Listing
from curation.cases import Reason
from curation.links import domain
from curation.models import Case, Keeper
from curation.reporting import doors


@dataclass(frozen=True)
class Way:
    """One way in. `kind`: show, ask, name, website, write; or silent, which leads nowhere."""

    label: str
    url: str
    kind: str
    words: str = ""


def ways_in(listing: Listing) -> list[Way]:
    """How one gets into a group, the nearest way first. Two queries; nothing for a closed one.

    While a danger is being looked at there is no way at all, not even to write.
    """
    if listing.is_closed:
        return []
    invitation = invites.current(listing)
    known = _known(listing)
    if known["shut"]:
        return []
    return [*_by_invitation(listing, invitation), *_asking(known), *_for(listing)]


def _known(listing: Listing) -> Mapping[str, Any]:
    """What the house knows about the door: is there a host, do they answer, is it shut?"""
    of_this = {"entry": OuterRef("pk")}
    hosts = Keeper.objects.filter(Q(user=None) | Q(user__in=User.objects.filter(is_active=True)))
    silent = Case.objects.filter(reason=Reason.JOIN, closed_at=None, **of_this)
    waiting = late(timezone.localdate()).filter(listing=OuterRef("pk"))
    return (
        Listing.objects.filter(pk=listing.pk)
        .annotate(
            host=Exists(hosts.filter(**of_this)),
            silent=Exists(silent),
            late=Exists(waiting),
            shut=doors.shut(),
        )
        .values("pk", "host", "silent", "late", "shut")
        .get()
    )


def _by_invitation(listing: Listing, invitation: Invitation | None) -> list[Way]:
    """A public name, or the page that shows the invitation."""
    if invitation is None or not invites.may_be_kept(listing):
        return []
    if invitation.mode == Invitation.Mode.HANDLE:
        words = _("Its public name; everybody may look.")
        return [Way(domain(invitation.handle_url), invitation.handle_url, "name", words)]
    if invitation.mode != Invitation.Mode.WORKERS or has_ended(invitation.expires_on):
        return []
    words = _("For people whose work address is confirmed.")
    url = reverse("invitation_show", args=[listing.pk])
    return [Way(_("Show the invitation"), url, "show", words)]


def _asking(known: Mapping[str, Any]) -> list[Way]:
    if not known["host"]:
        return []
    if known["silent"] or known["late"]:
        words = _("Requests to join have had no answer for two weeks. We are asking the hosts.")
        return [Way(_("Not answering at the moment"), "", "silent", words)]
    words = _("We write to the people who run it. They usually answer within a few days.")
    return [
        Way(
            pgettext("button", "Ask to join"), reverse("join_ask", args=[known["pk"]]), "ask", words
        )
    ]


def _for(listing: Listing) -> list[Way]:
    """The group's own page and address, which are there whatever happens here."""
    found = []
    if listing.website:
        words = _("on %(site)s") % {"site": domain(listing.website)}
        found.append(Way(_("Go to its page"), listing.website, "website", words))
    if listing.contact_email:
        found.append(Way(_("Write to the group"), f"mailto:{listing.contact_email}", "write"))
    return found


def has_ended(day: dt.date | None) -> bool:
    """Whether a link's last day is over."""
    return day is not None and day < timezone.localdate()
