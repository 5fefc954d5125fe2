"""Lessons and guides as JSON."""

import re
from typing import Any

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Field, Query, Router

from curation.finding.asking import Asked
from curation.finding.facets import Words
from outreach.api.asking import Found, NotThere, Page, asked_for, told
from resources.agencies import Agencies
from resources.facets import BY_NAME, FACETS
from resources.records import ResourceRecord, record
from resources.shelf import NAME, rows, rows_in_order

router = Router(tags=["resources"])

# Its number decides; the words after it may be old, or missing.
SLUG = re.compile(r"([1-9][0-9]{0,9})(?:-.*)?", re.ASCII | re.DOTALL)


class ResourceAnswer(Found):
    """A page of lessons and guides."""

    items: list[ResourceRecord]


class ResourceQuestion(Page):
    """What may be asked. Filters may be repeated: values of one are joined by "or"."""

    kind: list[str] = []
    topic: list[str] = []
    outcome: list[str] = []
    evidence: list[str] = Field([], description="how sure it is: the step on which it stands")
    client: list[str] = []
    format: list[str] = []
    barrier: list[str] = []
    size: list[str] = Field([], description="of the place in which it was tried")
    province: list[str] = Field([], description="two letters such as NS, or CA for all of Canada")
    language: list[str] = []
    year: list[str] = []


@router.api_operation(["HEAD"], "/resources", response=ResourceAnswer, include_in_schema=False)
@router.get("/resources", response=ResourceAnswer, summary="Find lessons and guides")
def find_resources(request: HttpRequest, question: Query[ResourceQuestion]) -> dict[str, Any]:
    """Lessons and guides that fit, best first, with the counts of every filter.

    Lessons that do not give their agency are in no filter and in none of these counts.
    """
    asked = asked_for(request.GET, question, Words(), FACETS, NAME)
    return page_of(asked, question.lang, question.offset, question.limit)


@router.api_operation(
    ["HEAD"], "/resources/{slug}", response=ResourceRecord, include_in_schema=False
)
@router.get("/resources/{slug}", response=ResourceRecord, summary="One lesson or guide")
def one_resource(request: HttpRequest, slug: str) -> ResourceRecord:
    """The public record of one lesson or guide, by its number, with or without its words:
    `123`, `123-put-a-phone-in-number`. 404 when it is not public."""
    named = SLUG.fullmatch(slug)
    row = rows([int(named[1])]).first() if named and int(named[1]) < 2**32 else None
    if row is None:
        raise NotThere("slug", "There is no public lesson or guide with this number.")
    return record(row, Agencies())


def page_of(asked: Asked, lang: str, offset: int, limit: int) -> dict[str, Any]:
    """The lessons and guides that answer, as `ResourceAnswer` has them."""
    known = Agencies()
    with override(lang):
        answer = asked.answer(lang, offset=offset, limit=limit)
        items = [record(row, known) for row in rows_in_order(answer.keys)]
    return {"items": items, **told(answer, BY_NAME)}
