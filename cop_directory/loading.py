"""The directory's starting data: every CSV file in data/ is checked before anything is written."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from accounts.models import Organization, Province
from cop_directory.group_rows import GROUPS, UNKNOWN, Groups
from cop_directory.models import Listing, Place, Platform, PlatformFact
from curation import vocabulary
from curation.loading import Folder, Row, Table, Tally, keys_exist, read
from curation.models import Relation, StartRow

DATA = Path(__file__).parent / "data"

PLACES = Table("places", Place, key="slug")
PLATFORMS = Table("platforms", Platform, key="slug", key_column="slug")
FACTS = Table(
    "platform_facts",
    PlatformFact,
    key="about",
    key_column="fact",
    lookup=lambda key: dict(zip(("platform_id", "about"), key.split(":", 1), strict=True)),
)
ORGANIZATIONS = Table("organizations", Organization, key="source_key")


def plan_all(folder: Folder = DATA) -> Callable[[], Iterator[Tally]]:
    """Check every file, vocabulary included; gives the function that then writes them.

    That function gives each table's name and tally as it goes. Raises BrokenData.
    """
    write_vocabulary = vocabulary.plan_all(folder)
    place_rows = read(folder / "places.csv")
    regions = {row["key"] for row in place_rows}
    keys_exist(((row, "within", row.several("within")) for row in place_rows), regions, "place")
    places = PLACES.plan(place_rows, _place_values)
    platforms = PLATFORMS.plan(read(folder / "platforms.csv"), _platform_values)
    fact_rows = read(folder / "platform_facts.csv")
    known = {plan.key for plan in platforms}
    keys_exist(((row, "platform", [row["platform"]]) for row in fact_rows), known, "platform")
    facts = FACTS.plan(fact_rows, _fact_values, lambda row: f"{row['platform']}:{row['fact']}")
    organizations = ORGANIZATIONS.plan(read(folder / "organizations.csv"), _organization_values)
    groups = Groups(folder)

    def write() -> Iterator[Tally]:
        yield from write_vocabulary()
        yield "places", PLACES.write(places)
        yield "platforms", PLATFORMS.write(platforms)
        yield "facts about platforms", FACTS.write(facts)
        yield "organizations", ORGANIZATIONS.write(organizations)
        yield "groups", GROUPS.write(groups.planned)
        write_relations(groups.rows)

    return write


def write_relations(rows: list[Row]) -> None:
    """Part of, replaced by: written once, when both ends are there; one deleted stays deleted."""
    keys = dict(Listing.objects.exclude(source_key=None).values_list("source_key", "pk"))
    for row in rows:
        for kind in (Relation.Kind.PART_OF, Relation.Kind.REPLACED_BY):
            for other in row.several(kind):
                if row["key"] not in keys or other not in keys:
                    continue
                _start, new = StartRow.objects.get_or_create(
                    table="relations", key=f"{kind}:{keys[row['key']]}:{keys[other]}"
                )
                if new:
                    Relation.objects.get_or_create(
                        from_entry_id=keys[row["key"]], to_entry_id=keys[other], kind=kind
                    )


def _place_values(row: Row) -> dict[str, Any]:
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "province": row.choice("province", Province.values),
        "within": row["within"],
        "synonyms": row.lines("synonyms"),
    }


def _platform_values(row: Row) -> dict[str, Any]:
    answers = Platform.Answer.values
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "is_app": row.choice("is_app", ("yes", "no", UNKNOWN)) == "yes",
        "owner": row["owner"].removeprefix(UNKNOWN),
        "country": row["country"].removeprefix(UNKNOWN),
        "needs_phone_number": row.choice("needs_phone_number", answers),
        "shows_number": row.choice("shows_number", answers),
        "website": row["website"],
    }


def _fact_values(row: Row) -> dict[str, Any]:
    strength = row.choice("strength", PlatformFact.Strength.values)
    if strength != PlatformFact.Strength.UNKNOWN:
        row.filled("source_url")
    return {
        "text_en": row["text_en"],
        "text_fr": row["text_fr"],
        "source_url": row["source_url"],
        "strength": strength,
        "checked_on": row["checked_on"],
    }


def _organization_values(row: Row) -> dict[str, Any]:
    if not row["name_fr"]:
        row.filled("name_en")
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "acronym": row["acronym"],
        "type": row.choice("type", Organization.Type.values),
        "province": row.choice("province", ("", *Province.values)),
        "website": row["website"],
    }
