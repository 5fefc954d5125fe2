"""A group as values: what its form holds, how they are saved, and how people read them."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import Province
from cop_directory import invites
from cop_directory.forms import PARTS, SHORT, GroupForm
from cop_directory.forms.meetings import When, ahead
from cop_directory.forms.named import NO_PLATFORM
from cop_directory.models import (
    Chat,
    Listing,
    ListingFormat,
    ListingProvince,
    Meeting,
    Partnership,
    Practice,
)
from curation.forms.stored import Choices, Part, Stored
from curation.models import Entry, Format, Tag

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


class StoredGroups(Stored):
    """How the directory keeps what the form of a group holds."""

    shelf = "listing"
    model = Listing
    owner = "listing"
    form_class = GroupForm
    short = SHORT
    keys = {
        "place": "",
        "platform": NO_PLATFORM,
        "name_own_language": "",
        "agreement_holder": None,
    }
    choices = {
        "provinces": Choices(ListingProvince, "province", Province.values),
        "formats": Choices(ListingFormat, "format", Format.values),
    }
    terms = {
        "topics": Tag.Facet.TOPIC,
        "clients": Tag.Facet.CLIENT_GROUP,
        "roles": Tag.Facet.ROLE,
        "words": Tag.Facet.FREE,
    }
    many = ("languages", "hosts")
    parts = {
        "practice": Part(Practice, PARTS["practice"]),
        "partnership": Part(Partnership, PARTS["partnership"]),
        "chat": Part(Chat, PARTS["chat"]),
    }
    apart = ("meetings",)

    def read_apart(self, row: Listing) -> dict[str, Any]:
        return {"meetings": ahead(row.meetings.filter(rule=""))}

    def write_apart(self, row: Listing, values: Mapping[str, Any]) -> None:
        if "meetings" in values:
            _write_meetings(row, values["meetings"])
        if "members" in values:
            invites.drop_forbidden([row.pk])

    def follow(self, row: Listing, changed: list[str]) -> list[str]:
        """The day on which its activity was said, the point on the map."""
        also = []
        if "activity" in changed and row.activity != Entry.Activity.UNKNOWN:
            row.activity_on = timezone.localdate()
            also.append("activity_on")
        if "place_id" in changed:
            row.latitude = row.longitude = None
            also += ["latitude", "longitude"]
        return also


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


STORED = StoredGroups()
