"""Whether the way into a group is shut, because somebody reported a danger."""

from curation.models import Entry, Report


def is_shut(entry: Entry) -> bool:
    """Whether a report of danger keeps the way in shut until a reviewer has looked."""
    return Report.objects.filter(entry=entry.pk, shuts_the_door=True, looked_at=None).exists()
