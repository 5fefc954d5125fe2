"""Fields that take a name and find the row: organizations, terms of the vocabulary.

What our lists do not have is kept in the person's own words (see `EntryForm.kept_in`), so that
nobody has to stop there; a reviewer maps it later.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.languages import localized
from accounts.models import Organization
from curation.forms.fields import NOT_OFFERED, SURROGATE, TOO_LONG, UNREADABLE, Value
from curation.models import Language, Tag
from curation.texts import no_invitation, no_phone_number

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
    """All topics, those that most entries have first."""
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
    no_phone_number(name)
    return name


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
    """Organizations that we know, by number or by name, and other names."""

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
    """One organization that we know; `or_words`: or another name, which the form keeps."""

    widget: Any = forms.TextInput

    def __init__(self, label: Any, *, or_words: bool = False, **more: Any) -> None:
        super().__init__(label, **more)
        self.or_words = or_words

    def prepare_value(self, value: Any) -> Any:
        return "".join(super().prepare_value(value)[:1])

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and isinstance(found[0], Unknown) and not self.or_words:
            raise ValidationError(_("We do not have this organization yet. Leave this empty."))
        return found[0] if found else None

    def json(self, value: Any) -> Any:
        return None if isinstance(value, Unknown) else value

    def words(self, value: Any) -> list[str]:
        return super().words([value] if value else [])


def names_of_organizations() -> list[str]:
    """All organizations by name, for the browser to offer while one types."""
    return sorted({localized(row, "name").plain for row in Organization.objects.all()}, key=plain)


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
