"""The steps of the night that only the directory knows of."""

import datetime as dt

from cop_directory.joining import clock
from curation.nights import Done, Hour, Step


def ways_in(now: dt.datetime, dry_run: bool) -> Done:
    """Requests to join and invitations: reminders, honest words, and everything deleted at last."""
    done = {name: number for name, number in clock.run(now, dry_run=dry_run).items() if number}
    words = ", ".join(f"{name} {number}" for name, number in done.items())
    return sum(done.values()), words or "requests and invitations"


STEPS = (Step("ways into groups", Hour.ASK, ways_in, whole=False),)
