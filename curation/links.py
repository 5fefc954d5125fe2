"""Which links may stand on a public page. A private invitation never may.

Which shapes an invitation has, platform by platform, is in `chat_links.py`.
"""

import datetime as dt
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# host → paths that let a stranger in. A public name, such as t.me/name, is no invitation.
INVITATIONS = {
    "chat.whatsapp.com": re.compile(r"/."),
    "web.whatsapp.com": re.compile(r"/(accept|send)"),
    "wa.me": re.compile(r"/."),
    "api.whatsapp.com": re.compile(r"/."),
    "t.me": re.compile(r"/(\+|joinchat/|addlist/)"),
    "telegram.me": re.compile(r"/(\+|joinchat/|addlist/)"),
    "telegram.dog": re.compile(r"/(\+|joinchat/|addlist/)"),
    "signal.group": re.compile(r""),
    "signal.me": re.compile(r""),
    "discord.gg": re.compile(r"/."),
    "discord.com": re.compile(r"/invite/", re.IGNORECASE),
    "discordapp.com": re.compile(r"/invite/", re.IGNORECASE),
    "join.slack.com": re.compile(r"/."),
    "invite.viber.com": re.compile(r""),
    "chats.viber.com": re.compile(r"/."),
    "join.skype.com": re.compile(r"/."),
    "m.me": re.compile(r"/(j|ch)/"),
    "u.wechat.com": re.compile(r"/."),
    "weixin.qq.com": re.compile(r"/g/"),
    "work.weixin.qq.com": re.compile(r"/gm/"),
    "line.me": re.compile(r"/(r/)?ti/g", re.IGNORECASE),
    "teams.live.com": re.compile(r"/l/(invite|community)/"),
    "teams.microsoft.com": re.compile(r"/l/(team|channel|chat)/"),
    "teams.cloud.microsoft": re.compile(r"/l/(team|channel|chat)/"),
    "chat.google.com": re.compile(r"/(room|space)/"),
    "open.kakao.com": re.compile(r"/o/"),
    "groupme.com": re.compile(r"/join_group/"),
}
MOST_LINKS_IN_LINKS = 3


def domain(url: str) -> str:
    """The real host of an address, as people read it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def not_an_invitation(url: str) -> None:
    """Refuse a link that lets whoever has it into a private group. Raises ValidationError."""
    if _invites(url.strip()):
        raise ValidationError(
            _("This link lets whoever has it into the group. It must not be public."),
            code="invitation",
        )


def a_day_that_was(day: dt.date) -> None:
    """Refuse a day in the future or before 1990: nobody has seen it. Raises ValidationError."""
    if not dt.date(1990, 1, 1) <= day <= timezone.localdate():
        raise ValidationError(_("Give a day between 1990 and today."), code="day")


def _invites(url: str, depth: int = MOST_LINKS_IN_LINKS) -> bool:
    """Whether a link invites, itself or through one that it carries, as a redirector does."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # no address at all; the validator of addresses says so
    host = (parts.hostname or "").lower().rstrip(".")
    for prefix in ("www.", "ptb.", "canary.", "web."):
        host = host if host in INVITATIONS else host.removeprefix(prefix)
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    invites = INVITATIONS.get(host)
    if invites and invites.match(path):
        return True
    carried = unquote(url)[len("https://") :]
    inside = re.search(r"https?://.+", carried, re.IGNORECASE)
    return bool(inside and depth and _invites(inside.group(), depth - 1))


class PublicLink(models.URLField):
    """A link that everybody sees: http(s), and never a private invitation."""

    default_validators = [URLValidator(schemes=["http", "https"]), not_an_invitation]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 500, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """A form's field that reads an address without a scheme as https."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class DayThatWas(models.DateField):
    """A day on which somebody saw something: none in the future, none before 1990."""

    default_validators = [a_day_that_was]
