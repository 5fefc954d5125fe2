"""The queue: danger first, then age; filters with counts; the same number of queries always."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation import cases
from curation.desk import figures, queue
from curation.desk.queue import Asked
from curation.models import Beat, Case, CaseFacet, Change
from tests.curation.sent import case_of_report, case_that_waits, make_entry, send_new
from tests.factories import make_reviewer, make_tag, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db

DESK = "/en/to-review/"
QUERIES = {DESK: 15, f"{DESK}?whose=mine&reason=change&province=NS&topic=housing": 16}


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def names(page):
    return [line.name.plain for line in page.lines]


def asked(**given):
    return Asked(facets=given.pop("facets", {}), **given)


def test_danger_comes_first_then_requests_to_join_then_age(ana):
    case_that_waits(3, "Third")
    case_that_waits(1, "First", "danger")
    case_that_waits(9, "Second", "new")
    case_that_waits(2, "Door", "join")
    assert names(queue.page(asked(), ana)) == ["First", "Door", "Second", "Third"]


def test_head_says_how_many_wait_for_how_long_and_what_one_has_open(client, ana):
    case_that_waits(6, "Oldest")
    cases.take_up(case_that_waits(2, "Mine"), by=ana)
    cases.take_up(case_that_waits(1, "Another’s"), by=make_reviewer("bo@example.org"))
    settled = case_that_waits(30, "Settled")
    cases.close(Case.objects.filter(pk=settled.pk))
    text = read(client.get(DESK)).text
    assert "3 wait. The oldest has waited 6 days. You have 1 open." in text
    assert "Settled" not in text
    assert "taken by bo@example.org" in text


def test_empty_queue_says_so_and_leads_on(client, ana):
    page = read(client.get(DESK))
    assert "Nothing waits. Thank you." in page.text
    assert "/en/to-review/starting-list/" in page.links


def test_line_says_what_it_is(client, ana):
    send_new("Proposed", stance="tip")
    send_new("Sent by its host", stance="run")
    case_of_report(make_entry("Reported"), "dead-link")
    case_of_report(make_entry("Reported too"), "wrong")
    cases.open_case("link", entry=make_entry("Silent"))
    assert [(line.name.plain, line.what, line.age) for line in queue.page(asked(), ana).lines] == [
        ("Proposed", "New: just a tip", "today"),
        ("Sent by its host", "New: I run it", "today"),
        ("Reported", "Something is wrong here: the link does not work", "today"),
        ("Reported too", "Something is wrong here: something on the page is wrong", "today"),
        ("Silent", "Its link does not answer", "today"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Halifax", "Moncton", "Yukon"]),
        ("?province=NS", ["Halifax"]),
        ("?province=NS&province=NB", ["Halifax", "Moncton"]),
        ("?language=fr", ["Moncton"]),
        ("?topic=housing", ["Halifax", "Yukon"]),
        ("?topic=housing&province=YT", ["Yukon"]),
        ("?kind=lip", ["Yukon"]),
        ("?reason=link", ["Moncton"]),
        ("?reason=link&province=NS", []),
        ("?reason=nonsense&colour=red", ["Halifax", "Moncton", "Yukon"]),
        ("?province=%00", ["Halifax", "Moncton", "Yukon"]),
        ("?page=99", ["Halifax", "Moncton", "Yukon"]),
        ("?page=-1&page=x", ["Halifax", "Moncton", "Yukon"]),
    ],
)
def test_filters_show_what_fits(client, ana, query, found):
    housing = make_tag("housing")
    rows = {
        "Halifax": ("report", {"provinces": ("NS",), "tags": [housing]}),
        "Moncton": ("link", {"provinces": ("NB",), "languages": ("fr",)}),
        "Yukon": ("new", {"provinces": ("YT",), "tags": [housing], "kind": "lip"}),
    }
    for name, (reason, fields) in rows.items():
        cases.open_case(reason, entry=make_entry(name, **fields))
    page = client.get(DESK + query).context["page"]
    assert names(page) == found
    assert page.total == len(found)


def test_each_filter_is_counted_with_the_others_in_force(ana):
    cases.open_case("report", entry=make_entry("Halifax", provinces=("NS",)))
    cases.open_case("link", entry=make_entry("Sydney", provinces=("NS",)))
    cases.open_case("link", entry=make_entry("Moncton", provinces=("NB",), languages=("fr",)))
    page = queue.page(asked(reasons=("link",), facets={"province": ("NS",)}), ana)
    counted = {
        each.name: {str(option.label): option.count for option in each.options}
        for each in page.filters
    }
    assert counted == {
        "reason": {"Its link does not answer": 1, "Something is wrong here": 1},
        "province": {"Nova Scotia": 1, "New Brunswick": 1},
    }


def test_what_i_look_after_is_what_lies_in_my_provinces_and_topics(client, ana):
    housing = make_tag("housing")
    cases.open_case("report", entry=make_entry("Halifax", provinces=("NS",)))
    cases.open_case("report", entry=make_entry("Yukon", provinces=("YT",), tags=[housing]))
    cases.open_case("report", entry=make_entry("Moncton", provinces=("NB",)))
    assert names(queue.page(asked(mine=True), ana)) == []
    client.post("/en/to-review/mine/keep/", {"province": ["NS", "XX"], "topic": [housing.pk]})
    assert names(queue.page(asked(mine=True), ana)) == ["Halifax", "Yukon"]
    assert sorted(Beat.objects.values_list("user", "province", "topic")) == sorted(
        [(ana.pk, "", housing.pk), (ana.pk, "NS", None)], key=str
    )
    client.post("/en/to-review/mine/keep/", {})
    assert not Beat.objects.exists()


def test_median_is_that_of_the_last_ninety_days(ana):
    assert figures.figures(ana).median_days is None
    for number, days in enumerate((1, 2, 30)):
        case = case_that_waits(days, f"Group {number}")
        cases.close(Case.objects.filter(pk=case.pk))
    assert round(figures.figures(ana).median_days) == 2
    long_ago = timezone.now() - dt.timedelta(days=91)
    Case.objects.filter(entry__name_en="Group 2").update(closed_at=long_ago)
    assert round(figures.figures(ana).median_days, 1) == 1.5


def test_pages_hold_twenty_five(ana):
    make_many(60)
    first, last = queue.page(asked(), ana), queue.page(asked(page=3), ana)
    assert (first.total, first.pages, len(first.lines), len(last.lines)) == (60, 3, 25, 10)
    assert (first.before, first.after, last.after) == ("", "?page=2", "")
    shown = {line.case.pk for line in first.lines} & {line.case.pk for line in last.lines}
    assert shown == set()


def test_name_in_another_language_is_marked(client, ana):
    cases.open_case("report", entry=make_entry("", name_fr="Réseau du Nord"))
    links = read(client.get(DESK)).all("a", lang="fr")
    assert "/en/to-review/" in links[-1]["href"]


# Queries -----------------------------------------------------------------------------------------


def make_many(number):
    """So many edits that wait, of ten groups at most, each with its facets."""
    rows = [make_entry(f"Group {n}", tags=[make_tag("housing")]) for n in range(min(number, 10))]
    changes = Change.objects.bulk_create(
        [
            Change(entry=rows[n % len(rows)], patch={}, base=1, email=f"{n}@x.ca")
            for n in range(number)
        ],
        batch_size=1000,
    )
    made = Case.objects.bulk_create(
        [Case(entry_id=each.entry_id, change=each, reason="change") for each in changes],
        batch_size=1000,
    )
    facets = (("province", "NS"), ("kind", "community-of-practice"), ("topic", "housing"))
    CaseFacet.objects.bulk_create(
        [CaseFacet(case=case, name=n, value=v) for case in made for n, v in facets],
        batch_size=1000,
    )


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert (url, answer.status_code, answer.context["page"].total > 0) == (url, 200, True)
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3, 10_000])
def test_number_of_queries_is_literal_and_does_not_grow(client, ana, rows):
    Beat.objects.create(user=ana, province="NS")
    make_many(rows)
    assert {url: queries(client, url) for url in QUERIES} == QUERIES


def test_planted_query_for_each_row_is_seen(client, ana, monkeypatch):
    plain = queue.name_of

    def asking(case):
        case.refresh_from_db(fields=["rank"])
        return plain(case)

    monkeypatch.setattr(queue, "name_of", asking)
    make_many(3)
    assert queries(client, DESK) == QUERIES[DESK] + 3
