"""The field for the pages of a collection: in order, each with one line why it is there.

As JSON an item is {"page": the number of its entry, "why_en": …, "why_fr": …}. A browser sends
four boxes for each row: its place in the order, the page, and why in both languages. Where a name
means no page, or several, it offers those that are near; whichever is chosen takes its place.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import OTHER, reading_language
from curation.forms.fields import Text, Value
from curation.forms.linked import PagesField, entries
from curation.models import Entry
from resources.collecting.near import Near, near

LEAST, MOST = 2, 20
WHY = 200  # characters
ROWS, MORE = 6, 3  # empty rows of a new collection, and below one that is here
# What has no page of its own, or is itself such a list.
NOT_IN_IT = ("collection", "corroboration")
LANGS = ("en", "fr")
WHYS = {"en": gettext_lazy("Why, in English"), "fr": gettext_lazy("Why, in French")}
NOT_PUBLIC = gettext_lazy("A page that is not public now")
# Where a name means no page, or several, and those that are near stand in its row.
CHOOSE = {
    "unknown": gettext_lazy(
        "We have no page called “%(name)s”. Choose one of those in this row, or paste the address."
    ),
    "several": gettext_lazy(
        "Several pages are called “%(name)s”. Choose the right one in this row."
    ),
}


class ItemRows(forms.Widget):
    """A row for each page: its place, its name or address, why. Empty rows are for more."""

    template_name = "django/forms/widgets/collection_rows.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        rows = value or []
        empty = min(MORE if rows else ROWS, MOST - len(rows))
        rows += [{"page": "", "known": "", "near": [], **dict.fromkeys(LANGS, "")}] * empty
        context["widget"]["rows"] = [
            row | {"number": number, "whys": [_why(row, lang) for lang in LANGS]}
            for number, row in enumerate(rows, start=1)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed as [place, page, why in English, why in French] of each row, in the
        order of the places, with the page that was chosen beside it; JSON stays as it is."""
        if not hasattr(data, "getlist"):
            return data.get(name)
        boxes = [box.strip() for box in data.getlist(name)]
        rows = [
            [place, data.get(f"{name}-{number}", "").strip() or page, *why]
            for number, (place, page, *why) in enumerate(
                zip(*(boxes[n::4] for n in range(4)), strict=False), start=1
            )
        ]
        placed = sorted(enumerate(rows, start=1), key=lambda row: _place(row[0], row[1][0]))
        return [row for _number, row in placed if any(row[1:])]


class ItemsField(Value, forms.Field):
    """At most twenty public pages, each once. `kept` are those that are in it already: they may
    stay while they are not public."""

    widget = ItemRows

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)
        self.kept: frozenset[int] = frozenset()
        self.offered: dict[str, list[Near]] = {}  # among what to choose, by what was typed
        self.pages = PagesField(label)
        self.why = Text(label, WHY)

    def prepare_value(self, value: Any) -> Any:
        """The rows as the widget shows them; a page that is known travels by its number."""
        rows = [self._typed(row) for row in value or []]
        names = names_of(int(row["page"]) for row in rows if self._is_kept(row["page"]))
        for number, row in enumerate(rows):
            row["known"] = names[int(row["page"])] if self._is_kept(row["page"]) else ""
            row["near"] = self._near(row["page"]) if number < MOST else []
            row.update(self._by_name(row["page"]))
        return rows

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = [
            (number, row)
            for number, row in enumerate(map(self._typed, value or []), start=1)
            if not self._is_taken_out(row)
        ]
        if len(rows) > MOST:
            raise ValidationError(_("Name at most %(most)d.") % {"most": MOST})
        self.offered = {}
        found: dict[int, dict[str, Any]] = {}
        wrong: list[str] = []
        for number, row in rows:
            kept, words = self._read(row)
            wrong += [
                _("Row %(number)d: %(words)s") % {"number": number, "words": w} for w in words
            ]
            found.setdefault(kept.get("page", 0), kept)
        if wrong:
            raise ValidationError(wrong)
        return list(found.values())

    def words(self, value: Any) -> list[str]:
        names = names_of(row["page"] for row in value or [])
        lang = reading_language()
        return [
            f"{number}. {names[row['page']]}: {row[f'why_{lang}'] or row[f'why_{OTHER[lang]}']}"
            for number, row in enumerate(value or [], start=1)
        ]

    def _typed(self, row: Any) -> dict[str, Any]:
        """A row, typed or of JSON, by the names of its boxes."""
        if isinstance(row, dict):
            return {"page": row["page"], **{lang: row[f"why_{lang}"] for lang in LANGS}}
        _place, page, *why = [*row, "", "", "", ""][:4]
        return {"page": page, **dict(zip(LANGS, why, strict=True))}

    def _is_kept(self, page: Any) -> bool:
        text = str(page)
        return text.isascii() and text.isdecimal() and int(text[:11]) in self.kept

    def _is_taken_out(self, row: dict[str, Any]) -> bool:
        """Whether the row of a page that was in it was emptied."""
        return self._is_kept(row["page"]) and not any(row[lang] for lang in LANGS)

    def _read(self, row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """A row as it is kept, and all that is wrong with it."""
        kept: dict[str, Any] = {}
        wrong: list[str] = []
        for name, box in (("page", "page"), *((f"why_{lang}", lang) for lang in LANGS)):
            read: Callable[[Any], Any] = self._meant if box == "page" else self.why.clean
            try:
                kept[name] = read(row[box])
            except ValidationError as error:
                wrong += error.messages
        if not any(kept.get(f"why_{lang}", "?") for lang in LANGS):
            page = kept.get("page")
            name = names_of([page])[page] if page else row["page"]
            wrong.append(
                _("Say in one line why “%(name)s” is there, or empty the row.") % {"name": name}
            )
        return kept, wrong

    def _near(self, page: Any) -> list[Near]:
        """The pages among which to choose, where what was typed is not the name of one."""
        if not page:
            return []
        try:
            self._number(page)
        except ValidationError:
            return self.offered[page] if page in self.offered else near(page)
        return []

    def _by_name(self, page: Any) -> dict[str, str]:
        """What stands in the box of a page given by its address: its name, where no other page
        has it; where one has, the name stands beside."""
        if not isinstance(page, str) or "/" not in page:
            return {}
        try:
            number = self._number(page)
            name = names_of([number])[number]
        except ValidationError:
            return {}
        try:
            return {"page": name} if self._number(name) == number else {"name": name}
        except ValidationError:
            return {"name": name}

    def _meant(self, page: Any) -> int:
        """The number of a page. Raises ValidationError, which says where to choose, if at all."""
        try:
            return self._number(page)
        except ValidationError as error:
            if error.code not in CHOOSE or not isinstance(page, str):
                raise
            self.offered[page] = near(page)
            if not self.offered[page]:
                raise
            raise ValidationError(CHOOSE[error.code] % {"name": page}) from None

    def _number(self, page: Any) -> int:
        """The number of a page. Raises ValidationError where it is none that may be in it."""
        if type(page) is int or self._is_kept(page):
            return int(page)
        if not page:
            raise ValidationError(_("Name the page, or empty the row to take it out."))
        number = self.pages.clean([page])[0]
        if Entry.objects.filter(pk=number, shelf__in=NOT_IN_IT).exists():
            raise ValidationError(_("Choose groups, lessons and guides."))
        return number


def names_of(pages: Iterable[int]) -> dict[int, str]:
    """What pages are called; of those that are not public, only that."""
    wanted = list(pages)
    found = entries(wanted)
    public = {
        key: row.name.plain for key, row in found.items() if row.review == Entry.Review.PUBLISHED
    }
    return {key: public.get(key, str(NOT_PUBLIC)) for key in wanted}


def _why(row: dict[str, Any], lang: str) -> dict[str, Any]:
    """The box for why in a language; that of the other language only where something is in it."""
    shown = lang == reading_language() or bool(row[lang])
    return {"lang": lang, "label": WHYS[lang], "words": row[lang], "is_shown": shown}


def _place(number: int, wanted: str) -> float:
    """Where a row goes: before what stands at a smaller number given to it, behind at a larger."""
    if not (wanted.isascii() and wanted.isdecimal()):
        return number
    place = int(wanted[:4])
    return place + (place > number) / 2 - (place < number) / 2
