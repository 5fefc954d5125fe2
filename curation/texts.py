"""What in a text a reviewer must look at before it is public: telephone numbers, addresses,
invitations, signs that nobody sees."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.links import not_an_invitation

LONGEST_EXCERPT = 80

# Ten digits as they are written in North America, seven with a sign between, or a plus and
# eight to fifteen digits.
PHONE = re.compile(
    r"(?<![\w/#=-])(?:\+?1[\s.-]*)?(?:\(\d{3}\)[\s.-]*|\d{3}[\s.-]+|\d{3}(?=\d{7}\b))"
    r"\d{3}[\s.-]*\d{4}(?!\w)"
    r"|(?<![\w/#=.-])\d{3}[.-]\d{4}(?![\w-])"
    r"|(?<![\w+])\+[\s.()-]*\d(?:[\s.()-]*\d){7,14}(?!\w)"
    r"|(?<!\w)\d(?: \d){9}(?!\w)"
)
# What people put between the digits beside a hyphen: other dashes, strokes; and signs of Markdown.
BETWEEN = re.compile(r"(?<=\d)[‐-―−_/](?=\d)")
MARKS = re.compile(r"\*+")
EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+\w{2,24}")
# An address as people write it in a text, with or without its beginning; without one, and
# without a path, its end must be a usual one. Whether it is an invitation is said in `links`.
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'”»)]+"
    r"|(?<![a-z0-9])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,10}[a-z]{2,24}/[^\s<>\"'”»)]+"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,10}(?:app|ca|cc|chat|click|co|com|dog|fr|gg|gl"
    r"|group|info|io|link|live|ly|me|net|online|org|ru|shop|site|to|top|tv|uk|us|xyz)"
    r"(?![\w.-]*\w@|[\w-])",
    re.IGNORECASE,
)
# Signs without width, those that turn the direction of what follows, and tags of plane 14.
UNSEEN = re.compile("[\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
TAGS = re.compile("[\U000e0000-\U000e007f]")
# What joins letters or says which way they run: right in a text, and no part of an address.
JOINERS = re.compile("[\u200c-\u200f]")


class What(models.TextChoices):
    """What was found."""

    PHONE = "phone", _("A telephone number")
    EMAIL = "email", _("An e-mail address")
    INVITATION = "invitation", _("An invitation link")
    UNSEEN = "unseen", _("Signs that nobody sees")
    TURNS = "turns", _("Signs that turn the reading direction around")


@dataclass(frozen=True)
class Finding:
    """Something to look at: what it is, and the words that show it."""

    what: What
    excerpt: str


PATTERNS = (
    (What.EMAIL, EMAIL),
    (What.UNSEEN, UNSEEN),
    (What.UNSEEN, TAGS),
    (What.TURNS, TURNS),
)


def findings(text: str) -> list[Finding]:
    """What in a text must be looked at, each thing once."""
    found = [
        Finding(what, _excerpt(text, match))
        for what, pattern in PATTERNS
        for match in pattern.finditer(text)
    ]
    found += [Finding(What.PHONE, number[:LONGEST_EXCERPT]) for number in phone_numbers(text)]
    found += [Finding(What.INVITATION, link[:LONGEST_EXCERPT]) for link in invitations(text)]
    return list(dict.fromkeys(found))


def findings_in(values: Mapping[str, Any]) -> dict[str, list[Finding]]:
    """What must be looked at in the values of a form, by field; fields without are left out."""
    found = {}
    for name, value in values.items():
        texts = value if isinstance(value, list) else [value]
        here = [each for text in texts if isinstance(text, str) for each in findings(text)]
        if here:
            found[name] = here
    return found


def links(text: str) -> list[str]:
    """The addresses in a text, with or without https://."""
    return [match.group().rstrip(".,;:!?") for match in LINK.finditer(_plain(text))]


def invitations(text: str) -> list[str]:
    """The addresses in a text that let whoever has them into a private group."""
    return [link for link in links(text) if _invites(link)]


def phone_numbers(text: str) -> list[str]:
    """What looks like a telephone number in a text."""
    return [
        match.group() for match in PHONE.finditer(BETWEEN.sub("-", MARKS.sub("", _plain(text))))
    ]


def no_invitation(text: str) -> None:
    """Refuse a text that holds a private invitation. Raises ValidationError."""
    if invitations(text):
        raise ValidationError(
            _("There is an invitation link in this text. It must not be public."),
            code="invitation",
        )


def no_phone_number(text: str) -> None:
    """Refuse a text that holds a telephone number. Raises ValidationError."""
    if phone_numbers(text):
        raise ValidationError(
            _("There is a telephone number in this text. Leave it out: everybody could read it."),
            code="phone",
        )


def _plain(text: str) -> str:
    """A text without what only hides something: odd shapes of letters, signs without width."""
    for unseen in (UNSEEN, TURNS, TAGS, JOINERS):
        text = unseen.sub("", text)
    return unicodedata.normalize("NFKC", text)


def _invites(link: str) -> bool:
    try:
        not_an_invitation(link if "://" in link else f"https://{link}")
    except ValidationError:
        return True
    return False


def _excerpt(text: str, match: re.Match) -> str:
    """The words found; where they cannot be seen, those around them."""
    if match.group().strip() and not (UNSEEN.match(match.group()) or TURNS.match(match.group())):
        return match.group()[:LONGEST_EXCERPT]
    start, end = max(0, match.start() - 20), match.end() + 20
    return TURNS.sub("", text[start:end])[:LONGEST_EXCERPT]
