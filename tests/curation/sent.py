"""Things that wait, made the way people make them: sent in, edited, reported, claimed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from curation import cases, changes, lifecycle, shelves
from curation.changes import Sender
from curation.keeping import claims
from curation.models import Case, Change, Entry, Submission
from curation.reporting import reports
from tests.factories import make_listing, make_member, make_organization

SAM = Sender(email="sam@agency.example.org")


def make_entry(name: str = "Housing Workers of Halifax", **fields: Any) -> Entry:
    """A group as the bench sees it: whole enough for its form to take it."""
    given = {
        "one_line_en": "They compare what works.",
        "scope": "provincial",
        "website": "https://housing.example.org/",
        **fields,
    }
    return Entry.objects.get(pk=make_listing(name, **given).pk)


def send_new(
    name: str = "Newcomer tech workers", *, stance: str = "run", sender: Sender = SAM, **fields: Any
) -> Case:
    """A group that somebody proposed, waiting for review."""
    entry = make_entry(name, review="draft", **fields)
    Submission.objects.create(
        entry=entry,
        stance=stance,
        by=sender.by,
        email="" if sender.by else sender.email,
        language=sender.language,
    )
    lifecycle.take(entry, "submit", by=None, role="sender")
    return Case.objects.get(entry=entry, reason="new")


def send_edit(entry: Entry, *, sender: Sender = SAM, note: str = "", **wanted: Any) -> Change:
    """An edit of a group, beside it."""
    seen = shelves.of(entry).values(entry)
    return changes.propose(
        entry,
        {**seen, **wanted},
        sender=sender,
        token=uuid.uuid4(),
        base=entry.version,
        seen=seen,
        note=note,
    )


def case_of_edit(entry: Entry, **wanted: Any) -> Case:
    """The case of an edit."""
    return Case.objects.get(change=send_edit(entry, **wanted))


def edit_of_a_trusted_organization() -> tuple[Entry, Case]:
    """A group, and the case of an edit that is public already."""
    agency = make_organization(trusted=True)
    entry = make_entry(hosts=[agency])
    person = make_member("pat@harbour.example.org", agency)
    return entry, case_of_edit(entry, sender=Sender(by=person), acronym="HWH")


def case_of_report(entry: Entry, reason: str = "wrong", words: str = "") -> Case:
    """The case of what a reader said is wrong."""
    reports.report(entry, reason, words=words)
    kind = "danger" if reason == "dangerous" else "report"
    return Case.objects.get(entry=entry, reason=kind, closed_at=None)


def case_of_claim(entry: Entry, *, sender: Sender = SAM, **more: Any) -> Case:
    """The case of "I run this group"."""
    claim = claims.send(entry, sender=sender, words="I founded it.", token=uuid.uuid4(), **more)
    return Case.objects.get(claim=claim)


def case_that_waits(days: int, name: str, reason: str = "report") -> Case:
    """A case that has waited for so many days."""
    case = cases.open_case(reason, entry=make_entry(name))
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - dt.timedelta(days=days))
    return Case.objects.get(pk=case.pk)


def waiting() -> list[str]:
    """The reasons of everything that waits, in the order of the desk."""
    return list(Case.objects.waiting().values_list("reason", flat=True))
