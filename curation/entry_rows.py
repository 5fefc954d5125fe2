"""What the rows of every shelf have alike when they are loaded: texts, terms, child tables."""

from typing import Any

from curation import lifecycle
from curation.loading import Many, Row
from curation.models import Entry, Tag, TaggedEntry

SOURCE: dict[str, str] = {"yes": Entry.Source.PAGE, "named": Entry.Source.NAMED}
NOTE = "starting data"


def child_rows(model: Any, owner: str, column: str) -> Many:
    """A child table with one row for each value; `owner` is what its rows call the entry."""

    def get(entry: Entry) -> list[str]:
        return sorted(model.objects.filter(**{owner: entry}).values_list(column, flat=True))

    def set_(entry: Entry, values: list[str]) -> None:
        held = model.objects.filter(**{owner: entry})
        held.exclude(**{f"{column}__in": values}).delete()
        for value in values:
            model.objects.get_or_create(**{owner: entry, column: value})

    return Many(get, set_)


def keys_of(field: str, key: str, model: Any) -> Many:
    """A many-to-many field by a key of the rows to which it leads."""
    return Many(
        lambda entry: sorted(getattr(entry, field).values_list(key, flat=True)),
        lambda entry, keys: getattr(entry, field).set(model.objects.filter(**{f"{key}__in": keys})),
    )


def _get_tags(entry: Entry) -> list[str]:
    return sorted(f"{t.facet}:{t.slug}" for t in Tag.objects.filter(tagged__content_object=entry))


def _set_tags(entry: Entry, keys: list[str]) -> None:
    TaggedEntry.objects.filter(content_object=entry).delete()
    for key in keys:
        facet, slug = key.split(":", 1)
        tag = Tag.objects.filter(facet=facet, slug=slug).first()
        if tag:  # a moderator may have taken the term away since
            TaggedEntry.objects.get_or_create(content_object=entry, tag=tag.merged_into or tag)


TAGS = Many(_get_tags, _set_tags)


def born(entry: Entry, public: bool) -> None:
    """A new entry takes its first turns."""
    lifecycle.take(entry, "submit", by=None, note=NOTE)
    if public:
        lifecycle.take(entry, "publish", by=None, note=NOTE)


def text_status(row: Row, text: str, status: str) -> str:
    """A text that is not there is missing, whatever the file says."""
    if not row[text]:
        return Entry.TextStatus.MISSING
    if status not in Entry.TextStatus.values:
        raise row.broken("text_status_fr", f"“{status}” is no status of a text")
    return status
