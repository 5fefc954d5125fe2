"""The form of an answer: how it went, in what kind of place, why, and who says so."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import OTHER
from accounts.models import Province
from curation.forms.fields import (
    FoldedChoices,
    Link,
    Number,
    OneOf,
    SeveralOf,
    Text,
    Year,
    in_language,
)
from curation.forms.layout import Section
from curation.forms.named import OrganizationField, plain, terms
from curation.forms.rules import Needed, Values, one_of
from curation.models import Format
from resources import agencies
from resources.answers import places
from resources.forms.one_language import OneLanguageForm
from resources.forms.rules import in_either
from resources.models import (
    AgencySize,
    Kind,
    Method,
    PlaceSize,
    Resource,
    Verdict,
    Visibility,
)

WHY = 280  # characters of the one line why
AGENCY = 160
# Client groups in sight; the others are in a drawer.
OFTEN = ("all-newcomers", "refugees", "families", "children-youth", "women", "seniors")
# Where nothing has been chosen yet, nothing is known.
SIZES = [
    (PlaceSize.UNKNOWN, _("Choose")),
    *(row for row in PlaceSize.choices if row[0] != "unknown"),
]
WHY_LABEL = _("Why, in one line")


class LessonField(Number):
    """The lesson that is answered, by its number. It comes with the address, nobody types it."""

    def words(self, value: Any) -> list[str]:
        lesson = Resource.objects.filter(pk=value).first() if value else None
        return [lesson.name.plain] if lesson else []


def _clients() -> list[tuple[str, str]]:
    """Whom many agencies serve first, the others in the order of the alphabet."""
    found = dict(terms("client-group")())
    return [(code, found.pop(code)) for code in OFTEN if code in found] + list(found.items())


def _line(lang: str) -> Text:
    return Text(
        WHY_LABEL,
        WHY,
        lines=2,
        lang=lang,
        help_text=_("What made it work, or what stood in the way. At most 280 characters."),
    )


FIELDS: dict[str, Any] = {
    "lesson": LessonField(_("Lesson"), 1, 2**32 - 1),
    "verdict": OneOf(_("How did it go for you?"), Verdict.choices, widget=forms.RadioSelect),
    "clients": SeveralOf(
        _("For whom?"), _clients, widget=FoldedChoices(len(OFTEN), _("Other people"))
    ),
    "place_size": OneOf(_("Size of the place"), SIZES, default=PlaceSize.UNKNOWN),
    "format": OneOf(_("How did you meet?"), [("", _("Not said")), *Format.choices]),
    "province": OneOf(_("Province or territory"), [("", _("Not said")), *Province.choices]),
    "year": Year(_("Year"), 1900, 2100),
    "agency_size": OneOf(
        _("Size of your agency"), AgencySize.choices, default=AgencySize.UNKNOWN
    ),
    "name_en": _line("en"),
    "name_fr": _line("fr"),
    "method": OneOf(_("How do you know?"), Method.choices, default=Method.UNKNOWN),
    "method_count": Number(
        _("How many people or cases"), 1, 10_000_000, help_text=_("For example: 45 clients.")
    ),
    "method_link": Link(_("Where the numbers or the study can be seen")),
    "organization": OrganizationField(
        _("Your organization"),
        or_words=True,
        help_text=_("Begin to type, then choose. A name that we do not have yet is fine too."),
    ),
    "agency": Text(_("Organization that our list does not have"), AGENCY),
    "visibility": OneOf(
        _("What may others see?"),
        [
            (Visibility.AGENCY, _("The name of my organization")),
            (Visibility.HIDDEN, _("No name at all")),
        ],
        default=Visibility.AGENCY,
        widget=forms.RadioSelect,
        help_text=_(
            "Your own name is never shown. The volunteer reviewers can open a hidden "
            "organization, and that is written down."
        ),
    ),
}  # fmt: skip
# Answers are told by the size of their place; all the rest helps others to compare, and may wait.
MORE = ("clients", "format", "province", "year", "agency_size")
CONTEXT = ("place_size", *MORE)
WHY_WHO = _(
    "So that each organization counts once. It is not shown if you choose “No name at all”."
)
SECTIONS = (
    Section(_("How it went"), ("verdict", "place_size", "name")),
    Section(
        _("For whom, how and where"), MORE, folded=True, words=_("All of this may stay empty.")
    ),
    Section(
        _("How do you know?"), ("method", "method_count", "method_link"), folded=True
    ),
    Section(
        _("Who says so"), ("organization", "visibility"), known=False, words=WHY_WHO
    ),
    Section(
        _("Who says so"), ("organization", "agency", "visibility"),
        known=True,
        keepers_only=True,
        words=WHY_WHO,
    ),
)  # fmt: skip


def _says_who(values: Values) -> bool:
    """An organization of our list, or a name with at least a letter in it."""
    return bool(values["organization"] or plain(values["agency"]))


def _says_how_large(values: Values) -> bool:
    return values["place_size"] not in ("", PlaceSize.UNKNOWN)


NEEDED = (
    Needed("verdict", one_of("verdict"), _("Choose how it went.")),
    Needed("place_size", _says_how_large, _("Choose how large the place is.")),
    Needed("name", in_either("name"), _("Say in one line why.")),
    Needed("organization", _says_who, _("Name your organization. You can hide it below.")),
)


def public_lesson(key: Any) -> Resource | None:
    """The public lesson with this number, however it is written; None for anything else."""
    text = str(key or "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    return Resource.objects.visible().filter(kind=Kind.LESSON, pk=int(text)).first()


class AnswerForm(OneLanguageForm):
    """The form of an answer to a lesson. `entry` is the answer, where it is here already.

    A new one brings the number of its lesson along as `lesson`; an answer never moves to another.
    """

    base_fields = FIELDS
    screens = (SECTIONS,)
    keepers_mark = "visibility"
    needed = NEEDED
    kept_in = {"organization": "agency"}
    recognizable = frozenset({*CONTEXT, "method_link"} - {"year"})
    texts = ()
    entry: Any = None

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.before is None:
            self.initial["year"] = timezone.localdate().year
            return
        for lang in OTHER:
            if f"name_{lang}" in self.fields:
                self.fields[f"name_{lang}"].label = in_language(WHY_LABEL, lang)

    def follows(self, values: Mapping[str, Any]) -> dict[str, Any]:
        if self.before is not None:
            return {"lesson": self.before["lesson"]}
        lesson = public_lesson(self.data.get("lesson"))
        return {"lesson": lesson.pk if lesson else None}

    def at_odds(self, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Its lesson is there, and its agency has not answered yet."""
        if values["lesson"] is None:
            yield "verdict", _("This lesson is no longer public, so it cannot be answered.")
            return
        agency = _agency(values)
        if agency and (self.before is None or agency != _agency(self.before)):
            but = self.entry.pk if self.entry else None
            words = places.refusal(values["lesson"], agency, but=but)
            if words:
                yield "organization" if "organization" in self.fields else "verdict", words


def _agency(values: Mapping[str, Any]) -> str:
    return agencies.key(values["organization"], values["agency"])
