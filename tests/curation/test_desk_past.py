"""What happened: one page's past, a version of it again, and the log that everybody reads."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.languages import moment_in_words
from cop_directory.models import Listing
from curation import history, lifecycle, shelves
from curation.desk import edits
from curation.models import Decision, Entry
from tests.curation.forms import FilledForm
from tests.curation.sent import SAM, make_entry, send_edit, send_new
from tests.factories import make_keeper, make_listing, make_reviewer, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db

LOG = "/en/to-review/taken-off/"


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def history_of(entry):
    return reverse("entry_history", args=[entry.pk])


def changed(entry, person, **wanted):
    """An edit by a reviewer."""
    return edits.change(Entry.objects.get(pk=entry.pk), wanted, by=person, version=None)


def test_each_step_says_when_who_and_what(client, ana):
    entry = make_entry()
    changed(entry, ana, acronym="HWH")
    page = read(client.get(history_of(entry)))
    assert "A volunteer reviewer (ana@example.org)" in page.text
    assert "Edited" in page.text
    assert shelves.of(entry).label("acronym") in page.text
    assert "HWH" in page.text


def test_person_who_is_gone_is_a_pseudonym(client, ana):
    entry, bo = make_entry(), make_reviewer("bo@example.org")
    changed(entry, bo, acronym="HWH")
    pseudonym = str(bo.pseudonym)[:8]
    Decision.objects.filter(by=bo).update(by=None)
    text = read(client.get(history_of(entry))).text
    assert f"A volunteer reviewer ({pseudonym})" in text
    assert "bo@example.org" not in text


def test_keeper_sees_roles_and_no_addresses_notes_or_undo(client, ana):
    entry = make_entry()
    changed(entry, ana, acronym="HWH")
    lifecycle.take(entry, "withdraw", by=ana, note="Sam asked for it.")
    sign_in(client, make_keeper(entry), second_step=False)
    text = read(client.get(history_of(entry))).text
    assert "A volunteer reviewer" in text
    for word in ("ana@example.org", "Sam asked", "Undo", "Go back"):
        assert word not in text


def test_one_fields_past_leaves_out_the_others(client, ana):
    entry = make_entry()
    changed(entry, ana, acronym="HWH")
    changed(entry, ana, established=1999)
    steps = client.get(history_of(entry) + "?field=acronym").context["page"].steps
    assert [[row.field for row in step.rows] for step in steps] == [["acronym"]]
    everything = client.get(history_of(entry) + "?field=nonsense").context["page"].steps
    assert len(everything) == 4


def test_erased_value_says_so_and_a_kept_one_is_shown(client, ana):
    entry = make_entry()
    decision = changed(entry, ana, contact_email="group@example.org")
    assert "group@example.org" in read(client.get(history_of(entry))).text
    history.erase(decision, ["after.contact_email"])
    text = read(client.get(history_of(entry))).text
    assert ("group@example.org" in text, "erased" in text) == (False, True)


def test_history_that_somebody_changed_says_so_in_words(client, ana):
    entry = make_entry()
    assert "cannot be relied on" not in read(client.get(history_of(entry))).text
    Decision.objects.filter(entry=entry, number=2).update(verb="edit")
    text = read(client.get(history_of(entry))).text
    assert "Somebody has changed this past without the site’s help, at step 2." in text


def test_version_comes_back_in_two_clicks_and_that_is_undone(client, ana):
    entry = make_entry(acronym="OLD")
    changed(entry, ana, acronym="NEW", established=1999)
    changed(entry, ana, acronym="NEWER")
    link = next(x for x in read(client.get(history_of(entry))).links if x.endswith("/2/"))
    page = client.get(link)
    assert "<del>NEWER</del>" in page.content.decode()
    form = FilledForm(page.content.decode()).data
    done = client.post(link, form)
    listing = Listing.objects.get(pk=entry.pk)
    assert (listing.acronym, listing.established) == ("OLD", None)
    assert "The page has the earlier words again." in read(client.get(done["Location"])).text
    decision = Decision.objects.get(verb="restore")
    client.post("/en/to-review/undo/", {"decision": decision.pk})
    listing = Listing.objects.get(pk=entry.pk)
    assert (listing.acronym, listing.established) == ("NEWER", 1999)
    assert history.broken(Entry.objects.get(pk=entry.pk)) == []


def test_page_that_lacked_what_is_asked_today_can_lack_it_again(client, ana):
    entry = make_entry(acronym="OLD", one_line_en="", text_status_en="missing", website="")
    changed(entry, ana, one_line_en="They cook.", website="https://a.example.org/")
    client.post("/en/to-review/undo/", {"decision": Decision.objects.latest("pk").pk})
    assert Listing.objects.get(pk=entry.pk).one_line_en == ""
    changed(entry, ana, one_line_en="They bake.")
    link = reverse("entry_restore", args=[entry.pk, 1])
    client.post(link, FilledForm(client.get(link).content.decode()).data)
    listing = Listing.objects.get(pk=entry.pk)
    assert (listing.one_line_en, listing.website, listing.acronym) == ("", "", "OLD")


def test_looking_at_a_version_changes_nothing(client, ana):
    entry = make_entry(acronym="OLD")
    changed(entry, ana, acronym="NEW")
    client.get(reverse("entry_restore", args=[entry.pk, 2]))
    assert Listing.objects.get(pk=entry.pk).acronym == "NEW"


def test_version_is_not_put_over_what_somebody_changed_meanwhile(client, ana):
    entry = make_entry(acronym="OLD")
    changed(entry, ana, acronym="NEW")
    link = reverse("entry_restore", args=[entry.pk, 2])
    form = FilledForm(client.get(link).content.decode()).data
    changed(entry, make_reviewer("bo@example.org"), acronym="NEWER")
    back = client.post(link, form)
    assert (back.status_code, Listing.objects.get(pk=entry.pk).acronym) == (409, "NEWER")
    assert "Somebody was faster than you." in read(back).text


def test_version_that_is_the_same_as_today_has_nothing_to_put_back(client, ana):
    entry = make_entry()
    assert (
        "The page says the same today."
        in read(client.get(reverse("entry_restore", args=[entry.pk, 1]))).text
    )
    assert client.get(reverse("entry_restore", args=[entry.pk, 9])).status_code == 404


# What happened -----------------------------------------------------------------------------------


def test_list_holds_what_reviewers_did_and_mine_alone(client, ana):
    changed(make_entry("Done by me"), ana, acronym="A")
    changed(make_entry("Done by Bo"), make_reviewer("bo@example.org"), acronym="B")
    make_entry("Done by the site")
    url = "/en/to-review/what-happened/"
    names = [[str(step.decision.entry) for step in client.get(url + q).context["page"].steps]
             for q in ("", "?whose=mine")]  # fmt: skip
    assert names == [["Done by Bo", "Done by me"], ["Done by me"]]


def test_undo_stands_beside_what_can_be_undone_only(client, ana):
    entry = make_entry()
    changed(entry, ana, acronym="A")
    changed(entry, ana, acronym="B")
    old = changed(make_entry("Long ago"), ana, acronym="C")
    Decision.objects.filter(pk=old.pk).update(at=old.at - dt.timedelta(days=8))
    steps = client.get("/en/to-review/what-happened/").context["page"].steps
    assert [step.can_undo for step in steps] == [True, False, False]


def test_undo_that_comes_too_late_says_so(client, ana):
    entry = make_entry()
    first = changed(entry, ana, acronym="A")
    changed(entry, ana, acronym="B")
    back = client.post("/en/to-review/undo/", {"decision": first.pk})
    assert (back.status_code, Listing.objects.get(pk=entry.pk).acronym) == (409, "B")
    assert "Somebody was faster than you." in read(back).text


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 20, "\0"])
def test_undo_of_nothing_is_not_found(client, ana, key):
    assert client.post("/en/to-review/undo/", {"decision": key}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(client, ana, rows):
    entry = make_entry()
    for n in range(rows):
        changed(entry, ana, acronym=f"A{n}")
    found = {}
    for url in ("/en/to-review/what-happened/", history_of(entry), LOG):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        found[url] = len(captured)
    assert list(found.values()) == [5, 18, 1]


# The log that everybody reads ---------------------------------------------------------------------


def lines(client):
    return [
        (line.kind, str(line.what), line.why, line.leads_to)
        for line in client.get(LOG).context["lines"]
    ]


def test_log_says_kind_and_reason_and_no_name(client, ana):
    gone = make_listing("Secret Circle of Sam", kind="lip")
    refused = send_new("Never public").entry
    lifecycle.take(gone, "withdraw", by=ana, note="Sam asked.", public_reason="host-asked")
    lifecycle.take(refused, "reject", by=ana, note="It is Sam’s.", public_reason="not-ours")
    assert lines(client) == [
        (
            "Community of practice",
            "Not accepted",
            "It is not of the kind that we show here",
            "",
        ),
        ("Local Immigration Partnership", "Taken off", "The people who run it asked for it", ""),
    ]
    html = client.get(LOG).content.decode()
    for word in ("Sam", "Secret", "Never public", "ana@example.org"):
        assert word not in html


def test_log_leads_to_the_page_that_took_the_place(client, ana):
    stays, twice = make_listing("Stays"), make_listing("Twice")
    lifecycle.take(twice, "merge", by=ana, into=stays)
    (line,) = lines(client)
    assert line[2:] == (
        "It was here already, on another page",
        f"/en/directory/{stays.pk}-stays/",
    )
    lifecycle.take(stays, "withdraw", by=ana, note="x", public_reason="gone")
    assert [each[3] for each in lines(client)] == ["", ""]


def test_log_leaves_out_what_was_undone_and_what_senders_take_back(client, ana):
    entry = make_listing()
    decision = lifecycle.take(entry, "withdraw", by=ana, note="x", public_reason="gone")
    assert len(lines(client)) == 1
    lifecycle.undo(decision, by=ana)
    lifecycle.take(send_new("Taken back").entry, "withdraw", by=None, role="sender", note="x")
    assert lines(client) == []


def test_log_names_a_way_to_appeal(client, settings):
    settings.CONTACT_EMAIL = "write@example.org"
    page = read(client.get(LOG))
    assert "Nothing has been taken off yet." in page.text
    assert "mailto:write@example.org" in page.links


def test_edit_accepted_and_declined_are_in_the_past_of_the_page(client, ana):
    entry = make_entry()
    send_edit(entry, sender=SAM, acronym="HWH")
    from curation import changes

    changes.accept(entry.changes.get(), by=ana, version=entry.version)
    assert "HWH" in read(client.get(history_of(entry))).text


@pytest.mark.once
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "2 November 2026, 3:07 p.m. (time in Toronto)"),
        ("fr", "2 novembre 2026, 15 h 07 (heure de Toronto)"),
    ],
)
def test_moment_says_by_whose_clock(lang, words):
    at = timezone.localtime(dt.datetime(2026, 11, 2, 20, 7, tzinfo=dt.UTC))
    with override(lang):
        assert moment_in_words(at) == words
