"""What the page of something that waits prints: a bag, and what follows from what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.languages import LocalText
from curation import shelves
from curation.desk import queue
from curation.desk.answers import Answer
from curation.desk.checks import Check
from curation.desk.comparison import Row
from curation.desk.ready_texts import ReadyText
from curation.models import Case, Entry, Report
from curation.removals import Why

Review = Entry.Review
WAITING_STATES = (Review.SUBMITTED, Review.NEEDS_ANSWER)
WHY_IT_WAITS = {
    "live": gettext_lazy(
        "A trusted organization edited its own page. It is public already; somebody looks at it "
        "afterwards."
    ),
    "report": gettext_lazy("A reader told us that something is wrong."),
    "link": gettext_lazy("The link has not answered for some days."),
    "join": gettext_lazy("People asked to join and have waited a week for an answer."),
    "claim": gettext_lazy(
        "Whoever looks after a page can change it, so somebody checks who it is."
    ),
    "domain": gettext_lazy(
        "An address at this domain will show that somebody works there, so two reviewers agree."
    ),
    "membership": gettext_lazy("Nobody looks after this organization’s account who could decide."),
    "invitation": gettext_lazy("A link into a group is looked at before anybody can open it."),
}


@dataclass(frozen=True)
class Said:
    """A question of a reviewer, or what was answered."""

    label: Any
    words: str
    at: Any = None


@dataclass
class CaseSheet:
    """What the page prints. `stands_aside` says why this reviewer has no buttons here."""

    case: Case | None
    entry: Entry | None
    name: LocalText
    what: str
    situation: str
    version: int = 0
    rows: list[Row] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    # The files and links that go along: each with `title`, `url` and `what` it is.
    along: list[Any] = field(default_factory=list)
    caption: str = ""
    conflicts: bool = False
    words: str = ""
    objection: str = ""
    # Whether a yes of the people who run it would take the objection away.
    asks_consent: bool = False
    facts: list[tuple[str, Any]] = field(default_factory=list)
    # What the page itself says in short, where what waits is said about it.
    summary: list[tuple[str, str]] = field(default_factory=list)
    # The last question to the sender and their answer, with their moments.
    talk: list[Said] = field(default_factory=list)
    asked: bool = False
    reports: list[Report] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    buttons: list[Answer] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    language: str = "en"
    writes_to: bool = True
    # Whose sender asked not to be named, whether this reviewer sees nothing of them, and the
    # fields that are covered then.
    hides: bool = False
    sealed: bool = False
    covered: frozenset[str] = frozenset()
    stands_aside: str = ""
    settled: bool = False
    taken_by: str = ""
    mine: bool = False
    page: str = ""
    beside: list[queue.Line] = field(default_factory=list)
    # What the reviewer typed, and what is wrong with it.
    given: Mapping[str, Any] = field(default_factory=dict)
    missing: str = ""
    problem: str = ""

    @property
    def about(self) -> Any:
        """The case, where there must be one."""
        return self.case

    @property
    def cannot_be_published(self) -> bool:
        """Whether something stands against it that no answer of a reviewer takes away."""
        return bool(self.objection) and not self.asks_consent

    @property
    def door(self) -> str:
        """Where reviewers see how one gets into the group, and decide on an invitation."""
        if self.situation not in ("invitation", "join") or self.entry is None:
            return ""
        return reverse("invitation_review", args=[self.entry.pk])

    @property
    def correction(self) -> str:
        """Where reviewers mend what waits before they decide; "" where there is nothing to mend."""
        waits = self.situation == "entry" and self.waits_already and not self.settled
        if self.entry is None or self.stands_aside or not waits:
            return ""
        return reverse("entry_correct", args=[self.entry.pk])

    @property
    def asks(self) -> frozenset[str]:
        """What the buttons together ask for."""
        return frozenset().union(*(button.asks for button in self.buttons))

    @property
    def can_be_undone(self) -> bool:
        """Whether what is decided here can be taken back for seven days."""
        return self.situation != "invitation"

    @property
    def filled(self) -> str:
        """The button that stands out: the usual answer, where giving it unread harms nobody."""
        usual = self.row_of_buttons[:1] if self.situation in ("entry", "change", "live") else []
        return usual[0].verb if usual else ""

    @property
    def row_of_buttons(self) -> list[Answer]:
        """The buttons beside each other; the one that needs another page stands with its search."""
        return [button for button in self.buttons if "into" not in button.asks]

    @property
    def reasons(self) -> list[tuple[str, Any]]:
        """The public reasons that one can choose."""
        return list(Why.choices)

    @property
    def why_it_waits(self) -> Any:
        """Why somebody has to look, in a sentence."""
        if self.entry and self.situation in ("entry", "change"):
            manners = shelves.of(self.entry).manners
            is_new = self.situation == "entry"
            return manners.why_new_waits if is_new else manners.why_edit_waits
        return WHY_IT_WAITS.get(self.situation, "")

    @property
    def ready(self) -> tuple[ReadyText, ...]:
        """The words that are ready for whoever is written to."""
        texts = shelves.of(self.entry).manners.texts if self.entry else {}
        return texts.get(self.situation, ())

    @property
    def opens(self) -> str:
        """Where this reviewer opens the name of a sender who asked not to be named, or ""."""
        if self.entry is None or not self.sealed or self.stands_aside:
            return ""
        return reverse("name_open", args=[self.entry.pk])

    @property
    def waits_already(self) -> bool:
        return bool(self.entry and self.entry.review in WAITING_STATES)
