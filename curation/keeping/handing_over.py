"""Handing a page over: invite somebody, accept, take somebody off, leave.

The last one may always leave: a page that nobody looks after is better than one that somebody
looks after against their will. It says "not confirmed" after a while, and is never deleted.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import allowances
from accounts.membership import addresses_of
from curation import lifecycle
from curation.changes import Sender
from curation.freshness import today
from curation.keeping import keepers, letters
from curation.keeping.keepers import Role, keeps
from curation.models import Entry, Keeper, KeeperInvitation

# So long somebody new cannot take off who was there before them.
NEW_FOR = dt.timedelta(days=7)


class HandingRefused(Exception):
    """It cannot be done; the text says why and can be shown to a person."""


@transaction.atomic
def invite(
    entry: Entry, *, email: str, role_mailbox: bool, language: str, by: Sender
) -> KeeperInvitation:
    """Ask somebody to look after a page as well; asking again writes again.

    Raises HandingRefused for somebody who does not look after it, or who does already.
    """
    email = email.strip().lower()
    _check_hand(by, entry)
    if email in {hand.address.lower() for hand in keepers.hands(entry)}:
        raise HandingRefused(_("This person looks after the page already."))
    if not allowances.stranger_may_mail(email):
        raise HandingRefused(_("This address had three mails from us today. Please wait a day."))
    invitation, _made = KeeperInvitation.objects.update_or_create(
        entry=entry, email=email, defaults={"role_mailbox": role_mailbox, "by": by.by}
    )
    letters.invite_keeper(invitation, language=language, by=by.address)
    return invitation


@transaction.atomic
def accept(invitation: KeeperInvitation, *, by: Any, language: str) -> Keeper:
    """Say yes: with the account of the invited address, or for a shared address without one.

    Raises HandingRefused when the invitation is gone, or is for another address.
    """
    entry = keepers.locked(invitation.entry)
    row = KeeperInvitation.objects.filter(pk=invitation.pk).first()
    if row is None:
        raise HandingRefused(_("This invitation has been used or taken back."))
    if not row.role_mailbox and (by is None or row.email not in addresses_of(by)):
        raise HandingRefused(
            _("The invitation is for another address. Sign in with the one that got the mail.")
        )
    before = keepers.addresses(entry)
    whose = {"email": row.email} if row.role_mailbox else {"user": by}
    keeper, _made = Keeper.objects.get_or_create(
        entry=entry, **whose, defaults={"language": language}
    )
    row.delete()
    acting = None if row.role_mailbox else by
    keepers.write_down(entry, before, by=acting, role=Role.KEEPER)
    letters.tell_inviter(row, said_yes=True)
    return keeper


@transaction.atomic
def turn_down(invitation: KeeperInvitation) -> None:
    """Say no: the row goes, and whoever invited is told."""
    if KeeperInvitation.objects.filter(pk=invitation.pk).delete()[0]:
        letters.tell_inviter(invitation, said_yes=False)


@transaction.atomic
def take_back(invitation: KeeperInvitation, *, by: Sender) -> None:
    """Take an invitation back before it was answered. Raises HandingRefused."""
    _check_hand(by, invitation.entry)
    KeeperInvitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def remove(keeper: Keeper, *, by: Sender) -> None:
    """Take somebody off who looks after a page; they are told. Raises HandingRefused."""
    entry = keepers.locked(keeper.entry)
    role = _check_hand(by, entry)
    if keeper.pk in longer_there(by, entry):
        raise HandingRefused(
            _(
                "They looked after this page before you. In your first week you cannot take them "
                "off; if it cannot wait, tell the volunteer reviewers."
            )
        )
    before = keepers.addresses(entry)
    if Keeper.objects.filter(pk=keeper.pk).delete()[0]:
        keepers.write_down(entry, before, by=by.by, role=role)
        letters.tell_removed(entry, keeper)


def longer_there(by: Sender, entry: Entry) -> set[int]:
    """The keepers whom somebody cannot take off yet: in one's first week, those from before."""
    whose = {"user": by.by} if by.by else {"email": by.email}
    mine = Keeper.objects.filter(entry=entry, **whose).first()
    if mine is None or today() >= mine.since + NEW_FOR:
        return set()
    return set(Keeper.objects.filter(entry=entry, pk__lt=mine.pk).values_list("pk", flat=True))


@transaction.atomic
def leave(entry: Entry, *, by: Sender) -> bool:
    """Look after a page no longer. False for somebody who keeps it as one of an organization."""
    entry = keepers.locked(entry)
    before = keepers.addresses(entry)
    whose = {"user": by.by} if by.by else {"email": by.email}
    if not Keeper.objects.filter(entry=entry, **whose).delete()[0]:
        return False
    keepers.write_down(entry, before, by=by.by, role=Role.KEEPER)
    return True


def _check_hand(by: Sender, entry: Entry) -> str:
    """What somebody is to the page. Raises HandingRefused for a stranger."""
    if keeps(by, entry):
        return Role.KEEPER
    if by.by and lifecycle.role_of(by.by, entry) == Role.REVIEWER:
        return Role.REVIEWER
    raise HandingRefused(_("You do not look after this page."))
