"""Whether the way into a group is shut, because somebody reported a danger."""

from django.db.models import Exists, OuterRef, Q

from curation.models import Entry, Report

SHUTS = Q(shuts_the_door=True, looked_at=None)


def is_shut(entry: Entry) -> bool:
    """Whether a report of danger keeps the way in shut until a reviewer has looked."""
    return Report.objects.filter(SHUTS, entry=entry.pk).exists()


def shut() -> Exists:
    """The same for each row of a query on entries, within that query."""
    return Exists(Report.objects.filter(SHUTS, entry=OuterRef("pk")))
