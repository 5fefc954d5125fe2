"""Add a dozen invented chat groups, each page saying that it is invented."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop_directory import loading
from cop_directory.group_rows import GROUPS, Groups
from cop_directory.models import Chat, Listing
from curation import shelves
from curation.freshness import today
from curation.loading import BrokenData, Planned, Row
from curation.models import Entry
from search import index


class Command(BaseCommand):
    help = "Add a dozen invented chat groups, to see every state of the site. Never for a real one."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo = Groups(loading.DATA, "demo.csv")
        except BrokenData as error:
            raise CommandError(f"Nothing was added. {error}") from error
        planned = [Planned(p.row, p.key, {**p.values, **invented(p.row)}) for p in demo.planned]
        with index.batch():
            tally = GROUPS.write(planned)
            for plan in planned:
                add_chat(plan.row)
            loading.write_relations(demo.rows)
        index.rebuild(shelves.documents(), shelves.concepts())
        self.stdout.write(
            f"{tally['new']} invented groups added, {tally['same']} were there already."
        )


def invented(row: Row) -> dict[str, Any]:
    """What an invented row says beyond a real one: that it is invented, its host, its dates."""
    confirmed = _days_ago(row, "confirmed_on")
    return {
        "invented": True,
        "name_own": row["name_own"],
        "name_own_language_id": row["name_own_language"] or None,
        "host_note_en": row["host_organization"],
        "host_note_fr": row["host_organization_fr"],
        "text_status_en": row["text_status_en"],
        "confirmed_on": confirmed,
        "confirmed_by": Entry.Witness.GROUP if confirmed else "",
        "consent": Listing.Consent.AGREED if confirmed else Listing.Consent.NOT_ASKED,
        "last_activity_on": _days_ago(row, "last_activity_on"),
        "closed_on": _days_ago(row, "closed_on"),
        "contact_email": "" if row["status"] == "closed" else "demo@example.org",
    }


def add_chat(row: Row) -> None:
    """The chat part of an invented group, once."""
    listing = Listing.objects.filter(source_key=row["key"]).first()
    if listing is None:
        return
    Chat.objects.get_or_create(
        listing=listing,
        defaults={
            "members_see_en": row["members_see_en"],
            "members_see_fr": row["members_see_fr"],
            "other_way_en": row["other_way_en"],
            "other_way_fr": row["other_way_fr"],
            "app_only": not row["other_way_en"],
            "no_client_data": True,
            "moderated": True,
            "traffic": row["traffic"] or Chat.Traffic.UNKNOWN,
        },
    )
    shelves.index_entry(listing)


def _days_ago(row: Row, column: str) -> str | None:
    days = row.in_range(column, 0, 10_000)
    return None if days is None else (today() - dt.timedelta(days=days)).isoformat()
