"""The form of the library: a lesson of one's own, or something that is found elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.languages import OTHER
from curation.forms.fields import in_language
from curation.forms.layout import Shown
from resources.forms import layout, rules
from resources.forms.contents import CONTEXT, ELSEWHERE, FIELDS, LESSON, OF_LESSONS
from resources.forms.one_language import OneLanguageForm
from resources.models import Kind, Licence, Visibility


class LibraryForm(OneLanguageForm):
    """The form of a lesson, or of a guide. `kind` in the data says which it is.

    Only a new lesson is asked for in the reader's language alone.
    """

    base_fields = FIELDS
    screens = ((*layout.SHORT_NOTE, *layout.CARD),)
    keepers_mark = "review_on"
    reviewers_mark = "impact"
    needed = rules.NEEDED
    kept_in = {"organization": "publisher"}
    recognizable = frozenset({*CONTEXT, "method_link"})
    leads_there = frozenset({"discussed_in"})
    tells_who = frozenset({"materials"})  # by the names of files

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._speak_of_its_kind()

    @property
    def asks_in_one_language(self) -> bool:
        return self.before is None and self.kind == Kind.LESSON

    def sections(self, screen: int = 0) -> list[Shown]:
        self._speak_of_its_kind()
        return super().sections(screen)

    def follows(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing that only lessons have, or only other things."""
        kind = self.kind or values["kind"]
        if kind == Kind.LESSON:
            # Whoever sends one agrees to this licence, above the button.
            is_new = self.before is None and values["licence"] == Licence.UNKNOWN
            agreed = {"licence": str(Licence.CC_BY)} if is_new else {}
            return {"kind": kind, "peer_reviewed": None, "link": "", **agreed}
        blank = self.blank()
        return {
            "kind": kind,
            "outcome": "",
            "visibility": Visibility.NAMED,
            "no_client_recognized": False,
            **{name: blank[name] for name in LESSON},
        }

    def at_odds(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        return rules.at_odds(values)

    def _speak_of_its_kind(self) -> None:
        """The words of the fields, once it is known what is told of."""
        if self.kind != Kind.LESSON:
            if "kind" in self.fields:
                self.fields["kind"].choices = ELSEWHERE  # type: ignore[attr-defined]
            return
        for name, (label, help_text) in OF_LESSONS.items():
            self._call(name, label, help_text)
            for lang in OTHER:
                in_full = label if self.before is None else in_language(label, lang)
                self._call(f"{name}_{lang}", in_full, help_text)

    def _call(self, name: str, label: Any, help_text: Any) -> None:
        if name in self.fields:
            self.fields[name].label, self.fields[name].help_text = label, help_text
