"""Pages on which several shelves are shown together: a question to all of them, a topic.

A shelf registers its `Finder` in its `AppConfig.ready()`. Shelves stand in that order, the
directory first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.languages import reading_language
from curation import shelves
from curation.finding.asking import Asked
from curation.finding.results import Results, Step
from curation.models import Entry, Relation
from search import index

# How many of each shelf stand on such a page; the rest is a link away.
FIRST = 5


@dataclass(frozen=True)
class Finder:
    """How a shelf is shown beside others.

    shelf          its name
    title          what is on it, as a heading
    results(asked, limit) the first answers to a question, with cards that know their `entry`
    short(number)  how many there are, in few words: "12 groups", "7 in the library"
    all_of(number) the words of the link to all of them
    door(number)   the way to the shelf, where it holds so many
    topic          the facet by which everything on a topic is found
    """

    shelf: str
    title: Any
    results: Callable[[Asked, int], Results]
    short: Callable[[int], str]
    all_of: Callable[[int], str]
    door: Callable[[int], Step]
    topic: str = "topic"


@dataclass(frozen=True)
class Part:
    """What one shelf has of what was asked; `page` is its Results, cut after the first few."""

    finder: Finder
    page: Results

    @property
    def fits(self) -> bool:
        """Whether something here is what was asked for."""
        return bool(self.page.total) and self.page.exact

    @property
    def heading(self) -> str:
        """ "12 groups for “housing”", or that this shelf has nothing that fits exactly."""
        if self.fits:
            return self.page.count_for_words
        return _("%(shelf)s: no exact match") % {"shelf": self.finder.title}

    @property
    def short(self) -> str:
        """ "7 in the library"."""
        return self.finder.short(self.page.total)

    @property
    def all_of(self) -> Step | None:
        """The link to all of it, where more is there than stands here."""
        if self.page.total <= len(self.page.cards):
            return None
        words = self.finder.all_of(self.page.total)
        return Step(words, self.page.address + self.page.asked.query(), "")

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """How well its best answer fits: see `search`."""
        answer = self.page.answer
        if not self.page.cards:
            return False, 0, False
        best = self.page.cards[0].entry
        asked = {reason.label or reason.words for reason in answer.because}
        held = asked.intersection(answer.reasons.get(best.pk, []))
        named = any(hit for _piece, hit in index.mark(str(best.name), answer))
        return self.fits, len(held), named


@dataclass(frozen=True)
class Together:
    """The answers of all shelves to one question, the better fitting shelf first."""

    asked: Asked
    parts: list[Part]

    @property
    def corrected(self) -> str | None:
        """The question with its misspelled words repaired: the same for every shelf."""
        return next((part.page.answer.corrected for part in self.parts), None)

    @property
    def shown_words(self) -> str:
        return self.corrected or self.asked.words

    @property
    def as_typed(self) -> str:
        """The query of the same question, no word of it repaired."""
        return self.asked.changed(as_typed=True).query()

    @property
    def fits(self) -> bool:
        """Whether something on some shelf is what was asked for."""
        return any(part.fits for part in self.parts)

    @property
    def next_steps(self) -> list[Step]:
        """What every shelf proposes, each once; not what stands here anyway."""
        here = {part.page.address + Asked("", self.asked.words).query() for part in self.parts}
        steps = {step.url: step for part in self.parts for step in part.page.next_steps}
        return [step for url, step in steps.items() if url not in here]


_finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Take in how a shelf is shown beside others; its `AppConfig.ready()` calls this."""
    _finders[finder.shelf] = finder


def search(words: str, *, as_typed: bool = False) -> Together:
    """Ask every shelf; nothing is asked without words.

    The shelf whose best answer fits better stands first: one with an exact match before one
    without, then the one whose first answer has more of the parts that the question was
    understood to have, then the one whose first answer says it in its name. Where both fit
    alike, the order is that of registration: groups first.
    """
    if not words:
        return Together(Asked(""), [])
    parts = [
        Part(finder, finder.results(Asked(finder.shelf, words, as_typed=as_typed), FIRST))
        for finder in _finders.values()
    ]
    parts.sort(key=lambda part: part.rank, reverse=True)
    return Together(Asked("", words, as_typed=as_typed), parts)


def on_topic(slug: str, *, beside: str) -> list[Part]:
    """What the shelves other than `beside` have on a topic, those that have something."""
    parts = [
        Part(finder, finder.results(Asked(finder.shelf, filters={finder.topic: [slug]}), FIRST))
        for finder in others(beside)
    ]
    return [part for part in parts if part.page.total]


def topics() -> dict[str, list[tuple[Finder, int]]]:
    """slug → how many each shelf has on that topic, those that have something."""
    found: dict[str, list[tuple[Finder, int]]] = {}
    for finder in _finders.values():
        counts = Asked(finder.shelf).answer(reading_language(), limit=0).counts
        for slug, number in counts.get(finder.topic, {}).items():
            found.setdefault(slug, []).append((finder, number))
    return found


def doors(*, beside: str) -> list[Step]:
    """The ways to the other shelves that hold something, with how much."""
    totals = [
        (finder, Asked(finder.shelf).answer(reading_language(), limit=0).total)
        for finder in others(beside)
    ]
    return [finder.door(total) for finder, total in totals if total]


def others(beside: str) -> list[Finder]:
    """All shelves but one."""
    return [finder for finder in _finders.values() if finder.shelf != beside]


def discussed_in(entry: Entry) -> list[Entry]:
    """What is public on any shelf and is discussed in an entry, and hides no name. The newest
    first, in one query, and one more for each shelf that has something."""
    said = Relation.objects.filter(to_entry=entry, kind=Relation.Kind.DISCUSSED_IN)
    keys = dict(said.order_by("-from_entry").values_list("from_entry", "from_entry__shelf"))
    found: list[Entry] = []
    for name in _finders:
        mine = [key for key, shelf in keys.items() if shelf == name]
        if mine:
            shelf = shelves.named(name)
            rows = shelf.rows(mine).prefetch_related(None).order_by("-pk")
            found += [row for row in rows if not shelf.hidden(row)]
    return found[:FIRST]


def suggestions(prefix: str, shelf: str = "") -> list[str]:
    """What the words being typed may become, on one shelf or on all of them."""
    within = {"shelf": [shelf] if shelf else list(_finders)}
    return index.suggest(prefix, lang=reading_language(), within=within)
