"""What waits for a reviewer: opened where something arrives, closed by what settles it."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from curation import shelves
from curation.models import Case, CaseFacet, Entry

TAKEN_FOR = dt.timedelta(minutes=30)
Reason = Case.Reason


def open_case(reason: str, *, entry: Entry | None = None, **about: Any) -> Case:
    """Put something on the desk, once: what waits there for the same reason is given back.

    `about` names what it is about beside the entry: change, claim, domain or membership.
    Called inside the transaction of what caused it.
    """
    known = _waiting_already(reason, entry, about)
    if known is not None:
        return known
    rank = Case.RANKS.get(Reason(reason), 2)
    try:
        with transaction.atomic():
            case = Case.objects.create(reason=reason, rank=rank, entry=entry, **about)
    except IntegrityError:
        # Somebody else opened the same one at this moment.
        return Case.objects.get(closed_at=None, **(about or {"entry": entry, "reason": reason}))
    case.organizations.set(_whose(entry, about))
    CaseFacet.objects.bulk_create(
        CaseFacet(case=case, name=name, value=value)
        for name, values in (shelves.of(entry).facets(entry) if entry else {}).items()
        for value in dict.fromkeys(values)
    )
    return case


def close(cases: QuerySet[Case]) -> int:
    """Take what is settled off the desk; the number of cases."""
    return cases.filter(closed_at=None).update(closed_at=timezone.now())


def close_for(entry: Entry, *reasons: str) -> int:
    """Take what waits about an entry for these reasons off the desk."""
    return close(Case.objects.filter(entry=entry, reason__in=reasons))


def open_again(entry: Entry, *, since: dt.datetime) -> None:
    """Put back on the desk what was settled about an entry at or after a moment."""
    for case in Case.objects.filter(entry=entry, closed_at__gte=since):
        if _waiting_already(case.reason, entry, _about(case)) is None:
            Case.objects.filter(pk=case.pk).update(closed_at=None)


def take_up(case: Case, *, by: Any) -> bool:
    """ "Taken by …": mark that somebody works on it, for half an hour. False: another does."""
    now = timezone.now()
    free = Q(taken_by=None) | Q(taken_by=by) | Q(taken_at__lt=now - TAKEN_FOR)
    return bool(Case.objects.filter(free, pk=case.pk).update(taken_by=by, taken_at=now))


def put_back(case: Case, *, by: Any) -> None:
    """Let go of what one had taken up."""
    Case.objects.filter(pk=case.pk, taken_by=by).update(taken_by=None, taken_at=None)


def is_their_own(user: Any, organizations: QuerySet | list) -> bool:
    """Whether a person speaks for one of these organizations, and so steps aside."""
    keys = [organization.pk for organization in organizations]
    return user.memberships.granted().filter(organization__in=keys).exists() if keys else False


def _about(case: Case) -> dict[str, Any]:
    """What a case is about beside its entry, as `open_case()` takes it."""
    things = {name: getattr(case, name) for name in ("change", "claim", "domain", "membership")}
    return {name: thing for name, thing in things.items() if thing is not None}


def _waiting_already(reason: str, entry: Entry | None, about: dict[str, Any]) -> Case | None:
    """The case that waits for the same; one that was closed about the same waits again."""
    if about:
        Case.objects.filter(**about).exclude(closed_at=None).update(closed_at=None, reason=reason)
        return Case.objects.filter(closed_at=None, **about).first()
    return Case.objects.filter(closed_at=None, entry=entry, reason=reason).first()


def _whose(entry: Entry | None, about: dict[str, Any]) -> list[Any]:
    whose = shelves.of(entry).organizations(entry) if entry else []
    for thing in about.values():
        organization = getattr(thing, "organization", None)
        if organization:
            whose = [*whose, organization]
    return whose
