"""Rows of the library for tests, made as in `factories.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from curation import lifecycle
from curation.models import Entry, Language, Tag, TaggedEntry
from resources.models import (
    Collection,
    CollectionItem,
    Corroboration,
    Resource,
    ResourceFormat,
    ResourceProvince,
)
from tests.factories import TURNS_TO, make_language, make_tag


def make_lesson(
    name_en: str = "Put a phone-in number beside every video link",
    *,
    review: str = "published",
    topics: Iterable[str] = ("hybrid-services",),
    provinces: Iterable[str] = ("NS",),
    formats: Iterable[str] = (),
    terms: Iterable[Tag] = (),
    **fields: Any,
) -> Resource:
    """A lesson that worked, brought to `review` by turns; its agency is shown."""
    defaults: dict[str, Any] = {
        "kind": "lesson",
        "outcome": "worked",
        "no_client_recognized": True,
        "description_en": "We moved our sessions to video and lost those with one phone.",
        "text_status_en": "original",
        "source": Entry.Source.PERSON,
    }
    return _made(name_en, review, topics, provinces, formats, terms, defaults | fields)


def make_guide(
    name_en: str = "Mapping the Digital Divide",
    *,
    review: str = "published",
    topics: Iterable[str] = ("hybrid-services",),
    provinces: Iterable[str] = (),
    formats: Iterable[str] = (),
    terms: Iterable[Tag] = (),
    languages: Iterable[str] = ("en",),
    **fields: Any,
) -> Resource:
    """A report that is found elsewhere."""
    defaults: dict[str, Any] = {
        "kind": "report",
        "year": 2021,
        "publisher": "Brookfield Institute",
        "link": "https://example.org/report",
        "one_line_en": "Who has no connection at home, and why.",
        "text_status_en": "original",
        "source": Entry.Source.PAGE,
    }
    guide = _made(name_en, review, topics, provinces, formats, terms, defaults | fields)
    guide.languages.set([make_language(code) for code in languages])
    return guide


def make_answer(
    lesson: Resource,
    name_en: str = "Seniors prefer it",
    *,
    review: str = "published",
    agency: str = "Prairie Newcomer Centre",
    terms: Iterable[Tag] = (),
    **fields: Any,
) -> Corroboration:
    """An agency's answer to a lesson, that it worked for them in a small centre."""
    defaults: dict[str, Any] = {
        "verdict": "worked",
        "place_size": "small-centre",
        "province": "MB",
        "format": "phone-ok",
        "year": 2026,
        "said_on": dt.date(2026, 3, 2),
        "source": Entry.Source.PERSON,
        "agency": agency,
    }
    from resources import agencies

    values = defaults | fields
    organization = values.get("organization")
    values.setdefault("agency_key", agencies.key(organization and organization.pk, agency))
    answer = Corroboration.objects.create(
        shelf="corroboration", lesson=lesson, name_en=name_en, **values
    )
    for tag in terms:
        TaggedEntry.objects.create(content_object=answer, tag=tag)
    _brought_to(answer, review)
    return answer


def make_collection(
    *pages: Entry, name_en: str = "Starting with hybrid service", review: str = "published"
) -> Collection:
    """These pages in this order, each with why it is there: "Why 1", "Why 2"."""
    collection = Collection.objects.create(
        shelf="collection",
        name_en=name_en,
        one_line_en="For the first month.",
        text_status_en="original",
    )
    for position, page in enumerate(pages, start=1):
        CollectionItem.objects.create(
            collection=collection, entry=page, position=position, why_en=f"Why {position}"
        )
    _brought_to(collection, review)
    return collection


def _made(
    name_en: str,
    review: str,
    topics: Iterable[str],
    provinces: Iterable[str],
    formats: Iterable[str],
    terms: Iterable[Tag],
    values: dict[str, Any],
) -> Resource:
    resource = Resource.objects.create(shelf="resource", name_en=name_en, **values)
    for province in provinces:
        ResourceProvince.objects.create(resource=resource, province=province)
    for format_ in formats:
        ResourceFormat.objects.create(resource=resource, format=format_)
    for tag in (*(make_tag(slug) for slug in topics), *terms):
        TaggedEntry.objects.create(content_object=resource, tag=tag)
    _brought_to(resource, review)
    return resource


def _brought_to(entry: Entry, review: str) -> None:
    for verb in TURNS_TO[review]:
        lifecycle.take(entry, verb, by=None, note="for the test")


def languages_of(*codes: str) -> list[Language]:
    """The languages with these codes."""
    return [make_language(code) for code in codes]
