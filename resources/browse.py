"""Ways through the library without a question.

*Useful lately* is what other agencies answered in the last twelve months: what the most different
agencies tried comes first, among equals what is newest here. Nobody's clicks are counted, so
nothing is there because it was there before; nor are answers that hide their agency, whose day
could be told from the day on which a lesson leaves this list.
"""

import datetime as dt
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.languages import reading_language
from curation.finding.asking import Asked
from curation.finding.contents import Row
from curation.finding.facets import Words
from curation.freshness import today
from resources.cards import Card, card
from resources.collecting.browse import collections
from resources.evidence import TRIED
from resources.facets import BY_NAME, WENT
from resources.models import Corroboration, Kind, Outcome, Resource, Visibility
from resources.shelf import NAME, rows, rows_in_order

# What did not work, whether or not it tells its agency.
DID_NOT = Asked(NAME, filters={WENT.name: [Outcome.DID_NOT]})
MOST = 5  # rows of a short list
MOST_TOPICS = 12
LATELY = dt.timedelta(days=365)


def home() -> dict[str, Any]:
    """What is here, counted: by kind, by topic, and in all; what is useful, and what is new."""
    answer = Asked(NAME).answer(reading_language(), limit=1)
    counts = answer.counts
    useful, new = useful_and_new()
    return {
        "total": answer.total,
        "kinds": _rows("kind", kinds_in_plural(), counts),
        "topics": _rows("topic", BY_NAME["topic"].labels(Words()), counts)[:MOST_TOPICS],
        "in_french": counts.get("language", {}).get("fr", 0),
        "did_not": DID_NOT.answer(reading_language(), limit=1).total,
        "from_elsewhere": _from_elsewhere(counts.get("kind", {})),
        "collections": collections(),
        "useful": useful,
        "new": new,
    }


def whole() -> Any:
    """What is public in the library, with everything that its page shows."""
    return rows().prefetch_related("materials__upload")


def to_cite() -> Any:
    """What is public in the library, with what a citation tells."""
    return Resource.objects.visible().select_related("organization", "name_own_language")


def useful_and_new() -> tuple[list[Card], list[Card]]:
    """What is useful lately, and what “newest first” begins with; at most five each. Invented
    examples are none of them."""
    newest = Asked(NAME, order="newest").answer(reading_language(), limit=MOST).keys
    useful = _useful_lately()
    found = rows_in_order(list(dict.fromkeys([*useful, *newest])))
    cards = {row.pk: card(row) for row in found if not row.invented}
    return (
        [cards[key] for key in useful if key in cards],
        [cards[key] for key in newest if key in cards],
    )


def _useful_lately() -> list[int]:
    answered = (
        Corroboration.objects.visible()
        .filter(said_on__gte=today() - LATELY, verdict__in=TRIED, lesson__invented=False)
        .exclude(visibility=Visibility.HIDDEN)
        .values("lesson")
        .annotate(agencies=Count("agency_key", distinct=True))
        .filter(agencies__gt=0)
        .order_by("-agencies", "-lesson")
    )
    return [each["lesson"] for each in answered[:MOST]]


def kinds_in_plural() -> dict[str, str]:
    """The kinds, where many of each are meant."""
    return {
        Kind.LESSON: _("Lessons"),
        Kind.REPORT: _("Reports"),
        Kind.GUIDE: _("Guides"),
        Kind.TOOLKIT: _("Toolkits"),
        Kind.ARTICLE: _("Articles"),
        Kind.RECORDING: _("Recordings and slides"),
        Kind.TEMPLATE: _("Templates"),
        Kind.EVALUATION: _("Evaluations"),
    }


def _from_elsewhere(counts: dict[str, int]) -> int:
    """How many were published elsewhere; lessons whose agency is hidden are in no count."""
    return sum(counts.get(kind, 0) for kind in Kind.values if kind != Kind.LESSON)


def _rows(facet: str, labels: dict[str, Any], counts: dict[str, dict[str, int]]) -> list[Row]:
    """The values of a filter that something has, most first."""
    here, found = reverse("resource_list"), counts.get(facet, {})
    lines = [
        Row(value, label, f"{here}?{facet}={value}", found[value])
        for value, label in labels.items()
        if found.get(value)
    ]
    return sorted(lines, key=lambda row: -row.count)
