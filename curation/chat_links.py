"""What an invitation into a chat group looks like, and what a public name: an allow-list.

A link is taken only when the whole of it, host, path, query and fragment, has a shape that the
platform itself makes. What its "share" button hangs on behind (how it was shared) is left out.
Whatever else there is, ports, names before an @, look-alikes, redirectors, is refused because
nothing here allows it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 500
WHOLE = re.compile(r"https://([a-z0-9.-]+)(/[!-~]*)", re.IGNORECASE | re.ASCII)
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TEAM = rf"\?groupId={UUID}&tenantId={UUID}"
THREAD = r"19(?:%3a|:)[0-9a-z_-]{20,80}(?:%40|@)thread\.(?:tacv2|skype)"
CHANNEL = r"(?:[A-Za-z0-9._-]|%20|%C3%[89AB][0-9A-F]){1,120}"
WHATSAPP = r"(?:mode|s|p|ilr)=\w{1,20}"
NOT_NAMES = (
    "addemoji|addlist|addstickers|addstyle|addtheme|auction|boost|confirmphone|contact|giftcode"
    "|invoice|joinchat|login|proxy|setlanguage|share|socks"
)
TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
MS_TEAMS = ("teams.microsoft.com", "teams.cloud.microsoft")


@dataclass(frozen=True)
class Shape:
    """Hosts on which `pattern` matches all that follows; `kept` is the part that is stored.

    `kept` begins with the host where one host stands for all.
    """

    hosts: tuple[str, ...]
    pattern: re.Pattern[str]
    kept: str


def _shape(hosts: str | tuple[str, ...], pattern: str, kept: str = "", flags: int = 0) -> Shape:
    found = re.compile(pattern, re.ASCII | flags)
    return Shape((hosts,) if isinstance(hosts, str) else hosts, found, kept)


# platform → the shapes of its private invitations
INVITATIONS: Mapping[str, Sequence[Shape]] = {
    "whatsapp": (
        _shape(
            "chat.whatsapp.com",
            rf"/(?:invite/)?([0-9A-Za-z]{{20,24}})/?(?:\?{WHATSAPP}(?:&{WHATSAPP}){{0,3}})?",
            r"chat.whatsapp.com/\1",
        ),
    ),
    "telegram": (_shape(TELEGRAM, r"/(?:\+|joinchat/)([A-Za-z0-9_-]{16,24})/?", r"t.me/+\1"),),
    "signal": (_shape("signal.group", r"/#(CjQKI[A-Za-z0-9_-]{67})", r"signal.group/#\1"),),
    "discord": (
        _shape("discord.gg", r"/(?:invite/)?([A-Za-z0-9-]{2,32})/?", r"discord.gg/\1"),
        _shape(
            ("discord.com", "www.discord.com", "discordapp.com"),
            r"/invite/([A-Za-z0-9-]{2,32})/?",
            r"discord.gg/\1",
        ),
    ),
    "slack": (
        _shape(
            "join.slack.com",
            r"(/t/[a-z0-9][a-z0-9-]{0,40}/shared_invite/(?:zt-|enQ)[A-Za-z0-9~_-]{10,200})/?"
            r"(?:#/shared-invite/email)?",
            r"join.slack.com\1",
        ),
        _shape("join.slack.com", r"(/share/enQ[A-Za-z0-9~_-]{20,400})", r"join.slack.com\1"),
    ),
    "viber": (
        _shape(
            "invite.viber.com",
            r"(/\?g2?=(?:[A-Za-z0-9_-]|%2[BbFf]|%3[Dd]){20,140})(?:&lang=[a-z]{2})?",
            r"invite.viber.com\1",
        ),
    ),
    "line": (
        _shape(
            "line.me",
            r"(/(?:R/)?ti/g2?/[A-Za-z0-9_-]{10,44})"
            r"(?:\?utm_source=invitation&utm_medium=link_copy&utm_campaign=default)?",
            r"line.me\1",
        ),
    ),
    "wechat": (
        _shape("weixin.qq.com", r"(/g/[A-Za-z0-9_-]{16,80})", r"weixin.qq.com\1"),
        _shape("work.weixin.qq.com", r"(/gm/[0-9a-f]{32})", r"work.weixin.qq.com\1"),
    ),
    "messenger": (
        _shape(
            "m.me",
            r"/j/([A-Za-z0-9_-]{14,24})/?(?:\?send_source=gc(?::|%3A)copy_invite_link_[a-z])?",
            r"m.me/j/\1/",
        ),
    ),
    "teams": (
        _shape(
            "teams.live.com",
            r"(/l/(?:invite|community)/[A-Za-z0-9_-]{15,24})(?:\?v=g1)?",
            r"teams.live.com\1",
        ),
        _shape(
            MS_TEAMS,
            rf"(/l/team/{THREAD}/conversations{TEAM})",
            r"teams.microsoft.com\1",
            re.IGNORECASE,
        ),
        _shape(
            MS_TEAMS,
            rf"(/l/channel/{THREAD}/{CHANNEL}{TEAM})",
            r"teams.microsoft.com\1",
            re.IGNORECASE,
        ),
    ),
    "google-chat": (
        _shape(
            "chat.google.com",
            r"/(?:room|space)/([A-Za-z0-9_-]{11,16})(?:\?cls=\d{1,2})?",
            r"chat.google.com/room/\1",
        ),
    ),
    "kakaotalk": (_shape("open.kakao.com", r"(/o/[A-Za-z0-9]{6,12})", r"open.kakao.com\1"),),
    "groupme": (
        _shape(
            ("groupme.com", "web.groupme.com"),
            r"(/join_group/\d{5,12}/[A-Za-z0-9]{6,16})",
            r"groupme.com\1",
        ),
    ),
}

# platform → the shapes of what is public by its nature: a name, not a secret
PUBLIC_NAMES: Mapping[str, Sequence[Shape]] = {
    "telegram": (
        _shape(
            TELEGRAM,
            rf"/(?:s/)?(?!(?:{NOT_NAMES})/?$)([A-Za-z][A-Za-z0-9_]{{3,30}}[A-Za-z0-9])/?",
            r"t.me/\1",
        ),
    ),
    "wechat": (
        _shape(
            "open.weixin.qq.com",
            r"(/qr/code\?username=[A-Za-z][A-Za-z0-9_-]{5,40})",
            r"open.weixin.qq.com\1",
        ),
        _shape(
            "mp.weixin.qq.com",
            r"(/mp/profile_ext\?action=home&__biz=[A-Za-z0-9+/]{8,24}={0,2})(?:&scene=\d{1,4})?"
            r"#wechat_redirect",
            r"mp.weixin.qq.com\1#wechat_redirect",
        ),
    ),
    "line": (
        _shape(
            "line.me", r"/(?:R/)?ti/p/(?:@|%40)([a-z0-9][a-z0-9._-]{1,19})", r"line.me/R/ti/p/@\1"
        ),
        _shape("page.line.me", r"(/[a-z0-9][a-z0-9._-]{1,19})/?", r"page.line.me\1"),
    ),
    "facebook-group": (
        _shape(
            ("www.facebook.com", "facebook.com", "m.facebook.com"),
            r"/groups/([A-Za-z0-9][A-Za-z0-9.]{2,79})/?(?:\?ref=share)?",
            r"www.facebook.com/groups/\1/",
        ),
    ),
    "linkedin-group": (
        _shape(
            ("www.linkedin.com", "linkedin.com"),
            r"/groups/(\d{3,12})/?",
            r"www.linkedin.com/groups/\1/",
        ),
    ),
    "mailing-list-platform": (
        _shape(
            "groups.google.com",
            r"((?:/a/[a-z0-9-]+(?:\.[a-z0-9-]+){1,4})?/g/[A-Za-z0-9][A-Za-z0-9_.-]{1,79})/?",
            r"groups.google.com\1",
        ),
        _shape(
            ("groups.io", "www.groups.io"), r"(/g/[A-Za-z0-9][A-Za-z0-9_-]{1,59})/?", r"groups.io\1"
        ),
    ),
}


def invitation(url: str, platform: str) -> str:
    """The invitation as it is stored, without what came along when it was shared.

    Raises ValidationError, with a sentence that says what to do, for whatever the platform
    does not make.
    """
    shapes = INVITATIONS.get(platform)
    if not shapes:
        raise ValidationError(
            _("We keep no invitation links of this platform. Choose “Ask to join” instead."),
            code="platform",
        )
    return _kept(url, shapes)


def public_name(url: str, platform: str) -> str:
    """The address of a public name as it is stored. Raises ValidationError for anything else."""
    shapes = PUBLIC_NAMES.get(platform)
    if not shapes:
        raise ValidationError(
            _("This platform has no public names. Choose another way in."), code="platform"
        )
    return _kept(url, shapes)


def takes_invitations(platform: str) -> bool:
    """Whether we know what this platform's invitations look like."""
    return platform in INVITATIONS


def takes_public_names(platform: str) -> bool:
    """Whether groups of this platform can have a public name."""
    return platform in PUBLIC_NAMES


def _kept(url: str, shapes: Sequence[Shape]) -> str:
    whole = WHOLE.fullmatch(url.strip(" \t\r\n")) if len(url) <= LONGEST else None
    if whole:
        host, rest = whole[1].lower(), whole[2]
        for shape in shapes:
            match = shape.pattern.fullmatch(rest) if host in shape.hosts else None
            if match:
                return f"https://{match.expand(shape.kept)}"
    examples = ", ".join(dict.fromkeys(f"https://{shape.hosts[0]}/…" for shape in shapes))
    raise ValidationError(
        _("Paste only the link itself, as the app gives it to you. It begins like this: %(links)s")
        % {"links": examples},
        code="shape",
    )
