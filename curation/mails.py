"""Every mail about an entry. Which words answer which turn is a table, not a chain of ifs."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import letters
from curation import history, shelves
from curation.models import Change, Decision, Entry, Submission
from curation.removals import Why

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
    submission = _hears_of(decision)
    if submission is not None:
        name = TO_SENDER[decision.verb]
        corrected = _corrected(decision) if name == "published" else []
        about = f"decision.{decision.pk}"
        _write(
            name,
            entry,
            submission,
            note=decision.note,
            about=about,
            decision=decision,
            corrected=corrected,
        )


def take_back(entry: Entry, decision: Decision) -> None:
    """A decision was undone: its mail is not sent, or where it has left, a correction follows."""
    submission = _hears_of(decision)
    if submission is not None and not letters.take_back(f"decision.{decision.pk}"):
        _write("taken_back", entry, submission, note="")


def sender_told(decision: Decision) -> str:
    """The address of the sender who is told of a decision, or ""."""
    return _address(_hears_of(decision))


def sender_of(entry: Entry) -> str:
    """The address of whoever sent an entry, or ""."""
    return _address(Submission.objects.filter(entry=entry.pk).select_related("by").first())


def in_public(decision: Decision | None) -> str:
    """The reason of a decision that everybody may read, in the active language, or ""."""
    reason = decision.after.get("public_reason", "") if decision else ""
    return str(Why(reason).label) if reason else ""


def _hears_of(decision: Decision) -> Submission | None:
    """What was sent, where its sender is told of a decision."""
    if decision.verb not in TO_SENDER or decision.role == Decision.Role.SENDER:
        return None
    rows = Submission.objects.filter(entry=decision.entry_id).select_related("by")
    submission = rows.first()
    theirs = submission and decision.by is not None and decision.by == submission.by
    return None if theirs else submission


def _address(sent: Submission | Change | None) -> str:
    if sent is None:
        return ""
    return sent.by.email if sent.by else sent.email


def _corrected(decision: Decision) -> list[str]:
    """The fields in which reviewers have changed what was sent before it became public."""
    entry = decision.entry
    rows = entry.decisions.filter(number__lt=decision.number)
    public = rows.filter(verb="publish").order_by("-number").values_list("number", flat=True)
    mended = rows.filter(role=Decision.Role.REVIEWER, number__gt=public.first() or 0)
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for row in mended.order_by("number").prefetch_related("personal"):
        before, after = history.both_sides(row)
        first, last = {**before, **first}, {**last, **after}
    known = shelves.of(entry).values(entry)
    return [name for name in known if name in last and first.get(name) != last[name]]


def confirm_edit(change: Change) -> None:
    """Tell the sender of an edit, who has no account to look it up in, where to follow it."""
    _write("edit_received", change.entry, change, note="")


def tell_about_change(change: Change) -> None:
    """Tell whoever sent a change what was decided."""
    name, about = ABOUT_CHANGE[Change.State(change.state)], f"change.{change.pk}"
    taken = [field for field in change.patch if field not in change.left_out]
    _write(
        name,
        change.entry,
        change,
        note=change.answer,
        about=about,
        # Named only where a part of it was taken.
        taken=taken if change.left_out else (),
        left_out=change.left_out,
    )


def take_back_about_change(change: Change) -> None:
    """What was decided about a change was undone: the same for its mail."""
    if not letters.take_back(f"change.{change.pk}"):
        _write("taken_back", change.entry, change, note="")


def page_of(entry: Entry, language: str) -> str:
    """The whole address of an entry's public page in a language."""
    with override(language):
        return settings.SITE_URL + shelves.of(entry).address(entry)


def address(name: str, language: str, *args: Any) -> str:
    """The whole address of a page of ours, by its name, in a language."""
    with override(language):
        return settings.SITE_URL + reverse(name, args=args)


def _write(
    name: str,
    entry: Entry,
    sent: Submission | Change,
    *,
    note: str,
    about: str = "",
    decision: Decision | None = None,
    **fields: Collection[str],
) -> None:
    """One mail to whoever sent something; `fields` are lists of fields that it names."""
    to = _address(sent)
    if not to:
        return
    language = sent.by.language if sent.by else sent.language
    shelf = shelves.of(entry)
    with override(language):
        title, why, thanks = entry.name.plain, in_public(decision), shelf.thanks(entry)
        named: dict[str, Any] = {
            what: ", ".join(shelf.label(name, entry) for name in names)
            for what, names in fields.items()
        }
    letters.write(
        name,
        to=to,
        language=language,
        about=about,
        title=title,
        # Then the subject says nothing: an inbox is seen over people's shoulders.
        is_hidden=shelf.hidden(entry),
        thanks=thanks,
        note=note.strip(),
        why=why,
        page=page_of(entry, language),
        followed=address("sent_page", language, sent.token),
        **named,
    )
