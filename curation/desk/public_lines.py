"""The lines of the public log: a day, a kind, what happened, a reason, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import LocalText, day_in_words
from curation import shelves
from curation.models import Decision, Entry
from curation.removals import Why

WHAT = {
    "reject": _("Not accepted"),
    "withdraw": _("Taken off"),
    "merge": _("Merged with another page"),
}


@dataclass(frozen=True)
class Line:
    """`leads_to` is a public page: where the address of a merged one leads."""

    day: str
    kind: str
    what: Any
    why: str
    name: LocalText | None = None
    leads_to: str = ""


def of(decisions: Iterable[Decision]) -> list[Line]:
    """The decisions as everybody may read them."""
    return [_line(decision) for decision in decisions]


def _line(decision: Decision) -> Line:
    said, shelf = decision.after, shelves.of(decision.entry)
    kind = said.get("public_kind", "")
    into = decision.entry.merged_into
    public = into if into and into.review == Entry.Review.PUBLISHED else None
    return Line(
        day_in_words(timezone.localdate(decision.at)),
        next(iter(shelf.words("kind", kind)), "") if kind else "",
        WHAT[decision.verb],
        str(Why(said["public_reason"]).label),
        public.name if public else None,
        shelf.address(public) if public else "",
    )
