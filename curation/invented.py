"""Invented rows for a local site: each app says how it fills itself, in `AppConfig.ready()`.

Everything that comes of it says that it is invented, and a second run adds nothing.
"""

from collections.abc import Callable, Iterator

Fill = Callable[[], Iterator[str]]
_fills: list[Fill] = []


def register(fill: Fill) -> None:
    """Take in what fills a local site; it says in lines what it has added."""
    _fills.append(fill)


def fill_all() -> Iterator[str]:
    """Add what is not there yet; what has been added, in lines."""
    for fill in _fills:
        yield from fill()
