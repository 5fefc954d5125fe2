"""The way of a claim from its form to the desk: with an account at once, else by a code."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import allowances, codes
from accounts.languages import reading_language
from accounts.models import AddressCheck, Organization
from curation import shelves
from curation.changes import Sender
from curation.keeping import claims
from curation.models import Claim, Draft, Entry

A_DAY = 5  # claims that one person or address may send


class TooMany(Exception):
    """Enough for today; the text says so and can be shown to a person."""


def visible(pk: int) -> Entry | None:
    """An entry that everybody may see and somebody may ask to look after, or None."""
    entry = Entry.objects.visible().filter(pk=pk).first()
    if entry is None or not shelves.of(entry).manners.claimed:
        return None
    return shelves.of(entry).rows([pk]).first()


def start(entry: Entry, cleaned: dict[str, Any], *, person: Any) -> str:
    """Take in what the form holds; the address of the page that follows. Raises TooMany.

    A person's own account needs no code, any other address does; until it is typed, the words
    wait in a draft under the form's token.
    """
    token, shared = cleaned["token"], cleaned["role_mailbox"]
    if Draft.objects.filter(token=token).exclude(purpose=Draft.Purpose.CLAIM).exists():
        token = cleaned["token"] = uuid4()
    if Claim.objects.filter(token=token).exists():
        return reverse("claim_sent", args=[token])
    if not allowances.use("claim", str(person.pk) if person else cleaned["email"], limit=A_DAY):
        raise TooMany(_("That is enough for today. Please come back tomorrow."))
    if person and not shared:
        sender = Sender(by=person, language=reading_language())
        claim = claims.send(
            entry,
            sender=sender,
            words=cleaned["words"],
            organization=cleaned.get("organization"),
            token=token,
        )
        return reverse("claim_sent", args=[claim.token])
    _wait_for_code(entry, cleaned, person)
    return reverse("claim_confirm", args=[token])


def waiting(token: UUID) -> Draft | None:
    """What waits for its code."""
    drafts = Draft.objects.filter(token=token, purpose=Draft.Purpose.CLAIM)
    return drafts.select_related("check_of_address", "entry", "by").first()


@transaction.atomic
def finish(draft: Draft, code: str) -> Claim:
    """The code was typed: the claim goes to the desk, the draft goes. Raises CodeRefused."""
    if draft.check_of_address is None:
        raise codes.CodeRefused(_("This code is too old. Please start once more."))
    check = codes.confirm(draft.check_of_address.pk, code)
    assert draft.entry is not None
    shared = draft.data["role_mailbox"]
    claim = claims.send(
        draft.entry,
        sender=Sender(by=draft.by if shared else None, email=check.email, language=draft.language),
        words=draft.data["words"],
        organization=Organization.objects.filter(pk=draft.data["organization"]).first(),
        role_mailbox=shared,
        token=draft.token,
    )
    draft.delete()
    return claim


def code_again(draft: Draft) -> bool:
    """Send a fresh code. False where the address has had its mails of today."""
    return bool(draft.check_of_address and codes.again(draft.check_of_address))


def _wait_for_code(entry: Entry, cleaned: dict[str, Any], person: Any) -> None:
    """Keep the words, and write a code to the address unless it is there already."""
    organization = cleaned.get("organization")
    draft, _made = Draft.objects.update_or_create(
        token=cleaned["token"],
        purpose=Draft.Purpose.CLAIM,
        defaults={
            "shelf": entry.shelf,
            "entry": Entry.objects.get(pk=entry.pk),
            "by": person,
            "email": cleaned["email"],
            "language": reading_language(),
            "data": {
                "words": cleaned["words"],
                "organization": organization.pk if organization else None,
                "role_mailbox": cleaned["role_mailbox"],
            },
        },
    )
    check: AddressCheck | None = draft.check_of_address
    if check is None or check.email != cleaned["email"]:
        draft.check_of_address, _sent = codes.ask(cleaned["email"], language=reading_language())
        draft.save(update_fields=["check_of_address"])
