"""What a lesson or guide must have, and which of its values fit together."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from curation.forms.rules import Needed, Values, one_of
from resources.models import Kind, Method

TALE = ("planned", "happened", "why", "next_time")
# Of what one must say at least three things, so that others can judge whether it fits them.
CONTEXT = ("clients", "place_size", "agency_size", "formats", "served_in", "staff_time", "money")
LEAST_CONTEXT = 3


def is_lesson(values: Values) -> bool:
    """Whether it is born here."""
    return values["kind"] == Kind.LESSON


def _of_lessons(met: Callable[[Values], bool]) -> Callable[[Values], bool]:
    return lambda values: not is_lesson(values) or met(values)


def _of_others(met: Callable[[Values], bool]) -> Callable[[Values], bool]:
    return lambda values: is_lesson(values) or met(values)


def in_either(*names: str) -> Callable[[Values], bool]:
    """Whether any of these texts is there, in English or in French."""
    return one_of(*(f"{name}_{lang}" for name in names for lang in ("en", "fr")))


def _who_was_not_reached(values: Values) -> bool:
    """Asked of everybody who tells what happened; a short note may be silent."""
    tells = in_either(*TALE)(values)
    return not tells or in_either("not_reached")(values) or bool(values["not_reached_unknown"])


def said_of_the_context(values: Values) -> int:
    """How many things are said of the context."""
    return sum(values[name] not in ("", "unknown", [], None) for name in CONTEXT)


# What a short note lacks to be a full lesson, in the order in which an editor looks for it.
FULL = (
    Needed("topics", one_of("topics"), _("a topic")),
    Needed("happened_en", in_either("planned", "happened"), _("what was planned or what happened")),
    Needed(
        "clients",
        lambda values: said_of_the_context(values) >= LEAST_CONTEXT,
        _("three things about the context"),
    ),
    Needed(
        "not_reached_en",
        lambda values: in_either("not_reached")(values) or bool(values["not_reached_unknown"]),
        _("who was not reached or heard"),
    ),
    Needed("method", lambda values: values["method"] != Method.UNKNOWN, _("how one knows")),
)


def lacks(values: Values) -> list[Any]:
    """What a lesson lacks to be more than a short note."""
    return [rule.words for rule in FULL if not rule.met(values)]


NEEDED = (
    Needed("kind", one_of("kind"), _("Choose what it is.")),
    Needed(
        "description",
        _of_lessons(in_either("description")),
        _("Write what you tried, in a few words."),
    ),
    Needed("name", _of_lessons(in_either("name")), _("Write what you would tell a colleague.")),
    Needed("name", _of_others(in_either("name")), _("Write its title.")),
    Needed("outcome", _of_lessons(one_of("outcome")), _("Choose how it went.")),
    Needed(
        "no_client_recognized",
        _of_lessons(one_of("no_client_recognized")),
        _("Tick this. If somebody could be recognized, change the text first."),
    ),
    Needed("link", _of_others(one_of("link")), _("Give the address of its page.")),
    Needed(
        "languages",
        _of_others(one_of("languages")),
        _("Choose at least one language in which it can be read."),
    ),
    Needed("topics", _of_others(one_of("topics")), _("Choose at least one topic.")),
    Needed(
        "not_reached",
        _of_lessons(_who_was_not_reached),
        _("Say who was not reached or heard. “We do not know” is an answer too."),
    ),
)


def at_odds(values: Values) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for values that do not fit together."""
    if values["not_reached_unknown"] and in_either("not_reached")(values):
        yield "not_reached_unknown", _("You describe who it was. Take the tick away, or the text.")
    if values["from_year"] and values["to_year"] and values["from_year"] > values["to_year"]:
        yield "to_year", _("It ends before it begins.")
    if values["national"] and values["provinces"]:
        yield "national", _("Choose provinces and territories, or all of Canada.")
    for name in ("impact", "adaptability", "quality"):
        if values[name] != "unknown" and not in_either(f"{name}_why")(values):
            yield f"{name}_why_en", _("Say in one line why.")
