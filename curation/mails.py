"""Every mail about an entry. Which words answer which turn is a table, not a chain of ifs."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import letters
from curation import shelves
from curation.models import Change, Decision, Entry, Submission

# verb → the mail to whoever sent the entry
TO_SENDER = {
    "ask": "asked",
    "publish": "published",
    "reject": "not_accepted",
    "withdraw": "withdrawn",
    "merge": "merged",
}
# state of a change → the mail to whoever sent it
ABOUT_CHANGE = {
    Change.State.ACCEPTED: "edit_accepted",
    Change.State.DECLINED: "edit_not_accepted",
    Change.State.ASKED: "edit_asked",
}


def confirm_receipt(entry: Entry, sender: Any) -> None:
    """Tell the sender of a new entry that it has arrived, and where they can follow it."""
    _write("received", entry, entry.submission, note="")


def tell_sender(entry: Entry, decision: Decision) -> None:
    """Tell whoever sent an entry what was decided; nobody, where they did it themselves."""
    submission = Submission.objects.filter(entry=entry).select_related("by").first()
    name = TO_SENDER.get(decision.verb)
    if submission is None or name is None or decision.role == Decision.Role.SENDER:
        return
    if decision.by is None or decision.by != submission.by:
        _write(name, entry, submission, note=decision.note)


def confirm_edit(change: Change) -> None:
    """Tell the sender of an edit, who has no account to look it up in, where to follow it."""
    _write("edit_received", change.entry, change, note="")


def tell_about_change(change: Change) -> None:
    """Tell whoever sent a change what was decided."""
    _write(ABOUT_CHANGE[Change.State(change.state)], change.entry, change, note=change.answer)


def page_of(entry: Entry, language: str) -> str:
    """The whole address of an entry's public page in a language."""
    with override(language):
        return settings.SITE_URL + shelves.of(entry).address(entry)


def address(name: str, language: str, *args: Any) -> str:
    """The whole address of a page of ours, by its name, in a language."""
    with override(language):
        return settings.SITE_URL + reverse(name, args=args)


def _write(name: str, entry: Entry, sent: Submission | Change, *, note: str) -> None:
    to = sent.by.email if sent.by else sent.email
    if not to:
        return
    language = sent.by.language if sent.by else sent.language
    with override(language):
        title = entry.name.plain
    letters.write(
        name,
        to=to,
        language=language,
        title=title,
        note=note.strip(),
        page=page_of(entry, language),
        followed=address("sent_page", language, sent.token),
    )
