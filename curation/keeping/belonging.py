"""Who belongs to an organization, with what the bench adds: the desk's cases and the mails.

What may be done is said in `accounts.membership` and `accounts.domains`, which know no desk.
"""

from typing import Any

from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import allowances, domains, membership
from accounts.membership import MembershipRefused
from accounts.models import Domain, Membership, Organization
from curation import cases
from curation.cases import Reason
from curation.keeping import letters
from curation.models import Case

Role = Membership.Role


@transaction.atomic
def ask(organization: Organization, *, by: Any, words: str) -> Membership:
    """Ask to belong: its administrators decide, or a reviewer where there is none."""
    before = Membership.objects.filter(organization=organization, user=by).exists()
    row = membership.ask(organization, by=by, words=words)
    if before:
        return row
    if membership.owners(organization).exists():
        letters.tell_owners_of_request(row)
    else:
        cases.open_case(Reason.MEMBERSHIP, membership=row)
    return row


@transaction.atomic
def grant(row: Membership, *, by: Any, role: str | None = None) -> Membership:
    """Let somebody in who asked. Raises MembershipRefused."""
    granted = membership.grant(row, by=by, role=role)
    cases.close(Case.objects.filter(membership=granted))
    letters.tell_member(granted, "member_granted")
    return granted


@transaction.atomic
def decline(row: Membership, *, by: Any, note: str = "") -> None:
    """Do not let somebody in who asked; they are told, and why. Raises MembershipRefused."""
    letters.tell_member(row, "member_not_granted", note=note)
    membership.decline(row, by=by)


@transaction.atomic
def invite(
    organization: Organization, *, email: str, role: str, language: str, by: Any
) -> Membership:
    """Invite an address by mail. Raises MembershipRefused."""
    row = membership.invite(organization, email=email, role=role, by=by)
    if row.granted_at:
        cases.close(Case.objects.filter(membership=row))
        letters.tell_member(row, "member_granted")
    elif not allowances.stranger_may_mail(row.email):
        raise MembershipRefused(_("This address had three mails from us today. Please wait a day."))
    else:
        letters.invite_member(row, language=language, by=by.email)
    return row


@transaction.atomic
def remove(row: Membership, *, by: Any) -> None:
    """Take somebody out; they are told. Raises MembershipRefused."""
    membership.remove(row, by=by)
    letters.tell_member(row, "member_removed")


@transaction.atomic
def leave(organization: Organization, *, by: Any, sure: bool) -> None:
    """Leave an organization. Raises LastOwner unless `sure`.

    With its last administrator gone, those who have asked to belong wait for a reviewer.
    """
    membership.leave(organization, by=by, sure=sure)
    if not membership.owners(organization).exists():
        waiting = Membership.objects.filter(
            organization=organization, user__isnull=False, granted_at=None
        )
        for row in waiting:
            cases.open_case(Reason.MEMBERSHIP, membership=row)


@transaction.atomic
def propose_domain(organization: Organization, *, name: str, by: Any) -> Domain:
    """Put a domain of an organization on the desk. Raises DomainRefused, MembershipRefused."""
    if not membership.is_owner(by, organization):
        raise MembershipRefused(_("Only the administrators of the organization can do this."))
    domain = domains.propose(organization, name=name)
    if not domain.confirmed_at:
        cases.open_case(Reason.DOMAIN, domain=domain)
    return domain


@transaction.atomic
def confirm_domain(domain: Domain, *, by: Any) -> bool:
    """One reviewer's yes; True with the second one's. Raises DomainRefused."""
    confirmed = domains.confirm(domain, by=by)
    waiting = Case.objects.filter(domain=domain)
    if confirmed and cases.close(waiting):
        domain.refresh_from_db()
        letters.tell_owners_of_domain(domain, confirmed=True)
    elif not confirmed:
        waiting.update(taken_by=None, taken_at=None)  # the second one is somebody else
    return confirmed


@transaction.atomic
def decline_domain(domain: Domain, *, by: Any, note: str = "") -> None:
    """One reviewer's no: the domain and its case go, its people are told. Raises DomainRefused."""
    letters.tell_owners_of_domain(domain, confirmed=False, note=note)
    domains.decline(domain, by=by)


def suggest_correction(
    organization: Organization, *, wanted: dict[str, str], language: str, by: Any
) -> bool:
    """Pass an administrator's correction of names and web page on; False: nothing differs.

    A name and a link are public and not part of any entry's history, so a person of the site
    makes the change in the admin, which keeps its own record. Raises MembershipRefused.
    """
    if not membership.is_owner(by, organization):
        raise MembershipRefused(_("Only the administrators of the organization can do this."))
    changed = {
        name: value for name, value in wanted.items() if getattr(organization, name) != value
    }
    if not changed:
        return False
    lines = [
        f"{label_for_field(name, Organization)}: "
        f"{getattr(organization, name) or '–'} → {value or '–'}"
        for name, value in changed.items()
    ]
    letters.suggest_correction(
        organization, to=settings.CONTACT_EMAIL, language=language, who=by.email, lines=lines
    )
    return True
