"""Tables of contents: ways through a shelf without a question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from search.language import sort_key


@dataclass(frozen=True)
class Row:
    """A line of a table of contents: words, address, count."""

    value: str
    label: Any
    url: str
    count: int


def by_name(
    labels: dict[str, Any], counts: dict[str, int], address: Callable[[str], str]
) -> list[Row]:
    """A line for each value that something has, in the order of the words."""
    found = [
        Row(value, label, address(value), counts[value])
        for value, label in labels.items()
        if counts.get(value)
    ]
    return sorted(found, key=lambda row: sort_key(str(row.label)))
