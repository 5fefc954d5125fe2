"""What a reader asks of the directory, read from an address and written back into one.

The same reading serves pages (which say what they left out) and the API (which refuses it).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from cop_directory.facets import FACETS, UNKNOWN, Words
from cop_directory.shelf import NAME
from search import index
from search.language import clean

PAGE_SIZE = 15
ORDERS = ("best", "name", "newest")
MOST_VALUES = 30


@dataclass(frozen=True)
class Asked:
    """One question: words, chosen filter values, order and page."""

    words: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)
    order: str = "best"
    page: int = 1
    as_typed: bool = False
    ignored: tuple[tuple[str, str], ...] = ()

    def answer(
        self, lang: str, *, offset: int | None = None, limit: int = PAGE_SIZE
    ) -> index.Answer:
        """Ask the index, within the directory."""
        return index.ask(
            self.words,
            filters=self.filters,
            within={"shelf": [NAME]},
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
        """The question as a query string, "?" included, or "" for the whole directory."""
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

    def without(self, name: str, value: str | None = None) -> "Asked":
        """The same question with one filter, or one value of it, taken away."""
        filters = {k: list(v) for k, v in self.filters.items()}
        rest = [v for v in filters.pop(name, []) if value is not None and v != value]
        if rest:
            filters[name] = rest
        return replace(self, filters=filters, page=1)

    def changed(self, **changes: Any) -> "Asked":
        return replace(self, **{"page": 1, **changes})


def read(query: QueryDict, words: Words) -> Asked:
    """The question in an address. What nobody could mean is left out and named in `ignored`."""
    ignored: list[tuple[str, str]] = []
    filters: dict[str, list[str]] = {}
    for facet in FACETS:
        given = dict.fromkeys(v for v in query.getlist(facet.name)[:MOST_VALUES] if v)
        if not given:
            continue
        known = {*facet.labels(words), UNKNOWN}
        filters[facet.name] = [v for v in given if v in known]
        ignored += [(facet.name, v) for v in given if v not in known]
        if not filters[facet.name]:
            del filters[facet.name]
    order = query.get("sort") or "best"
    page = query.get("page") or "1"
    if order not in ORDERS:
        ignored.append(("sort", order))
    if not page.isascii() or not page.isdigit() or not 0 < int(page[:9]) < 100_000:
        ignored.append(("page", page))
        page = "1"
    return Asked(
        words=clean(query.get("q", "")),
        filters=filters,
        order=order if order in ORDERS else "best",
        page=int(page),
        as_typed=query.get("exactly") == "1",
        ignored=tuple((name, clean(value)[:40]) for name, value in ignored),
    )
