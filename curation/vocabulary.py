"""The vocabulary: loaded from CSV files, handed to the search as concepts."""

from collections.abc import Callable, Iterator
from pathlib import Path

from curation.loading import Row, Table, Tally, read, said_once
from curation.models import Language, Tag
from search.thesaurus import Concept

# "Time", "Language", "Devices": labels that would answer every question.
TOO_BROAD = (Tag.Facet.BARRIER, Tag.Facet.EVIDENCE)


def concepts() -> list[Concept]:
    """One concept for each term in use and each language; merged terms lend their words."""
    merged: dict[int, list[str]] = {}
    tags = list(Tag.objects.exclude(facet__in=TOO_BROAD))
    for tag in tags:
        if tag.merged_into_id:
            merged.setdefault(tag.merged_into_id, []).extend(tag.words())
    terms = [
        Concept(
            key=tag.key,
            labels={"en": tag.name, "fr": tag.name_fr or tag.name},
            words=(*tag.words(), *merged.get(tag.pk, ())),
            quiet=tag.quiet,
        )
        for tag in tags
        if not tag.merged_into_id
    ]
    languages = [
        Concept(
            key=f"language:{language.code}",
            labels={"en": language.name_en, "fr": language.name_fr},
            words=(
                language.name_en,
                language.name_fr,
                language.name_native,
                *filter(None, language.synonyms.split("\n")),
            ),
        )
        for language in Language.objects.all()
    ]
    return terms + languages


LANGUAGES = Table("languages", Language, key="code", key_column="code")
TAGS = Table(
    "vocabulary",
    Tag,
    key="slug",
    key_column="slug",
    columns={"name": "label_en", "name_fr": "label_fr"},
    lookup=lambda key: dict(zip(("facet", "slug"), key.split(":", 1), strict=True)),
)


def plan_all(folder: Path) -> Callable[[], Iterator[Tally]]:
    """Check the files; gives the function that writes them. Raises BrokenData."""
    languages = LANGUAGES.plan(read(folder / "languages.csv"), _language_values)
    said_once(languages, "name_en", "name_en")
    said_once(languages, "name_fr", "name_fr")
    terms = TAGS.plan(read(folder / "vocabulary.csv"), _term_values, _term_key)
    terms += TAGS.plan(
        read(folder / "lexicon.csv"), _term_values, lambda row: f"word:{row['slug']}"
    )
    for facet in Tag.Facet.values:
        said_once([p for p in terms if p.key.startswith(f"{facet}:")], "name", "label_en")

    def write() -> Iterator[Tally]:
        yield "languages", LANGUAGES.write(languages)
        yield "vocabulary", TAGS.write(terms)

    return write


def _term_key(row: Row) -> str:
    return f"{row.choice('facet', Tag.Facet.values)}:{row['slug']}"


def _language_values(row: Row) -> dict:
    return {
        "name_en": row["name_en"],
        "name_fr": row["name_fr"],
        "name_native": row["name_native"],
        "direction": row.choice("direction", Language.Direction.values),
        "synonyms": row.lines("synonyms"),
    }


def _term_values(row: Row) -> dict:
    return {
        "name": row["label_en"],
        "name_fr": row["label_fr"],
        "synonyms": row.lines("synonyms"),
        "note": row.get("note"),
        "quiet": row.get("quiet") == "yes",
    }
