"""Yes or no to "would you look after this page?", who is told, and the first week."""

import datetime as dt

import pytest
from django.urls import reverse
from post_office.models import Email

from accounts.models import User
from curation.changes import Sender
from curation.freshness import today
from curation.keeping import handing_over
from curation.keeping.handing_over import HandingRefused
from curation.models import Keeper, KeeperInvitation
from tests.cop_directory.doors import make_chat_group
from tests.curation.kept import group, in_english, keeper, link_in, sent
from tests.factories import make_keeper, make_listing, make_person, sign_in

pytestmark = pytest.mark.django_db

__all__ = ["group", "in_english", "keeper"]


def invite(group, by, email="bo@x.ca", **more):
    more = {"role_mailbox": False, "language": "en", **more}
    handing_over.invite(group, email=email, by=Sender(by=by), **more)
    return link_in(Email.objects.latest("pk"))


def main_of(client, path):
    return client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def test_whoever_is_not_signed_in_finds_the_way_to_yes_first(client, group, keeper):
    main = main_of(client, invite(group, keeper))
    ways = ["Sign in to say yes", "Create an account", "<details>", "No, thank you"]
    places = [main.index(way) for way in ways]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("yes", "bo@x.ca looks after “Housing Workers” with you"),
        ("no", "bo@x.ca does not look after “Housing Workers”"),
    ],
)
def test_whoever_invited_learns_of_the_answer_once(client, group, keeper, word, subject):
    link = invite(group, keeper)
    client.force_login(make_person("bo@x.ca"))
    for _tap in range(2):
        client.post(link, {"answer": word})
    assert sent()[1:] == [("keeper@example.org", subject)]


def test_taking_it_back_is_not_mailed_as_a_no(group, keeper):
    invite(group, keeper)
    handing_over.take_back(KeeperInvitation.objects.get(), by=Sender(by=keeper))
    assert len(sent()) == 1


def test_inviter_whose_account_is_closed_is_not_written_to(client, group, keeper):
    link = invite(group, keeper, "info@x.ca", role_mailbox=True)
    User.objects.filter(pk=keeper.pk).update(is_active=False)
    client.post(link, {"answer": "yes"})
    assert len(sent()) == 1
    assert Keeper.objects.filter(email="info@x.ca").exists()


# The first week ----------------------------------------------------------------------------------


def take_off(group, of, by):
    handing_over.remove(Keeper.objects.get(entry=group, user=of), by=Sender(by=by))


def test_newcomer_cannot_take_off_who_was_there_before(client, group, keeper):
    bo = make_keeper(group, "bo@x.ca")
    with pytest.raises(HandingRefused, match="first week"):
        take_off(group, keeper, bo)
    client.force_login(bo)
    page = reverse("keepers", args=[group.pk])
    assert reverse("keeper_remove", args=[group.pk]) not in main_of(client, page)
    row = Keeper.objects.get(entry=group, user=keeper).pk
    told = client.post(reverse("keeper_remove", args=[group.pk]), {"row": row}, follow=True)
    assert "In your first week you cannot take them off" in told.content.decode()
    assert Keeper.objects.filter(entry=group, user=keeper).exists()


@pytest.mark.parametrize(("days", "may"), [(6, False), (7, True)])
def test_newcomer_may_after_a_week(group, keeper, days, may):
    bo = make_keeper(group, "bo@x.ca")
    Keeper.objects.filter(user=bo).update(since=today() - dt.timedelta(days=days))
    sender = Sender(by=bo)
    longer = set() if may else {Keeper.objects.get(user=keeper).pk}
    assert handing_over.longer_there(sender, group) == longer


def test_first_one_may_take_off_the_newcomer_at_once(client, group, keeper):
    bo = make_keeper(group, "bo@x.ca")
    client.force_login(keeper)
    page = reverse("keepers", args=[group.pk])
    assert reverse("keeper_remove", args=[group.pk]) in main_of(client, page)
    take_off(group, bo, keeper)
    assert list(Keeper.objects.values_list("user", flat=True)) == [keeper.pk]


# The way in --------------------------------------------------------------------------------------


def kept_door(client, entry, page):
    """Whether a page leads somebody who looks after a group to its way in."""
    person = make_keeper(entry, f"host{entry.pk}@x.ca")
    sign_in(client, person, second_step=False)
    return reverse("invitation_edit", args=[entry.pk]) in main_of(client, page)


@pytest.mark.parametrize("page", ["my_pages", "entry_edit"])
@pytest.mark.parametrize("has_door", [True, False])
def test_host_finds_where_the_way_in_is_set(client, page, has_door):
    entry = make_chat_group() if has_door else make_listing(kind="lip")
    where = reverse(page, args=[entry.pk] if page == "entry_edit" else [])
    assert kept_door(client, entry, where) is has_door


def test_nobody_else_is_led_there_from_the_form(client):
    chat = make_chat_group()
    door = reverse("invitation_edit", args=[chat.pk])
    assert door not in main_of(client, reverse("entry_edit", args=[chat.pk]))
    client.force_login(make_person())
    assert door not in main_of(client, reverse("entry_edit", args=[chat.pk]))
