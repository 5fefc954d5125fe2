"""A group as values: what its form holds, how they are saved, and how people read them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Province
from cop_directory import invites
from cop_directory.forms import FIELDS, LISTING, PARTS, SHORT, GroupForm, blank
from cop_directory.forms.meetings import When, ahead
from cop_directory.forms.named import NO_PLATFORM, address_of
from cop_directory.models import (
    Chat,
    Format,
    Listing,
    ListingFormat,
    ListingProvince,
    Meeting,
    Partnership,
    Practice,
)
from curation.models import Entry, Tag, TaggedEntry

# Where a wrong value could hurt somebody, a reviewer looks first.
WAITS = frozenset(
    {
        "kind", "hosts", "host_note_en", "host_note_fr", "consent", "members", "platform",
        "website", "contact_email", "other_way_en", "other_way_fr", "app_only", "rules_url",
        "archive_url", "recordings_url", "plan_url", "research_url", "secretariat_url",
        "agreement_holder",
    }
)  # fmt: skip
PERSONAL = frozenset({"contact_email"})
SHELF = "listing"
# The terms that the form holds, by field.
TERMS = {
    "topics": Tag.Facet.TOPIC,
    "clients": Tag.Facet.CLIENT_GROUP,
    "roles": Tag.Facet.ROLE,
    "words": Tag.Facet.FREE,
}
ROWS: dict[str, tuple[Any, str, list[str]]] = {
    "provinces": (ListingProvince, "province", Province.values),
    "formats": (ListingFormat, "format", Format.values),
}
KEYS = {
    "place": "place_id",
    "platform": "platform_id",
    "name_own_language": "name_own_language_id",
    "agreement_holder": "agreement_holder_id",
}
MODELS: dict[str, Any] = {"practice": Practice, "partnership": Partnership, "chat": Chat}
SETS = (*TERMS, *ROWS, "languages", "hosts", "meetings")


def form(
    data: Mapping[str, Any], entry: Entry | None, held: Mapping[str, Any] | None = None
) -> GroupForm:
    """The form that cleans values, for a group or for a new one.

    Without data it is not checked, and shows what the group holds. `held` are values that it had
    once: what was missing there may be missing again.
    """
    return GroupForm(data, held or (values(entry) if entry else None))


def values(entry: Entry) -> dict[str, Any]:
    """What the form holds for a group."""
    listing = Listing.objects.get(pk=entry.pk)
    held = {name: _read(listing, name) for name in LISTING if name not in SETS}
    held |= {name: _rows(listing, name) for name in ROWS}
    held["meetings"] = ahead(listing.meetings.filter(rule=""))
    held |= _terms(listing)
    codes = set(listing.languages.values_list("code", flat=True))
    held["languages"] = FIELDS["languages"].in_order(codes)
    held["hosts"] = sorted(listing.hosts.values_list("pk", flat=True))
    for part, fields in PARTS.items():
        row = getattr(listing, part, None)
        held |= {name: _read(row, name) if row else blank()[name] for name in fields}
    return {name: held[name] for name in FIELDS}


def fields(values: Mapping[str, Any]) -> list[str]:
    """The fields of such a group, those for the people who look after it among them."""
    form = GroupForm(None, values)
    form.has_keepers_part = True
    return form.names()


@transaction.atomic
def write(entry: Entry | None, values: Mapping[str, Any]) -> Entry:
    """Save cleaned values; a new group is a draft. A value that is not given stays."""
    listing = (
        Listing.objects.get(pk=entry.pk)
        if entry
        else Listing(shelf=SHELF, source=Entry.Source.PERSON)
    )
    _write_plain(listing, {name: values[name] for name in LISTING if name in values})
    for name in filter(values.__contains__, ROWS):
        _write_rows(listing, *ROWS[name], values[name])
    if "languages" in values:
        listing.languages.set(values["languages"])
    if "hosts" in values:
        listing.hosts.set(values["hosts"])
    if "meetings" in values:
        _write_meetings(listing, values["meetings"])
    # Free words last: one that was mapped has become another of these terms.
    for name in filter(values.__contains__, TERMS):
        _write_terms(listing, TERMS[name], values[name])
    for part, fields in PARTS.items():
        _write_part(listing, part, {name: values[name] for name in fields if name in values})
    if "members" in values:
        invites.drop_forbidden([listing.pk])
    return Listing.objects.get(pk=listing.pk)


def label(field: str) -> str:
    """What people call a field."""
    return str(SHORT.get(field) or FIELDS[field].label) if field in FIELDS else field


def words(field: str, value: Any) -> list[str]:
    """A value as people read it."""
    if value is None or field not in FIELDS:
        return []
    return FIELDS[field].words(value)


def _read(row: Any, name: str) -> Any:
    value = getattr(row, KEYS.get(name, name))
    if name == "platform":
        return value or NO_PLATFORM
    if name in ("place", "name_own_language"):
        return value or ""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _rows(listing: Listing, name: str) -> list[str]:
    model, column, _order = ROWS[name]
    held = model.objects.filter(listing=listing).values_list(column, flat=True)
    return FIELDS[name].in_order(held)


def _terms(listing: Listing) -> dict[str, list[str]]:
    tags = [row.tag for row in listing.tagged.select_related("tag")]
    found = {}
    for name, facet in TERMS.items():
        mine = {tag.slug: tag.name for tag in tags if tag.facet == facet}
        found[name] = FIELDS[name].in_order(mine.values() if name == "words" else mine)
    return found


def _write_plain(row: Any, values: Mapping[str, Any]) -> None:
    """Save the columns that differ, and nothing else that the row may hold."""
    changed = []
    for name, value in values.items():
        if name in SETS or (row.pk and _read(row, name) == value):
            continue
        column = KEYS.get(name, name)
        empty = column != name and value in ("", NO_PLATFORM)
        setattr(row, column, None if empty else value)
        changed.append(column)
    if isinstance(row, Listing):
        changed += _follow(row, changed)
    if not row.pk or row._state.adding:
        row.save(force_insert=True)
    elif changed:
        row.save(update_fields=changed)


def _follow(listing: Listing, changed: list[str]) -> list[str]:
    """What changes along: the day on which its activity was said, the point on the map."""
    also = []
    if "activity" in changed and listing.activity != Entry.Activity.UNKNOWN:
        listing.activity_on = timezone.localdate()
        also.append("activity_on")
    if "place_id" in changed:
        listing.latitude = listing.longitude = None
        also += ["latitude", "longitude"]
    return also


def _write_rows(
    listing: Listing, model: Any, column: str, order: list[str], wanted: list[str]
) -> None:
    held = set(model.objects.filter(listing=listing).values_list(column, flat=True))
    model.objects.filter(listing=listing, **{f"{column}__in": held - set(wanted)}).delete()
    model.objects.bulk_create(
        model(listing=listing, **{column: value}) for value in order if value in set(wanted) - held
    )


def _write_meetings(listing: Listing, wanted: list[str]) -> None:
    """Those that are no longer named go; those that repeat are none of the form's."""
    known = {When.of(row).json: row.pk for row in listing.meetings.filter(rule="")}
    gone = [pk for json, pk in known.items() if json not in wanted]
    Meeting.objects.filter(pk__in=gone).delete()
    coming = [When.read(*json.split(maxsplit=2)) for json in wanted if json not in known]
    rows = [
        Meeting(listing=listing, starts_at=when.starts_at, minutes=when.minutes, timezone=when.zone)
        for when in coming
    ]
    Meeting.objects.bulk_create(rows, ignore_conflicts=True)


def _write_terms(listing: Listing, facet: str, wanted: list[str]) -> None:
    tags = [_last(tag) for tag in _tags(facet, wanted)]
    held = TaggedEntry.objects.filter(content_object=listing, tag__facet=facet)
    held.exclude(tag__in=tags).delete()
    for tag in tags:
        TaggedEntry.objects.get_or_create(content_object=listing, tag=tag)


def _tags(facet: str, wanted: list[str]) -> list[Tag]:
    if facet != Tag.Facet.FREE:
        return list(Tag.objects.filter(facet=facet, slug__in=wanted).order_by("pk"))
    return [
        Tag.objects.get_or_create(facet=facet, slug=address_of(word), defaults={"name": word})[0]
        for word in wanted
    ]


def _last(tag: Tag) -> Tag:
    """The term that took a merged one's place."""
    while tag.merged_into:
        tag = tag.merged_into
    return tag


def _write_part(listing: Listing, part: str, values: Mapping[str, Any]) -> None:
    """What only some kinds have; no row is made for nothing."""
    row = getattr(listing, part, None)
    if row is None:
        if all(value == blank()[name] for name, value in values.items()):
            return
        row = MODELS[part](listing=listing)
    _write_plain(row, values)
