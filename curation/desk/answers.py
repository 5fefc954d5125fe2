"""What a reviewer can answer to what waits: for each situation the buttons, and what each does.

One table. The page prints its buttons, and `give()` is all that the one view calls that takes
an answer. The words that everybody reads ("Publish") are here, what is done lies below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.domains import DomainRefused
from accounts.membership import MembershipRefused
from curation import cases, changes, history, lifecycle, shelves
from curation.changes import Invalid
from curation.desk import edits, rulings
from curation.keeping import claims
from curation.lifecycle import Role, TurnRefused
from curation.models import Case, Change, Decision, Entry, Ruling
from curation.removals import Why
from curation.reporting import reports

Reason = Case.Reason
# What a shelf's form calls a group's consent, and the value that says yes.
AGREED = {"consent": "agreed"}


@dataclass(frozen=True)
class Given:
    """What a reviewer gave with an answer. `fields` are those of an edit that were ticked."""

    by: Any
    note: str = ""
    version: int | None = None
    fields: tuple[str, ...] = ()
    into: Entry | None = None
    public_reason: str = ""
    agreed: bool = False


class Missing(TurnRefused):
    """Something is to be given first; `what` is the part of the form where it goes."""

    def __init__(self, what: str, why: Any) -> None:
        super().__init__(why)
        self.what = what


# What waits (None: nothing does, somebody opened the entry itself), its entry, what was given.
Do = Callable[[Any, Any, Given], Decision | Ruling | None]


@dataclass(frozen=True)
class Answer:
    """A button. `asks` names what must be given with it: note, why, into, fields."""

    verb: str
    label: Any
    done: Any
    do: Do
    asks: frozenset[str] = frozenset()
    note_wanted: Any = _("Say why, in one line. The sender sees only this line.")


def give(answer: Answer, case: Case | None, entry: Any, given: Given) -> Decision | Ruling | None:
    """Do what an answer says, all of it or nothing.

    What was written down of it, if anything. Raises Missing where something is to be given
    first, and TurnRefused where somebody was faster, or the person may not.
    """
    _check(answer, case, given)
    try:
        with transaction.atomic():
            return answer.do(case, entry, given)
    except Invalid as no:
        raise TurnRefused(edits.in_words(entry, no)) from no
    except (DomainRefused, MembershipRefused) as no:
        raise TurnRefused(str(no)) from no


def _check(answer: Answer, case: Case | None, given: Given) -> None:
    if case is not None and case.closed_at is not None and not waits_for_an_answer(case):
        raise TurnRefused(lifecycle.FASTER)
    if "note" in answer.asks and not given.note.strip():
        raise Missing("note", answer.note_wanted)
    if "why" in answer.asks and given.public_reason not in Why.values:
        raise Missing("why", _("Choose the reason that everybody may read."))
    if "into" in answer.asks and given.into is None:
        raise Missing("into", _("Choose the page that stays."))
    if "fields" in answer.asks and not given.fields:
        raise Missing("fields", _("Tick at least one field, or do not publish the edit."))


def waits_for_an_answer(case: Case) -> bool:
    """Whether its sender was asked something, and one can decide without waiting any longer."""
    if case.closed_at is None or case.reason not in (Reason.NEW, Reason.ANSWERED, Reason.CHANGE):
        return False
    if case.change:
        return case.change.state == Change.State.ASKED
    return bool(case.entry and case.entry.review == Entry.Review.NEEDS_ANSWER)


SECOND_PERSON = _(
    "You sent this yourself, and the page is confirmed: its link, its contact and who runs it "
    "change only when a second person agrees."
)


def needs_another(case: Any, user: Any) -> bool:
    """Whether somebody would decide alone on links of a confirmed page: they sent the edit."""
    return bool(case.change and case.change.by_id == user.pk and case.entry.confirmed_on)


# What each does ----------------------------------------------------------------------------------


def _turn(verb: str, public_reason: str = "") -> Do:
    """A turn of the lifecycle; what readers had said is looked at with it."""

    def do(case: Any, entry: Entry, given: Given) -> Decision:
        version = given.version
        if verb == "publish" and given.agreed:
            edits.change(entry, AGREED, by=given.by, version=version)
            version = None
        decision = lifecycle.take(
            entry,
            verb,
            by=given.by,
            note=given.note or _in_their_words(entry, public_reason),
            version=version,
            into=given.into if verb == "merge" else None,
            public_reason=public_reason or given.public_reason,
        )
        if case is not None:
            reports.settle(case)
        return decision

    return do


def _in_their_words(entry: Entry, public_reason: str) -> str:
    """The reason that a button brings along, in the language of whoever sent the entry."""
    if not public_reason:
        return ""
    with override(language_of(getattr(entry, "submission", None))):
        return str(Why(public_reason).label)


def language_of(sent: Any) -> str:
    """The language in which whoever sent something reads our mails."""
    person = getattr(sent, "by", None)
    return person.language if person else getattr(sent, "language", "en")


def _publish_edit(case: Any, entry: Entry, given: Given) -> Decision | None:
    if needs_another(case, given.by) and shelves.of(entry).waits.intersection(given.fields):
        raise TurnRefused(SECOND_PERSON)
    return changes.accept(
        case.change, by=given.by, version=_seen(given), fields=given.fields, note=given.note
    )


def _ask_about_edit(case: Any, entry: Entry, given: Given) -> None:
    changes.ask(case.change, by=given.by, note=given.note)


def _decline_edit(case: Any, entry: Entry, given: Given) -> Decision | None:
    edits.locked(entry, by=given.by, version=given.version)
    changes.decline(case.change, by=given.by, note=given.note)
    return entry.decisions.order_by("-number").first()


def _look(case: Any, entry: Entry, given: Given) -> Decision:
    """Somebody has looked, and nothing is to be done: it is written down and no longer waits."""
    fresh = edits.locked(entry, by=given.by, version=given.version)
    _still_open(case)
    decision = history.write(
        fresh,
        "looked",
        by=given.by,
        role=Role.REVIEWER,
        note=given.note,
        after={"about": case.reason},
    )
    reports.settle(case)
    return decision


def _put_back(case: Any, entry: Entry, given: Given) -> Decision | None:
    """The fields of an edit that is public already are as they were before it."""
    fresh = edits.locked(entry, by=given.by, version=given.version)
    _still_open(case)
    now = shelves.of(fresh).values(fresh)
    wanted = {name: seen for name, (seen, put) in case.change.patch.items() if now.get(name) == put}
    decision = edits.change(fresh, wanted, by=given.by, version=None, verb="restore")
    cases.close(Case.objects.filter(pk=case.pk))
    return decision


def _closed(case: Any, entry: Entry, given: Given) -> Decision | None:
    """The group itself has closed; its page stays as a record."""
    edits.locked(entry, by=given.by, version=given.version)
    decision = edits.note_fact(entry, "closed", by=given.by, note=given.note)
    reports.settle(case)
    return decision


def _grant_claim(whole_organization: bool) -> Do:
    def do(case: Any, entry: Entry, given: Given) -> Decision | None:
        claims.grant(
            case.claim, by=given.by, whole_organization=whole_organization, note=given.note
        )
        # None where they looked after the page already.
        return entry.decisions.filter(number__gt=entry.version, verb="keepers").first()

    return do


def _decline_claim(case: Any, entry: Entry, given: Given) -> Decision | None:
    claims.decline(case.claim, by=given.by, note=given.note)
    return entry.decisions.order_by("-number").first()


def _ruling(rule: Callable[[Case, Any, str], Ruling]) -> Do:
    def do(case: Any, entry: Any, given: Given) -> Ruling:
        return rule(case, given.by, given.note)

    return do


def _seen(given: Given) -> int:
    if given.version is None:
        raise TurnRefused(lifecycle.FASTER)
    return given.version


def _still_open(case: Case) -> None:
    """Raise TurnRefused where somebody has settled it; the entry is locked by the caller."""
    if not Case.objects.filter(pk=case.pk, closed_at=None).exists():
        raise TurnRefused(lifecycle.FASTER)


# The table ---------------------------------------------------------------------------------------

NOTE, WHY = frozenset({"note"}), frozenset({"note", "why"})
WHY_NOT = _("Say why, in one line. Whoever asked reads this line.")
QUESTION = _("Write your question first. The sender sees only this line.")

PUBLISH = Answer("publish", _("Publish"), _("Published."), _turn("publish"))
ASK = Answer("ask", _("Ask the sender"), _("Asked."), _turn("ask"), NOTE, QUESTION)
REJECT = Answer(
    "reject", _("Do not publish"), _("Not published. The sender is told."), _turn("reject"), WHY
)
MERGE = Answer(
    "merge",
    _("It is the same as another"),
    _("Merged. Its address leads to the other page now."),
    _turn("merge"),
    frozenset({"into"}),
)
TAKE_OFF = Answer(
    "withdraw", _("Take off the site"), _("Taken off the site."), _turn("withdraw"), WHY
)
HOST_ASKED = Answer(
    "host-asked",
    _("The group asks to be taken off"),
    _("Taken off the site, as its people asked."),
    _turn("withdraw", Why.HOST_ASKED),
)
REOPEN = Answer("reopen", _("Open it again"), _("It waits for review again."), _turn("reopen"))
CLOSED = Answer(
    "closed", _("It has closed"), _("Noted: the group has closed. The page stays."), _closed
)


def _looked(verb: str, label: Any) -> Answer:
    return Answer(verb, label, _("Noted."), _look)


ON_REPORT = (
    _looked("nothing", _("Nothing is wrong")),
    _looked("mended", _("It is mended")),
    CLOSED,
    TAKE_OFF,
    HOST_ASKED,
)

ANSWERS: Mapping[str, tuple[Answer, ...]] = {
    "entry": (PUBLISH, ASK, REJECT, MERGE, TAKE_OFF, HOST_ASKED, REOPEN),
    "change": (
        Answer(
            "publish-edit",
            _("Publish the edit"),
            _("Published."),
            _publish_edit,
            frozenset({"fields"}),
        ),
        Answer("ask-edit", _("Ask the sender"), _("Asked."), _ask_about_edit, NOTE, QUESTION),
        Answer(
            "decline-edit",
            _("Do not publish"),
            _("Not published. The sender is told."),
            _decline_edit,
            NOTE,
        ),
    ),
    "live": (
        _looked("right", _("Looks right")),
        Answer("put-back", _("Put back as it was"), _("Put back as it was."), _put_back),
    ),
    "report": ON_REPORT,
    "link": (_looked("dead", _("The link is dead")), *ON_REPORT[1:]),
    "join": (_looked("looked", _("I have seen to it")), TAKE_OFF),
    "claim": (
        Answer("grant", _("Yes, this page"), _("Granted."), _grant_claim(False)),
        Answer(
            "grant-all",
            _("Yes, all pages of the organization"),
            _("Granted."),
            _grant_claim(True),
        ),
        Answer(
            "decline-claim", _("No"), _("Not granted. The sender is told."), _decline_claim, NOTE
        ),
    ),
    "domain": (
        Answer(
            "confirm",
            _("It belongs to them"),
            _("Noted. A second reviewer must agree as well, if none has yet."),
            _ruling(rulings.confirm_domain),
        ),
        Answer(
            "decline",
            _("No"),
            _("Not confirmed. The administrators are told."),
            _ruling(rulings.decline_domain),
            NOTE,
            WHY_NOT,
        ),
    ),
    "membership": (
        Answer("grant", _("Yes"), _("Granted."), _ruling(rulings.let_in)),
        Answer(
            "decline",
            _("No"),
            _("Not granted. Whoever asked is told."),
            _ruling(rulings.not_let_in),
            NOTE,
            WHY_NOT,
        ),
    ),
    "invitation": (),
}

# reason → situation; an answer to a question is about an entry, or about an edit.
SITUATIONS = {
    Reason.DANGER: "report",
    Reason.REPORT: "report",
    Reason.LINK: "link",
    Reason.JOIN: "join",
    Reason.NEW: "entry",
    Reason.LIVE: "live",
    Reason.CLAIM: "claim",
    Reason.DOMAIN: "domain",
    Reason.MEMBERSHIP: "membership",
    Reason.INVITATION: "invitation",
}


def situation(case: Case | None) -> str:
    """Which row of the table a case is."""
    if case is None:
        return "entry"
    if case.reason in (Reason.CHANGE, Reason.ANSWERED) and case.change_id:
        return "change"
    return SITUATIONS.get(Reason(case.reason), "entry")
