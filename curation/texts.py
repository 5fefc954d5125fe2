"""What in a text a reviewer must look at before it is public: telephone numbers, addresses,
invitations, signs that nobody sees."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.links import not_an_invitation

LONGEST_EXCERPT = 80

# Ten digits as they are written in North America, or a plus and eight to fifteen digits.
PHONE = re.compile(
    r"(?<![\w/#=-])(?:\+?1[\s.-]*)?(?:\(\d{3}\)[\s.-]*|\d{3}[\s.-]+|\d{3}(?=\d{7}\b))"
    r"\d{3}[\s.-]*\d{4}(?!\w)"
    r"|(?<![\w+])\+[\s.()-]*\d(?:[\s.()-]*\d){7,14}(?!\w)"
)
EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+\w{2,24}")
# An address with or without its scheme; whether it is an invitation is said in `links`.
ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/[^\s<>\"'”»)]+", re.I)
# Signs without width, those that turn the direction of what follows, and tags of plane 14.
UNSEEN = re.compile("[\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
TAGS = re.compile("[\U000e0000-\U000e007f]")


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
    (What.PHONE, PHONE),
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
    found += [Finding(What.INVITATION, address[:LONGEST_EXCERPT]) for address in _invitations(text)]
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


def no_invitation(text: str) -> None:
    """Refuse a text that holds a private invitation. Raises ValidationError."""
    if next(_invitations(text), None):
        raise ValidationError(
            _("There is an invitation link in this text. It must not be public."),
            code="invitation",
        )


def _invitations(text: str) -> Iterator[str]:
    plain = TAGS.sub("", TURNS.sub("", UNSEEN.sub("", text)))
    for match in ADDRESS.finditer(plain):
        address = match.group()
        whole = address if "://" in address else f"https://{address}"
        try:
            not_an_invitation(whole)
        except ValidationError:
            yield address
        except ValueError:  # no address that anybody could open
            continue


def _excerpt(text: str, match: re.Match) -> str:
    """The words found; where they cannot be seen, those around them."""
    if match.group().strip() and not (UNSEEN.match(match.group()) or TURNS.match(match.group())):
        return match.group()[:LONGEST_EXCERPT]
    start, end = max(0, match.start() - 20), match.end() + 20
    return TURNS.sub("", text[start:end])[:LONGEST_EXCERPT]
