"""The read-only JSON API: public records only, and a refusal in words for what it cannot read."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import override
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import ValidationError

from cop_directory.asking import Asked, read
from cop_directory.facets import Words
from cop_directory.records import Record, record
from cop_directory.shelf import rows, rows_in_order

MOST_ROWS = 100
DEEPEST = 10_000

api = NinjaAPI(
    title="CoP Directory",
    version="1",
    description="Communities of practice, Local Immigration Partnerships and chat groups of "
    "Canada's immigrant- and refugee-serving sector. Read only. Descriptions are CC BY 4.0.",
    docs_url=None,
    urls_namespace="api",
)
listings = Router(tags=["listings"])


class Understood(Schema):
    """One part of a question: what was said, how it was understood, whether any group has it."""

    said: str
    label: str
    found: bool


class Answer(Schema):
    """A page of groups. `exact` is false when nothing covers what was asked; near ones follow."""

    items: list[Record]
    total: int
    exact: bool
    corrected: str | None
    because: list[Understood]
    facets: dict[str, dict[str, int]]


class Question(Schema):
    """What may be asked. Filters may be repeated: values of one are joined by "or"."""

    q: str = Field("", description="words, in English or French; the first 200 characters count")
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
    sort: Literal["best", "name", "newest"] = "best"
    limit: int = Field(20, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=DEEPEST)
    lang: Literal["en", "fr"] = "en"
    exactly: bool = Field(False, description="true: do not repair misspelled words")


@listings.api_operation(["HEAD"], "/listings", response=Answer, include_in_schema=False)
@listings.get("/listings", response=Answer, summary="Find groups")
def find(request: HttpRequest, question: Query[Question]) -> dict[str, Any]:
    """Groups that fit, best first, with the counts of every filter."""
    asked = _asked(request.GET, question)
    with override(question.lang):
        answer = asked.answer(question.lang, offset=question.offset, limit=question.limit)
        items = [record(row) for row in rows_in_order(answer.keys)]
    return {
        "items": items,
        "total": answer.total,
        "exact": answer.exact,
        "corrected": answer.corrected,
        "because": [
            {"said": reason.words, "label": reason.label or reason.words, "found": reason.found}
            for reason in answer.because
        ],
        "facets": {name: counts for name, counts in answer.counts.items() if name != "shelf"},
    }


@listings.api_operation(["HEAD"], "/listings/{id}", response=Record, include_in_schema=False)
@listings.get("/listings/{id}", response=Record, summary="One group")
def one(request: HttpRequest, id: int) -> Record:
    """The public record of one group; 404 when it is not public."""
    row = rows([id]).first() if 0 < id < 2**32 else None
    if row is None:
        raise Http404
    return record(row)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> Any:
    """404, with the name of the field that named nothing."""
    detail = [{"field": "id", "reason": "There is no public group with this id."}]
    return api.create_response(request, {"detail": detail}, status=404)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> Any:
    """Say which field is wrong and why, as flat as it can be said."""
    detail = [{"field": str(e["loc"][-1]), "reason": e["msg"]} for e in error.errors]
    return api.create_response(request, {"detail": detail}, status=422)


def _asked(query: QueryDict, question: Question) -> Asked:
    """The question as the pages read it; a filter value that nobody knows is refused by name."""
    words = Words()
    query = query.copy()
    query.pop("page", None)
    query["exactly"] = "1" if question.exactly else ""
    asked = read(query, words)
    if asked.ignored:
        raise ValidationError(
            [
                {"loc": ("query", name), "msg": f"“{value}” is not a value that this filter knows."}
                for name, value in asked.ignored
            ]
        )
    return asked


api.add_router("", listings)
