"""What an entry must have.

A rule about what must be there binds a new entry. One that is here already, perhaps from a time
when less was asked, may not lose what it has.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Needed:
    """Something that must be there: where it is asked for, whether it is there, what to say."""

    field: str
    met: Callable[[Values], bool]
    words: Any


def one_of(*names: str) -> Callable[[Values], bool]:
    """Whether any of these fields says something."""
    return lambda values: any(values[name] for name in names)


def missing(
    values: Values, before: Values | None, needed: Iterable[Needed]
) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for what must be there and is not.

    `before` is what the entry held until now; what was missing there may still be missing.
    """
    for rule in needed:
        if not rule.met(values) and (before is None or rule.met(before)):
            yield rule.field, rule.words
