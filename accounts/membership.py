"""Who speaks for an organization: invited, asked for, granted, handed on, left.

An *owner* looks after the account: members, domains. A *steward* looks after its pages. Nobody
does either before it is granted: by an owner, or by a reviewer where there is no owner.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organization

Role = Membership.Role


class MembershipRefused(Exception):
    """It cannot be done; the text says why and can be shown to a person."""


class LastOwner(MembershipRefused):
    """Nobody would look after the account any more: to be asked once more, or handed on first."""


def owners(organization: Organization) -> QuerySet[Membership]:
    """Those who look after an organization's account."""
    granted = Membership.objects.granted().filter(organization=organization, role=Role.OWNER)
    return granted.select_related("user").order_by("pk")


def is_owner(user: Any, organization: Organization) -> bool:
    """Whether somebody looks after an organization's account."""
    return owners(organization).filter(user=user).exists()


def addresses_of(user: Any) -> list[str]:
    """The addresses that somebody has confirmed, small."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return [address.lower() for address in confirmed.values_list("email", flat=True)]


def invitations_for(user: Any) -> QuerySet[Membership]:
    """What waits for somebody's yes."""
    waiting = Membership.objects.filter(user=None, email__in=addresses_of(user))
    return waiting.select_related("organization").order_by("pk")


def ask(organization: Organization, *, by: Any, words: str = "") -> Membership:
    """Ask to speak for an organization. Asking twice is no error.

    Where nobody looks after the account yet, that is what is asked for.
    """
    role = Role.STEWARD if owners(organization).exists() else Role.OWNER
    try:
        with transaction.atomic():
            return Membership.objects.get_or_create(
                organization=organization, user=by, defaults={"role": role, "words": words}
            )[0]
    except IntegrityError:
        return Membership.objects.get(organization=organization, user=by)


@transaction.atomic
def invite(organization: Organization, *, email: str, role: str, by: Any) -> Membership:
    """Invite an address; inviting it again changes the role. Raises MembershipRefused.

    Whoever has asked already is let in by it.
    """
    _locked(organization)
    _check_owner(by, organization)
    email = email.strip().lower()
    there = _member_at(organization, email)
    if there and there.granted_at:
        raise MembershipRefused(_("This person is among you already."))
    if there:
        return _grant(there, role)
    invitation, _made = Membership.objects.update_or_create(
        organization=organization, email=email, defaults={"role": role}
    )
    return invitation


@transaction.atomic
def accept(invitation: Membership, *, by: Any) -> Membership:
    """Say yes to an invitation, signed in with the address that was invited.

    Raises MembershipRefused for another address, and where the invitation is gone.
    """
    _locked(invitation.organization)
    row = Membership.objects.filter(pk=invitation.pk, user=None).first()
    if row is None:
        raise MembershipRefused(_("This invitation has been used or taken back."))
    if row.email not in addresses_of(by):
        raise MembershipRefused(
            _("The invitation is for another address. Sign in with the one that got the mail.")
        )
    there = Membership.objects.filter(organization=row.organization, user=by).first()
    if there is None:
        row.user, row.email = by, ""
        return _grant(row, row.role)
    role = Role.OWNER if Role.OWNER in (row.role, there.role) and there.granted_at else row.role
    row.delete()
    return _grant(there, role)


def turn_down(invitation: Membership, *, by: Any) -> None:
    """Say no to an invitation: the row goes."""
    invitations_for(by).filter(pk=invitation.pk).delete()


@transaction.atomic
def grant(membership: Membership, *, by: Any, role: str | None = None) -> Membership:
    """Let somebody in who asked: an owner does it, or a reviewer where there is no owner.

    Raises MembershipRefused.
    """
    _locked(membership.organization)
    row = _still_there(membership)
    _check_may_grant(by, row)
    return _grant(row, role or row.role)


@transaction.atomic
def decline(membership: Membership, *, by: Any) -> None:
    """Do not let somebody in who asked; nothing of it is kept. Raises MembershipRefused."""
    _locked(membership.organization)
    row = _still_there(membership)
    _check_may_grant(by, row)
    if row.granted_at:
        raise MembershipRefused(_("Somebody has let this person in meanwhile."))
    row.delete()


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: Any) -> None:
    """Make somebody an owner, or an owner a steward. Raises LastOwner, MembershipRefused."""
    _locked(membership.organization)
    row = _still_there(membership)
    _check_owner(by, row.organization)
    if role not in Role.values:
        raise MembershipRefused(_("Choose one of the two roles."))
    if role != Role.OWNER:
        _check_not_last(row)
    Membership.objects.filter(pk=row.pk).update(role=role)


@transaction.atomic
def remove(membership: Membership, *, by: Any) -> None:
    """Take somebody, an invitation or a request out. Raises LastOwner, MembershipRefused."""
    _locked(membership.organization)
    row = _still_there(membership)
    _check_owner(by, row.organization)
    _check_not_last(row)
    row.delete()


@transaction.atomic
def leave(organization: Organization, *, by: Any, sure: bool = False) -> None:
    """Speak for an organization no longer.

    Raises LastOwner where nobody would look after the account, unless the person is `sure`.
    """
    _locked(organization)
    row = Membership.objects.filter(organization=organization, user=by).first()
    if row is None:
        return
    if not sure:
        _check_not_last(row)
    row.delete()


def _locked(organization: Organization) -> None:
    """One at a time for each organization, or the last two owners could leave at once."""
    list(Organization.objects.select_for_update().filter(pk=organization.pk))


def _still_there(membership: Membership) -> Membership:
    row = Membership.objects.filter(pk=membership.pk).select_related("organization").first()
    if row is None:
        raise MembershipRefused(_("Somebody was faster than you. Nothing was changed."))
    return row


def _member_at(organization: Organization, email: str) -> Membership | None:
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return Membership.objects.filter(
        organization=organization, user__in=confirmed.values("user")
    ).first()


def _check_owner(by: Any, organization: Organization) -> None:
    if not is_owner(by, organization):
        raise MembershipRefused(_("Only the administrators of the organization can do this."))


def _check_may_grant(by: Any, row: Membership) -> None:
    if row.user_id is None:
        raise MembershipRefused(_("The person invited says yes, nobody else can."))
    theirs = Membership.objects.filter(organization=row.organization_id, user=by).exists()
    reviewer = by.reviews and not theirs and not owners(row.organization).exists()
    if not reviewer:
        _check_owner(by, row.organization)


def _check_not_last(row: Membership) -> None:
    others = owners(row.organization).exclude(pk=row.pk)
    if row.granted_at and row.role == Role.OWNER and not others.exists():
        raise LastOwner(
            _("Nobody would look after the account any more. Make somebody else administrator.")
        )


def _grant(row: Membership, role: str) -> Membership:
    row.role = role
    row.granted_at = row.granted_at or timezone.now()
    row.save(update_fields=["user", "email", "role", "granted_at"])
    return row
