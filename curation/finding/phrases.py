"""Small phrases that lists and pages of every shelf are put together from."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.languages import LocalText, localized, reading_language
from accounts.models import Province
from curation.models import Format

# Short names of the provinces and territories, as people write them after a town.
SHORT = {
    "BC": pgettext_lazy("short name of a province", "BC"),
    "AB": pgettext_lazy("short name of a province", "AB"),
    "SK": pgettext_lazy("short name of a province", "SK"),
    "MB": pgettext_lazy("short name of a province", "MB"),
    "ON": pgettext_lazy("short name of a province", "ON"),
    "QC": pgettext_lazy("short name of a province", "QC"),
    "NB": pgettext_lazy("short name of a province", "NB"),
    "NS": pgettext_lazy("short name of a province", "NS"),
    "PE": pgettext_lazy("short name of a province", "PEI"),
    "NL": pgettext_lazy("short name of a province", "NL"),
    "YT": pgettext_lazy("short name of a province", "YT"),
    "NT": pgettext_lazy("short name of a province", "NWT"),
    "NU": pgettext_lazy("short name of a province", "NU"),
}


def provinces_in_short(codes: Iterable[str]) -> str:
    """ "NB, NS, PEI"."""
    return ", ".join(str(SHORT[code]) for code in codes)


def provinces_in_words(codes: Iterable[str]) -> str:
    """ "New Brunswick, Nova Scotia"."""
    return ", ".join(str(Province(code).label) for code in codes)


def languages_of(entry: Any) -> list[LocalText]:
    """The languages of an entry, the reader's own first, then the other official one."""
    mine = reading_language()
    languages = sorted(
        entry.languages.all(),
        key=lambda language: (language.code != mine, language.code not in ("en", "fr")),
    )
    return [localized(language, "name") for language in languages]


def in_languages(entry: Any) -> str:
    """ "In English and French", « En français et en anglais »."""
    names = [name.plain for name in languages_of(entry)]
    if not names:
        return ""
    first = pgettext("first language", "In %(language)s") % {"language": names[0]}
    further = [pgettext("further language", "%(language)s") % {"language": n} for n in names[1:]]
    return and_list([first, *further])


def formats_in_words(formats: Iterable[str]) -> str:
    """ "In person and online"; what is both is not said twice, nothing where nobody said."""
    given = dict.fromkeys(formats)
    if Format.HYBRID in given:
        given = dict.fromkeys(f for f in given if f not in (Format.IN_PERSON, Format.ONLINE))
    words = [str(Format(each).label) for each in given]
    return and_list([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])


def and_list(words: list[str]) -> str:
    """ "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def or_list(words: list[str]) -> str:
    """ "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s or %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def shorten(text: str, most: int) -> str:
    """The text in at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 2].rsplit(" ", 1)[0][: most - 2] + " …"


def said(*texts: str) -> tuple[str, ...]:
    """The texts in which something stands, each once, as the search wants them."""
    return tuple(dict.fromkeys(text for text in texts if text and text.strip()))


def words_of_address(name: str) -> str:
    """A name as it stands in an address: ASCII, at most 60 characters, "-" where none is left."""
    return slugify(name)[:60].rstrip("-") or "-"
