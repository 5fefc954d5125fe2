"""What a group must have, and which of its values fit together."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cop_directory.forms.named import NO_PLATFORM
from cop_directory.models import PARTNERSHIPS, Kind, Scope
from curation.forms import rules
from curation.forms.rules import Needed, Values, one_of
from curation.models import Entry

# Which part belongs to which kind.
PART_OF = {
    Kind.COMMUNITY: "practice",
    Kind.CHAT: "chat",
    **dict.fromkeys(PARTNERSHIPS, "partnership"),
}


def is_chat(values: Values) -> bool:
    """Whether it is a chat group, of which more is asked."""
    return values["kind"] == Kind.CHAT


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
    Needed("kind", one_of("kind"), _("Choose what kind of group it is.")),
    Needed("name_en", one_of("name_en", "name_fr"), _("Write its name, in English or in French.")),
    Needed(
        "one_line_en",
        one_of("one_line_en", "one_line_fr"),
        _("Say in one line what it is, in English or in French."),
    ),
    Needed(
        "provinces",
        _somewhere,
        _("Choose at least one province or territory, or say that it reaches all of Canada."),
    ),
    Needed("topics", one_of("topics"), _("Choose at least one topic.")),
    Needed("languages", one_of("languages"), _("Choose at least one language.")),
    Needed("platform", _platform, _("Say where it lives online; “none” is an answer too.")),
    Needed(
        "website",
        _way_in,
        _("Give a way in: its web page, or an address to which people may write."),
    ),
)


# What is said of a chat group instead.
OF_CHATS = {
    "platform": _("Choose the app in which the chat group lives."),
    "website": _(
        "Give a way in: a web page, an address, or a way without the app. If there is none, "
        "tick that it is only in the app."
    ),
}


def missing(
    values: Values, before: Values | None, *, tip: bool = False
) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for what must be there and is not (see `curation.forms.rules`).

    Whoever has only heard of a chat group (`tip`) cannot know how one gets in.
    """
    chat = is_chat(values)
    asked = [rule for rule in NEEDED if not (tip and chat and rule.met is _way_in)]
    for field, words in rules.missing(values, before, asked):
        yield field, OF_CHATS.get(field, words) if chat else words


def at_odds(values: Values) -> Iterator[tuple[str, Any]]:
    """(field, sentence) for values that do not fit together."""
    if bool(values["name_own"]) != bool(values["name_own_language"]):
        yield "name_own_language", _("Give the name and its language together.")
    closing = values["activity"] in (Entry.Activity.CLOSING, Entry.Activity.CLOSED)
    if values["closed_on"] and not closing:
        yield "closed_on", _("Say above that the group is closing or closed, or leave this empty.")
    if values["app_only"] and (values["other_way_en"] or values["other_way_fr"]):
        yield "app_only", _("You describe another way in. Take the tick away, or the text.")
