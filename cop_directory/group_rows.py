"""Rows of groups.csv, made into groups.

`mapping.csv` says what each free-text kind, platform, topic and audience means in our
vocabulary. Rows with `publish=desk` wait for a reviewer and are not public in any way.
"""

from typing import Any
from urllib.parse import urlsplit

from accounts.models import Organization, Province
from cop_directory.models import (
    Join,
    Kind,
    Listing,
    ListingFormat,
    ListingProvince,
    Scope,
)  # fmt: skip
from cop_directory.shelf import NAME
from curation import entry_rows, shelves
from curation.entry_rows import SOURCE, TAGS, child_rows, keys_of, text_status
from curation.loading import Folder, Row, Table, keys_exist, read
from curation.models import Entry, Format, Language, Tag

UNKNOWN = "unknown"
PUBLISH = ("yes", "desk")

# What mapping.csv may speak of beside the vocabulary: fields that are choices.
FIELDS = ("join", "scope")


def _born(listing: Listing, row: Row) -> None:
    """A new group becomes public only if its row says so."""
    entry_rows.born(listing, public=row.choice("publish", PUBLISH) == "yes")


GROUPS = Table(
    "groups",
    Listing,
    key="source_key",
    columns={
        "name_en": "name",
        "audience_en": "audience",
        "activity": "status",
        "source": "verified",
        "join": "join_method",
    },
    together=(
        frozenset({"description_en", "text_status_en"}),
        frozenset({"description_fr", "text_status_fr"}),
        frozenset({"latitude", "longitude"}),
        frozenset({"name_own", "name_own_language_id"}),
        frozenset({"confirmed_on", "confirmed_by"}),
        frozenset({"activity", "closed_on"}),
    ),
    many={
        "hosts": keys_of("hosts", "source_key", Organization),
        "languages": keys_of("languages", "code", Language),
        "provinces": child_rows(ListingProvince, "listing", "province"),
        "formats": child_rows(ListingFormat, "listing", "format"),
        "tags": TAGS,
    },
    born=_born,
    changed=shelves.index_entry,
)


class Mapping:
    """mapping.csv: what the free text of groups.csv means in the vocabulary."""

    def __init__(self, folder: Folder, terms: set[str]) -> None:
        self.file = "mapping.csv"
        self._known = terms
        self._terms: dict[tuple[str, str], list[str]] = {}
        for row in read(folder / self.file):
            found = self._terms.setdefault((row["column"], row["value"].casefold()), [])
            if row["facet"]:
                key = f"{row['facet']}:{row['slug']}"
                row.choice("facet", (*Tag.Facet.values, *FIELDS))
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

    def __init__(self, folder: Folder, file: str = "groups.csv") -> None:
        self.rows = read(folder / file)
        self.terms = {f"{t['facet']}:{t['slug']}" for t in read(folder / "vocabulary.csv")}
        self.mapping = Mapping(folder, self.terms)
        self.places = {
            (name, place["province"]): place["key"]
            for place in read(folder / "places.csv")
            for name in (place["name_en"], place["name_fr"])
        }
        languages = {row["code"] for row in read(folder / "languages.csv")}
        organizations = {row["key"] for row in read(folder / "organizations.csv")}
        platforms = {row["slug"] for row in read(folder / "platforms.csv")}
        self.planned = GROUPS.plan(self.rows, self.values)
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
            others = ((r, column, r.several(column)) for r in self.rows)
            keys_exist(others, groups, "group")
            for row in self.rows:
                if row["key"] in row.several(column):
                    raise row.broken(column, "a group cannot stand so to itself")

    def values(self, row: Row) -> dict[str, Any]:
        """The fields of one group, as JSON values."""
        row.choice("publish", PUBLISH)
        if not row["name_fr"]:
            row.filled("name")
        latitude, longitude = _whereabouts(row)
        return {
            "shelf": NAME,
            "kind": self._choice(row, "kind", "kind", Kind.values),
            "name_en": row["name"],
            "name_fr": row["name_fr"],
            "acronym": row["acronym"],
            "description_en": row["description_en"],
            "description_fr": row["description_fr"],
            "text_status_en": text_status(row, "description_en", Entry.TextStatus.ORIGINAL),
            "text_status_fr": text_status(row, "description_fr", row["text_status_fr"]),
            "activity": row.choice("status", Entry.Activity.values),
            "source": row.choice("verified", Entry.Source.values, SOURCE),
            "source_url": row["source_url"],
            "source_is_mirror": row.yes_no("source_is_mirror"),
            "source_year": row.in_range("source_year", 1900, 2100),
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
            "latitude": latitude,
            "longitude": longitude,
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
        if row.get("tags"):
            keys_exist([(row, "tags", row.several("tags"))], self.terms, "term")
            return set(row.several("tags"))
        return {
            term
            for column in ("topics", "audience")
            for text in row.several(column)
            for term in self.mapping.terms(row, column, text)
            if term.split(":")[0] in Tag.TAGGED
        }


def _website(row: Row) -> str:
    """The group's own address: a copy of a document on somebody else's site is none."""
    mirrored = row["source_is_mirror"] == "yes"
    same = urlsplit(row["website"]).hostname == urlsplit(row["source_url"]).hostname
    return "" if mirrored and same else row["website"]


def _whereabouts(row: Row) -> tuple[str | None, str | None]:
    """Latitude and longitude in degrees, within Canada, both or none."""
    latitude = row.in_range("latitude", 40, 84, float)
    longitude = row.in_range("longitude", -142, -52, float)
    if latitude is None and longitude is None:
        return None, None
    row.filled("latitude")
    row.filled("longitude")
    return f"{latitude:.4f}", f"{longitude:.4f}"
