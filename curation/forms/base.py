"""The form of an entry, whichever shelf it stands on: the one authority on what it may hold.

The same form cleans what a browser sends, what a table holds, and the values that it gave itself
when a change was proposed. A shelf names its fields and screens, and says in `follows()`,
`missing()` and `at_odds()` what holds of its own entries.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.languages import OTHER, reading_language
from curation.forms import layout, rules
from curation.forms.named import Unknown, names_of_organizations
from curation.models import Entry

Status = Entry.TextStatus


class EntryForm(forms.BaseForm):
    """The form of a new entry, or of one that holds the values `before`.

    `data` is what a browser sent, or a mapping of JSON values, of which those that are not
    there stay as they are. For a new entry it may say how its sender knows it (`stance`).
    Without data the form shows what the entry holds.

    base_fields   every field by its name
    screens       the sections of the one screen of the form, or of its two
    keepers_mark  a field that browsers always send with what only keepers see
    reviewers_mark  likewise, with what only reviewers see
    needed        what must be there
    kept_in       field → the text in which a name that our lists do not have is kept
    offered       what the browser offers while one types, by the name of the list
    texts         those of which `text_status_en` and `text_status_fr` speak; none: no such fields
    long_text     the one of them that somebody who has read the page would mend
    """

    base_fields: dict[str, Any] = {}
    use_required_attribute = False
    screens: tuple[tuple[layout.Section, ...], ...] = ()
    keepers_mark = "review_months"
    reviewers_mark = ""
    needed: tuple[rules.Needed, ...] = ()
    kept_in: Mapping[str, str] = {}
    offered: Mapping[str, Callable[[], list[str]]] = {"organizations": names_of_organizations}
    texts: tuple[str, ...] = ("one_line", "description")
    long_text = "description"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        self.before = before
        self.is_typed = hasattr(data, "getlist")
        if data and not self.is_typed:
            data = {**self.blank(), **(before or {}), **data}
        super().__init__(data or None, initial=dict(before or self.blank()), **more)
        self._whole: dict[str, Any] = {}
        self._see_parts_in(data or {})
        if self.is_typed and data:
            kept = set(self.names())
            self.fields = {n: field for n, field in self.fields.items() if n in kept}

    @classmethod
    @cache
    def blank(cls) -> Mapping[str, Any]:
        """What an entry holds of which nobody has said anything."""
        return {name: field.json(field.clean(None)) for name, field in cls.base_fields.items()}

    @property
    def kind(self) -> str:
        """The kind on which the sections depend: the chosen one, or its own where none is asked."""
        chosen = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return str(chosen or (self.before or {}).get("kind") or "")

    @property
    def stance(self) -> str:
        """How the sender of a new entry knows it, or ""."""
        return str(self.data.get("stance") or "")

    def fill(self, data: MultiValueDict) -> None:
        """Put what somebody has typed, right or wrong, into a form that is shown unchecked."""
        self.initial["kind"] = data.get("kind") or self.initial.get("kind")
        self._see_parts_in(data)
        for name in self.names():
            if name in data or self.before is not None:
                widget = self.fields[name].widget
                self.initial[name] = widget.value_from_datadict(data, {}, name)

    def parts(self, screen: int = 0) -> tuple[layout.Section, ...]:
        """The sections for this kind of entry; of all screens, or of one."""
        known = self.before is not None
        return tuple(
            section
            for number, sections in enumerate(self.screens, start=1)
            for section in sections
            if screen in (0, number)
            and section.is_for(
                self.kind,
                known=known,
                keeper=self.has_keepers_part,
                reviewer=self.has_reviewers_part,
            )
        )

    def names(self, screen: int = 0) -> list[str]:
        """The fields of a screen, or of all."""
        return layout.fields_of(self.parts(screen), self.base_fields)

    def sent_as(self, names: Iterable[str]) -> set[str]:
        """The names under which a browser sends fields; a widget of several parts has several."""
        return {
            f"{name}{part}"
            for name in names
            for part in getattr(self.base_fields[name].widget, "parts", ("",))
        }

    def sections(self, screen: int = 0) -> list[layout.Shown]:
        """The same as a template prints them."""
        return list(layout.shown(self.parts(screen), self))

    def not_shown(self) -> set[str]:
        """The fields that only those see who look after the page, where this is nobody of them."""
        others = tuple(
            each
            for part in self.screens
            for each in part
            if each.is_of(self.kind)
            and (
                (each.keepers_only and not self.has_keepers_part)
                or (each.reviewers_only and not self.has_reviewers_part)
            )
        )
        return set(layout.fields_of(others, self.base_fields))

    def lists(self, screen: int = 0) -> dict[str, list[str]]:
        """The names that the browser offers while one types, for the fields of a screen."""
        widgets = (self.fields[n].widget for n in self.names(screen) if n in self.fields)
        wanted = {widget.attrs.get("list") for widget in widgets}
        return {name: find() for name, find in self.offered.items() if name in wanted}

    def clean(self) -> dict[str, Any]:
        """All values together, as JSON: what was there, and over it what was sent."""
        whole = {**self.blank(), **(self.before or {})}
        for name, value in self.cleaned_data.items():
            whole[name] = self.base_fields[name].json(value)
        self._keep_unknown_names(whole)
        whole |= self.follows(whole)
        for lang in OTHER if self.texts else ():
            whole[f"text_status_{lang}"] = self._status(whole, lang)
        # What could not be read is wrong already; nobody is told that it is missing as well.
        judged = whole | dict.fromkeys(self.errors, "?")
        for name, words in (*self.missing(judged), *self.at_odds(judged)):
            self.add_error(name, words)
        self._whole = whole
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The cleaned values as JSON, every field by its name."""
        return dict(self._whole)

    def follows(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a shelf adds to the values, or takes out of them."""
        return {}

    def missing(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """(field, sentence) for what must be there and is not."""
        return rules.missing(values, self.before, self.needed)

    def at_odds(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
        """(field, sentence) for values that do not fit together."""
        return ()

    def open_to(self, *, keeper: bool, reviewer: bool) -> None:
        """Show the parts that are not for everybody."""
        self.has_keepers_part, self.has_reviewers_part = keeper, reviewer

    def _see_parts_in(self, data: Any) -> None:
        known = self.before is not None
        self.open_to(
            keeper=known and self.keepers_mark in data,
            reviewer=known and self.reviewers_mark in data,
        )

    def _keep_unknown_names(self, whole: dict[str, Any]) -> None:
        lang = reading_language()
        for name, home in self.kept_in.items():
            given = self.cleaned_data.get(name)
            several = given if isinstance(given, list) else [given]
            names = [each.name for each in several if isinstance(each, Unknown)]
            if not names:
                continue
            field = home if home in self.base_fields else f"{home}_{lang}"
            kept = ", ".join(filter(None, [*names, whole[field]]))
            if len(kept) > self.base_fields[field].max_length:
                self.add_error(name, _("Our list does not have this yet. Write it shorter."))
            whole[field] = kept

    def _status(self, whole: dict[str, Any], lang: str) -> str:
        """How the text of a language came to be, where nobody says: nobody should have to."""
        said = whole[f"text_status_{lang}"]
        if not self._written(whole, lang):
            return Status.MISSING
        if said == Status.MACHINE and self.is_typed and self.before:
            return Status.HUMAN if self._was_mended(whole, self.before, lang) else said
        if said not in ("", Status.MISSING):
            return said
        other = OTHER[lang]
        is_second = self._written(whole, other) and (
            whole[f"text_status_{other}"] == Status.ORIGINAL or lang != reading_language()
        )
        return Status.HUMAN if is_second else Status.ORIGINAL

    def _written(self, values: Mapping[str, Any], lang: str) -> dict[str, str]:
        names = [f"{name}_{lang}" for name in self.texts]
        return {name: values[name] for name in names if values[name]}

    def _was_mended(self, now: dict[str, Any], before: Mapping[str, Any], lang: str) -> bool:
        """Whether somebody has read and mended a machine's text: the long one, or all there is.

        Who writes a new line over a description has not read the description.
        """
        texts = self._written(now, lang)
        touched = {name for name, text in texts.items() if text != before[name]}
        return f"{self.long_text}_{lang}" in touched or touched == texts.keys()
