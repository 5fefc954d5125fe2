"""The whole way of a group, on a phone, through nothing but the site's own pages.

A stranger proposes it, a reviewer asks and publishes, somebody edits it, runs it, reports it,
asks to be let in. Each step is a page that a person opened, or a link from their mail.
"""

from __future__ import annotations

import pytest
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect

from accounts.models import Domain
from cop_directory.models import Listing, Platform
from cop_directory.shelf import address
from curation.models import Case, Decision
from tests.browser.test_joining import as_person
from tests.browser.test_proposing import ADDRESS, NAME, fill_first, fill_second
from tests.browser.visitors import NARROW, PHONE, Visitor, in_each_way, leaving_nothing
from tests.cop_directory.doors import ASKED, ASKER, LINK, code_to, make_chat_group
from tests.curation.proposals import last_code
from tests.factories import make_organization, make_reviewer

REVIEWER = "looks@review.example"
HOST = "host@harbour.example"
WORKER = "works@harbour.example"


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out."""
    with django_db_blocker.unblock(), leaving_nothing():
        yield


@pytest.fixture
def visitor(reader, lang, script):
    """A new person with a phone of their own: a narrow one where it runs no script."""
    width = PHONE if script else NARROW
    return lambda: Visitor(reader(width=width, java_script_enabled=script), lang)


@pytest.fixture
def reviewer(visitor):
    """Somebody who signed in, with a second step, on this phone."""
    person = visitor()
    as_person(person.page, make_reviewer(REVIEWER, language=person.lang))
    return person


@pytest.fixture
def chat():
    """A public chat group of an agency whose domain is confirmed."""
    agency = make_organization("Harbour Agency", type="agency")
    Domain.objects.create(organization=agency, name="harbour.example", confirmed_at=timezone.now())
    return make_chat_group(
        name_fr="Clavier de l’emploi",
        hosts=(agency,),
        provinces=("NB",),
        platform=Platform.objects.get(pk="whatsapp"),
    )


def public(person: Visitor, group: Listing) -> str:
    with override(person.lang):
        return address(group)


def name_of(group: Listing, person: Visitor) -> str:
    """What a group is called on this phone."""
    return str(getattr(group, f"name_{person.lang}"))


def confirm(person: Visitor, email: str) -> None:
    """Type the code that went to a stranger's address."""
    person.fill(code=last_code(email))
    person.press("code")


# From the form to the page, and on ----------------------------------------------------------------


@in_each_way
def test_group_is_proposed_asked_about_published_found_and_edited(visitor, lang, script):
    sender, reviewer = visitor(), visitor()
    make_reviewer(REVIEWER, language=lang)
    propose(sender)
    ask_about_it(reviewer)
    sender.open_mail(ADDRESS)
    sender.fill(words="In the hall.")
    sender.press("answer")

    # Another day, another phone: a code by mail, and the app.
    later = visitor()
    later.secret = reviewer.secret
    later.go(later.at("desk"))
    later.sign_in(REVIEWER)
    later.second_step()
    later.open_waiting(NAME)
    mend(later)
    later.decide("publish")

    find(sender)
    edit(sender, later)
    verbs = Decision.objects.filter(entry__in=named()).order_by("number")
    assert [each.verb for each in verbs] == ["submit", "ask", "submit", "edit", "publish", "edit"]


def named() -> QuerySet[Listing]:
    """The group, by either of its names."""
    return Listing.objects.filter(Q(name_en=NAME) | Q(name_fr=NAME))


def propose(sender: Visitor) -> None:
    """A stranger adds the group, and shows by a code that the address is theirs."""
    sender.go(sender.at("home"))
    sender.follow(sender.at("add"), near="header")
    sender.follow(sender.at("propose"))
    fill_first(sender.page, sender.lang)
    sender.press("on")
    fill_second(sender.page)
    sender.fill(email=ADDRESS)
    sender.press("send")
    confirm(sender, ADDRESS)
    expect(sender.page.locator(".steps .on")).to_have_count(1)


def ask_about_it(reviewer: Visitor) -> None:
    """A reviewer signs in, sets up the second step, and asks with words that are ready."""
    reviewer.go(reviewer.at("desk"))
    reviewer.sign_in(REVIEWER)
    reviewer.set_up_app(reviewer.at("desk"))
    reviewer.open_waiting(NAME)
    reviewer.says("kitchen.example.org")
    reviewer.page.locator("details:has([name=text]) > summary").click()
    reviewer.page.check("[name=text][value=way-in]")
    reviewer.press("text")
    assert reviewer.page.input_value("[name=note]") != ""
    reviewer.decide("ask")
    expect(reviewer.page.locator(".queue a", has_text=NAME)).to_have_count(0)


def mend(reviewer: Visitor) -> None:
    """The reviewer mends a line before deciding."""
    reviewer.follow(reviewer.at("entry_correct", named().get().pk))
    reviewer.fill(**{f"one_line_{reviewer.lang}": "People who cook."})
    reviewer.press("on")
    expect(reviewer.page.locator("main del")).to_have_text(["People who cook together."])
    reviewer.press("send")
    expect(reviewer.page.locator("main [role=status] button")).to_have_count(1)


def find(sender: Visitor) -> None:
    """The sender opens it from the mail, and finds it as everybody does."""
    sender.open_mail(ADDRESS, 0)
    expect(sender.page.locator("main .say")).to_have_text("People who cook.")
    sender.go(sender.at("listing_list"))
    sender.page.fill("#q", NAME)
    sender.tap(sender.page.locator("form:has(#q) button").first)
    sender.tap(sender.page.locator(".shelf a", has_text=NAME).first)
    expect(sender.page.locator("h1")).to_contain_text(NAME)


def edit(sender: Visitor, reviewer: Visitor) -> None:
    """An edit stands beside the page until a reviewer accepts it."""
    page = sender.page.url
    sender.follow(sender.at("entry_edit", named().get().pk))
    sender.fill(**{f"one_line_{sender.lang}": "People who sing and cook."})
    sender.press("on")
    sender.fill(email=ADDRESS)
    sender.press("send")
    confirm(sender, ADDRESS)
    sender.go(page)
    expect(sender.page.locator("main .say")).to_have_text("People who cook.")

    reviewer.open_waiting(NAME)
    expect(reviewer.page.locator(".compare tbody tr")).to_have_count(1)
    expect(reviewer.page.locator(".compare ins")).to_have_text(["sing and"])
    reviewer.decide("publish-edit")
    sender.go(page)
    expect(sender.page.locator("main .say")).to_have_text("People who sing and cook.")


# Who runs it, and who gets in ---------------------------------------------------------------------


@in_each_way
def test_host_claims_the_page_keeps_the_invitation_and_lets_people_in(
    visitor, reviewer, chat, lang, script
):
    host = visitor()
    claim(host, reviewer, chat)
    keep_the_invitation(host, reviewer, chat)
    ask_to_join(visitor(), host, chat)
    see_the_invitation(visitor(), chat)


def claim(host: Visitor, reviewer: Visitor, chat: Listing) -> None:
    """ "I run this group", from the page; a reviewer looks, and agrees."""
    host.go(public(host, chat))
    host.follow(host.at("claim", chat.pk))
    host.fill(words="I started it.", email=HOST)
    host.send()
    host.fill(code=last_code(HOST))
    host.send()
    reviewer.open_waiting(name_of(chat, reviewer))
    reviewer.says("I started it.")
    reviewer.decide("grant")


def keep_the_invitation(host: Visitor, reviewer: Visitor, chat: Listing) -> None:
    """The host makes an account, brings the page along, and gives the link; a reviewer looks."""
    host.sign_up(HOST, host.at("my_pages"))
    host.tap(host.page.locator(f"form[action='{host.at('pages_adopt')}'] button"))
    host.follow(host.at("invitation_edit", chat.pk))
    host.page.check("[name=mode][value=workers]")
    host.fill(link=LINK)
    host.send()
    reviewer.open_waiting(name_of(chat, reviewer))
    reviewer.follow(reviewer.at("invitation_review", chat.pk))
    expect(reviewer.page.locator("main")).not_to_contain_text(LINK)
    reviewer.press("accept")


def ask_to_join(asker: Visitor, host: Visitor, chat: Listing) -> None:
    """Somebody asks, the host lets them in from the mail, and the way in opens once."""
    asker.go(public(asker, chat))
    asker.follow(asker.at("join_ask", chat.pk))
    asker.fill(**ASKED)
    asker.send()
    asker.fill(code=code_to(ASKER))
    asker.send()
    host.open_mail(HOST)
    host.says(ASKED["sentence"])
    host.press("let-in")
    asker.open_mail(ASKER)
    expect(asker.page.locator("main")).not_to_contain_text(LINK)
    asker.send()
    expect(asker.page.locator("main a.btn")).to_have_attribute("href", LINK)


def see_the_invitation(worker: Visitor, chat: Listing) -> None:
    """Somebody of the agency confirms the work address, and is shown the invitation."""
    worker.sign_up(WORKER, worker.at("work_address"))
    worker.send()
    worker.go(public(worker, chat))
    worker.follow(worker.at("invitation_show", chat.pk))
    expect(worker.page.locator("main")).not_to_contain_text(LINK)
    worker.send()
    expect(worker.page.locator("main a.btn")).to_have_attribute("href", LINK)


# Something is wrong -------------------------------------------------------------------------------


@in_each_way
def test_report_closes_the_way_in_until_a_reviewer_has_looked(
    visitor, reviewer, chat, lang, script
):
    reader = visitor()
    reader.go(public(reader, chat))
    reader.follow(reader.at("report", chat.pk))
    reader.page.check("[name=reason][value=dangerous]")
    reader.fill(words="It asks for money.")
    reader.send()
    reader.go(public(reader, chat))
    expect(reader.page.locator(".danger")).to_have_count(1)

    reviewer.open_waiting(name_of(chat, reviewer))
    reviewer.says("It asks for money.")
    reviewer.decide("nothing")
    reader.go(public(reader, chat))
    expect(reader.page.locator(".danger")).to_have_count(0)
    assert not Case.objects.filter(entry=chat, closed_at=None).exists()
