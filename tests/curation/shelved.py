"""The shelf of the groups with other manners, for as long as one test runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from curation import shelves
from curation.manners import Manners

NAME = "listing"
# What a shelf says of which little of what groups need makes sense.
PLAIN = Manners(
    asks_stance=False,
    looks_alike=False,
    claimed=False,
    asked=False,
    closes=False,
    has_doors=False,
    withdrawn=True,
    reasons=("dead-link", "recognized", "other"),
    texts={},
    new="New thing",
    back="Back to the thing",
    another="Other things",
    home="home",
    why_new_waits="Somebody looks.",
    stands_aside="Somebody else decides.",
    wants_off="Its people want it off",
)


@contextmanager
def groups_with(**changes: Any) -> Iterator[shelves.Shelf]:
    """The shelf as it is, with some of what it says of itself changed."""
    known = shelves.named(NAME)
    changed = replace(known, **changes)
    shelves.register(changed)
    try:
        yield changed
    finally:
        shelves.register(known)
