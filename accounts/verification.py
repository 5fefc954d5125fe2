"""Who works in the sector: two ways to show it, and for how long it is believed.

An address at a listed organization's domain shows it; the very domain, since those beneath it
may be given to volunteers or clients. Where the domain says nothing, or there is none, two people
of two organizations vouch. Neither proves that somebody is safe. Only the result is kept: the
vouches go once they have served, and the result lapses after a year.
"""

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domains import domain_of
from accounts.models import Domain, Organization, User, Verification, Vouch

How, Type = Verification.How, Organization.Type
GOOD_FOR = dt.timedelta(days=365)
TOLD_BEFORE = dt.timedelta(days=30)
VOUCHES_WAIT = dt.timedelta(days=30)
# Whoever was vouched for may vouch for others after this time: no chain grows in a day.
VOUCHED_LONG_AGO = dt.timedelta(days=30)
VOUCHES_NEEDED = 2
# Groups may shut these out, so their people do not open doors for others.
DO_NOT_VOUCH = (Type.ENFORCEMENT, Type.GOVERNMENT, Type.MEDIA)


class NotShown(Exception):
    """It has not been shown; the text says what to do and can be shown to a person."""


def current(user: Any) -> Verification | None:
    """What is believed of somebody today."""
    return Verification.objects.valid().filter(user=user).first()


def verify_by_domain(user: Any, *, today: dt.date | None = None) -> Verification:
    """Believe somebody for a year because of a confirmed address. Raises NotShown."""
    found = organizations_by_address(user)
    if not found:
        raise NotShown(
            _(
                "None of your confirmed addresses is at the domain of an organization that we "
                "know. Add your work address to your account, or ask two colleagues."
            )
        )
    telling = [each for each in found if each.verifies_by_domain]
    if not telling:
        raise NotShown(
            _(
                "Many people have an address at this organization whatever their work is, so the "
                "address alone does not show it. Ask two colleagues to confirm it."
            )
        )
    return _believe(user, How.DOMAIN, telling, today or timezone.localdate())


def believe_no_longer(domain: str, *, since: dt.date) -> int:
    """A domain was taken back: whoever was believed because of it since then is not; how many."""
    theirs = EmailAddress.objects.filter(verified=True, email__iendswith=f"@{domain}")
    rows = Verification.objects.filter(
        how=How.DOMAIN, since__gte=since, user__in=theirs.values("user")
    )
    return rows.delete()[0]


def organizations_by_address(user: Any) -> list[Organization]:
    """The organizations at whose confirmed domains somebody has a confirmed address."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    names = {domain_of(address) for address in addresses.values_list("email", flat=True)}
    domains = Domain.objects.filter(name__in=names, confirmed_at__isnull=False)
    return [domain.organization for domain in domains.select_related("organization")]


def vouching_organizations(user: Any) -> list[Organization]:
    """For which organizations somebody may vouch today.

    Those for which they were granted to speak, and the one whose domain shows where they work.
    """
    believed = current(user)
    recent = timezone.localdate() - VOUCHED_LONG_AGO
    if believed and believed.how == How.VOUCHED and believed.since > recent:
        return []
    theirs = Q(memberships__user=user, memberships__granted_at__isnull=False)
    if believed and believed.how == How.DOMAIN:
        theirs |= Q(pk__in=[each.pk for each in organizations_by_address(user)])
    found = Organization.objects.filter(theirs).exclude(type__in=DO_NOT_VOUCH)
    return list(found.distinct().order_by("pk"))


@transaction.atomic
def vouch(user: Any, *, by: Any, today: dt.date | None = None) -> bool:
    """Give one's word that somebody works in the sector. True: that was the second word.

    Raises NotShown where it cannot count. Each organization has one word, and it cannot be the
    person's own; two people cannot vouch for each other.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.pk == by.pk:
        raise NotShown(_("You cannot confirm this for yourself. Send the link to a colleague."))
    if Vouch.objects.filter(user=by, by=locked).exists():
        raise NotShown(_("This person has just confirmed it for you. Somebody else must do it."))
    _write_down(locked, by)
    given = list(locked.vouches.order_by("pk").select_related("organization"))
    if len(given) < VOUCHES_NEEDED:
        return False
    mine = Organization.objects.filter(memberships__in=locked.memberships.granted())
    _believe(locked, How.VOUCHED, list(mine), today or timezone.localdate())
    locked.vouches.all().delete()
    return True


def lapsing(today: dt.date) -> QuerySet[Verification]:
    """Those whose time is nearly over and who have not been told yet."""
    soon = Verification.objects.filter(until__gte=today, until__lte=today + TOLD_BEFORE)
    return soon.filter(reminded_on=None).select_related("user").order_by("pk")


def lapse(today: dt.date) -> int:
    """Forget what is no longer believed, and vouches that waited too long; how many rows."""
    over = Verification.objects.filter(until__lt=today)
    waited = Vouch.objects.filter(created_at__date__lt=today - VOUCHES_WAIT)
    return over.delete()[0] + waited.delete()[0]


def _write_down(user: User, by: Any) -> None:
    """One vouch, for the first of the voucher's organizations that has not spoken yet."""
    if user.vouches.filter(by=by).exists():
        return
    possible = vouching_organizations(by)
    if not possible:
        raise NotShown(
            _(
                "To confirm this for somebody, you look after an organization’s pages, or your "
                "work address is confirmed by its domain; if colleagues confirmed yours, for "
                "30 days at least."
            )
        )
    spoken = set(user.vouches.values_list("organization", flat=True))
    spoken |= set(user.memberships.granted().values_list("organization", flat=True))
    free = [each for each in possible if each.pk not in spoken]
    if not free:
        raise NotShown(
            _(
                "Somebody of your organization has confirmed it, or the person belongs to it. "
                "The second word must come from another organization."
            )
        )
    try:
        with transaction.atomic():
            Vouch.objects.create(user=user, by=by, organization=free[0])
    except IntegrityError:
        return  # the same tap, twice at once


def _believe(
    user: Any, how: str, organizations: list[Organization], today: dt.date
) -> Verification:
    """Keep the result. Of several types the one that groups may shut out counts."""
    types = sorted((each.type for each in organizations), key=lambda t: t not in DO_NOT_VOUCH)
    return Verification.objects.update_or_create(
        user=user,
        defaults={
            "how": how,
            "organization_type": types[0] if types else "",
            "since": today,
            "until": today + GOOD_FOR,
            "reminded_on": None,
        },
    )[0]
