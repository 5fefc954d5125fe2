"""What the page of something that waits shows, for each situation."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.languages import day_in_words
from accounts.membership import owners
from curation import changes, shelves
from curation.desk import about_organizations, checks, comparison
from curation.desk.answers import AGREED, language_of
from curation.desk.checks import Sent
from curation.desk.linking import linked
from curation.desk.sheet import CaseSheet, Review, Said
from curation.keeping import keepers
from curation.lifecycle import Role
from curation.models import Entry, Stance
from curation.reporting import reports

STANCES = {
    Stance.RUN: gettext_lazy("They say: I run it"),
    Stance.ASKED: gettext_lazy("They say: I asked the people who run it, and they agree"),
    Stance.TIP: gettext_lazy("They say: just a tip"),
}
# Whoever asked not to be named, until this reviewer opens the name.
NOT_SHOWN, NOBODY = gettext_lazy("somebody who asked not to be named"), Sent("")
# verb → what is said of its note, by anybody else and by a reviewer; "" where nothing is.
TALK: Mapping[str, tuple[Any, Any]] = {
    "ask": ("", gettext_lazy("A reviewer asked")),
    "reject": ("", gettext_lazy("Why it was not published")),
    "withdraw": (gettext_lazy("Why it was taken back"), gettext_lazy("Why it was taken off")),
    "submit": (gettext_lazy("The sender answered"), ""),
    "reopen": (gettext_lazy("Why it should be looked at again"), ""),
}


def _fill_entry(page: CaseSheet, user: Any) -> None:
    entry = page.entry
    assert entry is not None
    submission = getattr(entry, "submission", None)
    sent = NOBODY if page.sealed else Sent.of(submission)
    values = shelves.of(entry).values(entry)
    rows, page.empty = comparison.whole(entry, values)
    page.rows = comparison.not_shown(rows, page.covered)
    page.along = _along(page, values)
    page.caption = _("What it would say") if page.waits_already else _("What it says")
    page.language = language_of(submission)
    page.writes_to = bool(Sent.of(submission).address)
    page.talk = _talk(entry)
    page.asked = entry.review == Review.NEEDS_ANSWER
    if submission:
        page.what = _sent_on(page.what, submission.created_at)
        page.facts = [_sent_by(page, submission)]
        if shelves.of(entry).manners.asks_stance:
            page.facts.append((_("What they are to it"), STANCES[Stance(submission.stance)]))
        page.facts.append((_("They read"), _language_name(page.language)))
    if page.waits_already:
        page.objection = shelves.of(entry).objection(entry)
        page.asks_consent = bool(page.objection) and AGREED.keys() <= values.keys()
        page.checks = checks.of_values(entry, _shown(page, values), sent)
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
    rows = comparison.rows_of(entry, now, wanted, seen if page.situation == "change" else None)
    page.rows = comparison.not_shown(rows, page.covered)
    page.along = _along(page, wanted)
    filled = {name for name, value in now.items() if comparison.in_words(entry, name, value)}
    words = ngettext(
        "%(number)s of %(all)s fields changes", "%(number)s of %(all)s fields change", len(wanted)
    )
    page.caption = words % {"number": len(wanted), "all": len(filled | wanted.keys())}
    page.language, page.words = language_of(change), change.note
    if page.asked and change.answer:
        page.talk = [Said(_("A reviewer asked"), change.answer, page.about.closed_at)]
    sent = NOBODY if page.sealed else Sent.of(change)
    page.writes_to = bool(Sent.of(change).address)
    who = "" if page.sealed else _who(entry, change.by)
    page.what = _sent_on(page.what, change.created_at, who)
    page.facts = [_sent_by(page, change)]
    shown = _shown(page, wanted)
    page.checks = [*checks.of_values(entry, shown, sent), *checks.other_language(entry, shown)]
    if change.left_out:
        shelf = shelves.of(entry)
        left_out = ", ".join(shelf.label(name, entry) for name in change.left_out)
        page.facts.append((_("Not taken"), left_out))


def _talk(entry: Entry) -> list[Said]:
    """What was last asked, or refused, and what was said to it since."""
    past = list(entry.decisions.filter(verb__in=TALK).order_by("-number")[:2])
    return [
        Said(TALK[row.verb][row.role == Role.REVIEWER], row.note, row.at)
        for row in reversed(past)
        if row.note and TALK[row.verb][row.role == Role.REVIEWER]
    ]


def _fill_report(page: CaseSheet, user: Any) -> None:
    entry: Any = page.entry
    page.reports = list(reports.of_case(page.about))
    page.summary = shelves.of(entry).summary(entry)
    page.along = _along(page)
    page.checks = [*checks.links(entry, {})]
    if shelves.of(entry).manners.claimed:
        page.checks.append(checks.keepers_of(entry))
    submission = getattr(entry, "submission", None)
    page.language, page.writes_to = language_of(submission), bool(submission)


def _fill_claim(page: CaseSheet, user: Any) -> None:
    claim = page.about.claim
    page.summary = shelves.of(claim.entry).summary(claim.entry)
    page.language, page.words = language_of(claim), claim.words
    page.what = _sent_on(page.what, claim.created_at)
    page.facts = [(_("Sent by"), Sent.of(claim).address)]
    if claim.role_mailbox:
        page.facts.append((_("Would look after it"), claim.email))
    if claim.organization:
        page.facts.append((_("Organization"), claim.organization))
    hands = ", ".join(hand.address for hand in keepers.hands(claim.entry)) or _("nobody yet")
    page.facts.append((_("Looks after it already"), NOT_SHOWN if page.sealed else hands))
    page.checks = checks.of_claim(claim)
    if claim.by_id == user.pk:
        page.stands_aside = _("You ask for this yourself, so somebody else decides.")


def _fill_domain(page: CaseSheet, user: Any) -> None:
    row = page.about.domain
    admins = [each.user for each in owners(row.organization) if each.user]
    page.language = admins[0].language if admins else "en"
    page.facts = [
        (_("Domain"), linked(f"https://{row.name}/")),
        *about_organizations.facts(row.organization, apart_from=row),
    ]
    page.checks = checks.of_domain(row)
    if row.first_by_id == user.pk:
        page.stands_aside = _("You have agreed already. Somebody else must agree as well.")


def _fill_membership(page: CaseSheet, user: Any) -> None:
    row = page.about.membership
    page.words = row.words
    page.language = row.user.language if row.user else "en"
    page.what = _sent_on(page.what, row.created_at)
    page.facts = [
        (_("Who"), row.user.email if row.user else row.email),
        (_("Would be"), row.get_role_display()),
        *about_organizations.facts(row.organization),
    ]
    page.checks = checks.of_membership(row)
    if row.user_id == user.pk:
        page.stands_aside = _("You ask for this yourself, so somebody else decides.")


def _fill_invitation(page: CaseSheet, user: Any) -> None:
    """The shelf that holds the invitation has a page for it, since no link may stand here."""
    page.summary = shelves.of(page.about.entry).summary(page.about.entry)


def _sent_by(page: CaseSheet, row: Any) -> tuple[str, Any]:
    """Who sent something, unless they asked not to be named."""
    known = Sent.of(row).address or _("an address that is no longer kept")
    return _("Sent by"), NOT_SHOWN if page.sealed else known


def _along(page: CaseSheet, values: Mapping[str, Any] | None = None) -> list[Any]:
    """The files and links among values, or else of the entry as it is.

    Whoever steps aside may not open a file that waits.
    """
    shelf = shelves.of(page.entry) if page.entry else None
    if page.entry is None or shelf is None or shelf.along is None or page.stands_aside:
        return []
    return shelf.along(values or shelf.values(page.entry), page.sealed)


def _shown(page: CaseSheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of which a reviewer may know something."""
    return {name: value for name, value in values.items() if name not in page.covered}


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
