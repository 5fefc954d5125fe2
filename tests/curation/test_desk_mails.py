"""The mails of the desk: one digest a day, a danger at once, an alarm after a silent week."""

import datetime as dt

import pytest
from django.utils import timezone
from post_office.models import Email

from accounts import allowances
from curation import cases, history, lifecycle
from curation.desk import mails
from curation.models import Beat, Case, Decision
from tests.curation.sent import case_of_report, case_that_waits, make_entry, send_new
from tests.factories import make_person, make_reviewer, make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    """Two reviewers, one of whom reads French; somebody who left; somebody who does not review."""
    ana = make_reviewer("ana@example.org")
    bo = make_reviewer("bo@example.org", language="fr")
    make_reviewer("left@example.org", is_active=False)
    make_person("reader@example.org")
    return ana, bo


def written():
    return [(row.to[0], row.subject) for row in Email.objects.order_by("pk")]


def test_digest_goes_to_each_reviewer_in_their_language_once_a_day():
    case_that_waits(6, "Oldest")
    assert (mails.digest(), mails.digest()) == (2, 0)
    assert written() == [("ana@example.org", "1 to review"), ("bo@example.org", "1 à réviser")]
    english, french = (row.message for row in Email.objects.order_by("pk"))
    assert "Oldest\n  Something is wrong here (6 days)" in english
    assert "http://localhost:8000/en/to-review/" in english
    assert "/fr/" in french


def test_digest_is_not_written_where_nothing_waits():
    cases.close(Case.objects.filter(pk=case_that_waits(6, "Settled").pk))
    assert (mails.digest(), written()) == (0, [])


def test_digest_puts_danger_first_then_ones_own_then_age(people):
    case_that_waits(9, "Old")
    mine = case_that_waits(1, "Mine")
    case_that_waits(0, "Danger", "danger")
    Beat.objects.create(user=people[0], province="NS")
    Case.objects.exclude(pk=mine.pk).get(entry__name_en="Old").facets.filter(
        name="province"
    ).delete()
    mails.digest()
    text = Email.objects.get(to="ana@example.org").message
    assert text.index("Danger") < text.index("Mine") < text.index("Old")


def test_digest_carries_the_seal_of_the_history():
    send_new()
    seal, count = history.seal()
    mails.digest()
    assert f"Seal of the history: {count}:{seal}" in Email.objects.order_by("pk")[0].message


def test_digest_names_no_sender():
    send_new()
    mails.digest()
    assert "sam@agency.example.org" not in "".join(row.message for row in Email.objects.all())


def test_dry_run_writes_nothing():
    case_that_waits(14, "Old")
    assert (mails.digest(dry_run=True), mails.alarm(dry_run=True), written()) == (2, 2, [])
    assert mails.digest() == 2


def test_danger_is_told_at_once_and_says_nothing_of_what_was_written():
    case_of_report(make_entry("Chat"), "dangerous", "Call 902 555 0199")
    assert written() == [
        ("ana@example.org", "Please look now: “Chat”"),
        ("bo@example.org", "À voir tout de suite\u00a0: «\u00a0Chat\u00a0»"),
    ]
    text = Email.objects.order_by("pk")[0].message
    assert ("902 555" in text, f"/en/to-review/{Case.objects.get().pk}/" in text) == (False, True)


def test_dangers_cause_three_mails_a_day_to_one_person_at_most():
    for number in range(5):
        case_of_report(make_entry(f"Chat {number}"), "dangerous")
    assert sorted(to for to, _ in written()) == ["ana@example.org"] * 3 + ["bo@example.org"] * 3
    assert not allowances.use("stranger-mail", "ana@example.org", limit=3)


@pytest.mark.parametrize(("days", "number"), [(6, 0), (7, 3), (8, 0), (14, 3)])
def test_alarm_comes_after_a_silent_week_and_each_week_again(settings, days, number):
    settings.CONTACT_EMAIL = "operator@example.org"
    case_that_waits(days, "Forgotten")
    assert (mails.alarm(), mails.alarm()) == (number, 0)
    assert len(written()) == number


def test_alarm_is_still_when_somebody_has_looked(people):
    case_that_waits(7, "Forgotten")
    other = make_entry("Other")
    lifecycle.record_edit(other, by=people[0], before={"acronym": ""}, after={"acronym": "A"})
    assert mails.days_of_silence() == 0
    Decision.objects.filter(by=people[0]).update(at=timezone.now() - dt.timedelta(days=9))
    assert mails.days_of_silence() == 7
    cases.take_up(Case.objects.get(), by=people[0])
    assert mails.days_of_silence() == 0


def test_no_alarm_where_nothing_waits():
    assert (mails.days_of_silence(), mails.alarm()) == (0, 0)


def test_superuser_is_a_reviewer():
    make_superuser("boss@example.org")
    assert [person.email for person in mails.reviewers()] == [
        "ana@example.org",
        "bo@example.org",
        "boss@example.org",
    ]
