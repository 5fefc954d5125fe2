"""The answer to a question to the library, ready for its page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.languages import reading_language
from curation.finding.asking import PAGE_SIZE, Asked
from curation.finding.facets import Words
from curation.finding.phrases import shorten
from curation.finding.results import Results, Step, unseen_reasons
from curation.finding.together import Finder
from resources.cards import LEAD_LENGTH, Card, card, resource_count
from resources.facets import ABOUT, FACETS, UNOFFERED
from resources.models import Resource
from resources.shelf import NAME, rows_in_order
from search.index import Answer


class Found(Results):
    """One page of the library."""

    facets = FACETS
    unoffered = UNOFFERED
    card_template = "resources/_card.html"

    @property
    def address(self) -> str:
        return reverse("resource_list")

    @property
    def count(self) -> str:
        return resource_count(self.total)

    @property
    def count_for_words(self) -> str:
        return ngettext(
            "%(number)s lesson or guide for “%(words)s”",
            "%(number)s lessons and guides for “%(words)s”",
            self.total,
        ) % {"number": self.total, "words": self.shown_words}

    @property
    def nothing_has_all(self) -> str:
        return _("Nothing in the library is about all of this. These are the nearest.")

    def step_about(self, words: str) -> Step:
        query = Asked(NAME, words=words).query()
        why = _("Lessons and guides about that part of your question")
        return Step(_("“%(words)s”") % {"words": words}, self.address + query, why)

    def nearer(self) -> list[Step]:
        return []

    def other_ways(self) -> list[Step]:
        return [
            Step(
                _("Look by topic"),
                reverse("topic_list"),
                _("Housing, health, employment, claimants …"),
            ),
            Step(
                _("Look in the groups"),
                reverse("listing_list") + Asked("", words=self.asked.words).query(),
                _("Somebody there may know"),
            ),
            Step(
                _("Have you tried something?"),
                reverse("add_lesson"),
                _("Share it in three minutes"),
            ),
        ]


def results(asked: Asked, words: Words, limit: int = PAGE_SIZE) -> Found:
    """Ask the index and fetch what stands on one page, in its order."""
    answer = asked.answer(reading_language(), limit=limit)
    return Found(asked, answer, cards_of(answer), words)


def cards_of(answer: Answer) -> list[Card]:
    """The cards of an answer's page."""
    return [card(row, _unseen(row, answer)) for row in rows_in_order(answer.keys)]


def _unseen(resource: Resource, answer: Answer) -> list[str]:
    seen = f"{resource.name.plain} {shorten(resource.lead.plain, LEAD_LENGTH)}"
    return unseen_reasons(resource.pk, seen, answer)


def _short(number: int) -> str:
    return _("%(number)s in the library") % {"number": number}


def _all_of(number: int) -> str:
    words = ngettext("The %(number)s lesson or guide", "All %(number)s lessons and guides", number)
    return words % {"number": number}


def _door(number: int) -> Step:
    return Step(resource_count(number), reverse("library_home"), _("In the library beside them:"))


FINDER = Finder(
    shelf=NAME,
    title=gettext_lazy("Library"),
    results=lambda asked, limit: results(asked, Words(), limit),
    short=_short,
    all_of=_all_of,
    door=_door,
    topic=ABOUT.name,
)
