"""The directory's starting data: from the CSV files in data/ to groups, checked whole first.

`mapping.csv` says what each free-text kind, platform, topic and audience of groups.csv means
in our vocabulary. Rows with `publish=desk` wait for a reviewer and are not public in any way.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from accounts.models import Organization, Province
from cop_directory.models import (
    Format,
    Join,
    Kind,
    Listing,
    ListingFormat,
    ListingProvince,
    Place,
    Platform,
    PlatformFact,
    Scope,
)
from cop_directory.shelf import NAME
from curation import lifecycle, shelves, vocabulary
from curation.loading import Many, Planned, Row, Table, Tally, keys_exist, plan, read
from curation.models import Entry, Relation, Tag, TaggedEntry

DATA = Path(__file__).parent / "data"
UNKNOWN = "unknown"

SOURCE: dict[str, str] = {"yes": Entry.Source.PAGE, "named": Entry.Source.NAMED}
REVIEW = ("yes", "desk")


def _set_rows(model: Any, column: str) -> Many:
    """A child table with one row for each value."""

    def get(listing: Listing) -> list[str]:
        return sorted(model.objects.filter(listing=listing).values_list(column, flat=True))

    def set_(listing: Listing, values: list[str]) -> None:
        model.objects.filter(listing=listing).exclude(**{f"{column}__in": values}).delete()
        for value in values:
            model.objects.get_or_create(listing=listing, **{column: value})

    return Many(get, set_)


def _get_tags(listing: Listing) -> list[str]:
    return sorted(f"{t.facet}:{t.slug}" for t in Tag.objects.filter(tagged__content_object=listing))


def _set_tags(listing: Listing, keys: list[str]) -> None:
    TaggedEntry.objects.filter(content_object=listing).delete()
    for key in keys:
        facet, slug = key.split(":", 1)
        tag = Tag.objects.filter(facet=facet, slug=slug).first()
        if tag:  # a moderator may have taken the term away since
            TaggedEntry.objects.create(content_object=listing, tag=tag.merged_into or tag)


def _keys(field: str, key: str, model: Any) -> Many:
    return Many(
        lambda listing: sorted(getattr(listing, field).values_list(key, flat=True)),
        lambda listing, keys: getattr(listing, field).set(
            model.objects.filter(**{f"{key}__in": keys})
        ),
    )


def _born(listing: Listing, row: Row) -> None:
    """A new group takes its first turns; it becomes public only if its row says so."""
    lifecycle.take(listing, "submit", by=None, note="starting data")
    if row.choice("publish", REVIEW) == "yes":
        lifecycle.take(listing, "publish", by=None, note="starting data")


PLACES = Table("places", Place, key="slug")
PLATFORMS = Table("platforms", Platform, key="slug")
FACTS = Table(
    "platform_facts",
    PlatformFact,
    key="about",
    lookup=lambda key: dict(zip(("platform_id", "about"), key.split(":", 1), strict=True)),
)
ORGANIZATIONS = Table("organizations", Organization, key="source_key")
GROUPS = Table(
    "groups",
    Listing,
    key="source_key",
    many={
        "hosts": _keys("hosts", "source_key", Organization),
        "languages": _keys("languages", "code", Listing.languages.rel.model),
        "provinces": _set_rows(ListingProvince, "province"),
        "formats": _set_rows(ListingFormat, "format"),
        "tags": Many(_get_tags, _set_tags),
    },
    born=_born,
    changed=shelves.index_entry,
)


class Mapping:
    """mapping.csv: what the free text of groups.csv means in the vocabulary."""

    def __init__(self, folder: Path, terms: set[str]) -> None:
        self.file = "mapping.csv"
        self._known = terms
        self._terms: dict[tuple[str, str], list[str]] = {}
        for row in read(folder / self.file, ("column", "value", "facet", "slug")):
            found = self._terms.setdefault((row["column"], row["value"].casefold()), [])
            if row["facet"]:
                key = f"{row['facet']}:{row['slug']}"
                if row["facet"] in Tag.Facet.values and key not in terms:
                    raise row.broken("slug", f"there is no term “{key}” in the vocabulary")
                found.append(key)

    def terms(self, row: Row, column: str, value: str) -> list[str]:
        """The vocabulary's keys for one value. Raises BrokenData where the mapping is silent."""
        try:
            return self._terms[column, value.casefold()]
        except KeyError:
            raise row.broken(column, f"“{value}” is not in {self.file}") from None

    def one(self, row: Row, column: str, facet: str) -> str | None:
        """The one slug of that facet for a cell: a rule for this very group comes first."""
        if not row[column]:
            return None
        for key in (f"{column}:{row['key']}", column):
            for term in self._terms.get((key, row[column].casefold()), ()):
                if term.startswith(f"{facet}:"):
                    return term.split(":", 1)[1]
        if f"{facet}:{row[column]}" in self._known:
            return row[column]  # it is our own word already
        self.terms(row, column, row[column])
        return None


class Groups:
    """groups.csv, or a file like it, made into what is to be written."""

    def __init__(self, folder: Path, file: str = "groups.csv") -> None:
        self.rows = read(
            folder / file, ("key", "kind", "name", "publish", "description_en", "hosts")
        )
        terms = read(folder / "vocabulary.csv", ("facet", "slug"))
        self.mapping = Mapping(folder, {f"{t['facet']}:{t['slug']}" for t in terms})
        self.places = {
            (name, place["province"]): place["key"]
            for place in read(folder / "places.csv", ("key", "name_en", "name_fr", "province"))
            for name in (place["name_en"], place["name_fr"])
        }
        languages = {row["code"] for row in read(folder / "languages.csv", ("code",))}
        organizations = {row["key"] for row in read(folder / "organizations.csv", ("key",))}
        platforms = {row["slug"] for row in read(folder / "platforms.csv", ("slug",))}
        self.planned = plan(self.rows, lambda row: row["key"], self.values)
        GROUPS.check(self.planned)
        for column, known, what in (
            ("languages", languages, "language"),
            ("hosts", organizations, "organization"),
        ):
            keys_exist(((r, column, r.several(column)) for r in self.rows), known, what)
        chosen = (
            (p.row, "platform", filter(None, [p.values["platform_id"]])) for p in self.planned
        )
        keys_exist(chosen, platforms, "platform")
        groups = {row["key"] for row in self.rows}
        for column in ("part_of", "replaced_by"):
            keys_exist(((r, column, r.several(column)) for r in self.rows), groups, "group")

    def values(self, row: Row) -> dict[str, Any]:
        """The fields of one group, as JSON values."""
        return {
            "shelf": NAME,
            "kind": self._choice(row, "kind", "kind", Kind.values),
            "name_en": row["name"],
            "name_fr": row["name_fr"],
            "acronym": row["acronym"],
            "description_en": row["description_en"],
            "description_fr": row["description_fr"],
            "text_status_en": _status(row, "description_en", Entry.TextStatus.ORIGINAL),
            "text_status_fr": _status(row, "description_fr", row["text_status_fr"]),
            "activity": row.choice("status", Entry.Activity.values),
            "source": row.choice("verified", Entry.Source.values, SOURCE),
            "source_url": row["source_url"],
            "source_is_mirror": row.yes_no("source_is_mirror"),
            "source_year": row.number_or_none("source_year"),
            "website": _website(row),
            "hosts": sorted(row.several("hosts")),
            "host_note_en": row["host_note_en"],
            "host_note_fr": row["host_note_fr"],
            "audience_en": row["audience"],
            "audience_fr": row["audience_fr"],
            "members": row.choice("members", ("", *Listing.Members.values)) or UNKNOWN,
            "join": self._choice(row, "join_method", "join", Join.values),
            "scope": self._choice(row, "scope", "scope", Scope.values),
            "place_id": self._place(row),
            "latitude": row.number_or_none("latitude", _degrees),
            "longitude": row.number_or_none("longitude", _degrees),
            "platform_id": self.mapping.one(row, "platform", "platform"),
            "languages": sorted(row.several("languages")),
            "provinces": sorted(self._provinces(row)),
            "formats": sorted(self._formats(row)),
            "tags": sorted(self._tags(row)),
        }

    def _choice(self, row: Row, column: str, facet: str, allowed: list[str]) -> str:
        value = self.mapping.one(row, column, facet)
        if value not in allowed:
            raise row.broken(column, f"“{row[column]}” means none of: {', '.join(allowed)}")
        return value

    def _place(self, row: Row) -> str | None:
        if not row["city"]:
            return None
        try:
            return self.places[row["city"], row["province"]]
        except KeyError:
            raise row.broken("city", f"“{row['city']}” is not in places.csv") from None

    def _provinces(self, row: Row) -> list[str]:
        provinces = row.several("provinces")
        for province in provinces:
            if province not in Province.values:
                raise row.broken("provinces", f"there is no province “{province}”")
        return provinces

    def _formats(self, row: Row) -> list[str]:
        value = self.mapping.one(row, "meeting_format", "format")
        if value and value not in Format.values:
            raise row.broken("meeting_format", f"“{value}” is no way to meet")
        return [value] if value else []

    def _tags(self, row: Row) -> set[str]:
        """The terms that a row names itself, or those that its free text means."""
        named = row.several("tags")
        return (
            set(named)
            if named
            else {
                term
                for column in ("topics", "audience")
                for text in row.several(column)
                for term in self.mapping.terms(row, column, text)
                if term.split(":")[0] in Tag.TAGGED
            }
        )


def plan_all(folder: Path = DATA) -> Callable[[], Iterator[Tally]]:
    """Check every file, vocabulary included; gives the function that then writes them.

    That function gives each table's name and tally as it goes. Raises BrokenData.
    """
    write_vocabulary = vocabulary.plan_all(folder)
    places = _planned(folder, PLACES, "places.csv", "key", _place_values)
    platforms = _planned(folder, PLATFORMS, "platforms.csv", "slug", _platform_values)
    facts = _planned_facts(folder, {p.key for p in platforms})
    organizations = _planned(
        folder, ORGANIZATIONS, "organizations.csv", "key", _organization_values
    )
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
    """Part of, replaced by: written once both ends are there."""
    keys = dict(Listing.objects.exclude(source_key=None).values_list("source_key", "pk"))
    for row in rows:
        for kind in (Relation.Kind.PART_OF, Relation.Kind.REPLACED_BY):
            for other in row.several(kind):
                if row["key"] in keys and other in keys:
                    Relation.objects.get_or_create(
                        from_entry_id=keys[row["key"]], to_entry_id=keys[other], kind=kind
                    )


def _planned(folder: Path, table: Table, file: str, key: str, values: Any) -> list[Planned]:
    planned = plan(read(folder / file, (key,)), lambda row: row[key], values)
    table.check(planned)
    return planned


def _planned_facts(folder: Path, platforms: set[str]) -> list[Planned]:
    rows = read(
        folder / "platform_facts.csv", ("platform", "fact", "text_en", "text_fr", "strength")
    )
    planned = plan(rows, lambda row: f"{row['platform']}:{row['fact']}", _fact_values)
    keys_exist(((row, "platform", [row["platform"]]) for row in rows), platforms, "platform")
    FACTS.check(planned)
    return planned


def _place_values(row: Row) -> dict[str, Any]:
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "province": row.choice("province", Province.values),
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
    return {
        "text_en": row["text_en"],
        "text_fr": row["text_fr"],
        "source_url": row["source_url"],
        "strength": row.choice("strength", PlatformFact.Strength.values),
        "checked_on": row["checked_on"],
    }


def _organization_values(row: Row) -> dict[str, Any]:
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "acronym": row["acronym"],
        "type": row.choice("type", Organization.Type.values),
        "province": row.choice("province", ("", *Province.values)),
        "website": row["website"],
    }


def _status(row: Row, column: str, status: str) -> str:
    """A text that is not there is missing, whatever the file says."""
    if not row[column]:
        return Entry.TextStatus.MISSING
    if status not in Entry.TextStatus.values:
        raise row.broken("text_status_fr", f"“{status}” is no status of a text")
    return status


def _website(row: Row) -> str:
    """The group's own address: a copy of a document on somebody else's site is none."""
    mirrored = row["source_is_mirror"] == "yes"
    same = urlsplit(row["website"]).hostname == urlsplit(row["source_url"]).hostname
    return "" if mirrored and same else row["website"]


def _degrees(text: str) -> str:
    return f"{float(text):.4f}"
