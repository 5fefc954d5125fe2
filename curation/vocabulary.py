"""The vocabulary: loaded from CSV files, handed to the search as concepts."""

from collections.abc import Callable, Iterator
from pathlib import Path

from curation.loading import Planned, Row, Table, Tally, keys_exist, plan, read
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


LANGUAGES = Table("languages", Language, key="code")
TAGS = Table(
    "vocabulary",
    Tag,
    key="slug",
    lookup=lambda key: dict(zip(("facet", "slug"), key.split(":", 1), strict=True)),
)


def planned_languages(folder: Path) -> list[Planned]:
    """languages.csv, checked."""
    rows = read(
        folder / "languages.csv", ("code", "name_en", "name_fr", "name_native", "direction")
    )
    planned = plan(rows, lambda row: row["code"], _language_values)
    LANGUAGES.check(planned)
    return planned


def planned_terms(folder: Path) -> list[Planned]:
    """vocabulary.csv and lexicon.csv, checked."""
    terms = read(folder / "vocabulary.csv", ("facet", "slug", "label_en", "label_fr", "synonyms"))
    words = read(folder / "lexicon.csv", ("slug", "label_en", "label_fr", "synonyms", "quiet"))
    planned = plan(terms, lambda row: f"{row['facet']}:{row['slug']}", _term_values)
    planned += plan(words, lambda row: f"word:{row['slug']}", _term_values)
    keys_exist(
        ((p.row, "facet", [p.key.split(":")[0]]) for p in planned), set(Tag.Facet.values), "facet"
    )
    TAGS.check(planned)
    return planned


def plan_all(folder: Path) -> Callable[[], Iterator[Tally]]:
    """Check the files; gives the function that writes them. Raises BrokenData."""
    languages, terms = planned_languages(folder), planned_terms(folder)

    def write() -> Iterator[Tally]:
        yield "languages", LANGUAGES.write(languages)
        yield "vocabulary", TAGS.write(terms)

    return write


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
