"""The answer to a question, ready for its page; each shelf says what its things are called."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.languages import reading_language
from curation.finding import panel
from curation.finding.asking import PAGE_SIZE, Asked
from curation.finding.facets import Facet, Words
from curation.finding.phrases import or_list
from search.index import Answer, mark


@dataclass(frozen=True)
class Step:
    """Something to do next: the words of the link, where it leads, and why."""

    words: str
    url: str
    why: str


@dataclass
class Results(ABC):
    """One page of a shelf, what it took to find it, and where to go from there.

    A shelf says in its own class which filters it has, which template prints one of its
    `cards` (as `card`, with `answer`), where its list is, and the words that name its things.
    """

    facets: ClassVar[tuple[Facet, ...]]
    card_template: ClassVar[str]
    # What a link may narrow down by though no filter offers it.
    unoffered: ClassVar[tuple[Facet, ...]] = ()

    asked: Asked
    answer: Answer
    cards: list[Any]
    words: Words

    @property
    @abstractmethod
    def address(self) -> str:
        """The path of the list, to which every query here belongs."""

    @property
    @abstractmethod
    def count(self) -> str:
        """How many there are: “12 groups”."""

    @property
    @abstractmethod
    def count_for_words(self) -> str:
        """How many there are for the words that were asked: “7 groups for “employment””."""

    @property
    @abstractmethod
    def nothing_has_all(self) -> str:
        """That everything asked for is somewhere, but nothing has all of it, and these are near."""

    @abstractmethod
    def step_about(self, words: str) -> Step:
        """The way to what is about that part of the question."""

    @abstractmethod
    def nearer(self) -> list[Step]:
        """Steps that the question itself suggests, before those about its parts."""

    @abstractmethod
    def other_ways(self) -> list[Step]:
        """Steps that every reader has who found nothing."""

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
        return panel.filters(self.asked, self.answer.counts, self.words, self.facets)

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
        return panel.chips(self.asked, self.words, (*self.facets, *self.unoffered))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What narrows the list though no filter offers it, as (name, value), for its forms."""
        names = {facet.name for facet in self.unoffered}
        return [(name, value) for name, value in self.asked.pairs() if name in names]

    @cached_property
    def without_filters(self) -> int:
        """How many there would be without any filter; asked only where nothing fits."""
        return self.asked.changed(filters={}).answer(reading_language(), limit=1).total

    @property
    def first(self) -> int:
        """The number of the first one on this page, counted from one."""
        return (self.asked.page - 1) * PAGE_SIZE + 1

    @property
    def heading(self) -> str:
        """ "7 groups for “employment Halifax”", or that nothing fits exactly."""
        if not self.shown_words:
            return self.count
        if not self.exact or not self.total:
            return _("No exact match for “%(words)s”") % {"words": self.shown_words}
        return self.count_for_words

    @property
    def nearby(self) -> str:
        """What of the question nothing answers, and what those below have to do with it."""
        if not self.asked.words:
            return ""
        missing = [reason.words for reason in self.answer.because if not reason.found]
        what = or_list([_("“%(words)s”") % {"words": words} for words in missing[:3]])
        if missing and (self.exact or not self.total):
            return _("We found nothing on %(what)s.") % {"what": what}
        if missing:
            return _("We found nothing on %(what)s. These are the nearest.") % {"what": what}
        if self.exact:
            return ""
        if not self.total:
            return _("We found nothing like it.")
        return self.nothing_has_all

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
        known = [r.words for r in self.answer.because if r.found and r.words != self.shown_words]
        return [*self.nearer(), *map(self.step_about, known[:2]), *self.other_ways()]

    @property
    def concepts_meant(self) -> set[str]:
        """The keys of everything that the question was understood to name."""
        return {key for reason in self.answer.because for key in reason.concepts}

    def to(self, **changes: Any) -> str:
        """The query of this question with something else in it."""
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


def unseen_reasons(key: int, shown: str, answer: Answer) -> list[str]:
    """Why a row was found, where the words that its card shows do not say it themselves."""
    if any(hit for _piece, hit in mark(shown, answer)):
        return []
    return answer.reasons.get(key, [])
