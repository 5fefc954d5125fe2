"""Links within a file that a reader may follow."""

import re

from resources.files.refusals import Refused, Why

_FOR_READERS = re.compile(r"\s*(https?://|mailto:|tel:|www\.|#)", re.IGNORECASE)


def check(target: str) -> None:
    """Raise Refused for a link that no reader could follow, or that starts something."""
    if not _FOR_READERS.match(target):
        raise Refused(Why.LINKS)
