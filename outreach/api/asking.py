"""What the questions of the API have in common: how they are read, bounded and answered."""

from collections.abc import Iterable
from typing import Any, Literal

from django.http import QueryDict
from ninja import Field, Schema
from ninja.errors import ValidationError

from curation.finding.asking import Asked, read
from curation.finding.facets import Facet, Words
from search.index import Answer

MOST_ROWS = 100
DEEPEST = 10_000


class NotThere(Exception):
    """A field names nothing public."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class InWords(Schema):
    """What every question has."""

    q: str = Field("", description="words, in English or French; the first 200 characters count")
    lang: Literal["en", "fr"] = "en"
    exactly: bool = Field(False, description="true: do not repair misspelled words")


class Page(InWords):
    """Which part of the answer is wanted, in which order."""

    sort: Literal["best", "name", "newest"] = "best"
    limit: int = Field(20, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=DEEPEST)


class Understood(Schema):
    """One part of a question: what was said, how it was understood, whether anything has it."""

    said: str
    label: str
    found: bool


class Found(Schema):
    """A page. `exact` is false when nothing covers what was asked; near ones follow."""

    total: int
    exact: bool
    corrected: str | None
    because: list[Understood]
    facets: dict[str, dict[str, int]]


def asked_for(
    query: QueryDict, page: InWords, words: Words, facets: Iterable[Facet], shelf: str
) -> Asked:
    """The question as the pages read it; a filter value that nobody knows is refused by name."""
    query = query.copy()
    query.pop("page", None)
    query["exactly"] = "1" if page.exactly else ""
    asked = read(query, words, facets, shelf)
    if asked.ignored:
        raise ValidationError(
            [
                {"loc": ("query", name), "msg": f"“{value}” is not a value that this filter knows."}
                for name, value in asked.ignored
            ]
        )
    return asked


def told(answer: Answer, facets: Iterable[str]) -> dict[str, Any]:
    """Everything that `Found` says of an answer, with the counts of these filters."""
    return {
        "total": answer.total,
        "exact": answer.exact,
        "corrected": answer.corrected,
        "because": [
            {"said": reason.words, "label": reason.label or reason.words, "found": reason.found}
            for reason in answer.because
        ],
        "facets": {name: answer.counts[name] for name in facets if name in answer.counts},
    }
