"""The form of a group: the one authority on what a group may hold.

`contents.py` says what there is, `rules.py` what is required and what fits together,
`layout.py` where it stands. The same form cleans what a browser sends, what a table holds, and
the values that it gave itself when a change was proposed.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.languages import OTHER, localized, reading_language
from accounts.models import Organization
from cop_directory.forms import layout, rules
from cop_directory.forms.contents import FIELDS, LISTING, PARTS
from cop_directory.forms.named import Unknown, in_words, plain
from cop_directory.models import Listing, Place
from curation.models import Entry, Stance

Status = Entry.TextStatus
# Where a name that our lists do not have is kept, in the person's own words.
KEPT_IN = {"place": "area", "hosts": "host_note"}


def _towns() -> list[str]:
    return [in_words(place) for place in Place.objects.all()]


def _organizations() -> list[str]:
    return sorted({localized(row, "name").plain for row in Organization.objects.all()}, key=plain)


OFFERED = {"towns": _towns, "organizations": _organizations}


@cache
def blank() -> Mapping[str, Any]:
    """What a group holds of which nobody has said anything."""
    return {name: field.json(field.clean(None)) for name, field in FIELDS.items()}


class GroupForm(forms.BaseForm):
    """The form of a new group, or of one that holds the values `before`.

    `data` is what a browser sent, or a mapping of JSON values, of which those that are not
    there stay as they are. For a new group it may say which it is (`stance`): a group whose
    hosts send it, or were asked, has agreed to be shown. Without data the form shows what the
    group holds.
    """

    base_fields = FIELDS
    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        before: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        self.before = before
        self.is_typed = hasattr(data, "getlist")
        if data and not self.is_typed:
            data = {**blank(), **(before or {}), **data}
        super().__init__(data or None, initial=dict(before or blank()), **more)
        self._whole: dict[str, Any] = {}
        self.has_keepers_part = before is not None and "consent" in (data or ())
        if self.is_typed and data:
            kept = set(self.names())
            self.fields = {n: field for n, field in self.fields.items() if n in kept}

    @property
    def kind(self) -> str:
        """The kind that was chosen, on which the sections depend."""
        chosen = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return str(chosen or "")

    def fill(self, data: MultiValueDict) -> None:
        """Put what somebody has typed, right or wrong, into a form that is shown unchecked."""
        self.initial["kind"] = data.get("kind") or self.initial.get("kind")
        self.has_keepers_part = self.before is not None and "consent" in data
        for name in self.names():
            if name in data or self.before is not None:
                widget = self.fields[name].widget
                self.initial[name] = widget.value_from_datadict(data, {}, name)

    def parts(self, screen: int = 0) -> tuple[layout.Section, ...]:
        """The sections for this kind of group; of both screens, or of one."""
        of_screen = {1: layout.FIRST, 2: layout.SECOND}
        known = self.before is not None
        return tuple(
            section
            for section in of_screen.get(screen, (*layout.FIRST, *layout.SECOND))
            if section.is_for(self.kind, known=known, keeper=self.has_keepers_part)
        )

    def names(self, screen: int = 0) -> list[str]:
        """The fields of a screen, or of both."""
        return layout.fields_of(self.parts(screen), FIELDS)

    def sections(self, screen: int = 0) -> list[layout.Shown]:
        """The same as a template prints them."""
        return list(layout.shown(self.parts(screen), self))

    def not_shown(self) -> set[str]:
        """The fields that only those see who look after the page, where this is nobody of them."""
        mine = tuple(s for s in layout.SECOND if s.keepers_only and not self.has_keepers_part)
        return set(layout.fields_of(mine, FIELDS))

    def lists(self, screen: int = 0) -> dict[str, list[str]]:
        """The names that the browser offers while one types, for the fields of a screen."""
        widgets = (self.fields[n].widget for n in self.names(screen) if n in self.fields)
        wanted = {widget.attrs.get("list") for widget in widgets}
        return {name: find() for name, find in OFFERED.items() if name in wanted}

    def clean(self) -> dict[str, Any]:
        """All values together, as JSON: what was there, and over it what was sent."""
        whole = {**blank(), **(self.before or {})}
        for name, value in self.cleaned_data.items():
            whole[name] = FIELDS[name].json(value)
        if self.before is None and self.data.get("stance") in (Stance.RUN, Stance.ASKED):
            whole |= _what_a_host_says(whole)
        self._keep_unknown_names(whole)
        _drop_parts_of_other_kinds(whole)
        for lang in OTHER:
            whole[f"text_status_{lang}"] = self._status(whole, lang)
        # What could not be read is wrong already; nobody is told that it is missing as well.
        judged = whole | dict.fromkeys(self.errors, "?")
        missing = rules.missing(judged, self.before, tip=self.data.get("stance") == Stance.TIP)
        for name, words in (*missing, *rules.at_odds(judged)):
            self.add_error(name, words)
        self._whole = whole
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The cleaned values as JSON, every field by its name."""
        return dict(self._whole)

    def _keep_unknown_names(self, whole: dict[str, Any]) -> None:
        lang = reading_language()
        for name, home in KEPT_IN.items():
            given = self.cleaned_data.get(name)
            several = given if isinstance(given, list) else [given]
            names = [each.name for each in several if isinstance(each, Unknown)]
            if not names:
                continue
            field = f"{home}_{lang}"
            kept = ", ".join(filter(None, [*names, whole[field]]))
            if len(kept) > FIELDS[field].max_length:
                self.add_error(name, _("Our list does not have this yet. Write it shorter."))
            whole[field] = kept

    def _status(self, whole: dict[str, Any], lang: str) -> str:
        """How the text of a language came to be, where nobody says: nobody should have to."""
        said = whole[f"text_status_{lang}"]
        if not _text(whole, lang):
            return Status.MISSING
        if said == Status.MACHINE and self.is_typed and self.before:
            return Status.HUMAN if _was_mended(whole, self.before, lang) else said
        if said not in ("", Status.MISSING):
            return said
        other = OTHER[lang]
        is_second = _text(whole, other) and (
            whole[f"text_status_{other}"] == Status.ORIGINAL or lang != reading_language()
        )
        return Status.HUMAN if is_second else Status.ORIGINAL


def _what_a_host_says(whole: dict[str, Any]) -> dict[str, Any]:
    """Whoever runs a group, or has asked those who do, says so much by sending it."""
    running = {"activity": Entry.Activity.ACTIVE}
    known = whole["activity"] != Entry.Activity.UNKNOWN
    return {"consent": Listing.Consent.AGREED, **({} if known else running)}


def _text(values: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    texts = (values[f"one_line_{lang}"], values[f"description_{lang}"])
    return texts if any(texts) else ()


def _was_mended(now: dict[str, Any], before: Mapping[str, Any], lang: str) -> bool:
    """Whether somebody has read and mended a machine's text: its description, or all there is.

    Who writes a new line over a description has not read the description.
    """
    texts = {name: now[name] for name in (f"one_line_{lang}", f"description_{lang}") if now[name]}
    touched = {name for name, text in texts.items() if text != before[name]}
    return f"description_{lang}" in touched or touched == texts.keys()


def _drop_parts_of_other_kinds(whole: dict[str, Any]) -> None:
    mine = rules.PART_OF.get(whole["kind"])
    for part, fields in PARTS.items():
        if part != mine:
            whole.update({name: blank()[name] for name in fields if name not in LISTING})
