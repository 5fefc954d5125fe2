"""The starting list: one tap for each group, harmless twice, undone, and a province for others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation.desk import starting
from curation.models import Case, Decision, Entry
from tests.curation.sent import make_entry, waiting
from tests.factories import (
    make_listing,
    make_member,
    make_organization,
    make_reviewer,
    sign_in,
)
from tests.flows.reading import read

pytestmark = pytest.mark.django_db

LIST = "/en/to-review/starting-list/"
SAY = "/en/to-review/starting-list/answer/"
UNDO = "/en/to-review/starting-list/undo/"


def start(name, **fields):
    """A group of the starting data."""
    return make_entry(name, source_key=name.lower().replace(" ", "-"), **fields)


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def names(client, query=""):
    return [str(row.entry) for row in client.get(LIST + query).context["page"].rows]


def say(client, entry, fact, **more):
    data = {"entry": entry.pk, "version": entry.version, "v": fact, **more}
    return client.post(SAY, data)


def test_list_holds_what_nobody_has_looked_up(client, ana):
    start("Not looked up")
    start("Confirmed", confirmed_on="2026-01-02", confirmed_by="group")
    start("Closed", activity="closed")
    start("Withdrawn", review="withdrawn")
    start("Held back", review="submitted")
    make_entry("Proposed by a person")
    page = client.get(LIST).context["page"]
    assert [str(row.entry) for row in page.rows] == ["Not looked up"]
    assert (page.done, page.left, page.total) == (2, 1, 3)
    assert [str(entry) for entry in page.held] == ["Held back"]


@pytest.mark.parametrize(
    ("fact", "held", "waits"),
    [
        ("exists", {"confirmed_by": "volunteer", "link_answered": True, "activity": "active"}, []),
        (
            "not-found",
            {"confirmed_by": "", "link_answered": False, "activity": "unknown"},
            ["link"],
        ),
        ("closed", {"confirmed_by": "", "link_answered": None, "activity": "closed"}, []),
    ],
)
def test_one_tap_writes_a_fact_and_is_undone(client, ana, fact, held, waits):
    entry, other = start("Group", activity="active"), start("Other", activity="active")
    before = Entry.objects.filter(pk=entry.pk).values(*held, "confirmed_on", "activity_on").get()
    led = say(client, entry, fact)
    assert Entry.objects.filter(pk=entry.pk).values(*held).get() == held
    assert (names(client), waiting()) == (["Other"], waits)
    decision = Decision.objects.get(entry=entry, verb=fact)
    assert (decision.by, decision.role) == (ana, "reviewer")
    assert "Undo" in read(client.get(led.headers["Location"])).text
    client.post(UNDO, {"entry": entry.pk})
    after = Entry.objects.filter(pk=entry.pk).values(*held, "confirmed_on", "activity_on").get()
    assert (after, names(client), waiting()) == (before, ["Group", "Other"], [])
    assert Entry.objects.get(pk=other.pk).version == other.version


def test_second_tap_changes_nothing(client, ana):
    entry = start("Group")
    first, second = say(client, entry, "exists"), say(client, entry, "exists")
    assert (first.status_code, second.status_code) == (302, 302)
    assert Decision.objects.filter(entry=entry, verb="exists").count() == 1


def test_answer_over_somebody_elses_is_refused_and_says_so(client, ana):
    entry = start("Group")
    say(client, entry, "exists")
    sign_in(client, make_reviewer("bo@example.org"))
    back = say(client, entry, "closed")
    assert (back.status_code, Entry.objects.get(pk=entry.pk).activity) == (409, "unknown")
    assert "Somebody was faster than you." in read(back).text


def test_closed_group_that_somebody_finds_alive_is_no_longer_closed(client, ana):
    entry = start("Group", activity="closed", closed_on="2025-01-01")
    say(client, entry, "exists")
    now = Entry.objects.get(pk=entry.pk)
    assert (now.activity, now.closed_on, now.confirmed_by) == ("unknown", None, "volunteer")


@pytest.mark.parametrize("fact", ["", "publish", "\0"])
def test_answer_that_is_none_is_refused(client, ana, fact):
    entry = start("Group")
    assert say(client, entry, fact).status_code == 409
    assert Entry.objects.get(pk=entry.pk).version == entry.version


def test_group_that_is_not_on_the_list_is_refused(client, ana):
    for entry in (make_entry("Of a person"), start("Hidden", review="withdrawn")):
        assert say(client, entry, "exists").status_code == 409
        assert Entry.objects.get(pk=entry.pk).confirmed_on is None
    assert client.post(SAY, {"entry": "x"}).status_code == 404


def test_own_groups_are_for_somebody_else(client):
    agency = make_organization()
    sign_in(client, make_member("own@x.ca", agency, is_moderator=True))
    own = start("Own", hosts=[agency])
    start("Other")
    assert names(client) == ["Other"]
    assert say(client, own, "exists").status_code == 409


def test_list_is_shown_by_province_twenty_at_a_time(client, ana):
    for number in range(21):
        start(f"Halifax {number:02}", provinces=("NS",))
    start("Moncton", provinces=("NB",))
    start("All of Canada", provinces=(), scope="national")
    assert len(names(client, "?province=NS")) == 20
    assert names(client, "?province=NS&page=2") == ["Halifax 20"]
    assert names(client, "?province=NB") == ["Moncton"]
    assert names(client, "?province=CA") == ["All of Canada"]
    assert len(names(client, "?province=XX&page=x")) == 20


# An umbrella organization ------------------------------------------------------------------------


@pytest.fixture
def umbrella(client):
    organization = make_organization("Umbrella of Ontario", type="umbrella", province="ON")
    person = make_member("uma@umbrella.example.org", organization)
    sign_in(client, person, second_step=False)
    return person


def test_umbrella_organization_sees_and_answers_its_province(client, umbrella):
    mine = start("Toronto", provinces=("ON",))
    start("Halifax", provinces=("NS",))
    start("Held back", review="submitted", provinces=("ON",))
    assert names(client) == ["Toronto"]
    assert names(client, "?province=NS") == ["Toronto"]
    assert client.get(LIST).context["page"].held == []
    assert say(client, mine, "exists").status_code == 302
    assert Entry.objects.get(pk=mine.pk).confirmed_by == "volunteer"


def test_umbrella_organization_answers_no_other_province(client, umbrella):
    other = start("Halifax", provinces=("NS",))
    start("Toronto", provinces=("ON",))
    back = say(client, other, "closed")
    assert (back.status_code, Entry.objects.get(pk=other.pk).activity) == (409, "unknown")


def test_umbrella_organization_takes_its_own_answer_back_and_no_others(client, umbrella):
    mine, other = start("Toronto", provinces=("ON",)), start("Ottawa", provinces=("ON",))
    say(client, mine, "not-found")
    starting.say(other, "closed", by=make_reviewer(), version=other.version, provinces=None)
    assert Case.objects.filter(closed_at=None).count() == 1
    for entry, status in ((mine, 302), (other, 409)):
        assert client.post(UNDO, {"entry": entry.pk}).status_code == status
    activities = [Entry.objects.get(pk=each.pk).activity for each in (mine, other)]
    assert (activities, waiting()) == (["unknown", "closed"], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_is_literal_and_does_not_grow(client, ana, rows):
    for number in range(rows):
        start(f"Group {number}")
        make_listing(f"Held {number}", source_key=f"held-{number}", review="submitted")
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    assert len(captured) == 31
