"""A form that asks for something new in the reader's language alone, and keeps what is hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from accounts.languages import OTHER, reading_language
from curation.forms.base import EntryForm
from curation.forms.layout import Section, Shown
from resources.models import Visibility


class OneLanguageForm(EntryForm):
    """Of what is new, each text stands there once; what is here already has both languages.

    What is missing in either language is said beside the field that is shown.

    recognizable  fields that say where something comes from: of what hides its agency, only
                  those see them who look after it or review it
    leads_there   likewise, of what hides any name
    """

    recognizable: frozenset[str] = frozenset()
    leads_there: frozenset[str] = frozenset()

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
        if self.has_keepers_part or self.has_reviewers_part or hides in (None, Visibility.NAMED):
            return frozenset()
        if hides == Visibility.HIDDEN:
            return self.recognizable | self.leads_there
        return self.leads_there

    def sections(self, screen: int = 0) -> list[Shown]:
        """The same as a template prints them."""
        whole = super().sections(screen)
        if not self.asks_in_one_language:
            return whole
        return [
            replace(each, rows=[self._in_one_language(row) for row in each.rows]) for each in whole
        ]

    def missing(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        for name, words in super().missing(values):
            yield name if name in self.base_fields else f"{name}_{reading_language()}", words

    def _in_one_language(self, row: list[Any]) -> list[Any]:
        """The field in the reader's language; the other one where something is in it."""
        if len(row) == 1:
            return row
        other = OTHER[reading_language()]
        return [each for each in row if not each.name.endswith(f"_{other}") or each.value()]
