"""What is done every night: a table of steps, which each app adds its own to.

An app registers its steps in `AppConfig.ready()`, so that `manage.py nightly` needs to import
nothing from above.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum


class Hour(IntEnum):
    """The order of the night: what later steps lean on comes first."""

    FINISH = 1  # work that stopped half way
    LAPSE = 2  # what is no longer true
    ASK = 3  # questions and reminders
    FORGET = 4  # what is due to go
    INDEX = 5  # what the clock changed in the search
    TELL = 6  # what reviewers should know in the morning
    CHECK = 7


# How many, and of what: "3", "addresses deleted".
Done = tuple[int, str]


@dataclass(frozen=True)
class Step:
    """One thing to do.

    run(now, dry_run)  does it; gives a number and words for the line that is printed
    whole   in one transaction, which a dry run takes back. A step that commits as it goes says
            False, and writes nothing itself when `dry_run` is true.
    """

    name: str
    hour: Hour
    run: Callable[[dt.datetime, bool], Done]
    whole: bool = True


_steps: dict[str, Step] = {}


def register(*steps: Step) -> None:
    """Take in an app's steps."""
    _steps.update({step.name: step for step in steps})


def steps() -> list[Step]:
    """All steps in the order of the night."""
    return sorted(_steps.values(), key=lambda step: step.hour)
