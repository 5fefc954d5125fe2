"""Invitation links: kept sealed, shown to few, and nowhere else in the house.

Nothing but this module reads or writes `Invitation.sealed`. A link is opened for one person at
a time, after a POST on a page of its own; it is in no list, search document, export, mail or
log. Where newcomers may be among the members no link is kept or shown, to nobody.
"""

import datetime as dt
import logging
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import allowances
from accounts.models import Organization, Verification
from cop_directory.models import Invitation, InvitationShown, Listing
from curation import cases, chat_links, history, lifecycle
from curation.cases import Reason
from curation.lifecycle import FASTER, Role, TurnRefused
from curation.links import domain
from curation.models import Entry
from curation.reporting import doors

logger = logging.getLogger(__name__)

Mode = Invitation.Mode
# Whom a host may shut out, by where they work.
SHUT_OUT = (Organization.Type.GOVERNMENT, Organization.Type.ENFORCEMENT, Organization.Type.MEDIA)
A_DAY = 10
LONGEST = dt.timedelta(days=730)
NEVER = gettext_lazy(
    "Newcomers may be among the members, so no invitation is kept here. People ask to join, and "
    "the hosts answer."
)


@dataclass(frozen=True)
class Wish:
    """What a host wants: how one gets in, the link, until when it works, who is shut out."""

    mode: str
    link: str = ""
    expires_on: dt.date | None = None
    shut_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What may be said of an invitation: everything but the link."""

    mode: str
    host: str
    expires_on: dt.date | None
    rotated_on: dt.date | None
    shut_out: tuple[str, ...]


class NotShown(Exception):
    """The invitation is not shown; `why` is one of WHY, and the text says what one can do."""

    def __init__(self, why: str) -> None:
        super().__init__(str(WHY[why]))
        self.why = why


WHY = {
    "none": gettext_lazy("This group has no invitation here."),
    "shut": gettext_lazy(
        "Somebody has reported a danger here. Until a volunteer reviewer has looked, we do not "
        "show the way in."
    ),
    "ended": gettext_lazy("The invitation has ended. The hosts have been asked for a new one."),
    "broken": gettext_lazy("The invitation cannot be opened at the moment. We are looking at it."),
    "sign-in": gettext_lazy("Sign in first: the invitation is only for people of the sector."),
    "yours": gettext_lazy(
        "You look after this page. What is set about its invitation stands on a page of your own."
    ),
    "confirm": gettext_lazy("Confirm your work address first; it takes two minutes."),
    "shut-out": gettext_lazy(
        "The hosts do not show the invitation to people who work for governments, the police or "
        "the media, as they chose. You can still ask to join."
    ),
    "used-up": gettext_lazy(
        "You have opened ten invitations today; that is the most in one day. Come back tomorrow."
    ),
}


# What is kept ------------------------------------------------------------------------------------


def may_be_kept(listing: Listing) -> bool:
    """Whether an invitation may be kept at all: only where all members are of the sector."""
    return listing.members == Listing.Members.SECTOR


def current(listing: Listing) -> Invitation | None:
    """The invitation that counts, accepted by a reviewer."""
    return listing.invitations.filter(accepted_at__isnull=False).first()


def waiting(listing: Listing) -> Invitation | None:
    """The invitation that waits for a reviewer."""
    return listing.invitations.filter(accepted_at=None).first()


def summary(invitation: Invitation) -> Summary:
    """What may be said of an invitation: the host of its link, never the link."""
    return Summary(
        mode=str(Mode(invitation.mode).label),
        host=domain(invitation.handle_url or _unsealed(invitation)),
        expires_on=invitation.expires_on,
        rotated_on=invitation.rotated_on,
        shut_out=tuple(str(Organization.Type(each).label) for each in invitation.shut_out),
    )


def masked(invitation: Invitation | None) -> str:
    """A link as its hosts recognize it: where it leads, and at most its last four signs."""
    link = _unsealed(invitation) if invitation else ""
    code = link.rpartition("/")[2]
    return f"{domain(link)}/…{code[len(code) - min(4, len(code) // 4) :]}" if link else ""


def has_link(invitation: Invitation | None) -> bool:
    """Whether a link is kept, ended or not."""
    return bool(invitation and invitation.sealed)


@transaction.atomic
def propose(listing: Listing, wish: Wish, *, by: Any) -> Invitation:
    """Put an invitation, or a change of one, before the reviewers; the last wish counts.

    Without a new link the present one stays. Raises ValidationError with a sentence for the
    person.
    """
    entry, fresh = _locked(listing.pk)
    if not may_be_kept(fresh):
        raise ValidationError(NEVER, code="newcomers")
    row = _row(fresh, wish, current(fresh))
    fresh.invitations.filter(accepted_at=None).delete()
    row.by = by
    row.save()
    # A case of its own, so that nobody decides on a wish that they have not seen.
    cases.close_for(entry, Reason.INVITATION)
    cases.open_case(Reason.INVITATION, entry=entry)
    return row


@transaction.atomic
def accept(invitation: Invitation, *, by: Any) -> Invitation:
    """A reviewer accepts what waits; it takes the place of the present one, whose log it keeps.

    Raises TurnRefused when somebody was faster, the person may not, or newcomers have come in.
    """
    entry, listing, row = _for_reviewer(invitation, by)
    if not may_be_kept(listing):
        raise TurnRefused(NEVER)
    before = current(listing)
    said = _said(before)
    if before is not None:
        row.delete()
        before.mode, before.sealed, before.handle_url = row.mode, row.sealed, row.handle_url
        before.shut_out, before.expires_on = row.shut_out, row.expires_on
        before.rotated_on, before.by, before.asked_to_rotate_on = row.rotated_on, row.by, None
        row = before
    row.accepted_at = timezone.now()
    row.save()
    _write_down(entry, said, _said(row), by=by, role=Role.REVIEWER)
    cases.close_for(entry, Reason.INVITATION)
    return row


@transaction.atomic
def decline(invitation: Invitation, *, by: Any, note: str) -> None:
    """A reviewer does not accept what waits, and says why. Raises TurnRefused."""
    entry, _listing, row = _for_reviewer(invitation, by)
    if not note.strip():
        raise TurnRefused(_("Say why, in one line."))
    row.delete()
    history.write(entry, "decline", by=by, role=Role.REVIEWER, note=note)
    cases.close_for(entry, Reason.INVITATION)


@transaction.atomic
def remove(listing: Listing, *, by: Any, role: str = Role.KEEPER) -> None:
    """Take the invitation away, at once: what protects people waits for nobody."""
    entry, fresh = _locked(listing.pk)
    said = _said(current(fresh))
    fresh.invitations.all().delete()
    if said:
        _write_down(entry, said, "", by=by, role=role)
    cases.close_for(entry, Reason.INVITATION)


def drop_forbidden(listings: Collection[int] | None = None) -> int:
    """Delete the invitations of groups that newcomers may have joined; the number of groups.

    Called wherever the members of a group are written, and each night.
    """
    groups = Listing.objects.exclude(members=Listing.Members.SECTOR).filter(
        invitations__isnull=False
    )
    if listings is not None:
        groups = groups.filter(pk__in=listings)
    found = list(groups.distinct())
    for listing in found:
        remove(listing, by=None, role=Role.SITE)
    return len(found)


def reseal() -> int:
    """Seal every link anew with the first of INVITATION_KEYS; the number of links.

    One whose key is no longer in the settings stays as it is, and is named in the log.
    """
    done = 0
    for key in Invitation.objects.exclude(sealed="").values_list("pk", flat=True):
        with transaction.atomic():
            row = Invitation.objects.select_for_update().filter(pk=key).first()
            if row and _unsealed(row):
                row.sealed = _keys().rotate(row.sealed.encode()).decode()
                row.save(update_fields=["sealed"])
                done += 1
    return done


# Who may see it ----------------------------------------------------------------------------------


def hindrance(listing: Listing, user: Any) -> str:
    """Why the invitation is not shown to somebody, a key of WHY; "" when it may be."""
    if doors.is_shut(listing):
        return "shut"
    invitation = current(listing)
    if not _is_open(listing, invitation, modes=(Mode.WORKERS,)):
        return "none"
    kept_by = Listing.objects.kept_by
    checks = (
        ("ended", partial(_has_ended, invitation)),
        ("sign-in", lambda: not (user.is_authenticated and user.is_active)),
        ("yours", lambda: not _works_at(user) and kept_by(user).contains(listing)),
        ("confirm", lambda: _works_at(user) is None),
        ("shut-out", lambda: _works_at(user) in invitation.shut_out),  # type: ignore[union-attr]
    )
    return next((why for why, hinders in checks if hinders()), "")


def show(listing: Listing, user: Any) -> str:
    """Open the invitation for somebody whose work address is confirmed, and write it down.

    Raises NotShown. Ten a day, whatever the groups.
    """
    why = hindrance(listing, user)
    if why:
        raise NotShown(why)
    return _opened(listing, to=user)


def for_guest(listing: Listing) -> str:
    """The invitation for somebody whom the hosts let in, written down; "" where there is none.

    Raises NotShown while a danger is being looked at, and for one that no longer works.
    """
    invitation = current(listing)
    if not _is_open(listing, invitation, modes=(Mode.ASK, Mode.WORKERS)):
        return ""
    if not has_link(invitation):
        return ""
    if doors.is_shut(listing) or _has_ended(invitation):
        raise NotShown("shut" if doors.is_shut(listing) else "ended")
    return _opened(listing, to=None)


def times_shown(listing: Listing) -> int:
    """How often it was shown: all that its hosts learn."""
    return InvitationShown.objects.filter(invitation__listing=listing).count()


# Inside ------------------------------------------------------------------------------------------


def _row(listing: Listing, wish: Wish, present: Invitation | None) -> Invitation:
    """The row that a wish makes, checked. Raises ValidationError."""
    row = Invitation(listing=listing, mode=Mode(wish.mode))
    row.shut_out = [each for each in SHUT_OUT if each in wish.shut_out]
    platform = listing.platform_id or ""
    if wish.mode == Mode.HANDLE:
        row.handle_url = chat_links.public_name(wish.link, platform)
        return row
    if wish.link:
        row.sealed = _keys().encrypt(chat_links.invitation(wish.link, platform).encode()).decode()
        row.rotated_on = timezone.localdate()
    elif present is not None and present.sealed:
        row.sealed, row.rotated_on = present.sealed, present.rotated_on
    if wish.mode == Mode.WORKERS and not row.sealed:
        raise ValidationError(_("Paste the invitation link first."), code="missing")
    if row.sealed and wish.expires_on:
        row.expires_on = _day_to_come(wish.expires_on)
    return row


def _day_to_come(day: dt.date) -> dt.date:
    today = timezone.localdate()
    if not today < day <= today + LONGEST:
        raise ValidationError(_("Give a day to come, at most two years from now."), code="day")
    return day


def _locked(key: int) -> tuple[Entry, Listing]:
    entry = Entry.objects.select_for_update().get(pk=key)
    return entry, Listing.objects.get(pk=key)


def _for_reviewer(invitation: Invitation, by: Any) -> tuple[Entry, Listing, Invitation]:
    """The group, locked, and what waits for it. Raises TurnRefused."""
    entry, listing = _locked(invitation.listing_id)
    if lifecycle.role_of(by, entry) != Role.REVIEWER:
        raise TurnRefused(_("You may not do this here."))
    row = listing.invitations.filter(pk=invitation.pk, accepted_at=None).first()
    if row is None:
        raise TurnRefused(FASTER)
    return entry, listing, row


def _is_open(listing: Listing, invitation: Invitation | None, *, modes: Collection[str]) -> bool:
    """Whether there is an invitation of one of these modes that may be kept and shown at all."""
    if invitation is None or invitation.mode not in modes:
        return False
    # Asked anew: whoever read the group before its members changed is told the same.
    groups = Listing.objects.visible().exclude(activity=Entry.Activity.CLOSED)
    return groups.filter(pk=listing.pk, members=Listing.Members.SECTOR).exists()


def _has_ended(invitation: Invitation | None) -> bool:
    ends = invitation.expires_on if invitation else None
    return ends is not None and ends < timezone.localdate()


def _works_at(user: Any) -> str | None:
    """The type of the organization that somebody's confirmed address belongs to; None: none is."""
    valid = Verification.objects.valid().filter(user=user)
    return valid.values_list("organization_type", flat=True).first()


def _opened(listing: Listing, *, to: Any) -> str:
    """Unseal the link for one person and write that down, both or neither."""
    invitation = current(listing)
    link = _unsealed(invitation) if invitation else ""
    if not (invitation and link):
        raise NotShown("broken")
    with transaction.atomic():
        if to is not None and not allowances.use("invitation", str(to.pk), limit=A_DAY):
            raise NotShown("used-up")
        InvitationShown.objects.create(invitation=invitation, to=to)
    return link


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.INVITATION_KEYS])


def _unsealed(invitation: Invitation) -> str:
    """The link; "" where there is none, or where its key is no longer in the settings."""
    if not invitation.sealed:
        return ""
    try:
        return _keys().decrypt(invitation.sealed.encode()).decode()
    except InvalidToken:
        logger.error("Invitation %s cannot be opened: see INVITATION_KEYS.", invitation.pk)
        return ""


def _said(invitation: Invitation | None) -> str:
    """An invitation as the history says it: no link, but what changed about it."""
    if invitation is None:
        return ""
    about = summary(invitation)
    words = (invitation.mode, about.host, about.rotated_on, about.expires_on, *invitation.shut_out)
    return " ".join(str(word) for word in words if word)


def _write_down(entry: Entry, before: str, after: str, *, by: Any, role: str) -> None:
    lifecycle.record_edit(
        entry, by=by, role=role, before={"invitation": before}, after={"invitation": after}
    )
