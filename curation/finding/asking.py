"""What a reader asks of a shelf, read from an address and written back into one.

The same reading serves pages (which say what they left out) and the API (which refuses it).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.http import QueryDict

from curation.finding.facets import UNKNOWN, Facet, Words
from search import index
from search.language import clean

PAGE_SIZE = 15
ORDERS = ("best", "name", "newest")
MOST_VALUES = 30


@dataclass(frozen=True)
class Asked:
    """One question to a shelf: words, chosen filter values, order and page."""

    shelf: str
    words: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    order: str = "best"
    page: int = 1
    as_typed: bool = False
    ignored: tuple[tuple[str, str], ...] = ()

    def answer(
        self, lang: str, *, offset: int | None = None, limit: int = PAGE_SIZE
    ) -> index.Answer:
        """Ask the index, within the shelf."""
        return index.ask(
            self.words,
            filters=self.filters,
            within={"shelf": [self.shelf]},
            order=self.order,
            lang=lang,
            offset=(self.page - 1) * limit if offset is None else offset,
            limit=limit,
            as_typed=self.as_typed,
        )

    @property
    def chosen(self) -> int:
        """How many filters are in use."""
        return len(self.filters)

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as (name, value), for hidden fields and addresses."""
        return [(name, value) for name, values in self.filters.items() for value in values]

    def query(self) -> str:
        """The question as a query string, "?" included, or "" for the whole shelf."""
        data = QueryDict(mutable=True)
        if self.words:
            data["q"] = self.words
        for name, values in self.filters.items():
            data.setlist(name, values)
        if self.order != "best":
            data["sort"] = self.order
        if self.as_typed:
            data["exactly"] = "1"
        if self.page > 1:
            data["page"] = str(self.page)
        return f"?{data.urlencode()}" if data else ""

    def without(self, name: str, value: str | None = None) -> Self:
        """The same question with one filter, or one value of it, taken away."""
        filters = {k: list(v) for k, v in self.filters.items()}
        rest = [v for v in filters.pop(name, []) if value is not None and v != value]
        if rest:
            filters[name] = rest
        return replace(self, filters=filters, page=1)

    def changed(self, **changes: Any) -> Self:
        """The same question with something else in it, from its first page."""
        return replace(self, **{"page": 1, **changes})


def read(query: QueryDict, words: Words, facets: Iterable[Facet], shelf: str) -> Asked:
    """The question in an address. What nobody could mean is left out and named in `ignored`."""
    filters, ignored = _filters(query, words, facets)
    order = query.get("sort") or "best"
    page = query.get("page") or "1"
    if order not in ORDERS:
        ignored.append(("sort", order))
    if not page.isascii() or not page.isdigit() or not 0 < int(page[:9]) < 100_000:
        ignored.append(("page", page))
        page = "1"
    return Asked(
        shelf=shelf,
        words=clean(query.get("q", "")),
        filters=filters,
        order=order if order in ORDERS else "best",
        page=int(page),
        as_typed=query.get("exactly") == "1",
        ignored=tuple((name, clean(value)[:40]) for name, value in ignored),
    )


def _filters(
    query: QueryDict, words: Words, facets: Iterable[Facet]
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """The chosen values by the name of their filter, and those that no filter knows."""
    filters: dict[str, list[str]] = {}
    ignored: list[tuple[str, str]] = []
    for facet in facets:
        given = dict.fromkeys(v for v in query.getlist(facet.name)[:MOST_VALUES] if v)
        if not given:
            continue
        known = {*facet.labels(words), UNKNOWN}
        chosen = [v for v in given if v in known]
        ignored += [(facet.name, v) for v in given if v not in known]
        if chosen:
            filters[facet.name] = chosen
    return filters, ignored
