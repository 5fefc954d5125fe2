"""The answer to a question, ready for its page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.languages import reading_language
from cop_directory import panel
from cop_directory.asking import PAGE_SIZE, Asked
from cop_directory.cards import Card, card, group_count, kind_words, or_list, where
from cop_directory.facets import BY_NAME, Words
from cop_directory.models import Listing, Place
from cop_directory.shelf import rows_in_order
from search.index import Answer, mark


@dataclass(frozen=True)
class Step:
    """Something to do next: the words of the link, where it leads, and why."""

    words: str
    url: str
    why: str


@dataclass
class Results:
    """One page of groups, what it took to find them, and where to go from there."""

    asked: Asked
    answer: Answer
    cards: list[Card]
    words: Words

    @property
    def total(self) -> int:
        return self.answer.total

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def beyond_the_end(self) -> bool:
        return self.asked.page > self.pages

    @property
    def exact(self) -> bool:
        return self.answer.exact

    @property
    def shown_words(self) -> str:
        """The question as it was answered, repaired where it was misspelled."""
        return self.answer.corrected or self.asked.words

    @cached_property
    def filters(self) -> list[panel.Filter]:
        return panel.filters(self.asked, self.answer.counts, self.words)

    @property
    def open_filters(self) -> list[panel.Filter]:
        return [f for f in self.filters if f.open]

    @property
    def named_filters(self) -> list[panel.Filter]:
        return [f for f in self.filters if not f.open and not f.unhelpful]

    @property
    def unhelpful_filters(self) -> list[panel.Filter]:
        return [f for f in self.filters if f.unhelpful]

    @cached_property
    def chips(self) -> list[panel.Chip]:
        return panel.chips(self.asked, self.words)

    @cached_property
    def without_filters(self) -> int:
        """How many there would be without any filter; asked only where nothing fits."""
        return self.asked.changed(filters={}).answer(reading_language(), limit=1).total

    @property
    def first(self) -> int:
        """The number of the first group on this page, counted from one."""
        return (self.asked.page - 1) * PAGE_SIZE + 1

    @property
    def heading(self) -> str:
        """ "7 groups for “employment Halifax”", or that nothing fits exactly."""
        words = self.shown_words
        if not words:
            return group_count(self.total)
        if not self.exact or not self.total:
            return _("No exact match for “%(words)s”") % {"words": words}
        return ngettext(
            "%(number)s group for “%(words)s”", "%(number)s groups for “%(words)s”", self.total
        ) % {"number": self.total, "words": words}

    @property
    def nearby(self) -> str:
        """What of the question nothing answers, and what the groups below have to do with it."""
        if not self.asked.words:
            return ""
        missing = [
            reason.label or reason.words for reason in self.answer.because if not reason.found
        ]
        what = or_list([_("“%(words)s”") % {"words": label} for label in missing[:3]])
        if missing and (self.exact or not self.total):
            return _("We found nothing on %(what)s.") % {"what": what}
        if missing:
            return _("We found nothing on %(what)s. These are the nearest.") % {"what": what}
        if self.exact:
            return ""
        if not self.total:
            return _("We found nothing like it.")
        return _("No group is about all of this. These are the nearest.")

    @property
    def order_words(self) -> str:
        return {
            "best": _("Sorted by best fit. Or by"),
            "name": _("Sorted by name. Or by"),
            "newest": _("Newest first. Or by"),
        }[self.asked.order]

    @property
    def order_links(self) -> list[tuple[str, str]]:
        """The other orders in words, and their addresses."""
        words = {"best": _("best fit"), "name": _("name"), "newest": _("newest")}
        return [(words[o], self.to(order=o)) for o in words if o != self.asked.order]

    @property
    def next_steps(self) -> list[Step]:
        """What a reader can do when nothing fits."""
        directory = reverse("listing_list")
        steps = [
            Step(label, reverse("place_page", args=[code.lower()]), _("All groups there"))
            for code, label in self._places_meant()
        ]
        known = [r.words for r in self.answer.because if r.found and r.words != self.shown_words]
        for words in known[:2]:
            why = _("Groups about that part of your question")
            steps.append(
                Step(
                    _("“%(words)s”") % {"words": words}, directory + Asked(words=words).query(), why
                )
            )
        return [
            *steps,
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
        meant = {key for reason in self.answer.because for key in reason.concepts}
        codes = {key.removeprefix("region:").upper() for key in meant if key.startswith("region:")}
        towns = [key.removeprefix("place:") for key in meant if key.startswith("place:")]
        if towns:
            codes |= set(Place.objects.filter(slug__in=towns).values_list("province", flat=True))
        labels = BY_NAME["province"].labels(self.words)
        return [(code, labels[code]) for code in sorted(codes & labels.keys())]

    def to(self, **changes: Any) -> str:
        return self.asked.changed(**changes).query() or "?"

    @property
    def previous_page(self) -> str:
        return self.to(page=self.asked.page - 1) if self.asked.page > 1 else ""

    @property
    def next_page(self) -> str:
        return self.to(page=self.asked.page + 1) if self.asked.page < self.pages else ""

    @property
    def as_typed(self) -> str:
        return self.to(as_typed=True)

    @property
    def clear(self) -> str:
        return self.to(filters={})

    @property
    def last_page(self) -> str:
        return self.to(page=self.pages)


def results(asked: Asked, words: Words) -> Results:
    """Ask the index and fetch the groups of one page, in its order."""
    answer = asked.answer(reading_language())
    return Results(asked, answer, cards_of(answer), words)


def cards_of(answer: Answer) -> list[Card]:
    """The cards of an answer's page."""
    return [card(row, _unseen(row, answer)) for row in rows_in_order(answer.keys)]


def _unseen(listing: Listing, answer: Answer) -> list[str]:
    """Why a group was found, where the words on its card do not show it themselves."""
    shown = " ".join(
        (listing.name, listing.acronym, listing.lead, where(listing), kind_words(listing))
    )
    if any(hit for _piece, hit in mark(shown, answer)):
        return []
    return answer.reasons.get(listing.pk, [])
