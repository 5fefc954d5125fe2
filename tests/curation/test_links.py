"""What may stand on a public page: no private invitation, no day that nobody has seen."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cop_directory.models import (
    Chat,
    Listing,
    Meeting,
    Partnership,
    Platform,
    PlatformFact,
    Practice,
)
from curation.links import (
    PublicLink,
    a_day_that_was,
    not_an_invitation,
)
from curation.models import Entry

INVITATIONS = [
    "https://chat.whatsapp.com/AbCdEfGhIjK",
    "http://CHAT.WhatsApp.com./AbCdEfGhIjK",
    "https://www.chat.whatsapp.com/AbC",
    "https://user@chat.whatsapp.com/AbC",
    "https://wa.me/14165550199",
    "https://t.me/+AbCdEf",
    "https://t.me/joinchat/AbCdEf",
    "https://telegram.me/joinchat/AbCdEf",
    "https://signal.group/#CjQKIA",
    "https://discord.gg/abc123",
    "https://discord.com/invite/abc123",
    "https://discord.com/INVITE/abc123",
    "https://discordapp.com/invite/abc123",
    "https://join.slack.com/t/team/shared_invite/zt-1",
    "https://invite.viber.com/?g2=abc",
    "https://m.me/j/abc/",
    "https://t.me//+AbCdEf",
    "https://t.me/%2BAbCdEf",
    "https://t.me/addlist/AbCdEf",
    "https://web.telegram.me/+AbCdEf",
    "https://ptb.discord.com/invite/abc123",
    "https://signal.me/#p/+14165550199",
    "https://teams.live.com/l/invite/FEAAbC",
    "https://teams.microsoft.com/l/team/19%3aAbC%40thread.tacv2/conversations",
    "https://chat.google.com/room/AAQAbC",
    "https://open.kakao.com/o/gAbC",
    "https://work.weixin.qq.com/gm/0123",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fchat.whatsapp.com%2FAbC",
    "https://www.google.com/url?q=https://chat.whatsapp.com/AbC",
    "https://archive.example.org/web/2024/https://t.me/+AbC",
]
PUBLIC = [
    "https://www.whatsapp.com/channel/abc",
    "https://t.me/public_name",
    "https://discord.com/safety",
    "https://signal.org/blog/",
    "https://slack.com/trust",
    "https://example.org/chat.whatsapp.com/AbC",
    "https://ocasi.org/",
    "https://archive.example.org/web/2024/https://ocasi.org/",
    "https://www.google.com/url?q=https://t.me/public_name",
    "https://chat.google.com/",
]


@pytest.mark.once
@pytest.mark.parametrize("url", INVITATIONS)
def test_private_invitation_is_refused(url):
    with pytest.raises(ValidationError) as refusal:
        not_an_invitation(url)
    assert refusal.value.code == "invitation"


@pytest.mark.once
@pytest.mark.parametrize("url", PUBLIC)
def test_public_address_is_allowed(url):
    assert not_an_invitation(url) is None


@pytest.mark.once
@pytest.mark.parametrize(
    "model",
    [Entry, Listing, Chat, Practice, Partnership, Meeting, Platform, PlatformFact],
)
def test_every_link_that_readers_see_is_checked(model):
    links = [f for f in model._meta.local_fields if f.name.endswith(("url", "website"))]
    assert [f.name for f in links if not isinstance(f, PublicLink)] == []


@pytest.mark.parametrize("days", [1, 3650])
def test_day_to_come_is_refused(days):
    with pytest.raises(ValidationError) as refusal:
        a_day_that_was(timezone.localdate() + dt.timedelta(days=days))
    assert refusal.value.code == "day"


def test_day_long_ago_is_refused():
    with pytest.raises(ValidationError) as refusal:
        a_day_that_was(dt.date(1, 1, 1))
    assert refusal.value.code == "day"


def test_today_is_allowed():
    assert a_day_that_was(timezone.localdate()) is None
