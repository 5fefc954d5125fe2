"""Groups sent in as a table: read, looked at, sent row by row; and taken out again."""

import io

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from curation import shelves
from curation.importing import jobs
from curation.importing.archive import TableRefused
from curation.importing.columns import Columns
from curation.importing.reading import read
from curation.models import Change, Decision, Entry, ImportJob, ImportRow, Submission
from tests.curation.tables import a_csv, known
from tests.factories import (
    make_keeper,
    make_language,
    make_listing,
    make_member,
    make_organization,
    make_person,
    make_tag,
    sign_in,
)

pytestmark = pytest.mark.django_db

NEW = {
    "kind": "Community of practice",
    "name_en": "Employment Workers of Truro",
    "one_line_en": "People who help newcomers find work.",
    "topics": "Housing",
    "provinces": "Nova Scotia",
    "languages": "English",
    "platform": "none",
    "website": "https://truro.example.org/",
}
HELD = {
    "one_line_en": "People who help newcomers find homes.",
    "website": "https://homes.example.org/",
    "contact_email": "group@homes.example.org",
}


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whatever page the one before has asked for."""
    with override("en"):
        yield


@pytest.fixture
def agency():
    make_language("en")
    return make_organization("Harbour Settlement Agency")


@pytest.fixture
def member(agency):
    return make_member("ana@harbour.example.org", agency)


@pytest.fixture
def homes(agency):
    """A public group of the agency, and one of somebody else's."""
    make_listing("Housing Workers of Moncton", hosts=(make_organization("Another Agency"),))
    return make_listing(hosts=(agency,), tags=(make_tag(),), **HELD)


def sent_in(text, member, agency, *, encoding="utf-8"):
    """A table that has been looked at."""
    data = text if isinstance(text, bytes) else text.encode(encoding)
    job, _remark = jobs.upload(
        data, name="groups.csv", shelf="listing", by=member, organization=agency
    )
    jobs.look_on(job)
    return job


def states(job):
    return list(job.rows.order_by("number").values_list("state", flat=True))


def sent(job):
    jobs.start(job)
    job.refresh_from_db()
    while jobs.send_on(job):
        job.refresh_from_db()
    return states(job)


def test_looking_writes_nothing_about_a_group(member, agency, homes):
    before = (Entry.objects.count(), Change.objects.count(), Decision.objects.count())

    job = sent_in(a_csv(NEW, {"id": str(homes.pk), "acronym": "HWH"}), member, agency)

    assert states(job) == ["ready", "ready"]
    after = (Entry.objects.count(), Change.objects.count(), Decision.objects.count())
    assert after == before


def test_new_row_becomes_a_group_that_waits(member, agency):
    make_tag()
    job = sent_in(a_csv(NEW), member, agency)

    assert sent(job) == ["sent"]

    submission = Submission.objects.get()
    held = shelves.of(submission.entry).values(submission.entry)
    assert (submission.stance, submission.source, submission.by) == ("run", "import", member)
    assert (submission.entry.review, held["name_en"]) == ("submitted", NEW["name_en"])
    assert held["hosts"] == [agency.pk]


def test_row_of_a_known_group_becomes_an_edit_of_what_differs(member, agency, homes):
    row = {"name_en": homes.name_en.upper(), "one_line_en": "They compare leases.", "website": ""}
    job = sent_in(a_csv(row), member, agency)

    assert sent(job) == ["sent"]

    change = Change.objects.get()
    assert change.entry_id == homes.pk
    assert change.patch == {
        "name_en": [homes.name_en, homes.name_en.upper()],
        "one_line_en": [HELD["one_line_en"], "They compare leases."],
    }


def test_row_that_says_what_is_there_is_nothing_new(member, agency, homes):
    row = {"id": str(homes.pk), "one_line_en": HELD["one_line_en"]}

    assert states(sent_in(a_csv(row), member, agency)) == ["same"]


def test_same_table_twice_sends_nothing_twice(member, agency, homes):
    text = a_csv({**NEW, "topics": "housing"}, {"id": str(homes.pk), "acronym": "HWH"})
    assert sent(sent_in(text, member, agency)) == ["sent", "sent"]

    assert states(sent_in(text, member, agency)) == ["same", "same"]
    assert (Submission.objects.count(), Change.objects.count()) == (1, 1)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_own_groups_come_back_as_nothing_new(client, member, agency, homes, form, lang):
    make_listing("=HYPERLINK(1)", hosts=(agency,), one_line_fr="+ un bail", kind="chat-group")
    sign_in(client, member)

    with override(lang):
        export = client.get(reverse("export_own"), {"as": form})
    job = sent_in(export.content, member, agency)

    assert states(job) == ["same", "same"]


def test_export_holds_neither_invitation_nor_keepers_nor_other_peoples_groups(
    client, member, agency, homes
):
    make_keeper(homes, "keeper@private.example.org")
    make_keeper(homes, "box@private.example.org", mailbox=True)
    sign_in(client, member)

    text = client.get(reverse("export_own"), {"as": "csv"}).content.decode()

    assert homes.name_en in text
    assert "private.example.org" not in text
    assert "Moncton" not in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_empty_table_holds_one_invented_row_that_is_passed_over(client, member, agency, form):
    make_tag()
    sign_in(client, member)

    table = client.get(reverse("import_template", args=[form])).content

    assert "Invented" in str(read(table, known).rows)
    with pytest.raises(TableRefused, match="no row below"):
        sent_in(table, member, agency)


def test_what_is_wrong_names_row_and_column(client, member, agency):
    make_tag()
    wrong = {**NEW, "provinces": "Atlantis"}
    job = sent_in(a_csv(NEW, wrong | {"name_en": "Another"}), member, agency)
    sign_in(client, member)

    page = client.get(reverse("import_check", args=[job.pk])).content.decode()

    assert states(job) == ["ready", "wrong"]
    assert job.rows.get(number=3).problems == [["provinces", "“Atlantis”: Choose from the list."]]
    assert escape(Columns("listing").label("provinces")) in page


def test_group_of_somebody_else_is_not_theirs_to_change(member, agency, homes):
    other = Entry.objects.get(name_en="Housing Workers of Moncton")
    rows = ({"id": str(other.pk), "acronym": "X"}, {"id": "999999", "acronym": "X"})

    job = sent_in(a_csv(*rows), member, agency)

    assert states(job) == ["wrong", "wrong"]


def test_two_rows_about_one_group_are_not_both_sent(member, agency, homes):
    make_tag()
    rows = (NEW, NEW, {"id": str(homes.pk), "acronym": "A"}, {"name_en": homes.name_en})

    assert states(sent_in(a_csv(*rows), member, agency)) == ["ready", "wrong", "ready", "wrong"]


def test_group_must_be_run_by_the_organization_itself(member, agency):
    make_tag()
    make_organization("Another Agency")

    job = sent_in(a_csv({**NEW, "hosts": "Another Agency"}), member, agency)

    assert job.rows.get().problems == [
        ["hosts", "Your organization must be among those who run it."]
    ]


def test_sending_goes_on_where_it_stopped(member, agency):
    make_tag()
    rows = [NEW | {"name_en": f"Group {number}"} for number in range(12)]
    job = sent_in(a_csv(*rows), member, agency)
    jobs.start(job)
    job.refresh_from_db()

    left = [jobs.send_on(job, seconds=0) for _ in range(3)]

    assert left == [7, 2, 0]
    assert Submission.objects.count() == 12
    assert ImportJob.objects.get().state == "done"


def test_row_sent_before_a_crash_is_not_sent_again(member, agency):
    make_tag()
    job = sent_in(a_csv(NEW), member, agency)
    sent(job)
    # As if the row's own state had been lost.
    ImportRow.objects.update(state="ready", entry=None)
    ImportJob.objects.update(state="running")
    job.refresh_from_db()

    jobs.send_on(job)

    assert (Submission.objects.count(), states(job)) == (1, ["sent"])


def test_one_who_no_longer_belongs_sends_nothing(member, agency):
    make_tag()
    job = sent_in(a_csv(NEW), member, agency)
    jobs.start(job)
    job.refresh_from_db()
    member.memberships.update(granted_at=None)

    with pytest.raises(jobs.NotYours):
        jobs.send_on(job)
    assert Submission.objects.count() == 0


def test_night_finishes_what_had_stopped(member, agency, django_capture_on_commit_callbacks):
    make_tag()
    job = sent_in(a_csv(NEW), member, agency)
    jobs.start(job)

    assert jobs.finish_all(None, True)[0] == 1
    assert Submission.objects.count() == 0
    assert jobs.finish_all(None, False)[0] == 1
    assert Submission.objects.count() == 1


def test_table_goes_through_the_pages(client, member, agency):
    make_tag()
    sign_in(client, member)
    table = io.BytesIO(a_csv(NEW).encode())
    table.name = "groups.csv"

    check = client.post(reverse("import_upload"), {"organization": agency.pk, "table": table})
    looked = client.get(check.url)
    progress = client.post(check.url)
    done = client.get(progress.url)

    assert "Employment Workers of Truro" in looked.content.decode()
    assert "One row has gone to the volunteer reviewers." in done.content.decode()
    assert Submission.objects.count() == 1


def test_long_work_goes_on_by_itself_unless_the_reader_says_no(client, member, agency, monkeypatch):
    make_tag()
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    rows = (NEW | {"name_en": f"Group {number}"} for number in range(7))
    job, _remark = jobs.upload(
        a_csv(*rows).encode(), name="a.csv", shelf="listing", by=member, organization=agency
    )
    sign_in(client, member)
    check = reverse("import_check", args=[job.pk])

    first = client.get(check)
    still = client.get(check, {"still": "1"})
    for _again in range(5):
        last = client.get(check)
    client.post(check)
    sending = client.get(reverse("import_progress", args=[job.pk]))

    assert "6 rows of 7 are still to look at." in first.content.decode()
    assert [answer.get("Refresh") for answer in (first, still, last, sending)] == [
        "2",
        None,
        None,
        "2",
    ]
    assert "5 of 7 rows are sent." in sending.content.decode()


def test_table_that_cannot_be_read_says_why_beside_the_field(client, member, agency):
    sign_in(client, member)
    table = io.BytesIO(b"%PDF-1.7")
    table.name = "groups.pdf"

    page = client.post(reverse("import_upload"), {"organization": agency.pk, "table": table})

    assert (page.status_code, ImportJob.objects.count()) == (422, 0)
    assert "This is a PDF." in page.content.decode()


def test_table_of_another_person_is_not_found(client, member, agency):
    make_tag()
    job = sent_in(a_csv(NEW), member, agency)
    sign_in(client, make_person("bo@example.org"))

    pages = [
        client.get(reverse(name, args=[job.pk])).status_code
        for name in ("import_check", "import_progress")
    ]

    assert pages == [404, 404]


def test_who_speaks_for_nobody_sends_no_table(client, agency):
    sign_in(client, make_person())
    table = io.BytesIO(a_csv(NEW).encode())
    table.name = "groups.csv"

    page = client.get(reverse("import_upload"))
    answer = client.post(reverse("import_upload"), {"organization": agency.pk, "table": table})

    assert (page.status_code, answer.status_code) == (200, 403)


def test_check_page_costs_the_same_for_one_row_and_three(
    client, member, agency, django_assert_num_queries
):
    make_tag()
    one = sent_in(a_csv(NEW), member, agency)
    three = sent_in(a_csv(*(NEW | {"name_en": f"Group {n}"} for n in range(3))), member, agency)
    sign_in(client, member)
    client.get(reverse("import_check", args=[one.pk]))

    for job in (one, three):
        with django_assert_num_queries(QUERIES_OF_THE_CHECK_PAGE):
            client.get(reverse("import_check", args=[job.pk]))


QUERIES_OF_THE_CHECK_PAGE = 10
