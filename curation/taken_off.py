"""A public page is taken off the site: those who look after it are told why, and can object.

Whoever sent it in hears of it as of every decision (`mails.py`), once.
"""

from typing import Any

from django.utils.translation import override

from accounts import letters
from curation import mails, signed_links
from curation.hands import Hand, hands
from curation.models import Decision, Entry
from curation.removals import Why

PAGE = "taken_off_object"


def tell_those_who_keep(entry: Entry, decision: Decision) -> None:
    """Write to everybody who looks after a page that was public until this decision."""
    for hand in _who_hear(entry, decision):
        with override(hand.language):
            title, why = entry.name.plain, mails.in_public(decision)
        letters.write(
            "taken_off",
            to=hand.address,
            language=hand.language,
            about=_about(decision, hand),
            title=title,
            why=why,
            note="" if is_a_reason(decision.note) else decision.note.strip(),
            link=signed_links.address(PAGE, hand.language, decision=decision.pk),
            log=mails.address("public_log", hand.language),
        )


def take_back(entry: Entry, decision: Decision) -> None:
    """The decision was undone: its mail is not sent, or where it has left, a correction is."""
    for hand in _who_hear(entry, decision):
        if letters.take_back(_about(decision, hand)):
            continue
        with override(hand.language):
            title = entry.name.plain
        page = mails.page_of(entry, hand.language)
        letters.write(
            "taken_back", to=hand.address, language=hand.language, title=title, followed=page
        )


def was_public(decision: Decision) -> bool:
    """Whether a decision took a public page off the site."""
    return decision.verb == "withdraw" and decision.before.get("review") == Entry.Review.PUBLISHED


def is_a_reason(note: str) -> bool:
    """Whether a line is only the public reason again, which a button wrote there."""
    return note in {str(label) for label in _labels()}


def _labels() -> Any:
    for lang in ("en", "fr"):
        with override(lang):
            yield from (str(label) for label in Why.labels)


def _who_hear(entry: Entry, decision: Decision) -> list[Hand]:
    """Those who look after it, apart from whoever did it and whoever is told as its sender."""
    if not was_public(decision):
        return []
    told = {mails.sender_told(decision), getattr(decision.by, "email", "")}
    if decision.role == Decision.Role.SENDER:
        told.add(mails.sender_of(entry))
    found = {hand.address.lower(): hand for hand in hands(entry)}
    return [hand for address, hand in found.items() if address not in {t.lower() for t in told}]


def _about(decision: Decision, hand: Hand) -> str:
    whose = f"u{hand.user.pk}" if hand.user else f"k{hand.keeper.pk if hand.keeper else 0}"
    return f"decision.{decision.pk}.{whose}"
