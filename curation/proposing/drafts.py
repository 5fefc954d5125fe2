"""What somebody has written and not yet sent, as it was typed, right or wrong."""

import json
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from accounts import allowances, codes
from accounts.languages import reading_language
from curation.models import Draft, Entry
from curation.proposing import limits

LARGEST = 200_000  # characters
MOST_A_DAY = 50  # new drafts of one person
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "go"})


class TooMuch(Exception):
    """The text is too large to be kept, or there are too many."""


def raw(data: MultiValueDict) -> dict[str, list[str]]:
    """What a browser sent, as JSON that every database takes."""
    return {
        name: [_storable(value) for value in values]
        for name, values in data.lists()
        if name not in NOT_KEPT
    }


def typed(draft: Draft) -> MultiValueDict:
    """The same as the form takes it."""
    return MultiValueDict(draft.data)


def drafts_of(user: Any) -> QuerySet[Draft]:
    """What a person has saved for later, newest first."""
    return Draft.objects.filter(by=user, sent_at=None).order_by("-updated_at")


def keep(
    token: UUID, data: MultiValueDict, *, by: Any, shelf: str, entry: Entry | None = None
) -> Draft:
    """Keep what a person has written; again under the same token replaces it. Raises TooMuch.

    `by` is None for somebody whose session ended meanwhile: then only the token opens it.
    """
    written = raw(data)
    if len(json.dumps(written)) > LARGEST:
        raise TooMuch
    known = Draft.objects.filter(token=token).first()
    if known and known.by not in (None, by):
        raise TooMuch
    if not known and by and not allowances.use("drafts", str(by.pk), limit=MOST_A_DAY):
        raise TooMuch
    purpose = Draft.Purpose.EDIT if entry else Draft.Purpose.PROPOSE
    given = {"by": by, "data": written, "language": reading_language()}
    born = {"purpose": purpose, "shelf": shelf, "entry": entry}
    return Draft.objects.update_or_create(
        token=token, defaults=given, create_defaults=given | born
    )[0]


def restored(request: HttpRequest) -> Draft | None:
    """The draft that an address names, if it belongs to whoever asks."""
    try:
        token = UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    draft = Draft.objects.filter(token=token, sent_at=None).exclude(purpose="claim").first()
    return draft if draft and draft.by in (None, request.user) else None


def wait_for_code(
    token: UUID,
    data: MultiValueDict,
    *,
    email: str,
    connection: str,
    shelf: str,
    entry: Entry | None = None,
) -> Draft:
    """Keep what a stranger sends until the code proves their address; writes the code.

    Twenty taps on “Send” are one draft, one mail and one of the day's sendings. Raises TooMuch.
    """
    written = raw(data)
    if len(json.dumps(written)) > LARGEST:
        raise TooMuch
    given = {"data": written, "language": reading_language(), "by": None}
    born = {
        "purpose": Draft.Purpose.EDIT if entry else Draft.Purpose.PROPOSE,
        "shelf": shelf,
        "entry": entry,
    }
    try:
        with transaction.atomic():
            draft, new = Draft.objects.get_or_create(token=token, defaults=born | given)
            if new and not limits.may_send(email, connection):
                raise TooMuch
            draft = Draft.objects.select_for_update().get(pk=draft.pk)
            for name, value in given.items():
                setattr(draft, name, value)
            draft.mailed = ask_at(draft, email)  # type: ignore[attr-defined]
    except IntegrityError:
        # Another worker was keeping the same form at this moment, and has asked.
        return Draft.objects.get(token=token)
    return draft


def ask_at(draft: Draft, email: str) -> bool:
    """Send a code for a draft to an address, unless one is on its way; saves the draft.

    False when the address gets no more mail today: the code sent last still counts.
    """
    check = draft.check_of_address
    if check and check.email == email and draft.email == email:
        draft.save()
        return True
    fresh, sent = codes.ask(email, language=draft.language)
    if sent or check is None:
        draft.email, draft.check_of_address = email, fresh
    draft.save()
    return sent


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()
