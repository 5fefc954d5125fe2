"""A form that asks for something new in the reader's language alone, and keeps what is hidden."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.languages import OTHER, reading_language
from curation.forms.base import EntryForm
from curation.forms.layout import Section, Shown
from resources.models import Visibility

IN_THE_OTHER = {"en": _("The same in English"), "fr": _("The same in French")}


class OneLanguageForm(EntryForm):
    """Of what is new, each text stands there once; what is here already has both languages.

    What is missing in either language is said beside the field that is shown.

    recognizable  fields that say where something comes from: of what hides its agency, only
                  those see them who look after it or review it
    leads_there   likewise, of what hides any name
    tells_who     likewise; a reviewer sees them once the name is open
    """

    recognizable: frozenset[str] = frozenset()
    leads_there: frozenset[str] = frozenset()
    tells_who: frozenset[str] = frozenset()

    @property
    def asks_in_one_language(self) -> bool:
        """Whether the other language may wait."""
        return self.before is None

    def parts(self, screen: int = 0) -> tuple[Section, ...]:
        """The sections, without what would give away whoever is hidden."""
        held_back = self._held_back()
        parts = (
            replace(each, names=tuple(name for name in each.names if name not in held_back))
            for each in super().parts(screen)
        )
        return tuple(each for each in parts if each.names)

    def not_shown(self) -> set[str]:
        """The fields that this person does not see."""
        return super().not_shown() | self._held_back()

    def _held_back(self) -> frozenset[str]:
        hides = (self.before or {}).get("visibility")
        if self.has_keepers_part or hides in (None, Visibility.NAMED):
            return frozenset()
        if self.has_reviewers_part:
            return self.tells_who
        where = self.recognizable if hides == Visibility.HIDDEN else frozenset()
        return where | self.leads_there | self.tells_who

    def sections(self, screen: int = 0) -> list[Shown]:
        """The same as a template prints them, the reader's language first.

        What the other language lacks of something that is here stands last, in a drawer.
        """
        whole = [
            replace(each, rows=[self._in_order(row) for row in each.rows])
            for each in super().sections(screen)
        ]
        if self.asks_in_one_language:
            return [_without(self._waits, each) for each in whole]
        if self.before is None:
            return whole
        waiting = [[row[1]] for each in whole for row in each.rows if self._waits(row)]
        title, words = IN_THE_OTHER[OTHER[reading_language()]], _("All of this may stay empty.")
        drawer = [Shown(title, words, True, waiting)] if waiting else []
        return [_without(self._waits, each) for each in whole] + drawer

    def missing(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        for name, words in super().missing(values):
            yield name if name in self.base_fields else f"{name}_{reading_language()}", words

    def _in_order(self, row: list[BoundField]) -> list[BoundField]:
        """The field in the reader's language first, if there are two."""
        return sorted(row, key=lambda each: not each.name.endswith(f"_{reading_language()}"))

    def _waits(self, row: list[BoundField]) -> bool:
        """Whether the field in the other language is empty, and nothing is wrong with it."""
        return len(row) == 2 and not row[1].value() and not row[1].errors


def _without(waits: Callable[[list[BoundField]], bool], section: Shown) -> Shown:
    """A section without the fields that wait in the other language."""
    return replace(section, rows=[row[:1] if waits(row) else row for row in section.rows])
