"""What was asked, and waits for its sender: new things and edits, the longest first."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.languages import LocalText
from curation.models import Case, Change, Decision, Entry

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One question: about what, in which words, since when."""

    name: LocalText
    page: str
    question: str
    at: dt.datetime | None


def number() -> int:
    """How many senders have been asked something, in two queries."""
    return _new().count() + _edits().count()


def lines() -> list[Line]:
    """The questions, the oldest first, in two queries."""
    asked = Decision.objects.filter(entry=OuterRef("pk"), verb="ask").order_by("-number")
    new = (
        _new()
        .select_related("name_own_language")
        .annotate(
            asked_words=Subquery(asked.values("note")[:1]),
            asked_at=Subquery(asked.values("at")[:1]),
        )
    )
    case = Case.objects.filter(change=OuterRef("pk"))
    edits = (
        _edits()
        .select_related("entry__name_own_language")
        .annotate(
            asked_at=Subquery(case.values("closed_at")[:1]),
            case_key=Subquery(case.values("pk")[:1]),
        )
    )
    found = [
        Line(row.name, reverse("entry_review", args=[row.pk]), row.asked_words or "", row.asked_at)
        for row in new[:SHOWN]
    ]
    found += [
        Line(row.entry.name, reverse("case_page", args=[row.case_key]), row.answer, row.asked_at)
        for row in edits[:SHOWN]
        if row.case_key
    ]
    return sorted(found, key=lambda line: line.at.isoformat() if line.at else "")


def _new() -> QuerySet[Entry]:
    return Entry.objects.filter(review=Entry.Review.NEEDS_ANSWER)


def _edits() -> QuerySet[Change]:
    return Change.objects.filter(state=Change.State.ASKED)
