"""What became of something that was sent: where it stands, and what its sender can do now.

Whoever has the token is the sender: it was only ever in their browser and in mails to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import LocalText
from curation import changes, lifecycle, shelves
from curation.cases import Reason
from curation.lifecycle import TurnRefused
from curation.models import Case, Change, Decision, Entry, Submission
from curation.proposing.edit import Difference, told

Review, Role, State = Entry.Review, Decision.Role, Change.State
# What stands at the top, by the state of a submission and of a change.
WHERE = {
    Review.DRAFT: gettext_lazy("Not sent yet"),
    Review.SUBMITTED: gettext_lazy("Sent to the volunteer reviewers"),
    Review.NEEDS_ANSWER: gettext_lazy("The reviewers have a question"),
    Review.PUBLISHED: gettext_lazy("It is public"),
    Review.REJECTED: gettext_lazy("It was not published"),
    Review.WITHDRAWN: gettext_lazy("It was taken back"),
    Review.MERGED: gettext_lazy("It was here already, under another name"),
    State.WAITING: gettext_lazy("Sent to the volunteer reviewers"),
    State.ASKED: gettext_lazy("The reviewers have a question"),
    State.ACCEPTED: gettext_lazy("It is public"),
    State.DECLINED: gettext_lazy("It was not published"),
    State.TAKEN_BACK: gettext_lazy("It was taken back"),
}
WAIT = gettext_lazy(
    "They usually answer within a week. We write to you then; you can close this page."
)
THEN = {
    Review.SUBMITTED: WAIT,
    State.WAITING: WAIT,
    Review.NEEDS_ANSWER: gettext_lazy("Answer below, in your own words. Then they look again."),
    State.ASKED: gettext_lazy("Answer below, in your own words. Then they look again."),
    Review.REJECTED: gettext_lazy(
        "Do you see it differently, or can you mend it? Change it if need be, and write to them "
        "below: somebody looks at it again."
    ),
    State.DECLINED: gettext_lazy(
        "The page stays as it was. If you see it differently, suggest the change again and say why."
    ),
    Review.WITHDRAWN: gettext_lazy("Nothing is lost. Write below if it should come back."),
    State.TAKEN_BACK: gettext_lazy("The page stays as it was."),
}
YOURSELF = gettext_lazy(
    "You are a volunteer reviewer: decide on it now, or leave it to somebody else. What happened "
    "to the page will say that you sent it, and that you decided."
)
IN_PART = gettext_lazy(
    "The rest of the page stays as it was. If you see it differently, suggest it again and say how "
    "you know it."
)
OPEN_CHANGE = (State.WAITING, State.ASKED)
CAN_ANSWER = (Review.NEEDS_ANSWER, Review.REJECTED, Review.WITHDRAWN, State.ASKED)
CAN_CHANGE = (
    Review.DRAFT, Review.SUBMITTED, Review.NEEDS_ANSWER, Review.REJECTED, Review.WITHDRAWN,
    *OPEN_CHANGE,
)  # fmt: skip
# As what it waits on the desk for somebody to decide.
DECIDED = (Reason.NEW, Reason.ANSWERED, Reason.CHANGE)
CAN_TAKE_BACK = (Review.SUBMITTED, Review.NEEDS_ANSWER, *OPEN_CHANGE)


@dataclass(frozen=True)
class Standing:
    """Where it stands, in words, and what can be done.

    `decided_at` is where its sender decides on it, being a reviewer who need not step aside.
    """

    sent: Submission | Change
    title: LocalText
    where: str
    then: str
    question: str
    public_at: str
    differences: list[Difference]
    public_already: list[Difference]
    can_answer: bool
    can_change: bool
    can_take_back: bool
    can_hide: bool
    thanks: str = ""
    decided_at: str = ""

    @property
    def leaves_the_site(self) -> bool:
        """Whether taking it back takes it off the site."""
        return self.is_new and self.sent.entry.review == Review.PUBLISHED

    @property
    def is_new(self) -> bool:
        """Whether it is something new, and no edit."""
        return isinstance(self.sent, Submission)

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """Which fields of an edit are public already, and which wait or were not taken."""
        if not isinstance(self.sent, Change):
            return []
        if self.sent.left_out:
            left_out = [name for name in self.sent.patch if name in self.sent.left_out]
            taken = [name for name in self.sent.patch if name not in left_out]
            both = ((_("On the page now"), taken), (_("Not taken, and as it was before"), left_out))
            return [(said, _labels(self.sent.entry, names)) for said, names in both]
        waiting = self.differences if self.sent.state in OPEN_CHANGE else []
        public = self.differences if self.sent.live else self.public_already if waiting else []
        parts = ((_("Public already"), public), (_("Waits for a volunteer reviewer"), waiting))
        return [(said, [each.label for each in rows]) for said, rows in parts if rows]

    @property
    def steps(self) -> int:
        """How far it has come: 1 sent, 2 looked at, 3 public."""
        state = _state(self.sent)
        if state in (Review.PUBLISHED, State.ACCEPTED):
            return 3
        return 2 if self.question else 1


def find(token: UUID) -> Submission | Change:
    """What was sent under a token. Raises Http404."""
    for model in (Submission, Change):
        rows = model._default_manager.select_related("entry__name_own_language", "by")
        sent = rows.filter(token=token).first()
        if sent is not None:
            return sent
    raise Http404


def standing(sent: Submission | Change, reader: Any = None) -> Standing:
    """What the page of something that was sent says to whoever reads it."""
    state, entry = _state(sent), sent.entry
    shelf = shelves.of(entry)
    decided_at = _decided_at(sent, reader)
    is_public = shelf.rows([entry.pk]).exists()
    return Standing(
        sent=sent,
        title=entry.name,
        where=_("A part of it is public") if _in_part(sent) else str(WHERE[state]),
        then=str(YOURSELF if decided_at else IN_PART if _in_part(sent) else THEN.get(state, "")),
        question=_question(sent, state),
        public_at=shelf.address(entry) if is_public else "",
        differences=_differences(sent),
        public_already=_public_already(sent),
        can_answer=state in CAN_ANSWER,
        can_change=state in CAN_CHANGE,
        can_take_back=_can_take_back(sent, state),
        can_hide=bool(_hides(sent, entry)),
        thanks=shelf.thanks(entry) if isinstance(sent, Submission) else "",
        decided_at=decided_at,
    )


def _decided_at(sent: Submission | Change, reader: Any) -> str:
    """Where a reviewer decides on what they sent themselves; "" where somebody else must."""
    entry, change = sent.entry, sent if isinstance(sent, Change) else None
    if sent.by is None or sent.by != reader or lifecycle.role_of(reader, entry) != Role.REVIEWER:
        return ""
    if change and entry.confirmed_on and shelves.of(entry).waits & change.patch.keys():
        return ""  # a second person agrees
    waiting = Case.objects.waiting().filter(entry=entry, reason__in=DECIDED)
    key = waiting.filter(change=change).values_list("pk", flat=True).first()
    return reverse("case_page", args=[key]) if key else ""


def answer(sent: Submission | Change, words: str) -> None:
    """The sender answers, and it waits again. Raises TurnRefused."""
    if isinstance(sent, Change):
        changes.answer(sent, words=words)
        return
    verb = "submit" if sent.entry.review == Review.NEEDS_ANSWER else "reopen"
    lifecycle.take(sent.entry, verb, by=None, role=Role.SENDER, note=words)


def take_back(sent: Submission | Change) -> None:
    """The sender takes back what they may still take back. Raises TurnRefused."""
    if isinstance(sent, Change):
        changes.take_back(sent)
        return
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=sent.entry_id)
        if not _can_take_back(sent, Review(entry.review)):
            raise TurnRefused(lifecycle.FASTER)
        note = _("Taken back by whoever sent it")
        lifecycle.take(entry, "withdraw", by=None, role=Role.SENDER, note=note)


def hide(sent: Submission | Change) -> None:
    """The sender hides from readers who they are, at once: nobody need look at less.

    Raises TurnRefused.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=sent.entry_id)
        values = _hides(sent, entry)
        if not values:
            raise TurnRefused(lifecycle.FASTER)
        note = _("Hidden by whoever sent it")
        changes.write(entry, values, by=None, role=Role.SENDER, note=note)


ACTIONS: dict[str, Callable[..., None]] = {
    "answer": answer,
    "take-back": take_back,
    "hide": hide,
}


def _hides(sent: Submission | Change, entry: Entry) -> Mapping[str, Any]:
    """The values that hide whoever sent something public; {} where nothing is left to hide."""
    is_public = isinstance(sent, Submission) and entry.review == Review.PUBLISHED
    return shelves.of(entry).hides(entry) if is_public else {}


def _labels(entry: Entry, names: list[str]) -> list[str]:
    shelf = shelves.of(entry)
    return [shelf.label(name, entry) for name in names]


def _in_part(sent: Submission | Change) -> bool:
    """Whether only some fields of an edit were taken."""
    return isinstance(sent, Change) and bool(sent.left_out)


def _can_take_back(sent: Submission | Change, state: Any) -> bool:
    """Whether its sender may take it back: as a rule only what nobody has decided yet."""
    is_public = isinstance(sent, Submission) and state == Review.PUBLISHED
    return state in CAN_TAKE_BACK or (is_public and shelves.of(sent.entry).manners.withdrawn)


def _state(sent: Submission | Change) -> Any:
    return State(sent.state) if isinstance(sent, Change) else Review(sent.entry.review)


def _question(sent: Submission | Change, state: Any) -> str:
    """What the reviewers wrote last, as long as it stands."""
    if isinstance(sent, Change):
        return sent.answer if state in (State.ASKED, State.DECLINED, State.ACCEPTED) else ""
    if state not in (Review.NEEDS_ANSWER, Review.REJECTED, Review.WITHDRAWN):
        return ""
    said = sent.entry.decisions.filter(role=Role.REVIEWER).exclude(note="")
    last = said.order_by("-number").first()
    return last.note if last else ""


def _differences(sent: Submission | Change) -> list[Difference]:
    """What an edit changes; of something new all that it says."""
    entry, shelf = sent.entry, shelves.of(sent.entry)
    if isinstance(sent, Change):
        return [told(entry, name, seen, wanted) for name, (seen, wanted) in sent.patch.items()]
    held = shelf.values(entry)
    nothing = shelf.form({}, None).initial
    return [
        told(entry, name, None, value)
        for name, value in held.items()
        if value != nothing[name] and shelf.words(name, value)
    ]


def _public_already(sent: Submission | Change) -> list[Difference]:
    """The part of the same edit that became public at once."""
    if not isinstance(sent, Change) or sent.by is None or sent.live:
        return []
    parts = Change.objects.filter(entry=sent.entry, by=sent.by, base=sent.base, live=True)
    return [
        told(sent.entry, name, seen, wanted, waits=False)
        for part in parts
        for name, (seen, wanted) in part.patch.items()
    ]
