"""Fields of the forms of all shelves. Each knows its value as JSON, and in words.

A field takes what a browser sends as well as the JSON that it gave itself.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import day_in_words
from curation import texts
from curation.links import domain, not_an_invitation
from curation.models import Entry

UNREADABLE = gettext_lazy("There is a sign in this text that we cannot keep. Type it anew.")
TOO_LONG = gettext_lazy("This is %(show_value)d characters long. Please say it in %(limit_value)d.")
INVITATION = gettext_lazy(
    "This link lets whoever has it into the group, so it must not stand here. Leave it out: "
    "the people who run the group can give it on a page of its own, where it is protected."
)
# What a text in one of two languages is called: after a statement, and after a question.
WORDINGS = {
    "en": (gettext_lazy("{text}, in English"), gettext_lazy("{text} (in English)")),
    "fr": (gettext_lazy("{text}, in French"), gettext_lazy("{text} (in French)")),
}
NO_PAGE = gettext_lazy("Give the address of a public web page, such as https://example.org/.")
NOT_OFFERED = gettext_lazy("Choose from the list.")
NO_NUMBER = gettext_lazy("Write a number, such as 90.")
NO_DAY = gettext_lazy("Write the day like this: 2026-05-31.")
SURROGATE = re.compile("[\ud800-\udfff]")
# Signs that nobody sees, that no table can hold or that turn what follows around; NUL is refused
# with a sentence instead.
UNSEEN = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\u202a-\u202e]")
BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")

TALE = 10_000  # characters of a long text
ONE_LINE = 140
MONTHS = (
    ("1", gettext_lazy("Every month")),
    ("3", gettext_lazy("Every three months")),
    ("6", gettext_lazy("Every six months")),
    ("12", gettext_lazy("Once a year")),
)
STATUSES = (
    ("", gettext_lazy("We work it out")),
    *((code, label) for code, label in Entry.TextStatus.choices if code != "missing"),
)

Choices = Iterable[tuple[str, Any]] | Callable[[], Iterable[tuple[str, Any]]]


class Value:
    """What the fields of this house have in common: their value as JSON, and in words."""

    def json(self, value: Any) -> Any:
        """A cleaned value as JSON."""
        return value

    def words(self, value: Any) -> list[str]:
        """A JSON value as lines that people read; [] where nothing is said."""
        return [] if value in (None, "", []) else [str(value)]


def readable(text: str) -> None:
    """Refuse halves of characters, which no database takes. Raises ValidationError."""
    if SURROGATE.search(text):
        raise ValidationError(UNREADABLE)


class Text(Value, forms.CharField):
    """A text of one line or of several, at most so many characters long."""

    def __init__(
        self, label: Any, most: int, *, lines: int = 1, lang: str = "", **more: Any
    ) -> None:
        self.lines = lines
        attrs = {"dir": "auto", **({"lang": lang} if lang else {})}
        widget = forms.Textarea({"rows": lines, **attrs}) if lines > 1 else forms.TextInput(attrs)
        errors = {
            "null_characters_not_allowed": UNREADABLE,
            "max_length": TOO_LONG,
            "invitation": INVITATION,
        }
        more = {"widget": widget, "required": False, "error_messages": errors, **more}
        super().__init__(label=label, max_length=most, **more)
        self.validators += [readable, texts.no_invitation, texts.no_phone_number]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No length for the browser: it would cut what is pasted, and say nothing."""
        return {}

    def to_python(self, value: Any) -> Any:
        """The text with plain line ends and without signs that nobody sees."""
        text = UNSEEN.sub("", BREAKS.sub("\n", super().to_python(value) or ""))
        return text if self.lines > 1 else re.sub(r"\s*\n\s*", " ", text)

    def words(self, value: Any) -> list[str]:
        return str(value or "").splitlines()


def in_two(name: str, label: Any, most: int, *, lines: int = 1, help_text: Any = "") -> dict:
    """A text in English and one in French."""
    return {
        f"{name}_{lang}": Text(
            in_language(label, lang), most, lines=lines, lang=lang, help_text=help_text
        )
        for lang in WORDINGS
    }


def _in_language(label: Any, lang: str) -> str:
    words = str(label)
    statement, question = WORDINGS[lang]
    return str(question if words.endswith("?") else statement).format(text=words)


in_language = lazy(_in_language, str)


class OneOf(Value, forms.ChoiceField):
    """One word of a list; nothing chosen is `default`."""

    def __init__(self, label: Any, choices: Choices, *, default: str = "", **more: Any) -> None:
        self.default = default
        more = {"error_messages": {"invalid_choice": NOT_OFFERED}, "required": False, **more}
        super().__init__(label=label, choices=choices, initial=default, **more)

    def clean(self, value: Any) -> str:
        return super().clean(value) or self.default

    def labels(self) -> dict[str, str]:
        """What each word is called."""
        return {code: str(label) for code, label in list(self.choices)}  # type: ignore[arg-type]

    def words(self, value: Any) -> list[str]:
        if value in ("", "unknown", "missing"):
            return []
        return [self.labels().get(value, str(value))]


class Months(OneOf):
    """How many months pass between two questions whether a page is right."""

    def __init__(self, label: Any) -> None:
        super().__init__(label, MONTHS, default="6")

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> str:
        return super().to_python(self.prepare_value(value))

    def json(self, value: Any) -> int:
        return int(value)

    def words(self, value: Any) -> list[str]:
        return super().words(str(value))


class TextStatus(OneOf):
    """How a text came to be. That it is missing is seen, and need not be said."""

    def __init__(self, label: Any) -> None:
        super().__init__(label, STATUSES)

    def prepare_value(self, value: Any) -> Any:
        return "" if value == Entry.TextStatus.MISSING else value

    def to_python(self, value: Any) -> str:
        return super().to_python(self.prepare_value(value))


class SeveralOf(Value, forms.MultipleChoiceField):
    """Several words of a list, always in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: Any, choices: Choices, **more: Any) -> None:
        errors = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}
        more = {"error_messages": errors, "required": False, **more}
        super().__init__(label=label, choices=choices, **more)

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return self.in_order(chosen)

    def in_order(self, chosen: Iterable[str]) -> list[str]:
        """The chosen words in the order of the list, the same in every language."""
        return sorted(set(chosen))

    def words(self, value: Any) -> list[str]:
        left = dict.fromkeys(value or [])
        choices = list(self.choices)  # type: ignore[arg-type]
        known = [str(label) for code, label in choices if code in left and not left.pop(code)]
        return [*known, *map(str, left)]


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Many boxes to tick, the first few in sight and the rest in a drawer."""

    template_name = "django/forms/widgets/folded_choices.html"

    def __init__(self, first: int, summary: Any) -> None:
        self.first, self.summary = first, summary
        super().__init__()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [each for _g, several, _n in context["widget"]["optgroups"] for each in several]
        rest = options[self.first :]
        context["widget"] |= {
            "first": options[: self.first],
            "rest": rest,
            "summary": self.summary,
            "is_open": any(each["selected"] for each in rest),
        }
        return context


class YesNo(Value, forms.ChoiceField):
    """Yes, no, or nobody said."""

    CODES: Mapping[Any, str] = {True: "true", False: "false", None: ""}
    CHOICES = (
        ("", gettext_lazy("Not known")),
        ("true", gettext_lazy("Yes")),
        ("false", gettext_lazy("No")),
    )

    def __init__(self, label: Any, **more: Any) -> None:
        more = {"error_messages": {"invalid_choice": NOT_OFFERED}, "required": False, **more}
        super().__init__(label=label, choices=self.CHOICES, **more)

    def prepare_value(self, value: Any) -> Any:
        return self.CODES.get(value, value) if not isinstance(value, list) else ""

    def to_python(self, value: Any) -> str:
        return super().to_python(self.prepare_value(value))

    def json(self, value: Any) -> bool | None:
        return {"true": True, "false": False}.get(value)

    def words(self, value: Any) -> list[str]:
        return [] if value is None else [_("Yes") if value else _("No")]


class Tick(Value, forms.BooleanField):
    """One box to tick."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, **{"required": False, **more})

    def words(self, value: Any) -> list[str]:
        return [_("Yes") if value else _("No")]


class Number(Value, forms.IntegerField):
    """A whole number between two others."""

    def __init__(self, label: Any, least: int, most: int, **more: Any) -> None:
        errors = {"invalid": NO_NUMBER, "min_value": NO_NUMBER, "max_value": NO_NUMBER}
        more = {"error_messages": errors, "required": False, **more}
        super().__init__(label=label, min_value=least, max_value=most, **more)


class Year(Number):
    """A year that has come."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > timezone.localdate().year:
            raise ValidationError(_("That year has not come yet."))


class Day(Value, forms.DateField):
    """A day, as the browser's own calendar gives it."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        errors = {"invalid": NO_DAY}
        more = {"widget": widget, "error_messages": errors, "required": False, **more}
        super().__init__(label=label, **more)

    def json(self, value: dt.date | None) -> str | None:
        return value.isoformat() if value else None

    def words(self, value: Any) -> list[str]:
        return [day_in_words(dt.date.fromisoformat(value))] if value else []


def a_public_page(url: str) -> None:
    """Refuse addresses that say one site and lead to another, or to none. Raises ValidationError.

    `https://bank.example@evil.example/` leads to evil.example.
    """
    try:
        host = domain(url)
    except ValueError:
        raise ValidationError(NO_PAGE) from None
    if "@" in url.split("://", 1)[-1].split("/", 1)[0]:
        raise ValidationError(NO_PAGE)
    if "." not in host or host.replace(".", "").isdecimal() or ":" in host:
        raise ValidationError(NO_PAGE)


class Link(Value, forms.URLField):
    """A public web page: http(s), and never a private invitation."""

    default_validators = [
        URLValidator(schemes=["http", "https"]),
        not_an_invitation,
        a_public_page,
        readable,
    ]

    def __init__(self, label: Any, *, most: int = 500, **more: Any) -> None:
        errors = {
            "invalid": NO_PAGE,
            "invitation": INVITATION,
            "max_length": TOO_LONG,
            "null_characters_not_allowed": UNREADABLE,
        }
        more = {"error_messages": errors, "required": False, **more}
        super().__init__(label=label, max_length=most, assume_scheme="https", **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "url", "autocapitalize": "none"}


class Mail(Value, forms.EmailField):
    """An e-mail address that everybody may see."""

    def __init__(self, label: Any, **more: Any) -> None:
        errors = {
            "invalid": gettext_lazy("Give an e-mail address, such as group@example.org."),
            "null_characters_not_allowed": UNREADABLE,
            "max_length": TOO_LONG,
        }
        super().__init__(
            label=label, max_length=254, **{"error_messages": errors, "required": False, **more}
        )
        self.validators.append(readable)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocapitalize": "none"}
