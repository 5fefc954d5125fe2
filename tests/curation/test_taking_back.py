"""A decision that is undone: its mail does not go, or is corrected; an appeal is for another."""

import pytest
from post_office.models import STATUS, Email

from curation import changes, lifecycle
from curation.changes import Sender
from curation.desk import undoing
from curation.keeping import claims
from curation.lifecycle import TurnRefused
from curation.models import Decision, Entry
from tests.curation.sent import case_of_claim, case_of_edit, make_entry, send_new
from tests.factories import make_member, make_organization, make_person, make_reviewer

pytestmark = pytest.mark.django_db
ASIDE = "Please set our last mail about “Newcomer tech workers” aside"


@pytest.fixture
def ana():
    return make_reviewer("ana@example.org")


def decided(entry: Entry, verb: str, by, note: str = "") -> Decision:
    return lifecycle.take(entry, verb, by=by, note=note)


def subjects() -> list[str]:
    return list(Email.objects.order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("verb", "note"), [("publish", ""), ("reject", "No."), ("ask", "Who?"), ("withdraw", "No.")]
)
def test_mail_that_has_not_left_is_not_sent_when_its_decision_is_undone(ana, verb, note):
    entry, other = send_new().entry, send_new("Another one").entry
    decided(other, "publish", ana)
    decision = decided(entry, verb, ana, note)
    assert len(subjects()) == 2
    lifecycle.undo(decision, by=ana)
    assert subjects() == ["“Another one” is now public"]


@pytest.mark.parametrize("left", ["sent", "in hand"])
def test_mail_that_has_left_is_corrected(ana, left):
    from accounts import outbox

    entry = send_new().entry
    decision = decided(entry, "publish", ana)
    mail = Email.objects.get()
    if left == "sent":
        Email.objects.update(status=STATUS.sent)
    else:
        assert outbox._claim(mail)
    lifecycle.undo(decision, by=ana)
    assert subjects() == ["“Newcomer tech workers” is now public", ASIDE]
    assert str(entry.submission.token) in Email.objects.latest("pk").message


def test_mail_that_waits_for_its_next_try_is_not_sent_either(ana):
    decision = decided(send_new().entry, "publish", ana)
    mail = Email.objects.get()
    mail.scheduled_time = mail.created.replace(year=2999)
    mail.status = STATUS.requeued
    mail.save()
    lifecycle.undo(decision, by=ana)
    assert subjects() == []


def test_nobody_is_corrected_who_was_not_told(ana):
    own = send_new("Sent by ana", sender=Sender(by=ana)).entry
    lifecycle.undo(decided(own, "publish", ana), by=ana)
    unsent = make_entry(review="submitted")
    lifecycle.undo(decided(unsent, "publish", ana), by=ana)
    assert subjects() == []


@pytest.mark.parametrize("sent", [False, True])
def test_mail_about_an_edit_is_taken_back_or_corrected(ana, sent):
    entry = make_entry("Newcomer tech workers")
    change = case_of_edit(entry, acronym="NTW").change
    Email.objects.all().delete()
    decision = changes.accept(change, by=ana, version=Entry.objects.get(pk=entry.pk).version)
    if sent:
        Email.objects.update(status=STATUS.sent)
    undoing.undo(decision, by=ana)
    assert subjects()[sent:] == [ASIDE][: int(sent)]


@pytest.mark.parametrize("sent", [False, True])
def test_mail_about_a_claim_is_taken_back_or_corrected(ana, sent):
    claim = case_of_claim(make_entry("Newcomer tech workers")).claim
    Email.objects.all().delete()
    claims.decline(claim, by=ana, note="We cannot tell.")
    if sent:
        Email.objects.update(status=STATUS.sent)
    undoing.undo(Decision.objects.get(verb="decline"), by=ana)
    assert subjects()[sent:] == [ASIDE][: int(sent)]


# An appeal ---------------------------------------------------------------------------------------


def appealed(by, verb: str = "reject") -> Entry:
    """A group that was not published, or taken off, and whose sender disagrees."""
    entry = send_new().entry
    if verb == "withdraw":
        decided(entry, "publish", by)
    decided(entry, verb, by, "No.")
    lifecycle.take(entry, "reopen", by=None, role="sender", note="But it is one.")
    return entry


@pytest.mark.parametrize("refusal", ["reject", "withdraw"])
@pytest.mark.parametrize("verb", ["publish", "reject"])
def test_appeal_is_decided_by_another_reviewer(ana, refusal, verb):
    bo = make_reviewer("bo@example.org")
    entry = appealed(ana, refusal)
    with pytest.raises(TurnRefused, match="another reviewer decides"):
        decided(entry, verb, ana, "Still no.")
    assert Entry.objects.get(pk=entry.pk).review == "submitted"
    decided(entry, verb, bo, "I agree.")
    assert Entry.objects.get(pk=entry.pk).review != "submitted"


def test_appeal_is_decided_by_the_same_reviewer_where_no_other_can(ana):
    agency = make_organization()
    member = make_member("bo@harbour.example", agency)
    type(member).objects.filter(pk=member.pk).update(is_moderator=True)
    gone = make_reviewer("gone@example.org")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    make_person("nobody@example.org")
    entry = appealed(ana)
    entry.listing.hosts.add(agency)
    decided(entry, "publish", ana)
    assert Entry.objects.get(pk=entry.pk).review == "published"


def test_reviewer_who_opened_it_again_may_decide_it(ana):
    make_reviewer("bo@example.org")
    entry = send_new().entry
    decided(entry, "reject", ana, "No.")
    decided(entry, "reopen", ana)
    decided(entry, "publish", ana)
    assert Entry.objects.get(pk=entry.pk).review == "published"
