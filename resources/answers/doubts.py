"""What a reviewer must know before an answer becomes public.

How sure a lesson is follows from its answers, so whoever publishes one decides that too: what it
would raise is said before, and what would raise it unfairly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from curation.forms.named import plain
from curation.models import Entry, Submission
from resources import agencies, before_sending, shown
from resources.evidence import RUNGS, as_claimed, standing
from resources.models import Corroboration, Resource, Visibility
from resources.shelf import TAGS, rows

ALIKE = 85  # of 100, by the letters of two names


def doubts(entry: Entry, address: str, values: Mapping[str, Any]) -> Iterator[str]:
    """What to look at in an answer: who sent it, whether its agency has spoken, what it raises.

    `values` are those that would become public: all of a new answer, or those of an edit. Whoever
    hides a name is compared with nothing: that it is alike would give it away.
    """
    answer = Corroboration.objects.select_related("organization", "lesson").get(pk=entry.pk)
    if _is_by_someone_new(answer, values):
        yield _("We do not know this organization yet: is it one?")
    others = Corroboration.objects.filter(lesson=answer.lesson_id, review__in=agencies.LIVING)
    others = others.exclude(pk=answer.pk).select_related("organization")
    rows_of_lesson: list[Resource | Corroboration] = [answer.lesson, *others]
    named = [row for row in rows_of_lesson if not shown.hides_somebody(row)]
    if len(named) < len(rows_of_lesson):
        yield _(
            "The lesson or another answer hides a name. Do you doubt that this is another agency? "
            "Then open the name there"
        )
    if answer.lesson in named and _sent_by(address, answer.lesson_id):
        yield _("The same address sent the lesson itself")
    if any(_sent_by(address, row.pk) for row in named if row is not answer.lesson):
        yield _("The same address sent another answer to this lesson")
    known = [] if shown.is_hidden(answer) else [r for r in rows_of_lesson if not shown.is_hidden(r)]
    if any(_alike(_name(answer), _name(row)) for row in known):
        yield _("An agency with a similar name stands behind the lesson or another answer")
    yield from _raised_by(answer, values)
    if values.get("visibility", answer.visibility) == Visibility.HIDDEN:
        yield from before_sending.doubts(values, Visibility.HIDDEN)


def _is_by_someone_new(answer: Corroboration, values: Mapping[str, Any]) -> bool:
    """Whether values that say whose it is name no organization of our list."""
    is_asked = answer.review != Entry.Review.PUBLISHED or values.keys() & {"organization", "agency"}
    return bool(is_asked) and not values.get("organization", answer.organization_id)


def _raised_by(answer: Corroboration, values: Mapping[str, Any]) -> Iterator[str]:
    """The step to which an answer with these values would raise its lesson."""
    lesson = rows([answer.lesson_id]).first()
    if lesson is None:
        return
    before = shown.evidence(lesson)
    others = [shown.as_evidence(each) for each in shown.answers(lesson) if each.pk != answer.pk]
    this = Corroboration.objects.prefetch_related(TAGS).get(pk=answer.pk)
    after = replace(before, answers=(*others, as_claimed(shown.as_evidence(this), values)))
    if standing(after) > standing(before):
        yield _("With it, the lesson stands on “%(step)s”") % {
            "step": RUNGS[standing(after) - 1].name
        }


def _sent_by(address: str, key: int) -> bool:
    """Whether something was sent from an address, by an account or without one."""
    theirs = Q(email__iexact=address) | Q(by__email__iexact=address)
    return bool(address) and Submission.objects.filter(theirs, entry=key).exists()


def _name(row: Resource | Corroboration) -> str:
    words = row.publisher if isinstance(row, Resource) else row.agency
    return plain(str(row.organization) if row.organization else words)


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and fuzz.token_set_ratio(one, other) >= ALIKE
