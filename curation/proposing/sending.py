"""What was written goes to the reviewers: at once from people with an account, and from
everybody else once a code has proven their address."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.datastructures import MultiValueDict

from accounts.languages import reading_language
from accounts.models import AddressCheck
from curation import changes, shelves
from curation.changes import Invalid, Sender
from curation.models import Draft, Entry, Stance
from curation.proposing import drafts

SALT = "proposing.seen"
NOTE = 2000


def seen(entry: Entry, values: Mapping[str, Any]) -> str:
    """What somebody sees of an entry and at which version, signed, for a hidden field."""
    return signing.dumps({"base": entry.version, "seen": dict(values)}, salt=SALT, compress=True)


def as_seen(entry: Entry, signed: str) -> tuple[int, dict[str, Any]]:
    """(version, values) as they were seen; where that cannot be read, what strangers see now."""
    try:
        told = signing.loads(signed, salt=SALT)
        return told["base"], told["seen"]
    except signing.BadSignature:
        form = shelves.of(entry).form({}, entry)
        hidden = form.not_shown()
        return entry.version, {n: v for n, v in form.initial.items() if n not in hidden}


def send(
    token: UUID, data: MultiValueDict, *, sender: Sender, shelf: str, entry: Entry | None
) -> None:
    """Send what was typed. Raises Invalid where the form refuses, and NothingNew."""
    form = shelves.named(shelf).form(data, entry)
    if not form.is_valid():
        raise Invalid(form.errors)
    if entry is None:
        asked = shelves.named(shelf).manners.asks_stance
        stance = str(data.get("stance")) if asked else Stance.RUN
        if stance not in Stance.values:
            raise Invalid({"stance": []})
        changes.propose_new(shelf, form.values(), sender=sender, stance=stance, token=token)
    else:
        base, before = as_seen(entry, data.get("seen") or "")
        changes.propose(
            entry,
            form.values(),
            sender=sender,
            token=token,
            base=base,
            seen=before,
            note=(data.get("note") or "").replace("\0", "")[:NOTE],
        )
    Draft.objects.filter(token=token, purpose__in=("propose", "edit")).delete()


def send_confirmed(draft: Draft, check: AddressCheck) -> None:
    """Send a stranger's draft whose address the code has proven. Raises Invalid, NothingNew."""
    send(
        draft.token,
        drafts.typed(draft),
        sender=Sender(email=check.email, language=draft.language),
        shelf=draft.shelf,
        entry=draft.entry,
    )


def sender_of(user: Any, mailbox: str = "") -> Sender:
    """Somebody signed in, or a shared address, writing in the language of the page."""
    return Sender(by=user, email=mailbox, language=reading_language())
