"""Ways through the directory without a question: by kind, place, topic, job, letter, host."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.languages import LocalText, reading_language
from accounts.models import Organization, Province
from cop_directory.cards import Card, card
from cop_directory.facets import BY_NAME, Words
from cop_directory.models import Listing
from cop_directory.shelf import NAME, address, rows
from curation.finding import contents, together
from curation.finding.asking import Asked
from curation.finding.contents import Row
from curation.finding.facets import ALL_OF_CANADA
from curation.finding.phrases import words_of_address
from search.language import sort_key

WHOLE_PLACE = 1000

# The map's four shades: under 5, 5 to 9, 10 to 39, 40 and more.
SHADES = ((40, "m4"), (10, "m3"), (5, "m2"), (0, "m1"))


@dataclass(frozen=True)
class PlaceRow(Row):
    """A province or territory as a line of a table of contents and as a part of the map."""

    @property
    def shade(self) -> str:
        return next(shade for least, shade in SHADES if self.count >= least)


@dataclass(frozen=True)
class TopicRow(Row):
    """A topic as a line; `words` say how much each shelf has: "12 groups, 7 in the library"."""

    words: str


@dataclass(frozen=True)
class PlacePage:
    code: str
    name: str

    @property
    def slug(self) -> str:
        return self.code.lower()


def overview() -> dict[str, Any]:
    """What is here, counted: by kind, by place, and in all."""
    answer = Asked(NAME).answer(reading_language(), limit=1)
    kinds = [
        Row(
            kind,
            label,
            f"{reverse('listing_list')}?kind={kind}",
            answer.counts["kind"].get(kind, 0),
        )
        for kind, label in plural_kinds().items()
    ]
    places = [
        PlaceRow(code, label, place_address(code), answer.counts["province"].get(code, 0))
        for code, label in BY_NAME["province"].labels(Words()).items()
    ]
    return {
        "total": answer.total,
        "kinds": sorted((row for row in kinds if row.count), key=lambda row: -row.count),
        "places": sorted(places, key=lambda row: (row.value == ALL_OF_CANADA, -row.count)),
        "map": {row.value: row for row in places},
        "in_french": answer.counts["language"].get("fr", 0),
    }


def plural_kinds() -> dict[str, str]:
    """The kinds in the plural, in the order of the vocabulary."""
    return {
        "lip": _("Local Immigration Partnerships"),
        "zip": _("Zonal Immigration Partnerships"),
        "community-of-practice": _("Communities of practice"),
        "rif": _("Francophone Immigration Networks"),
        "cfa": _("Welcoming Francophone Communities"),
        "working-group": _("Working groups"),
        "chat-group": _("Chat groups (WhatsApp and others)"),
        "mailing-list": _("Mailing lists"),
    }


def roles() -> list[Row]:
    """The jobs that some group is for, with counts, by name."""
    counts = Asked(NAME).answer(reading_language(), limit=1).counts.get("role", {})
    labels = BY_NAME["role"].labels(Words())
    return contents.by_name(labels, counts, lambda v: f"{reverse('listing_list')}?role={v}")


def topics() -> list[TopicRow]:
    """The topics that something has on any shelf, by name."""
    found = together.topics()
    counts = {slug: sum(number for _finder, number in on) for slug, on in found.items()}
    rows = contents.by_name(BY_NAME["topic"].labels(Words()), counts, topic_address)
    return [
        TopicRow(**vars(row), words=", ".join(finder.short(n) for finder, n in found[row.value]))
        for row in rows
    ]


def whole() -> Any:
    """Public groups with everything that their page shows."""
    return (
        rows()
        .select_related("practice", "partnership__agreement_holder")
        .prefetch_related("platform__facts", "meetings")
    )


def place(code: str) -> PlacePage:
    """The page of a province or territory, or of all Canada. Raises Http404."""
    if code == ALL_OF_CANADA.lower():
        return PlacePage(ALL_OF_CANADA, _("All of Canada"))
    if code.upper() not in Province.values or code != code.lower():
        raise Http404(_("There is no such province or territory."))
    return PlacePage(code.upper(), str(Province(code.upper()).label))


def run_by(organization: Organization) -> list[Card]:
    """The public groups that an organization runs."""
    return [card(row) for row in rows().filter(hosts=organization)]


def letters() -> list[tuple[str, list[tuple[str, LocalText, str]]]]:
    """Every public group by its first letter: (letter, [(address, name, acronym)])."""
    listings = Listing.objects.visible().select_related("name_own_language")
    named = sorted(
        ((sort_key(str(row)), row) for row in listings), key=lambda pair: (pair[0], pair[1].pk)
    )
    return [
        (letter, [(address(row), row.name, row.acronym) for _folded, row in group])
        for letter, group in groupby(named, key=lambda pair: _initial(pair[0]))
    ]


def _initial(folded: str) -> str:
    first = next((c for c in folded if c.isalnum()), "#")
    return first.upper() if first.isascii() and first.isalpha() else "#"


def place_address(code: str) -> str:
    """The page of a province or territory, or of all Canada ("CA")."""
    return reverse("place_page", args=[code.lower()])


def topic_address(slug: str) -> str:
    """The page of a topic, by its slug."""
    return reverse("topic_page", args=[slug])


def organization_address(organization: Organization) -> str:
    """The page of an organization, with its name in the address."""
    return reverse("organization_page", args=[organization.pk, words_of_address(str(organization))])
