"""A small folder of starting data: three groups and just what they need, easy to break."""

import csv
from copy import deepcopy
from pathlib import Path

from cop_directory import loading as groups
from curation.start_data import Folders
from resources import loading as library

Tables = dict[str, list[dict[str, str]]]
OURS = Folders((groups.DATA, library.DATA))

GROUP = {
    "kind": "cop",
    "hosts": "harbour-agency",
    "city": "Halifax",
    "province": "NS",
    "provinces": "NS",
    "scope": "local",
    "latitude": "44.6488",
    "longitude": "-63.5752",
    "website": "https://housing.example.org/",
    "platform": "web",
    "join_method": "unknown",
    "languages": "en",
    "topics": "housing",
    "audience": "housing workers",
    "audience_fr": "personnel en logement",
    "meeting_format": "online",
    "description_en": "People who help newcomers find homes compare what works.",
    "description_fr": "Des personnes qui aident à trouver un logement comparent leurs façons.",
    "text_status_fr": "machine",
    "source_url": "https://agency.example.org/page",
    "source_year": "2019",
    "verified": "yes",
    "publish": "yes",
    "status": "active",
    "source_is_mirror": "no",
}

SMALL: Tables = {
    "languages.csv": [
        {
            "code": "en",
            "name_en": "English",
            "name_fr": "anglais",
            "name_native": "English",
            "direction": "ltr",
            "synonyms": "",
        },
        {
            "code": "fr",
            "name_en": "French",
            "name_fr": "français",
            "name_native": "français",
            "direction": "ltr",
            "synonyms": "française",
        },
    ],
    "vocabulary.csv": [
        {
            "facet": "topic",
            "slug": "housing",
            "label_en": "Housing",
            "label_fr": "Logement",
            "synonyms": "homes|shelter",
            "note": "",
        },
        {
            "facet": "topic",
            "slug": "health",
            "label_en": "Health",
            "label_fr": "Santé",
            "synonyms": "",
            "note": "",
        },
        {
            "facet": "topic",
            "slug": "arts",
            "label_en": "Arts",
            "label_fr": "Arts",
            "synonyms": "",
            "note": "",
        },
        {
            "facet": "role",
            "slug": "housing-worker",
            "label_en": "Housing worker",
            "label_fr": "Personnel en logement",
            "synonyms": "",
            "note": "",
        },
        {
            "facet": "kind",
            "slug": "community-of-practice",
            "label_en": "Community of practice",
            "label_fr": "Communauté de pratique",
            "synonyms": "CoP",
            "note": "",
        },
        {
            "facet": "platform",
            "slug": "website",
            "label_en": "Website",
            "label_fr": "Site",
            "synonyms": "",
            "note": "",
        },
        {
            "facet": "format",
            "slug": "online",
            "label_en": "Online",
            "label_fr": "En ligne",
            "synonyms": "",
            "note": "",
        },
    ],
    "lexicon.csv": [
        {
            "slug": "find",
            "label_en": "find",
            "label_fr": "trouver",
            "synonyms": "",
            "quiet": "yes",
            "note": "",
        },
    ],
    "mapping.csv": [
        {"column": column, "value": value, "facet": facet, "slug": slug, "note": ""}
        for column, value, facet, slug in (
            ("kind", "cop", "kind", "community-of-practice"),
            ("platform", "web", "platform", "website"),
            ("join_method", "unknown", "join", "unknown"),
            ("scope", "local", "scope", "local"),
            ("meeting_format", "online", "format", "online"),
            ("topics", "housing", "topic", "housing"),
            ("topics", "health", "topic", "health"),
            ("audience", "housing workers", "role", "housing-worker"),
        )
    ],
    "places.csv": [
        {
            "key": "halifax-ns",
            "name_en": "Halifax",
            "name_fr": "Halifax",
            "province": "NS",
            "within": "",
            "synonyms": "",
        },
        {
            "key": "gander-nl",
            "name_en": "Gander",
            "name_fr": "Gander",
            "province": "NL",
            "within": "",
            "synonyms": "",
        },
    ],
    "platforms.csv": [
        {
            "slug": "website",
            "name_en": "Website",
            "name_fr": "Site Web",
            "is_app": "no",
            "owner": "",
            "country": "",
            "needs_phone_number": "no",
            "shows_number": "no",
            "website": "",
        },
    ],
    "platform_facts.csv": [
        {
            "platform": "website",
            "fact": "members-see",
            "text_en": "Nothing.",
            "text_fr": "Rien.",
            "source_url": "https://facts.example.org/",
            "checked_on": "2025-05-01",
            "strength": "primary",
        },
    ],
    "organizations.csv": [
        {
            "key": "harbour-agency",
            "name_en": "Harbour Agency",
            "name_fr": "",
            "acronym": "HA",
            "type": "agency",
            "province": "NS",
            "website": "https://agency.example.org/",
        },
    ],
    "groups.csv": [
        {**GROUP, "key": "housing-circle", "name": "Housing Circle", "acronym": "HC"},
        {
            **GROUP,
            "key": "health-table",
            "name": "Health Table",
            "topics": "health",
            "website": "",
            "part_of": "housing-circle",
        },
        {
            **GROUP,
            "key": "quiet-chat",
            "name": "Quiet Chat",
            "publish": "desk",
            "members": "newcomers",
        },
    ],
}

# What stands beside the groups' files; its own tests break it.
RESOURCE = {
    "key": "res-first-month",
    "kind": "guide",
    "title_en": "The First Month",
    "title_fr": "Le premier mois",
    "authors": "A. Author",
    "publisher": "Harbour Press",
    "year": "2019",
    "link": "https://press.example.org/first-month",
    "languages": "en",
    "topics": "housing",
    "national": "no",
    "provinces": "NS",
    "about_en": "What to do about a home in the first month.",
    "about_fr": "Que faire pour se loger pendant le premier mois.",
    "text_status_fr": "machine",
    "source_url": "https://press.example.org/first-month",
    "source_is_mirror": "no",
    "verified": "yes",
}
BESIDE: Tables = {"resources.csv": [RESOURCE]}


def copy() -> Tables:
    """The small tables, to be changed by a test."""
    return deepcopy(SMALL)


def header(file: str) -> list[str]:
    """The columns of one of the project's own files."""
    with (OURS / file).open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


def write(folder: Path, tables: Tables) -> Path:
    """The tables as files in a folder, with the columns of the project's own; gives the folder."""
    for file, rows in {**BESIDE, **tables}.items():
        write_file(folder / file, header(file), rows)
    return folder


def write_file(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    """One table as a CSV file; cells that a row does not name are empty."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
