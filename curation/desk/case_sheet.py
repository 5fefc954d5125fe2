"""The page of something that waits: what it is, what differs, what speaks for it, the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import LocalText, day_in_words
from curation import cases, changes, lifecycle, shelves
from curation.cases import TAKEN_FOR
from curation.desk import checks, comparison, queue, ready_texts
from curation.desk.answers import ANSWERS, Answer, language_of, situation
from curation.desk.checks import Check, Sent
from curation.desk.comparison import Row
from curation.lifecycle import Role
from curation.models import Case, Entry, Report, Stance
from curation.removals import Why
from curation.reporting import reports

Review = Entry.Review
# What a turn's button needs the lifecycle to allow, where it is not the button's own verb.
VERB = {"host-asked": "withdraw", "closed": "withdraw"}
STANCES = {
    Stance.RUN: gettext_lazy("They say: I run it"),
    Stance.ASKED: gettext_lazy("They say: I asked the people who run it, and they agree"),
    Stance.TIP: gettext_lazy("They say: just a tip"),
}
WHY_IT_WAITS = {
    "entry": gettext_lazy(
        "Everything new is looked at once before it is public. A chat group needs the yes of the "
        "people who run it."
    ),
    "change": gettext_lazy(
        "The link, the contact, the members and who runs it always wait, since a wrong one could "
        "hurt somebody. Other edits wait unless a trusted organization makes them about itself."
    ),
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
WAITING_STATES = (Review.SUBMITTED, Review.NEEDS_ANSWER)


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
    caption: str = ""
    conflicts: bool = False
    words: str = ""
    objection: str = ""
    facts: list[tuple[str, Any]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    buttons: list[Answer] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    language: str = "en"
    writes_to: bool = True
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
    def door(self) -> str:
        """Where reviewers see how one gets into the group, and decide on an invitation."""
        if self.situation not in ("invitation", "join") or self.entry is None:
            return ""
        return reverse("invitation_review", args=[self.entry.pk])

    @property
    def asks(self) -> frozenset[str]:
        """What the buttons together ask for."""
        return frozenset().union(*(button.asks for button in self.buttons))

    @property
    def can_be_undone(self) -> bool:
        """Whether what is decided here can be taken back for seven days."""
        return self.situation in ("entry", "change", "live", "report", "link", "join")

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
        return WHY_IT_WAITS.get(self.situation, "")

    @property
    def waits_already(self) -> bool:
        return bool(self.entry and self.entry.review in WAITING_STATES)


def of_case(case: Case, user: Any) -> CaseSheet:
    """The page of a case for a reviewer."""
    entry = case.entry
    kind = situation(case)
    now = timezone.now()
    page = CaseSheet(
        case,
        entry,
        queue.name_of(case),
        queue.what_is_it(case, []),
        kind,
        settled=case.closed_at is not None,
        beside=queue.beside(case),
    )
    if case.taken_by and case.taken_at and case.taken_at >= now - TAKEN_FOR:
        page.mine = case.taken_by_id == user.pk
        page.taken_by = "" if page.mine else case.taken_by.email
    if entry is not None:
        _about_entry(page, entry, user)
    FILL[kind](page, user)
    _answers(page, user)
    return page


def of_entry(entry: Entry, user: Any) -> CaseSheet:
    """The same page for any entry, even if nothing about it waits."""
    page = CaseSheet(None, entry, entry.name, entry.get_review_display(), "entry")
    _about_entry(page, entry, user)
    _fill_entry(page, user)
    _answers(page, user)
    return page


def found_entry(key: int) -> Entry:
    """An entry with all that its page shows. Raises Entry.DoesNotExist."""
    return Entry.objects.select_related(
        "name_own_language", "submission__by", "merged_into__name_own_language"
    ).get(pk=key)


def found(key: int) -> Case:
    """A case with all that its page shows. Raises Case.DoesNotExist."""
    return Case.objects.select_related(
        "entry__name_own_language", "entry__submission__by", "entry__merged_into",
        "change__by", "claim__by", "claim__organization", "domain__organization",
        "domain__first_by", "membership__organization", "membership__user", "taken_by",
    ).get(pk=key)  # fmt: skip


# What each situation shows -----------------------------------------------------------------------


def _about_entry(page: CaseSheet, entry: Entry, user: Any) -> None:
    page.version, page.page = entry.version, shelves.of(entry).address(entry)
    if lifecycle.role_of(user, entry) != Role.REVIEWER:
        page.stands_aside = _(
            "Your own organization runs this group, so somebody else decides here. You can look, "
            "and edit the page as one of its people."
        )


def _fill_entry(page: CaseSheet, user: Any) -> None:
    entry = page.entry
    assert entry is not None
    submission = getattr(entry, "submission", None)
    sent = Sent.of(submission)
    values = shelves.of(entry).values(entry)
    page.rows, page.empty = comparison.whole(entry, values)
    page.caption = _("What it would say") if page.waits_already else _("What it says")
    page.language = language_of(submission)
    page.writes_to = bool(sent.address)
    if submission:
        page.what = _sent_on(page.what, submission.created_at)
        page.facts = [
            (_("Sent by"), sent.address or _("an address that is no longer kept")),
            (_("What they are to it"), STANCES[Stance(submission.stance)]),
            (_("They read"), _language_name(page.language)),
        ]
    if page.waits_already:
        page.objection = shelves.of(entry).objection(entry)
        page.checks = checks.of_values(entry, values, sent)
    elif entry.merged_into:
        page.facts.append((_("It leads to"), entry.merged_into.name))


def _fill_change(page: CaseSheet, user: Any) -> None:
    entry: Any = page.entry
    change: Any = page.about.change
    wanted = {name: pair[1] for name, pair in change.patch.items()}
    now = shelves.of(entry).values(entry)
    if page.situation == "live":
        now = now | {name: pair[0] for name, pair in change.patch.items()}
    else:
        seen = {each.field: each.seen for each in changes.conflicts(change)}
        page.conflicts = bool(seen)
    page.rows = comparison.rows_of(entry, now, wanted, seen if page.situation == "change" else None)
    filled = {name for name, value in now.items() if comparison.in_words(entry, name, value)}
    page.caption = _("%(number)s of %(all)s fields change") % {
        "number": len(wanted), "all": len(filled | wanted.keys())
    }  # fmt: skip
    page.language, page.words = language_of(change), change.note
    sent = Sent.of(change)
    page.writes_to = bool(sent.address)
    page.what = _sent_on(page.what, change.created_at, _who(entry, change.by))
    page.facts = [(_("Sent by"), sent.address or _("an address that is no longer kept"))]
    page.checks = checks.of_values(entry, wanted, sent)


def _fill_report(page: CaseSheet, user: Any) -> None:
    entry: Any = page.entry
    page.reports = list(reports.of_case(page.about))
    page.checks = [*checks.links(entry, {}), checks.keepers_of(entry)]
    submission = getattr(entry, "submission", None)
    page.language, page.writes_to = language_of(submission), bool(submission)


def _fill_claim(page: CaseSheet, user: Any) -> None:
    claim = page.about.claim
    page.language, page.words = language_of(claim), claim.words
    page.what = _sent_on(page.what, claim.created_at)
    page.facts = [(_("Sent by"), Sent.of(claim).address)]
    if claim.role_mailbox:
        page.facts.append((_("Would look after it"), claim.email))
    if claim.organization:
        page.facts.append((_("Organization"), claim.organization))
    page.checks = checks.of_claim(claim)
    if claim.by_id == user.pk:
        page.stands_aside = _("You ask for this yourself, so somebody else decides.")


def _fill_domain(page: CaseSheet, user: Any) -> None:
    row = page.about.domain
    page.writes_to = False
    page.facts = [(_("Domain"), row.name), (_("Organization"), row.organization)]
    page.checks = checks.of_domain(row)
    if row.first_by_id == user.pk:
        page.stands_aside = _("You have agreed already. Somebody else must agree as well.")


def _fill_membership(page: CaseSheet, user: Any) -> None:
    row = page.about.membership
    page.writes_to, page.words = False, row.words
    page.facts = [
        (_("Who"), row.user.email if row.user else row.email),
        (_("Would be"), row.get_role_display()),
        (_("Organization"), row.organization),
    ]
    if row.user_id == user.pk:
        page.stands_aside = _("You ask for this yourself, so somebody else decides.")


def _fill_invitation(page: CaseSheet, user: Any) -> None:
    """The shelf that holds the invitation has a page for it, since no link may stand here."""


FILL = {
    "entry": _fill_entry,
    "change": _fill_change,
    "live": _fill_change,
    "report": _fill_report,
    "link": _fill_report,
    "join": _fill_report,
    "claim": _fill_claim,
    "domain": _fill_domain,
    "membership": _fill_membership,
    "invitation": _fill_invitation,
}


def _answers(page: CaseSheet, user: Any) -> None:
    """The buttons that lead on from here, and the words that are ready for them."""
    case = page.case
    alone = page.entry is None and case is not None and not page.stands_aside
    if alone and cases.is_their_own(user, list(page.about.organizations.all())):
        page.stands_aside = _("This is your own organization, so somebody else decides.")
    if page.settled or page.stands_aside:
        return
    page.buttons = buttons(case, page.entry, user)
    if page.writes_to:
        ready = ready_texts.of(page.situation)
        page.texts = [(text.code, text.in_language(page.language)) for text in ready]


def buttons(case: Case | None, entry: Entry | None, user: Any) -> list[Answer]:
    """The answers that a reviewer may give now."""
    offered = list(ANSWERS[situation(case)])
    if case is not None and case.claim and not case.claim.organization:
        offered = [each for each in offered if each.verb != "grant-all"]
    if entry is None:
        return offered
    turns = lifecycle.TURNS
    return [
        each
        for each in offered
        if (verb := VERB.get(each.verb, each.verb)) not in turns
        or (lifecycle.may(user, verb, entry) and _makes_sense(verb, entry))
    ]


def _makes_sense(verb: str, entry: Entry) -> bool:
    """What has never been public is not taken off the site; it is not published."""
    return verb != "withdraw" or entry.review == Review.PUBLISHED


def _sent_on(what: str, at: Any, who: str = "") -> str:
    """ "Edit waiting for review, sent 19 November 2026 by the person who looks after it"."""
    words = {"what": what, "day": day_in_words(timezone.localdate(at)), "who": who}
    if who:
        return _("%(what)s, sent %(day)s by %(who)s") % words
    return _("%(what)s, sent %(day)s") % words


def _who(entry: Entry, person: Any) -> str:
    if person is None:
        return _("somebody without an account")
    if shelves.of(entry).kept_by(person).filter(pk=entry.pk).exists():
        return _("the person who looks after this page")
    if person.reviews:
        return _("a volunteer reviewer")
    return _("somebody with an account")


def _language_name(code: str) -> str:
    return _("French") if code == "fr" else _("English")


def address(page: CaseSheet) -> str:
    """Where the page is, for links and for coming back."""
    if page.case is not None:
        return reverse("case_page", args=[page.case.pk])
    assert page.entry is not None
    return reverse("entry_review", args=[page.entry.pk])
