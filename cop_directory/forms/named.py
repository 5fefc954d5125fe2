"""Fields that take a name and find the row: towns, organizations, terms of the vocabulary.

What our lists do not have is kept in the person's own words (see `GroupForm`), so that nobody
has to stop there; a reviewer maps it later.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import OTHER, localized
from accounts.models import Organization, Province
from cop_directory.forms.fields import NOT_OFFERED, SURROGATE, TOO_LONG, UNREADABLE, OneOf, Value
from cop_directory.models import Place, Platform
from curation.models import Language, Tag
from curation.texts import no_invitation

# A group without a platform: it meets in person, or nobody knows.
NO_PLATFORM = "none"
LONGEST_NAME = 160
MOST_NAMES = 20
MOST_WORDS = 10
LONGEST_WORD = 60
TOPICS_IN_SIGHT = 14


def plain(text: str) -> str:
    """A name as it is compared: no accents, no case, single blanks for all signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


def by_label(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices in the order of their labels, as people of the page's language look for them."""
    return sorted(((code, str(label)) for code, label in choices), key=lambda row: plain(row[1]))


def terms(facet: str) -> Any:
    """The terms of a facet that are in use, as choices."""
    return lambda: by_label(
        (tag.slug, tag.label.plain) for tag in Tag.objects.filter(facet=facet, merged_into=None)
    )


def topics() -> list[tuple[str, str]]:
    """All topics, those that most groups have first."""
    tags = Tag.objects.filter(facet=Tag.Facet.TOPIC, merged_into=None)
    often = list(tags.annotate(used=Count("tagged")).order_by("-used", "slug"))
    first, rest = often[:TOPICS_IN_SIGHT], often[TOPICS_IN_SIGHT:]
    return [
        row for tags in (first, rest) for row in by_label((t.slug, t.label.plain) for t in tags)
    ]


def languages() -> list[tuple[str, str]]:
    """All languages, the two official ones first."""
    found = by_label(
        (row.code, localized(row, "name").capitalized) for row in Language.objects.all()
    )
    return sorted(found, key=lambda row: row[0] not in ("en", "fr"))


def platforms() -> list[tuple[str, Any]]:
    """All platforms, and none."""
    found = by_label((row.slug, row.name.plain) for row in Platform.objects.all())
    return [("", _("Choose")), *found, (NO_PLATFORM, _("None of these, or none"))]


class PlatformField(OneOf):
    """Where a group lives online. A group without one says so."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, platforms, **more)

    def words(self, value: Any) -> list[str]:
        return [] if value == NO_PLATFORM else super().words(value)


@dataclass(frozen=True)
class Unknown:
    """A name that our lists do not have."""

    name: str


def checked(name: str, most: int = LONGEST_NAME) -> str:
    """A typed name without needless blanks. Raises ValidationError where it cannot be kept."""
    if "\0" in name or SURROGATE.search(name):
        raise ValidationError(UNREADABLE)
    name = " ".join(name.split())
    if len(name) > most:
        raise ValidationError(TOO_LONG % {"show_value": len(name), "limit_value": most})
    no_invitation(name)
    return name


class PlaceField(Value, forms.CharField):
    """A town or region: its name, with its province where there are several of that name."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": "towns", "autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        """The name of a place whose key was given; what was typed stays as it is."""
        place = Place.objects.filter(pk=value).first() if value and isinstance(value, str) else None
        return in_words(place) if place else value

    def clean(self, value: Any) -> Place | Unknown | None:
        name = checked(str(value or ""))
        if not name:
            return None
        place = Place.objects.filter(pk=name).first()
        return place or _place_called(name)

    def json(self, value: Any) -> str:
        return value.pk if isinstance(value, Place) else ""

    def words(self, value: Any) -> list[str]:
        return [self.prepare_value(value)] if value else []


def in_words(place: Place) -> str:
    """ "Halifax, Nova Scotia"."""
    return f"{place.name.plain}, {place.get_province_display()}"


def _place_called(name: str) -> Place | Unknown:
    wanted = plain(name)
    found = [place for place in Place.objects.all() if wanted in _names_of(place)]
    if len(found) > 1:
        names = ", ".join(sorted(in_words(place) for place in found[:5]))
        raise ValidationError(_("Which one? Write the province too: %(names)s") % {"names": names})
    return found[0] if found else Unknown(name)


def _names_of(place: Place) -> set[str]:
    names = [place.name_en, place.name_fr, *filter(None, place.synonyms.split("\n"))]
    provinces = (place.province, *_provinces()[place.province])
    return {plain(name) for name in names} | {
        plain(f"{name} {province}") for name in names for province in provinces
    }


@cache
def _provinces() -> dict[str, tuple[str, ...]]:
    """The names of each province in both languages: who changes the language keeps the town."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(Province.values, ())
    for lang in OTHER:
        with override(lang):
            found = {code: (*found[code], str(Province(code).label)) for code in found}
    return found


class SeveralNames(forms.TextInput):
    """A few boxes of the same name, one more than there are names."""

    template_name = "django/forms/widgets/several_names.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, "", attrs)
        names = [each for each in value or [] if each]
        context["widget"]["values"] = [*names, ""] if len(names) != 0 else ["", ""]
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)


class OrganizationsField(Value, forms.Field):
    """Who runs a group: organizations that we know, by number or by name, and other names."""

    widget: Any = SeveralNames

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)
        self.widget.attrs |= {"list": "organizations", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        given = value if isinstance(value, list | tuple) else [value] if value else []
        known = _organizations([each for each in given if isinstance(each, int)])
        return [str(known[each]) if each in known else str(each) for each in given]

    def clean(self, value: Any) -> list[int | Unknown]:
        given = value if isinstance(value, list | tuple) else [value] if value else []
        if len(given) > MOST_NAMES:
            raise ValidationError(_("Name at most %(most)d.") % {"most": MOST_NAMES})
        numbers = [each for each in given if type(each) is int]
        if len(_organizations(numbers)) < len(set(numbers)):
            raise ValidationError(NOT_OFFERED)
        names = [checked(each) for each in given if isinstance(each, str)]
        found = called([name for name in names if name])
        return [*dict.fromkeys([*numbers, *found])]

    def json(self, value: Any) -> list[int]:
        return sorted(each for each in value if not isinstance(each, Unknown))

    def words(self, value: Any) -> list[str]:
        known = _organizations(value or [])
        return [str(known.get(each, each)) for each in value or []]


class OrganizationField(OrganizationsField):
    """One organization that we know."""

    widget: Any = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        return "".join(super().prepare_value(value)[:1])

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and isinstance(found[0], Unknown):
            raise ValidationError(_("We do not have this organization yet. Leave this empty."))
        return found[0] if found else None

    def json(self, value: Any) -> Any:
        return value

    def words(self, value: Any) -> list[str]:
        return super().words([value] if value else [])


def _organizations(keys: Iterable[int]) -> dict[int, Organization]:
    return Organization.objects.in_bulk([key for key in keys if 0 < key < 2**63])


def called(names: list[str]) -> list[int | Unknown]:
    """The organizations of these names or acronyms; a name that means none, or several, stays."""
    if not names:
        return []
    by_name: dict[str, set[int]] = {}
    by_acronym: dict[str, set[int]] = {}
    for row in Organization.objects.only("name_en", "name_fr", "acronym"):
        for name in filter(None, (row.name_en, row.name_fr)):
            by_name.setdefault(plain(name), set()).add(row.pk)
        by_acronym.setdefault(plain(row.acronym), set()).add(row.pk)
    found: list[int | Unknown] = []
    for name in names:
        meant = by_name.get(plain(name)) or by_acronym.get(plain(name)) or set()
        found.append(meant.copy().pop() if len(meant) == 1 and plain(name) else Unknown(name))
    return found


class WordsField(Value, forms.CharField):
    """Free words, with commas between."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        given = value if isinstance(value, list) else re.split(r"[,;\n]", str(value or ""))
        words = [checked(str(word), LONGEST_WORD) for word in given]
        by_slug = {address_of(word): word for word in words if address_of(word)}
        if len(by_slug) > MOST_WORDS:
            raise ValidationError(_("Give at most %(most)d words.") % {"most": MOST_WORDS})
        known = Tag.objects.filter(facet=Tag.Facet.FREE, slug__in=by_slug)
        return self.in_order((by_slug | {tag.slug: tag.name for tag in known}).values())

    def in_order(self, words: Iterable[str]) -> list[str]:
        """Words in the order of the alphabet, accents aside."""
        return sorted(set(words), key=lambda word: (plain(word), word))

    def words(self, value: Any) -> list[str]:
        return list(value or [])


def address_of(word: str) -> str:
    """What a free word is called in addresses."""
    return slugify(word, allow_unicode=True)[:120]
