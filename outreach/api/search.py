"""Both shelves at once, as JSON."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from cop_directory.shelf import NAME as LISTINGS
from curation.finding.asking import Asked
from outreach.api import listings, resources
from outreach.api.asking import MOST_ROWS, InWords
from resources.shelf import NAME as RESOURCES
from search.language import clean

router = Router(tags=["search"])


class Both(Schema):
    """The first answers of each shelf. Each has its own total, and its own way to the rest."""

    listings: listings.Answer
    resources: resources.ResourceAnswer


class SearchQuestion(InWords):
    """A question to both."""

    limit: int = Field(10, ge=1, le=MOST_ROWS, description="of each")


@router.api_operation(["HEAD"], "/search", response=Both, include_in_schema=False)
@router.get("/search", response=Both, summary="Search groups and library together")
def search(request: HttpRequest, question: Query[SearchQuestion]) -> dict[str, Any]:
    """Groups, lessons and guides that fit, best first, each with its counts."""
    words = clean(question.q)
    pages = ((LISTINGS, listings.page_of), (RESOURCES, resources.page_of))
    found = [
        page_of(Asked(shelf, words, as_typed=question.exactly), question.lang, 0, question.limit)
        for shelf, page_of in pages
    ]
    return {"listings": found[0], "resources": found[1]}
