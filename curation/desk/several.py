"""Several at a time, where that can do no harm: what was looked at, never what is published."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.languages import LocalText
from curation import hiding
from curation.cases import Reason
from curation.desk import answers, case_sheet, comparison, queue
from curation.desk.answers import Answer, Given
from curation.desk.comparison import Row
from curation.lifecycle import TurnRefused
from curation.models import Case, Report

PAGE = 25
# reason → the buttons that may be pressed for many at once.
HARMLESS = {
    Reason.LIVE: ("right",),
    Reason.REPORT: ("nothing", "mended"),
    Reason.LINK: ("dead", "mended"),
}


@dataclass(frozen=True)
class Item:
    """One thing that waits, with as much of it as one must see to say that it is right."""

    line: queue.Line
    rows: list[Row] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    reason: str
    reasons: list[tuple[str, Any]]
    items: list[Item]
    buttons: list[Answer]


@dataclass(frozen=True)
class Result:
    """What became of one of those that were ticked."""

    name: LocalText
    words: str
    fine: bool


def page(reason: str, user: Any) -> Page:
    """The first 25 that wait for one of the harmless reasons."""
    reason = reason if reason in HARMLESS else Reason.LIVE
    waiting = Case.objects.waiting().filter(reason=reason).values_list("pk", flat=True)
    lines = queue.lines(list(waiting[:PAGE]))
    return Page(
        reason,
        [(value, Reason(value).label) for value in HARMLESS],
        [_item(line) for line in lines],
        _buttons(reason),
    )


def take(keys: Collection[str], reason: str, verb: str, *, by: Any) -> list[Result]:
    """Give one answer to each that is ticked; each for itself, so that one cannot stop others."""
    button = next((each for each in _buttons(reason) if each.verb == verb), None)
    if button is None:
        return []
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 11][:PAGE]
    return [_take_one(number, reason, button, by) for number in numbers]


def _take_one(key: int, reason: str, button: Answer, by: Any) -> Result:
    try:
        case = case_sheet.found(key)
    except Case.DoesNotExist:
        return Result(LocalText("", "en"), _("This is no longer here."), False)
    try:
        if case.reason != reason:
            raise TurnRefused(_("You may not do this here."))
        answers.give(button, case, case.entry, Given(by=by))
    except TurnRefused as why:
        return Result(queue.name_of(case), str(why), False)
    return Result(queue.name_of(case), str(button.done), True)


def _buttons(reason: str) -> list[Answer]:
    verbs = HARMLESS.get(Reason(reason), ()) if reason in Reason.values else ()
    situation = answers.SITUATIONS.get(Reason(reason), "") if verbs else ""
    return [each for each in answers.ANSWERS.get(situation, ()) if each.verb in verbs]


def _item(line: queue.Line) -> Item:
    case = line.case
    assert case.entry is not None
    if case.reason == Reason.LIVE and case.change:
        patch = case.change.patch
        before = {name: pair[0] for name, pair in patch.items()}
        after = {name: pair[1] for name, pair in patch.items()}
        rows = comparison.rows_of(case.entry, before, after)
        return Item(line, comparison.not_shown(rows, hiding.fields_kept_from(None, case.entry)))
    return Item(line, reports=list(reports_of(case)))


def reports_of(case: Case) -> Collection[Report]:
    """What readers said, as far as nobody has looked."""
    return Report.objects.filter(entry=case.entry_id, looked_at=None).order_by("-day", "-pk")
