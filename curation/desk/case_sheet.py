"""The page of something that waits: what it is, what differs, what speaks for it, the answers."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation import cases, hiding, lifecycle, shelves
from curation.cases import TAKEN_FOR
from curation.desk import filling, queue
from curation.desk.answers import (
    ANSWERS,
    CLOSED,
    HOST_ASKED,
    Answer,
    situation,
    waits_for_an_answer,
)
from curation.desk.sheet import WAITING_STATES as WAITING_STATES
from curation.desk.sheet import CaseSheet as CaseSheet
from curation.desk.sheet import Review
from curation.lifecycle import Role
from curation.models import Case, Entry

# Of what nobody may know whose it is, it is not said why this reviewer stands aside.
SOMEBODY_ELSE = gettext_lazy("Somebody else decides on this one.")
# What a turn's button needs the lifecycle to allow, where it is not the button's own verb.
VERB = {"host-asked": "withdraw", "closed": "withdraw"}


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
        settled=case.closed_at is not None and not waits_for_an_answer(case),
        asked=waits_for_an_answer(case),
        beside=queue.beside(case),
    )
    if case.taken_by and case.taken_at and case.taken_at >= now - TAKEN_FOR:
        page.mine = case.taken_by_id == user.pk
        page.taken_by = "" if page.mine else case.taken_by.email
    if entry is not None:
        _about_entry(page, entry, user)
    filling.FILL[kind](page, user)
    _answers(page, user)
    return page


def of_entry(entry: Entry, user: Any) -> CaseSheet:
    """The same page for any entry, even if nothing about it waits."""
    page = CaseSheet(None, entry, entry.name, entry.get_review_display(), "entry")
    _about_entry(page, entry, user)
    filling.FILL["entry"](page, user)
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


def _about_entry(page: CaseSheet, entry: Entry, user: Any) -> None:
    shelf = shelves.of(entry)
    page.version, page.page = entry.version, shelf.address(entry)
    page.hides, page.sealed = shelf.hidden(entry), hiding.is_closed(entry, user)
    page.covered = hiding.fields_kept_from(user, entry, _wanted(page.case))
    if lifecycle.role_of(user, entry) != Role.REVIEWER:
        page.stands_aside = str(SOMEBODY_ELSE if page.hides else shelf.manners.stands_aside)


def _wanted(case: Case | None) -> dict[str, Any]:
    """The values that the edit of a case wants."""
    change = case.change if case else None
    return {name: pair[1] for name, pair in change.patch.items()} if change else {}


def _answers(page: CaseSheet, user: Any) -> None:
    """The buttons that lead on from here, and the words that are ready for them."""
    case = page.case
    alone = page.entry is None and case is not None and not page.stands_aside
    if alone and cases.is_their_own(user, list(page.about.organizations.all())):
        page.stands_aside = _("This is your own organization, so somebody else decides.")
    if page.settled or page.stands_aside:
        return
    page.buttons = [
        each
        for each in buttons(case, page.entry, user)
        if each.verb != "publish" or not page.cannot_be_published
    ]
    if page.writes_to:
        page.texts = [(text.code, text.in_language(page.language)) for text in page.ready]


def buttons(case: Case | None, entry: Entry | None, user: Any) -> list[Answer]:
    """The answers that a reviewer may give now."""
    offered = list(ANSWERS[situation(case)])
    if case is not None and case.claim and not case.claim.organization:
        offered = [each for each in offered if each.verb != "grant-all"]
    if entry is None:
        return offered
    turns, manners = lifecycle.TURNS, shelves.of(entry).manners
    if not manners.closes:
        offered = [each for each in offered if each is not CLOSED]
    return [
        replace(each, label=manners.wants_off) if each is HOST_ASKED else each
        for each in offered
        if (verb := VERB.get(each.verb, each.verb)) not in turns
        or (lifecycle.may(user, verb, entry) and _makes_sense(verb, entry))
    ]


def _makes_sense(verb: str, entry: Entry) -> bool:
    """What has never been public is not taken off the site; it is not published."""
    return verb != "withdraw" or entry.review == Review.PUBLISHED


def address(page: CaseSheet) -> str:
    """Where the page is, for links and for coming back."""
    if page.case is not None:
        return reverse("case_page", args=[page.case.pk])
    assert page.entry is not None
    return reverse("entry_review", args=[page.entry.pk])
