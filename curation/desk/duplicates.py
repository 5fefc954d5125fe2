"""Entries that may be the same as another, by what they are called: public and waiting ones."""

from curation import likeness
from curation.models import Entry

MOST = 4
HERE = (Entry.Review.SUBMITTED, Entry.Review.NEEDS_ANSWER, Entry.Review.PUBLISHED)


def of(entry: Entry) -> list[Entry]:
    """At most four entries of the same shelf whose name is much the same, likeliest first."""
    rows = Entry.objects.filter(shelf=entry.shelf, review__in=HERE).exclude(pk=entry.pk)
    names = filter(None, (getattr(entry, field) for field in likeness.NAMES))
    best = likeness.likeliest(likeness.scores(rows, names), MOST)
    found = Entry.objects.select_related("name_own_language").in_bulk(best)
    return [found[key] for key in best]
