"""Which links are taken as an invitation or a public name: the shapes that platforms make."""

import pytest
from django.core.exceptions import ValidationError

from curation import chat_links
from curation.links import not_an_invitation
from tests.curation.chat_links import HOSTILE, NAMES, NO_NAMES, REAL

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("platform", "given", "kept"), REAL)
def test_real_invitation_is_taken_and_kept_bare(platform, given, kept):
    assert chat_links.invitation(given, platform) == kept


@pytest.mark.parametrize(("platform", "given", "kept"), REAL)
def test_kept_invitation_is_taken_again(platform, given, kept):
    assert chat_links.invitation(kept, platform) == kept


@pytest.mark.parametrize(("platform", "given"), HOSTILE)
def test_hostile_link_is_refused(platform, given):
    with pytest.raises(ValidationError):
        chat_links.invitation(given, platform)


def test_tables_are_as_large_as_promised():
    assert (len(set(HOSTILE)) >= 200, len(set(REAL)) >= 50) == (True, True)


@pytest.mark.parametrize("platform", chat_links.INVITATIONS)
def test_every_platform_has_a_real_example(platform):
    assert platform in {each[0] for each in REAL}


@pytest.mark.parametrize(("platform", "given", "kept"), REAL)
def test_no_invitation_may_be_public(platform, given, kept):
    with pytest.raises(ValidationError):
        not_an_invitation(kept)


@pytest.mark.parametrize(("platform", "given", "kept"), NAMES)
def test_public_name_is_taken(platform, given, kept):
    assert chat_links.public_name(given, platform) == kept


@pytest.mark.parametrize(("platform", "given", "kept"), NAMES)
def test_public_name_is_no_invitation(platform, given, kept):
    assert not_an_invitation(kept) is None


@pytest.mark.parametrize(("platform", "given"), NO_NAMES)
def test_secret_is_no_public_name(platform, given):
    with pytest.raises(ValidationError):
        chat_links.public_name(given, platform)


def test_refusal_says_how_the_link_begins():
    with pytest.raises(ValidationError) as refusal:
        chat_links.invitation("https://evil.example/", "discord")
    assert refusal.value.messages == [
        "Paste only the link itself, as the app gives it to you. It begins like this: "
        "https://discord.gg/…, https://discord.com/…"
    ]
