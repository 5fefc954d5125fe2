"""Groups as JSON."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import override
from ninja import Field, Query, Router

from cop_directory.facets import BY_NAME, FACETS, Words
from cop_directory.records import Record, record
from cop_directory.shelf import NAME, rows, rows_in_order
from curation.finding.asking import Asked
from outreach.api.asking import Found, NotThere, Page, asked_for, told

router = Router(tags=["listings"])


class Answer(Found):
    """A page of groups."""

    items: list[Record]


class Question(Page):
    """What may be asked. Filters may be repeated: values of one are joined by "or"."""

    kind: list[str] = []
    province: list[str] = Field([], description="two letters such as NS, or CA for all of Canada")
    language: list[str] = []
    topic: list[str] = []
    join: list[str] = []
    state: list[str] = []
    client: list[str] = []
    role: list[str] = []
    platform: list[str] = []
    format: list[str] = []
    scope: list[str] = []
    app: list[str] = []


@router.api_operation(["HEAD"], "/listings", response=Answer, include_in_schema=False)
@router.get("/listings", response=Answer, summary="Find groups")
def find(request: HttpRequest, question: Query[Question]) -> dict[str, Any]:
    """Groups that fit, best first, with the counts of every filter."""
    asked = asked_for(request.GET, question, Words(), FACETS, NAME)
    return page_of(asked, question.lang, question.offset, question.limit)


@router.api_operation(["HEAD"], "/listings/{id}", response=Record, include_in_schema=False)
@router.get("/listings/{id}", response=Record, summary="One group")
def one(request: HttpRequest, id: int) -> Record:
    """The public record of one group; 404 when it is not public."""
    row = rows([id]).first() if 0 < id < 2**32 else None
    if row is None:
        raise NotThere("id", "There is no public group with this id.")
    return record(row)


def page_of(asked: Asked, lang: str, offset: int, limit: int) -> dict[str, Any]:
    """The groups that answer, as `Answer` has them."""
    with override(lang):
        answer = asked.answer(lang, offset=offset, limit=limit)
        items = [record(row) for row in rows_in_order(answer.keys)]
    return {"items": items, **told(answer, BY_NAME)}
