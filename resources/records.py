"""The public record of a lesson or guide: an allow-list. The API prints nothing else.

What could name somebody comes from `shown.py`, which holds it back where a name is hidden.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import override

from resources import shown
from resources.agencies import Agencies
from resources.citations import sentence
from resources.citing import cited
from resources.models import Corroboration, Resource
from resources.shelf import address


@dataclass(frozen=True)
class AgencyAnswer:
    """What another agency says of a lesson that it tried too, in its own context."""

    verdict: str
    why: str
    why_fr: str
    agency: str
    agency_fr: str
    provinces: list[str]
    region: str
    place_size: str
    agency_size: str
    clients: list[str]
    formats: list[str]
    year: int | None


@dataclass(frozen=True)
class ResourceRecord:
    """A lesson or guide. Texts that are not there are ""; codes are the filters'.

    `title` is the English one, or another where there is none. Of what hides its agency the
    context is as broad as on its page, and `region` may stand for its provinces.
    """

    id: int
    url: str
    url_fr: str
    title: str
    title_fr: str
    kind: str
    is_short_note: bool
    outcome: str
    description: str
    description_fr: str
    text_status: str
    text_status_fr: str
    about: str
    about_fr: str
    to_know: str
    to_know_fr: str
    to_do: str
    to_do_fr: str
    authors: str
    agency: str
    agency_fr: str
    year: int | None
    link: str
    licence: str
    topics: list[str]
    barriers: list[str]
    clients: list[str]
    provinces: list[str]
    all_of_canada: bool
    region: str
    place_size: str
    agency_size: str
    formats: list[str]
    languages: list[str]
    evidence: str
    method: str
    method_count: int | None
    method_link: str
    answers: list[AgencyAnswer]
    may_be_outdated: bool
    invented: bool
    citation: str
    citation_fr: str


def record(resource: Resource, known: Agencies) -> ResourceRecord:
    """What everybody may have of a row of `shelf.rows()`; `known` is asked for hidden ones."""
    hidden = shown.is_hidden(resource)
    rung = shown.rung(resource)
    with override("en"):
        url, title = address(resource), resource.name.plain
    with override("fr"):
        url_fr = address(resource)
    return ResourceRecord(
        id=resource.pk,
        url=url,
        url_fr=url_fr,
        title=title,
        title_fr=resource.name_fr,
        kind=resource.kind,
        is_short_note=resource.is_lesson and not shown.is_full(resource),
        outcome=resource.outcome,
        authors=shown.authors(resource),
        year=shown.year(resource),
        link=resource.link,
        licence=resource.licence,
        topics=_tags(resource, "topic"),
        barriers=_tags(resource, "barrier"),
        all_of_canada=resource.national and not hidden,
        languages=list(shown.languages(resource)),
        evidence=rung.slug if rung else "",
        method=resource.method,
        method_count=resource.method_count,
        method_link=shown.method_link(resource),
        answers=[_answer(each, known) for each in shown.answers(resource)],
        may_be_outdated=shown.may_be_outdated(resource),
        invented=resource.invented,
        citation=_citation(resource, url, "en"),
        citation_fr=_citation(resource, url_fr, "fr"),
        **_texts(resource),
        **_agency(resource),
        **_context(resource, known),
    )


def _answer(row: Corroboration, known: Agencies) -> AgencyAnswer:
    with override("en"):
        why = row.name.plain
    return AgencyAnswer(
        verdict=row.verdict,
        why=why,
        why_fr=row.name_fr,
        year=shown.year(row),
        **_agency(row),
        **_context(row, known),
    )


def _texts(resource: Resource) -> dict[str, Any]:
    return {
        "description": resource.one_line_en or resource.description_en,
        "description_fr": resource.one_line_fr or resource.description_fr,
        "text_status": resource.text_status_en,
        "text_status_fr": resource.text_status_fr,
        "about": resource.about_en,
        "about_fr": resource.about_fr,
        "to_know": resource.to_know_en,
        "to_know_fr": resource.to_know_fr,
        "to_do": resource.to_do_en,
        "to_do_fr": resource.to_do_fr,
    }


def _agency(row: Resource | Corroboration) -> dict[str, Any]:
    with override("en"):
        agency = str(shown.agency(row))
    with override("fr"):
        return {"agency": agency, "agency_fr": str(shown.agency(row))}


def _context(row: Resource | Corroboration, known: Agencies) -> dict[str, Any]:
    """Where and for whom, as broad as it may be shown."""
    context = shown.shown(row, known).context
    return {
        "provinces": list(context.provinces),
        "region": context.region,
        "place_size": context.place_size,
        "agency_size": context.agency_size,
        "clients": list(context.client_groups),
        "formats": list(context.formats),
    }


def _tags(resource: Resource, facet: str) -> list[str]:
    return [row.tag.slug for row in resource.tagged.all() if row.tag.facet == facet]


def _citation(resource: Resource, path: str, lang: str) -> str:
    """Ready to be pasted; on which day it was read, whoever cites it knows."""
    with override(lang):
        return sentence(replace(cited(resource, settings.SITE_URL + path), read_on=None), lang)
