"""From a reviewer's form to what was done, and where it leads."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from curation import lifecycle
from curation.desk import answers, notices, queue
from curation.desk.answers import Missing
from curation.desk.case_sheet import CaseSheet
from curation.desk.posted import Posted
from curation.lifecycle import TurnRefused
from curation.models import Change, Claim, Decision, Ruling

# A second tap on the same button, by the same person, is no race.
SAME_TAP = dt.timedelta(minutes=1)
# What a button's decision is called in the history, where it is not the button's own verb.
WRITES = {
    "host-asked": "withdraw", "publish-edit": "edit", "decline-edit": "decline", "right": "looked",
    "nothing": "looked", "mended": "looked", "dead": "looked",
    "put-back": "restore", "decline-claim": "decline", "grant": "keepers", "grant-all": "keepers",
}  # fmt: skip
# How an edit or a claim stands after a button, of which an entry can have several.
ENDS_AS = {
    "publish-edit": Change.State.ACCEPTED, "decline-edit": Change.State.DECLINED,
    "grant": Claim.State.GRANTED, "grant-all": Claim.State.GRANTED,
    "decline-claim": Claim.State.DECLINED,
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What was done: the name of the words that say so, and the decision, if one was written."""

    done: str
    decision: Decision | Ruling | None

    def leads_to(self, page: CaseSheet, form: Posted, user: Any) -> str:
        """The next thing that waits, where the reviewer wants that; else the queue."""
        if form.next and page.case is not None:
            following = queue.next_after(page.case, user)
            if following:
                address = reverse("case_page", args=[following.pk])
                return notices.after(address, self.done, self.decision, next="on")
        if page.case is None and page.entry is not None:
            address = reverse("entry_review", args=[page.entry.pk])
            return notices.after(address, self.done, self.decision)
        return notices.after(notices.home(), self.done, self.decision)


def answer(page: CaseSheet, form: Posted, *, by: Any) -> Outcome | None:
    """Do what the form says. None where it only fills the form, such as with ready words.

    Raises TurnRefused.
    """
    if form.verb == "text":
        form.put_text_in(page)
        return None
    if form.verb == "search":
        form.look_for_another(page)
        return None
    before = _tapped_before(page, form, by)
    if before:
        return before
    button = next((each for each in page.buttons if each.verb == form.verb), None)
    if form.verb == "merge" and button and form.asks_whether_sure(page):
        return None
    if button is None:
        raise TurnRefused(page.stands_aside or lifecycle.FASTER)
    decision = answers.give(button, page.case, page.entry, form.given(by))
    return Outcome(f"{page.situation}.{button.verb}", decision)


def fill_again(page: CaseSheet, why: TurnRefused) -> None:
    """Say on the page what stands in the way, beside the field where that is."""
    page.problem = str(why)
    page.missing = why.what if isinstance(why, Missing) else ""


def _tapped_before(page: CaseSheet, form: Posted, by: Any) -> Outcome | None:
    """What the same form has done already: a second tap, and no answer to something else."""
    if page.entry is None or form.version is None or not _is_settled(page, form.verb):
        return None
    last = page.entry.decisions.order_by("-number").first()
    if last is None or last.number != form.version + 1 or last.by_id != by.pk:
        return None
    if last.verb != WRITES.get(form.verb, form.verb) or last.at < timezone.now() - SAME_TAP:
        return None
    same_words = form.note.strip() in ("", last.note.strip())
    return Outcome(f"{page.situation}.{form.verb}", last) if same_words else None


def _is_settled(page: CaseSheet, verb: str) -> bool:
    """Whether what the form is about no longer waits, in the way in which this verb ends it."""
    if page.case is None:
        return True
    if page.case.closed_at is None:
        return False
    thing: Any = page.case.change or page.case.claim
    return verb not in ENDS_AS or thing.state == ENDS_AS[verb]
