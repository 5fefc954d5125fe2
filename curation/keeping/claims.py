"""“I run this group”: somebody asks to look after a page, and a reviewer decides."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Organization
from curation import cases, history, lifecycle
from curation.cases import Reason
from curation.changes import Sender
from curation.keeping import keepers, letters
from curation.keeping.keepers import Role
from curation.lifecycle import TurnRefused
from curation.models import Case, Claim, Decision, Entry, Keeper

State = Claim.State


def send(
    entry: Entry,
    *,
    sender: Sender,
    words: str,
    organization: Organization | None = None,
    role_mailbox: bool = False,
    token: UUID,
) -> Claim:
    """Put a claim on the desk, and tell those who look after the page already.

    The sender is a person with an account, or an address that was confirmed by a code. The same
    token twice, or the same sender while a claim of theirs waits: one claim. With `role_mailbox`
    it is `sender.email` that will keep the page, whoever signed in.
    """
    known = Claim.objects.filter(token=token).first() or _waiting(entry, sender)
    if known:
        return known
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                entry=entry,
                by=sender.by,
                email=sender.email if role_mailbox or not sender.by else "",
                language=sender.language,
                organization=organization,
                role_mailbox=role_mailbox,
                words=words,
                token=token,
            )
            cases.open_case(Reason.CLAIM, entry=entry, claim=claim)
            letters.confirm_claim(claim)
            letters.tell_keepers_of_claim(claim)
    except IntegrityError:
        return Claim.objects.get(token=token)
    return claim


@transaction.atomic
def grant(claim: Claim, *, by: Any, whole_organization: bool = False, note: str = "") -> Claim:
    """Let the person look after the page, and with `whole_organization` after all of its pages.

    Raises TurnRefused for somebody who does not review it, and where another was faster.
    """
    entry, row = _to_decide(claim, by)
    before = keepers.addresses(entry)
    person = None if row.role_mailbox else (row.by or _person_at(row.email))
    if whole_organization and row.organization and not row.role_mailbox:
        _let_into(row.organization, person, row.email)
    if person:
        Keeper.objects.get_or_create(
            entry=entry, user=person, defaults={"language": person.language}
        )
    else:
        Keeper.objects.get_or_create(
            entry=entry, email=row.email, defaults={"language": row.language}
        )
    keepers.write_down(entry, before, by=by, role=Role.REVIEWER, note=note)
    _decide(row, State.GRANTED)
    second_wanted = len(keepers.hands(entry)) < keepers.WANTED
    letters.tell_of_claim(row, note=note, second_wanted=second_wanted)
    return row


@transaction.atomic
def decline(claim: Claim, *, by: Any, note: str) -> Claim:
    """Do not let the person look after the page, and say why. Raises TurnRefused."""
    if not note.strip():
        raise TurnRefused(_("Say why, in one line."))
    entry, row = _to_decide(claim, by)
    history.write(entry, "decline", by=by, role=Role.REVIEWER, note=note)
    _decide(row, State.DECLINED)
    letters.tell_of_claim(row, note=note, second_wanted=False)
    return row


def why_declined(claim: Claim) -> str:
    """The line with which a reviewer declined a claim, or ""."""
    if claim.state != State.DECLINED or claim.decided_at is None:
        return ""
    said = Decision.objects.filter(entry=claim.entry_id, verb="decline", at__lte=claim.decided_at)
    last = said.order_by("-number").first()
    return last.note if last else ""


def object_to(claim: Claim, *, words: str) -> bool:
    """Write down what somebody says who looks after the page already. False: it is decided."""
    waiting = Claim.objects.filter(pk=claim.pk, state=State.WAITING)
    return bool(waiting.update(objection=words.strip()[:300]))


def take_back(claim: Claim) -> None:
    """The sender no longer asks: the row goes, and what waited because of it."""
    Claim.objects.filter(pk=claim.pk, state=State.WAITING).delete()


def _waiting(entry: Entry, sender: Sender) -> Claim | None:
    whose = {"by": sender.by} if sender.by else {"by": None, "email": sender.email}
    return Claim.objects.filter(entry=entry, state=State.WAITING, **whose).first()


def _to_decide(claim: Claim, by: Any) -> tuple[Entry, Claim]:
    """The entry and the claim, locked in that order; raises TurnRefused."""
    entry = keepers.locked(claim.entry)
    row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if lifecycle.role_of(by, entry) != Role.REVIEWER or row.by_id == by.pk:
        raise TurnRefused(_("You may not do this here."))
    if row.state != State.WAITING:
        raise TurnRefused(lifecycle.FASTER)
    return entry, row


def _decide(row: Claim, state: str) -> None:
    row.state, row.decided_at = state, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    cases.close(Case.objects.filter(claim=row))


def _person_at(email: str) -> Any:
    """The account of an address, where its owner has confirmed it there too."""
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return next((row.user for row in confirmed.select_related("user")), None)


def _let_into(organization: Organization, person: Any, email: str) -> None:
    """A member of the organization: at once with an account, else when they come."""
    if person is None:
        Membership.objects.get_or_create(organization=organization, email=email)
        return
    row, _made = Membership.objects.get_or_create(organization=organization, user=person)
    if not row.granted_at:
        row.granted_at = timezone.now()
        row.save(update_fields=["granted_at"])
