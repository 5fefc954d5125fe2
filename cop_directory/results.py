"""The groups that answer a question, ready for their page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.languages import reading_language
from cop_directory.cards import Card, card, group_count, kind_words, where
from cop_directory.facets import BY_NAME, FACETS, Words
from cop_directory.models import Listing, Place
from cop_directory.shelf import NAME, rows_in_order
from curation.finding.asking import PAGE_SIZE, Asked
from curation.finding.results import Results, Step, unseen_reasons
from curation.finding.together import Finder
from search.index import Answer


class Groups(Results):
    """One page of groups, and where to go from there."""

    facets = FACETS
    card_template = "cop_directory/_card.html"

    @property
    def address(self) -> str:
        return reverse("listing_list")

    @property
    def count(self) -> str:
        return group_count(self.total)

    @property
    def count_for_words(self) -> str:
        return ngettext(
            "%(number)s group for “%(words)s”", "%(number)s groups for “%(words)s”", self.total
        ) % {"number": self.total, "words": self.shown_words}

    @property
    def nothing_has_all(self) -> str:
        return _("No group is about all of this. These are the nearest.")

    def nearer(self) -> list[Step]:
        """The pages of the places that the question names or lies in."""
        return [
            Step(label, reverse("place_page", args=[code.lower()]), _("All groups there"))
            for code, label in self._places_meant()
        ]

    def step_about(self, words: str) -> Step:
        return Step(
            _("“%(words)s”") % {"words": words},
            self.address + Asked(NAME, words=words).query(),
            _("Groups about that part of your question"),
        )

    def other_ways(self) -> list[Step]:
        return [
            Step(
                _("Look by topic"),
                reverse("topic_list"),
                _("Housing, health, employment, claimants …"),
            ),
            Step(
                _("Look by place"),
                reverse("place_list"),
                _("Your province or territory, and all of Canada"),
            ),
            Step(
                _("Is a group missing?"),
                reverse("page_what") + "#missing",
                _("What you can do about it"),
            ),
        ]

    def _places_meant(self) -> list[tuple[str, str]]:
        """The provinces that the question names or lies in, where there are groups."""
        meant = self.concepts_meant
        codes = {key.removeprefix("region:").upper() for key in meant if key.startswith("region:")}
        towns = [key.removeprefix("place:") for key in meant if key.startswith("place:")]
        if towns:
            codes |= set(Place.objects.filter(slug__in=towns).values_list("province", flat=True))
        labels = BY_NAME["province"].labels(self.words)
        return [(code, labels[code]) for code in sorted(codes & labels.keys())]


def results(asked: Asked, words: Words, limit: int = PAGE_SIZE) -> Groups:
    """Ask the index and fetch the groups of one page, in its order."""
    answer = asked.answer(reading_language(), limit=limit)
    return Groups(asked, answer, cards_of(answer), words)


def cards_of(answer: Answer) -> list[Card]:
    """The cards of an answer's page."""
    return [card(row, _unseen(row, answer)) for row in rows_in_order(answer.keys)]


def _unseen(listing: Listing, answer: Answer) -> list[str]:
    shown = " ".join(
        (listing.name, listing.acronym, listing.lead, where(listing), kind_words(listing))
    )
    return unseen_reasons(listing.pk, shown, answer)


def _all_of(number: int) -> str:
    return ngettext("The %(number)s group", "All %(number)s groups", number) % {"number": number}


def _door(number: int) -> Step:
    return Step(group_count(number), reverse("listing_list"), _("In the directory:"))


FINDER = Finder(
    shelf=NAME,
    title=gettext_lazy("Groups"),
    results=lambda asked, limit: results(asked, Words(), limit),
    short=group_count,
    all_of=_all_of,
    door=_door,
)
