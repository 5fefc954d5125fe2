"""The filters of the library: page, API and index all use these.

A lesson whose agency is hidden is in none of them: who narrows a list down must not learn
where it comes from.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Province
from curation.finding.facets import (
    ALL_OF_CANADA,
    Facet,
    Words,
    choices,
    known,
    tag_labels,
    tag_values,
)
from curation.models import Format
from resources import shown
from resources.evidence import RUNGS
from resources.models import Kind, Outcome, PlaceSize, Resource

OLDEST = 1980


def _provinces(resource: Resource) -> tuple[str, ...]:
    if resource.national:
        return (ALL_OF_CANADA,)
    return tuple(row.province for row in resource.provinces.all())


def _outcome(resource: Resource) -> tuple[str, ...]:
    return (resource.outcome,) if resource.outcome else ()


def _years(words: Words) -> dict[str, Any]:
    newest = timezone.localdate().year
    return {str(year): str(year) for year in range(newest, OLDEST - 1, -1)}


FACETS = (
    Facet(
        "kind",
        pgettext_lazy("library", "Kind"),
        lambda row: (row.kind,),
        choices(Kind),
        first=True,
    ),
    Facet("topic", _("Topic"), tag_values("topic"), tag_labels("topic"), first=True),
    Facet(
        "outcome",
        _("How it went"),
        _outcome,
        choices(Outcome),
        first=True,
        keeps_order=True,
    ),
    Facet(
        "evidence",
        _("How sure is this?"),
        lambda row: (rung.slug,) if (rung := shown.rung(row)) else (),
        lambda words: {rung.slug: rung.name for rung in RUNGS},
        first=True,
        keeps_order=True,
    ),
    Facet("client", _("For"), tag_values("client-group"), tag_labels("client-group")),
    Facet(
        "format",
        _("How the service is given"),
        lambda row: [each.format for each in row.formats.all()],
        choices(Format),
    ),
    Facet("barrier", _("What stood in the way"), tag_values("barrier"), tag_labels("barrier")),
    Facet(
        "size",
        _("Size of the place"),
        lambda row: known(row.place_size),
        choices(PlaceSize),
        keeps_order=True,
    ),
    Facet(
        "province",
        _("Place"),
        _provinces,
        lambda words: {**choices(Province)(words), ALL_OF_CANADA: _("All of Canada")},
        keeps_order=True,
    ),
    Facet(
        "language",
        _("Language"),
        shown.languages,
        lambda words: words.languages,
        first=True,
    ),
    Facet(
        "year",
        _("Year"),
        lambda row: (str(year),) if (year := shown.year(row)) else (),
        _years,
        keeps_order=True,
    ),
)

BY_NAME = {facet.name: facet for facet in FACETS}

# No filter offers these: by them the page of a topic, and the way to what did not work, find
# everything, also what hides its agency.
ABOUT = Facet("about", _("Topic"), tag_values("topic"), tag_labels("topic"))
WENT = Facet("went", _("How it went"), _outcome, choices(Outcome))
UNOFFERED = (ABOUT, WENT)
