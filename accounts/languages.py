"""Which of two texts a reader sees: their language where there is one, else the other, marked."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Self

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

OTHER = {"en": "fr", "fr": "en"}


def reading_language() -> str:
    """The language of the page being made: "en" or "fr"."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def day_in_words(day: dt.date | None) -> str:
    """ "3 November 2026", « 1er novembre 2026 »: nobody guesses which number is the month."""
    if day is None:
        return ""
    first_in_french = day.day == 1 and reading_language() == "fr"
    return date_format(day, r"j\e\r F Y" if first_in_french else "j F Y")


def moment_in_words(at: dt.datetime | None) -> str:
    """ "3 November 2026, 2:05 p.m. (time in Toronto)"; of a moment in the site's own time zone."""
    if at is None:
        return ""
    return _("%(day)s, %(hour)s (time in %(city)s)") % {
        "day": day_in_words(at.date()),
        "hour": date_format(at, pgettext("format of an hour", "g:i a")),
        "city": timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " "),
    }


class LocalText(str):
    """A text that knows its language.

    Printed in a template it is escaped and, where it is in another language than the page,
    wrapped with `lang` (and `dir`), so that a screen reader speaks it rightly.
    """

    lang: str
    page_lang: str
    direction: str

    def __new__(cls, text: str, lang: str, page_lang: str = "", direction: str = "ltr") -> Self:
        self = super().__new__(cls, text)
        self.lang, self.direction = lang, direction
        self.page_lang = page_lang or reading_language()
        return self

    @property
    def plain(self) -> str:
        """The bare text, for attributes, titles and mails."""
        return str.__str__(self)

    @property
    def capitalized(self) -> Self:
        """The same with a capital letter, to stand alone."""
        return type(self)(
            self.plain[:1].upper() + self.plain[1:], self.lang, self.page_lang, self.direction
        )

    @property
    def attributes(self) -> SafeString:
        """` lang="…" dir="…"` for the element that holds the text, or nothing."""
        if not self or self.lang == self.page_lang:
            return SafeString("")
        if self.direction == "rtl":
            return format_html(' lang="{}" dir="rtl"', self.lang)
        return format_html(' lang="{}"', self.lang)

    def __html__(self) -> SafeString:
        if not self.attributes:
            return format_html("{}", self.plain)
        return format_html("<span{}>{}</span>", self.attributes, self.plain)


def in_both_languages(address: Callable[[Any], str], thing: Any) -> dict[str, str]:
    """The address of a thing's page in each language; its name may differ, so its address does."""
    found = {}
    for lang in OTHER:
        with override(lang):
            found[lang] = address(thing)
    return found


def of_two(english: str, french: str) -> LocalText:
    """Of two texts the one in the page's language, or the other where that one is missing."""
    page = reading_language()
    texts = {"en": english, "fr": french}
    lang = page if texts[page] or not texts[OTHER[page]] else OTHER[page]
    return LocalText(texts[lang], lang, page)


def localized(thing: Any, field: str) -> LocalText:
    """`thing.field_en` or `thing.field_fr`, whichever the reader understands best."""
    return of_two(getattr(thing, f"{field}_en"), getattr(thing, f"{field}_fr"))
