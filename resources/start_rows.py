"""Rows of resources.csv, made into guides, reports and what else the library starts with.

The terms stand in the row itself; what was stated, and what it became, is in data/README.md.
"""

from typing import Any

from accounts.models import Organization, Province
from curation import entry_rows, shelves
from curation.entry_rows import SOURCE, TAGS, child_rows, keys_of, text_status
from curation.forms.named import address_of
from curation.loading import Folder, Many, Planned, Row, Table, keys_exist, read
from curation.models import Entry, Format, Language, Tag
from curation.vocabulary import TAGS as TERMS
from resources.models import (
    Kind,
    Licence,
    Method,
    Resource,
    ResourceFormat,
    ResourceProvince,
)
from resources.shelf import NAME

FILE = "resources.csv"
# What is born here is never loaded.
KINDS = [kind for kind in Kind.values if kind != Kind.LESSON]
COLUMNS = {
    "topics": Tag.Facet.TOPIC,
    "clients": Tag.Facet.CLIENT_GROUP,
    "roles": Tag.Facet.ROLE,
    "barriers": Tag.Facet.BARRIER,
}
YES_NO = {"": None, "yes": True, "no": False}


def _get_organization(resource: Resource) -> list[str]:
    mine = resource.organization
    return [mine.source_key or str(mine.pk)] if mine else []


def _set_organization(resource: Resource, keys: list[str]) -> None:
    resource.organization = Organization.objects.filter(source_key__in=keys).first()
    resource.save(update_fields=["organization"])


RESOURCES = Table(
    "resources",
    Resource,
    key="source_key",
    columns={
        "name_en": "title_en",
        "name_fr": "title_fr",
        "one_line_en": "about_en",
        "one_line_fr": "about_fr",
        "source": "verified",
        "peer_reviewed": "published_research",
    },
    together=(
        frozenset({"one_line_en", "text_status_en"}),
        frozenset({"one_line_fr", "text_status_fr"}),
        frozenset({"organization", "publisher"}),
        frozenset({"method", "method_count", "peer_reviewed"}),
        frozenset({"national", "provinces"}),
    ),
    many={
        "organization": Many(_get_organization, _set_organization),
        "languages": keys_of("languages", "code", Language),
        "provinces": child_rows(ResourceProvince, "resource", "province"),
        "formats": child_rows(ResourceFormat, "resource", "format"),
        "tags": TAGS,
    },
    born=lambda resource, row: entry_rows.born(resource, public=True),
    changed=shelves.index_entry,
)
# Free words stand with the terms: a word that a person took away does not come back.
WORDS = Table(
    TERMS.name,
    Tag,
    key="slug",
    key_column="words",
    columns={"name": "words", "name_fr": "words"},
    lookup=TERMS.lookup,
)


class Library:
    """resources.csv made into what is to be written."""

    def __init__(self, folder: Folder) -> None:
        rows = read(folder / FILE)
        self.planned = RESOURCES.plan(rows, _values)
        terms = {f"{term['facet']}:{term['slug']}" for term in read(folder / "vocabulary.csv")}
        for column, facet in COLUMNS.items():
            known = {key.split(":", 1)[1] for key in terms if key.startswith(f"{facet}:")}
            _exist(rows, column, known, "term")
        languages = {row["code"] for row in read(folder / "languages.csv")}
        _exist(rows, "languages", languages, "language")
        organizations = {row["key"] for row in read(folder / "organizations.csv")}
        _exist(rows, "organization", organizations, "organization")
        self.words: list[Planned] = WORDS.plan(
            _words(rows), lambda row: {"name": row["en"], "name_fr": row["fr"]}, _word_key
        )


def _exist(rows: list[Row], column: str, known: set[str], what: str) -> None:
    keys_exist(((row, column, row.several(column)) for row in rows), known, what)


def _words(rows: list[Row]) -> list[Row]:
    """Every free word once, "english|français" in the file, with the row that says it first."""
    found: dict[str, Row] = {}
    for row in rows:
        for text in row.several("words"):
            word, _bar, french = (part.strip() for part in text.partition("|"))
            cells = {"words": address_of(word), "en": word, "fr": french}
            found.setdefault(address_of(word), Row(row.file, row.number, cells))
    return list(found.values())


def _word_key(row: Row) -> str:
    return f"{Tag.Facet.FREE}:{row['words']}"


def _values(row: Row) -> dict[str, Any]:
    """The fields of one guide or report, as JSON values."""
    if not row["title_fr"]:
        row.filled("title_en")
    row.filled("topics")
    row.filled("languages")
    row.filled("source_url")
    return {
        "shelf": NAME,
        "kind": row.choice("kind", KINDS),
        "name_en": row["title_en"],
        "name_fr": row["title_fr"],
        "authors": row["authors"],
        "publisher": row["publisher"],
        "organization": row.several("organization"),
        "year": row.in_range("year", 1900, 2100),
        "link": row["link"],
        "licence": row.choice("licence", Licence.values, {"": Licence.UNKNOWN}),
        "one_line_en": row["about_en"],
        "one_line_fr": row["about_fr"],
        "text_status_en": text_status(row, "about_en", Entry.TextStatus.ORIGINAL),
        "text_status_fr": text_status(row, "about_fr", row["text_status_fr"]),
        "source": row.choice("verified", Entry.Source.values, SOURCE),
        "source_url": row["source_url"],
        "source_is_mirror": row.yes_no("source_is_mirror"),
        "languages": sorted(row.several("languages")),
        **_where(row),
        "formats": sorted(_among(row, "formats", Format.values)),
        **_how_one_knows(row),
        "tags": sorted(_tags(row)),
    }


def _where(row: Row) -> dict[str, Any]:
    """All of Canada, or provinces, or neither: then nobody says."""
    national, provinces = row.yes_no("national"), _among(row, "provinces", Province.values)
    if national and provinces:
        raise row.broken("national", "it names provinces, and is for all of Canada")
    return {"national": national, "provinces": sorted(provinces)}


def _how_one_knows(row: Row) -> dict[str, Any]:
    return {
        "method": row.choice("method", Method.values, {"": Method.UNKNOWN}),
        "method_count": row.in_range("method_count", 1, 10_000_000),
        "peer_reviewed": YES_NO[row.choice("published_research", YES_NO)],
    }


def _among(row: Row, column: str, allowed: list[str]) -> list[str]:
    for value in row.several(column):
        if value not in allowed:
            raise row.broken(column, f"“{value}” is not one of: {', '.join(allowed)}")
    return row.several(column)


def _tags(row: Row) -> set[str]:
    terms = {f"{facet}:{slug}" for column, facet in COLUMNS.items() for slug in row.several(column)}
    words = {address_of(text.partition("|")[0].strip()) for text in row.several("words")}
    return terms | {f"{Tag.Facet.FREE}:{word}" for word in words}
