"""The data that a site starts with: each app brings its own files, one command loads them all.

An app registers in its `AppConfig.ready()`, so that the order is that of INSTALLED_APPS: what
others build on, the vocabulary and the organizations, comes first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.loading import Folder, Tally

Write = Callable[[], Iterator[Tally]]

_plans: dict[Path, Callable[[Folder], Write]] = {}


@dataclass(frozen=True)
class Folders:
    """Several folders as one: `folders / "groups.csv"` is that file in the first that has it."""

    paths: tuple[Path, ...]

    def __truediv__(self, name: str) -> Path:
        found = (path / name for path in self.paths if (path / name).exists())
        return next(found, self.paths[0] / name)


def register(folder: Path, plan: Callable[[Folder], Write]) -> None:
    """Take in an app's folder, and what checks its files there and gives the writing of them."""
    _plans[folder] = plan


def plan_all(folder: Path | None = None) -> Write:
    """Check every file of every app; gives the function that then writes them, table by table.

    `folder` holds the files of all apps in place of their own folders. Raises BrokenData.
    """
    where = folder or Folders(tuple(_plans))
    writes = [plan(where) for plan in _plans.values()]

    def write() -> Iterator[Tally]:
        for each in writes:
            yield from each()

    return write
