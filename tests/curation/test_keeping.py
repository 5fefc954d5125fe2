"""Looking after a page: handing it over, shared addresses, what stands on "My pages"."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from post_office.models import Email

from accounts.models import Membership
from curation import history, retention, signed_links
from curation.changes import Sender
from curation.freshness import today
from curation.keeping import handing_over
from curation.keeping.handing_over import HandingRefused
from curation.models import (
    Change,
    Claim,
    Draft,
    Entry,
    Keeper,
    KeeperInvitation,
    Submission,
)
from curation.proposing.manners import opened
from tests.curation.kept import facts, group, in_english, keeper, link_in, sent
from tests.factories import (
    make_keeper,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    sign_in,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 15)
LONG_AGO = DAY - dt.timedelta(days=200)

__all__ = ["group", "in_english", "keeper"]


# Handing over ------------------------------------------------------------------------------------


def invite(group, by, email: str = "bo@x.ca", *, role_mailbox: bool = False) -> KeeperInvitation:
    return handing_over.invite(
        group, email=email, role_mailbox=role_mailbox, language="en", by=Sender(by=by)
    )


def addresses(group) -> list[str]:
    return sorted(row.address for row in Keeper.objects.filter(entry=group))


def test_invitation_is_accepted_by_the_account_of_the_invited_address(client, group, keeper):
    invite(group, keeper, "Bo@x.ca")
    link = link_in(Email.objects.get())
    client.force_login(make_person("eve@x.ca"))
    assert client.post(link, {"answer": "yes"}).status_code == 200
    assert addresses(group) == ["keeper@example.org"]
    client.force_login(make_person("bo@x.ca"))
    assert client.get(link).status_code == 200
    assert client.post(link, {"answer": "yes"}).url == reverse("my_pages")
    assert addresses(group) == ["bo@x.ca", "keeper@example.org"]
    assert client.post(link, {"answer": "yes"}).status_code == 410


def test_invitation_to_a_shared_address_needs_no_account(client, group, keeper):
    invite(group, keeper, "info@x.ca", role_mailbox=True)
    client.post(link_in(Email.objects.get()), {"answer": "yes"})
    assert Keeper.objects.get(email="info@x.ca").user is None


def test_invitation_that_is_turned_down_or_taken_back_is_gone(client, group, keeper):
    for number, end in enumerate((lambda link, row: client.post(link, {"answer": "no"}),
                lambda link, row: handing_over.take_back(row, by=Sender(by=keeper)))):  # fmt: skip
        row = invite(group, keeper, f"bo{number}@x.ca")
        link = link_in(Email.objects.latest("pk"))
        end(link, row)
        assert KeeperInvitation.objects.count() == 0
        assert client.get(link).status_code == 410


def test_history_seals_who_came_and_who_went(group, keeper):
    row = invite(group, keeper)
    bo = make_person("bo@x.ca")
    handing_over.accept(row, by=bo, language="en")
    handing_over.leave(group, by=Sender(by=keeper))
    last = group.decisions.order_by("-number").first()
    assert history.both_sides(last) == (
        {"keepers": ["bo@x.ca", "keeper@example.org"]},
        {"keepers": ["bo@x.ca"]},
    )
    assert last.after == {"keepers": {"sealed": True}}
    group.refresh_from_db()
    assert history.broken(group) == []


def test_whoever_looks_after_it_already_is_not_invited(group, keeper):
    with pytest.raises(HandingRefused, match="already"):
        invite(group, keeper, "keeper@example.org")


def test_stranger_neither_invites_nor_removes(group, keeper):
    stranger = make_person("eve@x.ca")
    with pytest.raises(HandingRefused):
        invite(group, stranger)
    with pytest.raises(HandingRefused):
        handing_over.remove(Keeper.objects.get(), by=Sender(by=stranger))
    assert (addresses(group), sent()) == (["keeper@example.org"], [])


def test_fourth_mail_of_a_day_to_an_address_is_not_written(group, keeper):
    for _ in range(3):
        invite(group, keeper)
    with pytest.raises(HandingRefused, match="three mails"):
        invite(group, keeper)
    assert len(sent()) == 3


def test_removed_keeper_is_told(group, keeper):
    bo = make_keeper(group, "bo@x.ca")
    handing_over.remove(Keeper.objects.get(user=bo), by=Sender(by=keeper))
    assert addresses(group) == ["keeper@example.org"]
    assert sent() == [("bo@x.ca", "You no longer look after the page of “Housing Workers”")]


def test_last_keeper_may_leave(group, keeper):
    assert handing_over.leave(group, by=Sender(by=keeper)) is True
    assert (addresses(group), Entry.objects.get(pk=group.pk).review) == ([], "published")


def test_member_does_not_leave_a_single_page():
    agency = make_organization()
    group = make_listing(hosts=(agency,))
    person = make_member("ana@x.ca", agency)
    assert handing_over.leave(group, by=Sender(by=person)) is False


def test_old_invitations_go(group, keeper):
    row = invite(group, keeper)
    rule = retention.KEEPER_INVITATIONS
    assert rule.apply(row.created_at + dt.timedelta(days=29)) == 0
    assert rule.apply(row.created_at + dt.timedelta(days=31)) == 1
    assert not KeeperInvitation.objects.filter(pk=row.pk).exists()


def test_page_about_keepers_is_for_them_and_for_reviewers_with_a_second_step(client, group, keeper):
    where = reverse("keepers", args=[group.pk])
    reviewer = make_reviewer()
    answers_given = {"stranger": client.get(where).status_code}
    client.force_login(make_person("eve@x.ca"))
    answers_given["person"] = client.get(where).status_code
    sign_in(client, reviewer, second_step=False)
    answers_given["one step"] = client.get(where).status_code
    sign_in(client, reviewer)
    answers_given["two steps"] = client.get(where).status_code
    client.force_login(keeper)
    page = client.get(where)
    assert answers_given == {"stranger": 302, "person": 404, "one step": 403, "two steps": 200}
    assert "Please name a second" in page.content.decode()


# Shared addresses --------------------------------------------------------------------------------


def ask_for_link(client, email: str) -> bytes:
    data = {"email": email, "opened_at": opened(60), "website2": ""}
    page = client.post(reverse("mailbox_link"), data).content.decode()
    tokens = (
        r'(name="(csrfmiddlewaretoken|opened_at)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="\w+")'
    )
    return re.sub(tokens, "", page).replace(email, "@")


def test_answer_about_a_shared_address_is_the_same_for_every_address(client, group):
    make_keeper(group, "info@x.ca", mailbox=True)
    assert ask_for_link(client, "info@x.ca") == ask_for_link(client, "none@x.ca")
    assert [to for to, _subject in sent()] == ["info@x.ca"]


def test_shared_address_gets_three_links_a_day(client, group):
    make_keeper(group, "info@x.ca", mailbox=True)
    for _ in range(5):
        ask_for_link(client, "INFO@x.ca")
    assert len(sent()) == 3


def test_link_opens_the_pages_of_a_shared_address_on_post(client, group):
    make_keeper(group, "info@x.ca", mailbox=True)
    ask_for_link(client, "info@x.ca")
    link = link_in(Email.objects.get())
    pages = reverse("mailbox_pages")
    client.get(link)
    assert client.get(pages).url == reverse("mailbox_link")
    assert client.post(link).url == pages
    assert "Housing Workers" in client.get(pages).content.decode()
    client.post(reverse("page_answer", args=[group.pk]), {"answer": "still-right"})
    assert facts(group)[3:] == (today(), "group")
    other = Entry.objects.get(name_en="Another group")
    answer = client.post(reverse("page_answer", args=[other.pk]), {"answer": "closed"})
    assert (answer.status_code, facts(other)[0]) == (404, "unknown")
    client.post(pages)
    assert client.get(pages).status_code == 302


def test_shared_address_is_open_for_four_hours(client, group):
    make_keeper(group, "info@x.ca", mailbox=True)
    signed = signed_links.sign("mailbox_open", email="info@x.ca")
    client.post(reverse("mailbox_open", args=[signed]))
    session = client.session
    session["mailbox"] = {**session["mailbox"], "until": "2026-01-01T00:00:00+00:00"}
    session.save()
    assert client.get(reverse("mailbox_pages")).status_code == 302


# My pages ----------------------------------------------------------------------------------------


def test_newcomer_is_told_what_to_do(client):
    client.force_login(make_person())
    page = client.get(reverse("my_pages")).content.decode()
    assert "You do not look after a page yet" in page
    assert reverse("work_address") in page


def full_desk(number: int):
    """Somebody with `number` of everything that can stand on their page."""
    person = make_person(language="en")
    for each in range(number):
        group = make_listing(f"Group {each}")
        Keeper.objects.create(entry=group, user=person)
        KeeperInvitation.objects.create(entry=group, email=person.email)
        Keeper.objects.create(entry=group, email=f"info{each}@x.ca")
        Draft.objects.create(by=person, purpose="propose", shelf="listing", data={"name_en": [""]})
        Draft.objects.create(by=person, purpose="edit", shelf="listing", entry=group)
        Submission.objects.create(by=person, entry=group, stance="run")
        Change.objects.create(by=person, entry=group, patch={}, base=1)
        Claim.objects.create(by=person, entry=group)
        agency, other = make_organization(f"A{each}"), make_organization(f"B{each}")
        Membership.objects.create(organization=agency, user=person)
        Membership.objects.create(organization=other, email=person.email)
    return person


@pytest.mark.parametrize("number", [1, 3])
def test_my_pages_take_the_same_number_of_queries(client, number, django_assert_num_queries):
    make_keeper(make_listing("Somebody else’s"), "eve@x.ca")
    client.force_login(full_desk(number))
    client.get(reverse("my_pages"))
    with django_assert_num_queries(17):
        page = client.get(reverse("my_pages")).content.decode()
    assert page.count("Group 0</a>") == 5
    assert page.count('value="still-right"') == number
    assert "Somebody else" not in page


def test_what_is_due_comes_first(client, group, keeper):
    fresh = make_listing("A fresh one", confirmed_on=today(), confirmed_by="group")
    gone = make_listing("A gone one", review="withdrawn")
    for each in (fresh, gone):
        Keeper.objects.create(entry=each, user=keeper)
    client.force_login(keeper)
    page = client.get(reverse("my_pages")).content.decode()
    names = re.findall(r"Housing Workers</a>|A fresh one</a>|A gone one", page)
    assert names == ["Housing Workers</a>", "A fresh one</a>", "A gone one"]


def test_pages_of_an_address_come_to_the_account_of_its_owner(client, group):
    make_keeper(group, "ana@x.ca", mailbox=True)
    make_keeper(Entry.objects.get(name_en="Another group"), "bo@x.ca", mailbox=True)
    person = make_person("ana@x.ca")
    client.force_login(person)
    assert "without this account" in client.get(reverse("my_pages")).content.decode()
    client.post(reverse("pages_adopt"))
    assert [row.entry_id for row in Keeper.objects.filter(user=person)] == [group.pk]
    assert Keeper.objects.get(email="bo@x.ca").user is None


def test_reviewer_finds_the_way_to_what_waits(client):
    client.force_login(make_person("eve@x.ca"))
    assert reverse("desk") not in client.get(reverse("my_pages")).content.decode()
    client.force_login(make_reviewer())
    assert reverse("desk") in client.get(reverse("my_pages")).content.decode()


def test_host_of_a_chat_group_finds_where_its_invitation_is_kept(client, keeper, group):
    chat = make_listing("Employment Chat", kind="chat-group", members="sector")
    Keeper.objects.create(entry=chat, user=keeper)
    client.force_login(keeper)
    page = client.get(reverse("my_pages")).content.decode()
    doors = re.findall(r'href="([^"]+)">The way in', page)
    assert doors == [reverse("invitation_edit", args=[chat.pk])]
