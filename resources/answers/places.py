"""An agency answers a lesson once. What of that everybody may learn, and what a reviewer may.

Whoever tries the name of one agency after another must not find out which of them answered
without giving its name, or whose lesson it is. So nobody is refused because of a hidden one; a
reviewer, who may open names, sees it before anything becomes public.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.changes import Invalid
from curation.models import Entry
from resources import agencies
from resources.models import Corroboration, Resource
from resources.shown import is_hidden

LONGEST_KEY = 180
TWICE = gettext_lazy(
    "Your organization has answered already. Its answer can be changed: you find it under "
    "“My pages”, or on the page of the lesson."
)
OWN = gettext_lazy("This is your organization’s own lesson. Change the lesson itself, on its page.")


def refusal(lesson: int, agency: str, *, but: int | None = None) -> str:
    """Why an agency may not answer a lesson, as a sentence, or "".

    `agency` is its key; `but` the answer that it is about, if it is here already.
    """
    if _is_its_own(Resource.objects.get(pk=lesson), agency):
        return str(OWN)
    named = (row for row in _others(lesson, agency, but) if not is_hidden(row))
    return str(TWICE) if any(named) else ""


def objection(answer: Corroboration) -> str:
    """Why an answer may not become public now, for reviewers, as a sentence, or ""."""
    agency = agencies.key(answer.organization_id, answer.agency)
    if answer.lesson.review != Entry.Review.PUBLISHED:
        return _("The lesson that it answers is not public.")
    others = _others(answer.lesson_id, agency, answer.pk)
    spoken = [row for row in others if row.review == Entry.Review.PUBLISHED]
    if _is_of(answer.lesson, agency):
        spoken.append(answer.lesson)
    # A name that is closed is not given away by saying which of them are the same.
    named = [] if is_hidden(answer) else [row for row in spoken if not is_hidden(row)]
    if answer.lesson in named:
        return _("It answers a lesson of its own agency.")
    if named:
        return _("An answer of the same agency is public already. Only one of them can be.")
    return _("Its agency has spoken here already, in the lesson or an answer.") if spoken else ""


def taken_by(answer: Corroboration) -> str | None:
    """The key under which an answer stands for its agency: the one place that an agency has.

    None where a hidden answer of the same agency has it. What is no longer here gives its place
    back. The lesson is locked, so that two who answer at once do so one after the other. Raises
    Invalid where somebody of the same agency was faster.
    """
    Entry.objects.select_for_update().get(pk=answer.lesson_id)
    key = agencies.key(answer.organization_id, answer.agency)[:LONGEST_KEY] or None
    holders = Corroboration.objects.filter(lesson=answer.lesson_id, agency_key=key or "")
    holders = holders.exclude(pk=answer.pk)
    holders.exclude(review__in=(Entry.Review.DRAFT, *agencies.LIVING)).update(agency_key=None)
    holder = holders.first()
    if holder and not is_hidden(holder):
        raise Invalid({"organization": [TWICE]})
    return None if holder else key


def _is_its_own(lesson: Resource, agency: str) -> bool:
    """Whether everybody knows whose lesson it is, and it is this agency's."""
    return not is_hidden(lesson) and _is_of(lesson, agency)


def _is_of(lesson: Resource, agency: str) -> bool:
    return bool(agency) and agency == agencies.key(lesson.organization_id, lesson.publisher)


def _others(lesson: int, agency: str, but: int | None) -> list[Any]:
    """The answers of the same agency that are public or wait."""
    rows = Corroboration.objects.filter(lesson=lesson, review__in=agencies.LIVING)
    rows = rows.exclude(pk=but) if but else rows
    return [row for row in rows if agencies.key(row.organization_id, row.agency) == agency]
