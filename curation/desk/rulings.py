"""What reviewers decide about organizations: their domains, and who speaks for them.

No page changes by it, so it stands in no page's history but in rows of its own (`Ruling`), which
reviewers read under "What happened", and can take back for seven days.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import verification
from accounts.models import Domain, Membership
from curation import cases
from curation.cases import Reason
from curation.keeping import belonging, letters
from curation.lifecycle import FASTER, NOT_YOURS, TOO_LATE, UNDO_WITHIN, TurnRefused
from curation.models import Case, Ruling

Verb = Ruling.Verb


def confirm_domain(case: Case, by: Any, note: str) -> Ruling:
    """One reviewer's yes to a domain. Raises DomainRefused."""
    row: Any = case.domain
    confirmed = belonging.confirm_domain(row, by=by)
    return _about_domain(row, Verb.CONFIRMED if confirmed else Verb.AGREED, by, note)


def decline_domain(case: Case, by: Any, note: str) -> Ruling:
    """One reviewer's no to a domain. Raises DomainRefused."""
    row: Any = case.domain
    written = _about_domain(row, Verb.NOT_CONFIRMED, by, note)
    belonging.decline_domain(row, by=by, note=note)
    return written


def let_in(case: Case, by: Any, note: str) -> Ruling:
    """Let somebody in who asked to speak for an organization. Raises MembershipRefused."""
    row: Any = case.membership
    belonging.grant(row, by=by)
    return _about_member(row, Verb.LET_IN, by, note)


def not_let_in(case: Case, by: Any, note: str) -> Ruling:
    """Do not let somebody in who asked. Raises MembershipRefused."""
    row: Any = case.membership
    written = _about_member(row, Verb.NOT_LET_IN, by, note)
    belonging.decline(row, by=by, note=note)
    return written


def may_be_undone(ruling: Ruling) -> bool:
    """Whether a list shows "Undo" beside it; the rest is seen when it is taken."""
    return ruling.undone_at is None and ruling.at >= timezone.now() - UNDO_WITHIN


@transaction.atomic
def undo(ruling: Ruling, *, by: Any) -> Ruling:
    """Take a decision back: what it was about waits again, and whoever was told is told so.

    Raises TurnRefused where it is too late, or something has followed it.
    """
    row = Ruling.objects.select_for_update(of=("self",)).get(pk=ruling.pk)
    if not may_be_undone(row):
        raise TurnRefused(TOO_LATE if row.undone_at is None else FASTER)
    if not by.reviews or cases.is_their_own(by, [row.organization]):
        raise TurnRefused(NOT_YOURS)
    if _newer(row).exists():
        raise TurnRefused(FASTER)
    BACK[Verb(row.verb)](row)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return row


def _about_domain(row: Domain, verb: str, by: Any, note: str) -> Ruling:
    return Ruling.objects.create(
        organization=row.organization, verb=verb, domain=row.name, by=by, note=note.strip()
    )


def _about_member(row: Membership, verb: str, by: Any, note: str) -> Ruling:
    return Ruling.objects.create(
        organization=row.organization,
        verb=verb,
        person=row.user,
        asked_role=row.role,
        by=by,
        note=note.strip(),
    )


def _newer(row: Ruling) -> Any:
    """What was decided about the same since, and stands."""
    same = {"domain": row.domain} if row.domain else {"person": row.person_id, "domain": ""}
    rows = Ruling.objects.filter(organization=row.organization_id, undone_at=None, **same)
    return rows.filter(pk__gt=row.pk)


def _no_yes(row: Ruling) -> None:
    """A yes to a domain was none: it waits for as many as before."""
    domain = Domain.objects.select_for_update().filter(name=row.domain).first()
    if domain is None or domain.organization_id != row.organization_id:
        raise TurnRefused(FASTER)
    if row.verb == Verb.CONFIRMED:
        letters.take_back_about_domain(domain)
        verification.believe_no_longer(domain.name, since=timezone.localdate(row.at))
        domain.second_by, domain.confirmed_at = None, None
    else:
        domain.first_by = None
    domain.save(update_fields=["first_by", "second_by", "confirmed_at"])
    cases.open_case(Reason.DOMAIN, domain=domain)


def _no_no(row: Ruling) -> None:
    """A domain that was turned down waits again, with the yes that it had."""
    before = Ruling.objects.filter(
        organization=row.organization_id, domain=row.domain, undone_at=None, pk__lt=row.pk
    )
    last = before.order_by("-pk").first()
    yes = last.by if last and last.verb == Verb.AGREED else None
    domain, made = Domain.objects.get_or_create(
        name=row.domain, defaults={"organization": row.organization, "first_by": yes}
    )
    if not made:
        raise TurnRefused(FASTER)
    letters.take_back_about_domain(domain)
    cases.open_case(Reason.DOMAIN, domain=domain)


def _out_again(row: Ruling) -> None:
    """Somebody who was let in waits again, unless they have let others in meanwhile."""
    theirs = Membership.objects.filter(organization=row.organization_id)
    membership = theirs.select_for_update().filter(user=row.person_id).first()
    if row.person_id is None or membership is None:
        raise TurnRefused(FASTER)
    by_them = Q(granted_at__gt=row.at) | Q(user=None, created_at__gt=row.at)
    if theirs.exclude(pk=membership.pk).filter(by_them).exists():
        raise TurnRefused(TOO_LATE)
    membership.granted_at, membership.role = None, row.asked_role
    membership.save(update_fields=["granted_at", "role"])
    letters.take_back_about_member(membership)
    cases.open_case(Reason.MEMBERSHIP, membership=membership)


def _asks_again(row: Ruling) -> None:
    """Somebody who was not let in asks again; the words that came along are gone."""
    if row.person is None:
        raise TurnRefused(TOO_LATE)
    membership, made = Membership.objects.get_or_create(
        organization=row.organization, user=row.person, defaults={"role": row.asked_role}
    )
    if not made:
        raise TurnRefused(FASTER)
    letters.take_back_about_member(membership)
    cases.open_case(Reason.MEMBERSHIP, membership=membership)


BACK: dict[str, Callable[[Ruling], None]] = {
    Verb.AGREED: _no_yes,
    Verb.CONFIRMED: _no_yes,
    Verb.NOT_CONFIRMED: _no_no,
    Verb.LET_IN: _out_again,
    Verb.NOT_LET_IN: _asks_again,
}
