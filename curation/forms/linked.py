"""A field that takes other pages of this site: by name, by address, or by number."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from curation.forms.fields import Value
from curation.forms.named import MOST_NAMES, SeveralNames, checked, plain
from curation.models import Entry

# The number of an entry in the address of its page.
NUMBER = re.compile(r"/([1-9][0-9]{0,9})-[^/]*/?$")
LONGEST = 400


class PagesField(Value, forms.Field):
    """Public pages of one shelf, or of any, in the order in which they are given."""

    widget: Any = SeveralNames

    def __init__(self, label: Any, shelf: str = "", **more: Any) -> None:
        self.shelf = shelf
        help_text = _("Paste the address of its page here, or write its name.")
        super().__init__(label=label, **{"required": False, "help_text": help_text, **more})
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        """The names of what is given by number; what was typed stays as it is."""
        given = value if isinstance(value, list | tuple) else [value] if value else []
        known = entries(each for each in given if isinstance(each, int))
        return [known[each].name.plain if each in known else str(each) for each in given]

    def clean(self, value: Any) -> list[int]:
        given = value if isinstance(value, list | tuple) else [value] if value else []
        if len(given) > MOST_NAMES:
            raise ValidationError(_("Name at most %(most)d.") % {"most": MOST_NAMES})
        return list(dict.fromkeys(self._meant(each) for each in given if each not in (None, "")))

    def words(self, value: Any) -> list[str]:
        known = entries(value or [])
        return [known[each].name.plain if each in known else str(each) for each in value or []]

    def _meant(self, given: Any) -> int:
        if type(given) is int:
            return given
        text = checked(str(given), LONGEST)
        number = NUMBER.search(text)
        found = self._numbered(int(number[1])) if number else self._called(text)
        if not found:
            raise ValidationError(
                _("We have no page called “%(name)s”. Paste its address here.") % {"name": text},
                code="unknown",
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several pages are called “%(name)s”. Paste the address of the right one here.")
                % {"name": text},
                code="several",
            )
        return found[0]

    def _public(self) -> Any:
        public = Entry.objects.visible()
        return public.filter(shelf=self.shelf) if self.shelf else public

    def _numbered(self, number: int) -> list[int]:
        return [pk for pk in [number] if self._public().filter(pk=pk).exists()]

    def _called(self, name: str) -> list[int]:
        wanted = plain(name)
        rows = self._public().values_list("pk", "name_en", "name_fr", "name_own")
        return [pk for pk, *names in rows if wanted in {plain(each) for each in names if each}]


def entries(keys: Iterable[int]) -> dict[int, Entry]:
    """The entries with these numbers."""
    wanted = [key for key in keys if 0 < key < 2**32]
    return Entry.objects.select_related("name_own_language").in_bulk(wanted)
