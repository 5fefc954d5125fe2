"""A group of which somebody has reported a danger looks so, wherever it stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop_directory.browse import organization_address
from cop_directory.cards import as_text, card
from cop_directory.shelf import address, rows
from curation.freshness import today
from curation.models import Case
from curation.reporting import reports
from tests.cop_directory.doors import make_chat_group, make_host, make_invitation
from tests.factories import make_listing, make_organization, make_person, reindex
from tests.flows.reading import read

pytestmark = pytest.mark.django_db
WARNING = (
    "Somebody has reported a danger here. Until a volunteer reviewer has looked, we do not "
    "show the way in."
)
SHUT = "Closed until somebody has looked"
WEBSITE, EMAIL = "https://chat.example.org/", "chat@group.example"


@pytest.fixture
def chat():
    listing = make_chat_group(
        join="open",
        website=WEBSITE,
        contact_email=EMAIL,
        confirmed_on=today(),
        confirmed_by="host",
        hosts=(make_organization(),),
    )
    make_host(listing)
    make_invitation(listing)
    return listing


@pytest.fixture
def shut(chat):
    reports.report(chat, "dangerous")
    return chat


def main_of(client, path):
    return client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def test_warning_stands_before_everything_else(client, shut):
    main = main_of(client, address(shut))
    assert main.index("Somebody has reported a danger here.") < main.index("<h1")
    assert WARNING in read(client.get(address(shut))).text


def test_page_leads_nowhere_in(client, shut):
    main = main_of(client, address(shut))
    ways = [reverse(name, args=[shut.pk]) for name in ("join_ask", "invitation_show")]
    assert [way for way in (*ways, WEBSITE, EMAIL, "How to join") if way in main] == []


def test_page_does_not_look_healthy(client, shut):
    main = main_of(client, address(shut))
    assert ('class="live ok"' in main, "Everybody" in main) == (False, False)


def test_once_somebody_has_looked_everything_is_there_again(client, shut):
    reports.settle(Case.objects.get(reason="danger"))
    main = main_of(client, address(shut))
    ways = [reverse(name, args=[shut.pk]) for name in ("join_ask", "invitation_show")]
    assert [way in main for way in (*ways, WEBSITE, EMAIL, 'class="live ok"')] == [True] * 5
    assert WARNING not in main


@pytest.mark.parametrize("name", ["join_ask", "invitation_show"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_the_way_in_warn_and_lead_nowhere_in(client, shut, name, method):
    answer = getattr(client, method)(reverse(name, args=[shut.pk]))
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "Somebody has reported a danger here." in main
    assert [way for way in (WEBSITE, EMAIL, "Other ways in") if way in main] == []


def test_card_says_so_first(shut):
    of_shut = card(rows([shut.pk]).get())
    assert (of_shut.facts[0], of_shut.shape, of_shut.sentence) == (
        SHUT,
        "no",
        "Somebody has reported a danger here.",
    )
    assert "Has a web page" not in of_shut.facts


def test_card_of_another_group_stays_as_it_is(shut):
    other = card(rows([make_chat_group("Other Chat", join="open").pk]).get())
    assert (other.facts[0], other.shape) == ("Open to all who work in the sector", "pub")


def test_lists_say_so(client, shut):
    reindex()
    agency = shut.hosts.get()
    pages = ["/en/directory/", organization_address(agency)]
    assert [read(client.get(page)).text.count(SHUT) for page in pages] == [1, 1]


def test_text_to_pass_on_and_record_leave_the_web_page_out(client, shut):
    assert WEBSITE not in as_text(rows([shut.pk]).get(), "https://here.example/")
    reindex()
    record = client.get(f"/api/v1/listings/{shut.pk}").json()
    assert (record["website"], record["name"]) == ("", "Employment Chat")


@pytest.mark.parametrize("number", [1, 3])
def test_list_with_dangers_needs_the_same_queries(client, number):
    for each in range(number):
        group = make_chat_group(f"Chat {each}", website=WEBSITE)
        reports.report(group, "dangerous", by=make_person(f"p{each}@example.org"))
    reindex()
    client.get("/en/directory/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = read(client.get("/en/directory/")).text
    assert (text.count(SHUT), len(queries)) == (number, 10)


# What a group says of who may come ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "sentence", "fact"),
    [
        (
            "sector",
            "Everybody who works in the sector may take part.",
            "Open to all who work in the sector",
        ),
        ("unknown", "Everybody may take part.", "Open to all"),
    ],
)
def test_who_may_take_part_agrees_with_who_the_members_are(client, members, sentence, fact):
    group = make_listing(join="open", members=members, website=WEBSITE)
    assert sentence in read(client.get(address(group))).text
    assert card(rows([group.pk]).get()).facts[0] == fact


@pytest.mark.parametrize("invented", [True, False])
def test_closed_group_stands_behind_open_ones_that_are_alike(client, invented):
    alike = {"website": WEBSITE, "invented": invented}
    closed = make_listing("WhatsApp group B", activity="closed", **alike)
    opened = make_listing("WhatsApp group C", **alike)
    reindex()
    page = read(client.get("/en/directory/?q=whatsapp"))
    places = [link for link in page.links if link in (address(closed), address(opened))]
    assert places == [address(opened), address(closed)]
