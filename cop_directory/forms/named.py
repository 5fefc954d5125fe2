"""Fields of a group that take a name and find the row: towns and platforms."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import OTHER
from accounts.models import Province
from cop_directory.models import Place, Platform
from curation.forms.fields import OneOf, Value
from curation.forms.named import Unknown, by_label, checked, plain

# A group without a platform: it meets in person, or nobody knows.
NO_PLATFORM = "none"


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
