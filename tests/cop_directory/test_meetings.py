"""When a group meets next: typed, checked, saved, read again, and shown while it lies ahead."""

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from cop_directory.editing import STORED
from cop_directory.models import Meeting
from cop_directory.shelf import address
from curation import changes
from curation.changes import Sender
from curation.desk import comparison, undoing
from curation.models import Entry
from tests.cop_directory.filled import cleaned, make_lists, typed, wrong
from tests.curation.forms import FilledForm
from tests.factories import make_listing, make_member, make_organization, make_reviewer, make_tag

pytestmark = pytest.mark.django_db

SOON, LATER = (str(timezone.localdate() + dt.timedelta(days=days)) for days in (3, 10))
OVER = str(timezone.localdate() - dt.timedelta(days=1))
HALIFAX = "America/Halifax"


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


def boxes(*days_and_hours, zone=""):
    """The boxes of the three rows and the list of time zones, as a browser sends them."""
    empty = [""] * (6 - len(days_and_hours))
    return {"meetings": [*days_and_hours, *empty, zone]}


def meet(group, day, hour=14, **more):
    """Put a meeting down."""
    starts_at = dt.datetime.combine(
        dt.date.fromisoformat(day), dt.time(hour), ZoneInfo("America/Halifax")
    )
    given = {"starts_at": starts_at, "timezone": HALIFAX, **more}
    return Meeting.objects.create(listing=group, **given)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (boxes(), []),
        ({}, []),
        (boxes(LATER, "", SOON, ""), [SOON, LATER]),
        (boxes(SOON, "", SOON, ""), [SOON]),
        (boxes(SOON, "14:30", zone=HALIFAX), [f"{SOON} 14:30 {HALIFAX}"]),
        (boxes("", "", SOON, "", zone=HALIFAX), [SOON]),
    ],
)
def test_days_are_kept_in_their_order_and_once(sent, kept):
    assert cleaned(**sent)["meetings"] == kept


@pytest.mark.parametrize(
    "sent",
    [
        boxes(OVER, ""),
        boxes("2999-01-01", ""),
        boxes("soon", ""),
        boxes("\0", "\ud800"),
        boxes("9" * 5000, ""),
        boxes("", "14:30", zone=HALIFAX),
        boxes(SOON, "half past", zone=HALIFAX),
        boxes(SOON, "14:30"),
        boxes(SOON, "14:30", zone="../../etc/passwd"),
    ],
)
def test_what_is_no_coming_day_is_refused_with_a_sentence_and_stays_in_its_box(sent):
    form = STORED.form(typed(**sent), None)
    assert (wrong(form), len(form.errors["meetings"])) == (["meetings"], 1)
    typed_boxes = [value for value in sent["meetings"] if value and "\0" not in value]
    page = str(form["meetings"])
    assert [value for value in typed_boxes if f'value="{value}"' not in page] == []


def test_saved_days_come_back_and_those_no_longer_named_go():
    group = make_listing()
    STORED.write(group, {"meetings": [SOON, f"{LATER} 14:30 {HALIFAX}"]})
    assert STORED.values(group)["meetings"] == [SOON, f"{LATER} 14:30 {HALIFAX}"]
    STORED.write(group, {"meetings": [f"{LATER} 14:30 {HALIFAX}"]})
    row = group.meetings.get()
    assert (row.starts_at.astimezone(ZoneInfo(HALIFAX)).hour, row.timezone) == (14, HALIFAX)


def test_meetings_that_repeat_and_what_the_form_does_not_hold_stay():
    group = make_listing()
    weekly = meet(group, OVER, rule="FREQ=WEEKLY")
    longer = meet(group, SOON, minutes=90, url="https://group.example/next")
    STORED.write(group, {"meetings": [f"{SOON} 14:00 {HALIFAX}", LATER]})
    rows = group.meetings.all()
    assert {row.pk for row in rows} > {weekly.pk, longer.pk}
    assert [row.minutes for row in rows] == [60, 90, 24 * 60]


def test_edit_that_was_waiting_while_its_day_passed_can_still_be_accepted():
    group = make_listing()
    form = STORED.form({"meetings": [OVER, SOON]}, group)
    assert (wrong(form), form.values()["meetings"]) == ([], [SOON])


def test_form_is_filled_in_with_what_lies_ahead_and_changes_nothing(client):
    group = make_listing(website="https://group.example/")
    meet(group, OVER)
    meet(group, SOON)
    STORED.write(group, {"meetings": [f"{SOON} 14:00 {HALIFAX}", LATER]})
    page = client.get(f"/en/add/change/{group.pk}/").content.decode()
    sent = QueryDict(mutable=True)
    for name, values in FilledForm(page).values.items():
        sent.setlist(name, values)
    assert sent.getlist("meetings") == [SOON, "14:00", LATER, "", "", "", HALIFAX]
    form = STORED.form(sent, group)
    assert (wrong(form), form.values()) == ([], STORED.values(group))


@pytest.mark.parametrize("trusted", [True, False])
def test_days_are_an_edit_like_any_other_and_of_trusted_organizations_public_at_once(trusted):
    agency = make_organization(trusted=trusted)
    group = make_listing(
        hosts=(agency,), website="https://group.example/", tags=[make_tag("health")]
    )
    entry = Entry.objects.get(pk=group.pk)
    change = changes.propose(
        entry,
        {"meetings": [SOON]},
        sender=Sender(by=make_member("pat@harbour.example", agency)),
        token=uuid4(),
        base=entry.version,
        seen=STORED.values(group),
    )
    assert (change.live, change.patch) == (trusted, {"meetings": [[], [SOON]]})
    if not trusted:
        changes.accept(change, by=make_reviewer(), version=entry.version)
    decision = entry.decisions.latest("number")
    assert (decision.before, decision.after) == ({"meetings": []}, {"meetings": [SOON]})
    assert STORED.values(group)["meetings"] == [SOON]
    (row,) = comparison.rows_of(entry, decision.before, decision.after)
    assert (row.label, [piece.text for piece in row.wanted]) == (
        "Next meetings",
        STORED.words("meetings", [SOON]),
    )


def test_accepted_days_go_again_when_that_is_undone():
    group = make_listing(website="https://group.example/", tags=[make_tag("health")])
    entry, reviewer = Entry.objects.get(pk=group.pk), make_reviewer()
    decision = changes.write(entry, {"meetings": [SOON]}, by=reviewer, role="reviewer")
    undoing.undo(decision, by=reviewer)
    assert STORED.values(group)["meetings"] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["3 December 2026", "3 December 2026, 2:30 p.m. (time in St Johns)"]),
        ("fr", ["3 décembre 2026", "3 décembre 2026, 14 h 30 (heure de St Johns)"]),
    ],
)
def test_days_are_said_in_words(lang, said):
    with override(lang):
        value = ["2026-12-03", "2026-12-03 14:30 America/St_Johns"]
        assert STORED.words("meetings", value) == said


def test_page_of_the_group_names_the_days_that_lie_ahead(client):
    group = make_listing()
    meet(group, OVER)
    STORED.write(group, {"meetings": [SOON]})
    with override("en"):
        page = client.get(address(group)).content.decode()
        days = [STORED.words("meetings", [day])[0] for day in (OVER, SOON)]
    assert [day in page for day in days] == [False, True]
