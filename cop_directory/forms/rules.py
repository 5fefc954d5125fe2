"""What a group must have, and which of its values fit together.

A rule about what must be there binds a new group. One that is here already, perhaps from a time
when less was asked, may not lose what it has.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cop_directory.forms.named import NO_PLATFORM
from cop_directory.models import PARTNERSHIPS, Kind, Scope
from curation.models import Entry

Values = Mapping[str, Any]
# Which part belongs to which kind.
PART_OF = {
    Kind.COMMUNITY: "practice",
    Kind.CHAT: "chat",
    **dict.fromkeys(PARTNERSHIPS, "partnership"),
}


@dataclass(frozen=True)
class Needed:
    """Something that must be there: where it is asked for, whether it is there, what to say."""

    field: str
    met: Callable[[Values], bool]
    words: Any


def is_chat(values: Values) -> bool:
    """Whether it is a chat group, of which more is asked."""
    return values["kind"] == Kind.CHAT


def _one_of(*names: str) -> Callable[[Values], bool]:
    return lambda values: any(values[name] for name in names)


def _somewhere(values: Values) -> bool:
    wide = values["scope"] in (Scope.NATIONAL, Scope.INTERNATIONAL)
    return wide or bool(values["provinces"])


def _platform(values: Values) -> bool:
    return bool(values["platform"]) and not (is_chat(values) and values["platform"] == NO_PLATFORM)


def _way_in(values: Values) -> bool:
    if values["website"] or values["contact_email"]:
        return True
    ways = (values["other_way_en"], values["other_way_fr"], values["app_only"])
    return is_chat(values) and any(ways)


# The one short list. Everything else may stay empty.
NEEDED = (
    Needed("kind", _one_of("kind"), _("Choose what kind of group it is.")),
    Needed("name_en", _one_of("name_en", "name_fr"), _("Write its name, in English or in French.")),
    Needed(
        "one_line_en",
        _one_of("one_line_en", "one_line_fr"),
        _("Say in one line what it is, in English or in French."),
    ),
    Needed(
        "provinces",
        _somewhere,
        _("Choose at least one province or territory, or say that it reaches all of Canada."),
    ),
    Needed("topics", _one_of("topics"), _("Choose at least one topic.")),
    Needed("languages", _one_of("languages"), _("Choose at least one language.")),
    Needed("platform", _platform, _("Say where it lives online; “none” is an answer too.")),
    Needed(
        "website",
        _way_in,
        _("Give a way in: its web page, or an address to which people may write."),
    ),
)


def missing(
    values: Values, before: Values | None, *, tip: bool = False
) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for what must be there and is not.

    `before` is what the group held until now; what was missing there may still be missing. Whoever
    has only heard of a chat group (`tip`) cannot know how one gets in.
    """
    for rule in NEEDED:
        if tip and rule.met is _way_in and is_chat(values):
            continue
        if not rule.met(values) and (before is None or rule.met(before)):
            yield rule.field, _sentence(rule, values)


def _sentence(rule: Needed, values: Values) -> Any:
    if rule.field == "platform" and is_chat(values):
        return _("Choose the app in which the chat group lives.")
    if rule.field == "website" and is_chat(values):
        return _(
            "Give a way in: a web page, an address, or a way without the app. If there is none, "
            "tick that it is only in the app."
        )
    return rule.words


def at_odds(values: Values) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for values that do not fit together."""
    if bool(values["name_own"]) != bool(values["name_own_language"]):
        yield "name_own_language", _("Give the name and its language together.")
    closing = values["activity"] in (Entry.Activity.CLOSING, Entry.Activity.CLOSED)
    if values["closed_on"] and not closing:
        yield "closed_on", _("Say above that the group is closing or closed, or leave this empty.")
    if values["app_only"] and (values["other_way_en"] or values["other_way_fr"]):
        yield "app_only", _("You describe another way in. Take the tick away, or the text.")
