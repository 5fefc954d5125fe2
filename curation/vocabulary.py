"""The vocabulary: loaded from CSV files, handed to the search as concepts."""

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from curation import shelves
from curation.loading import Folder, Row, Table, Tally, read, said_once
from curation.models import Language, Tag, TaggedEntry
from search.thesaurus import Concept

# "Time", "Language", "Devices": labels that would answer every question.
TOO_BROAD = (Tag.Facet.BARRIER, Tag.Facet.EVIDENCE)
NEAR = re.compile(r"\bnear ([a-z-]+:[a-z0-9-]+)")
# Held by what is for all of Canada; no word means it, so that no sentence claims it.
NATIONAL = "scope:national"
# What is near to a province, and to a part of the country. Nothing else says so in the data.
PARTS = {
    "atlantic": ("nb", "ns", "pe", "nl"),
    "prairies": ("ab", "sk", "mb"),
    "territories": ("yt", "nt", "nu"),
    "pnt": ("ab", "sk", "mb", "yt", "nt", "nu"),
}


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
            broader=_broader(tag),
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


@transaction.atomic
def hand_over(tag: Tag) -> None:
    """Give the entries that carry a merged term to the term that took its place."""
    if tag.merged_into is None:
        return
    last = tag.merged_into
    while last.merged_into:
        last = last.merged_into
    for row in TaggedEntry.objects.filter(tag=tag).select_related("content_object"):
        TaggedEntry.objects.get_or_create(content_object=row.content_object, tag=last)
        entry = row.content_object
        row.delete()
        shelves.index_entry(entry)


def name_of_its_own(tag: Tag, name: str) -> str:
    """The name, if no other term of the same facet has it. Raises ValidationError."""
    others = Tag.objects.filter(facet=tag.facet, name=name).exclude(pk=tag.pk)
    if others.exists():
        raise ValidationError(_("There is a word of this name already: merge the two."))
    return name


LANGUAGES = Table("languages", Language, key="code", key_column="code")
TAGS = Table(
    "vocabulary",
    Tag,
    key="slug",
    key_column="slug",
    columns={"name": "label_en", "name_fr": "label_fr"},
    lookup=lambda key: dict(zip(("facet", "slug"), key.split(":", 1), strict=True)),
)


def plan_all(folder: Folder) -> Callable[[], Iterator[Tally]]:
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


def _broader(tag: Tag) -> tuple[str, ...]:
    """What is near: as the note says ("near topic:legal"); for a province what it belongs to."""
    if tag.facet != Tag.Facet.REGION or tag.slug == "national":
        return tuple(NEAR.findall(tag.note))
    if tag.slug in PARTS:
        near = PARTS[tag.slug]
    else:
        near = tuple(part for part, slugs in PARTS.items() if tag.slug in slugs)
    return (*(f"region:{slug}" for slug in near), NATIONAL)
