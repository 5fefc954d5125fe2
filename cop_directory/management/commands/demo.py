"""Fill a local site with invented groups, people and papers, each saying that it is invented."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cop_directory import demo_site, loading
from cop_directory.group_rows import GROUPS, Groups
from cop_directory.models import Chat, Listing
from curation import invented, shelves
from curation.freshness import today
from curation.loading import BrokenData, Planned, Row
from curation.models import Entry
from search import index

HOW = """
1. `python3 run.py`, then http://localhost:8000/en/account/login/ and one of these addresses.
2. The code stands in the terminal, in the mail that is printed there.
3. The reviewers' pages ask for a second step once: choose "Set up an app", and type the key that
   is shown into any authenticator app (or add a passkey). Then: http://localhost:8000/en/to-review/
"""


class Command(BaseCommand):
    help = "Fill a local site with invented groups, people and papers, to try it. Never a real one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is not there yet, and say who can sign in."""
        if settings.PRODUCTION:
            raise CommandError(
                "This is a production site: invented groups have no place there. Try it on a "
                "local one, without SECRET_KEY."
            )
        self._add_groups()
        for line in invented.fill_all():
            self.stdout.write(line)
        self.stdout.write("\nWho can sign in, by a code; a local site prints its mails:")
        for line in demo_site.fill():
            self.stdout.write(f"  {line}")
        self.stdout.write(HOW)

    def _add_groups(self) -> None:
        try:
            demo = Groups(loading.DATA, "demo.csv")
        except BrokenData as error:
            raise CommandError(f"Nothing was added. {error}") from error
        planned = [Planned(p.row, p.key, {**p.values, **as_invented(p.row)}) for p in demo.planned]
        with index.batch():
            tally = GROUPS.write(planned)
            for plan in planned:
                add_chat(plan.row)
            loading.write_relations(demo.rows)
        index.rebuild(shelves.documents(), shelves.concepts())
        self.stdout.write(
            f"{tally['new']} invented groups added, {tally['same']} were there already."
        )


def as_invented(row: Row) -> dict[str, Any]:
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
