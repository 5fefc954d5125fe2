"""A page is taken off the site: everybody who looks after it is told why, and can object."""

import re

import pytest
from post_office.models import STATUS, Email

from curation import lifecycle
from curation.changes import Sender
from curation.models import Case, Decision, Entry
from curation.removals import Why
from tests.curation.sent import make_entry, send_new
from tests.factories import make_keeper, make_member, make_organization, make_person, make_reviewer
from tests.flows.reading import read

pytestmark = pytest.mark.django_db
OFF = "“Housing Workers of Halifax” has been taken off the site"


@pytest.fixture
def ana():
    return make_reviewer("ana@example.org")


def take_off(entry: Entry, by, note: str = "It asks for money.") -> Decision:
    return lifecycle.take(entry, "withdraw", by=by, note=note, public_reason="unsafe")


def written() -> dict[str, str]:
    return {mail.to[0]: mail.subject for mail in Email.objects.order_by("pk")}


def link_in(mail: Email) -> str:
    found = re.search(r"/(?:en|fr)/\S*/(?:taken-off|retir\S*)/\S+", mail.message)
    assert found
    return found.group()


def test_everybody_who_looks_after_it_is_told_and_why(ana):
    agency = make_organization()
    entry = make_entry(hosts=[agency])
    make_keeper(entry, "keeper@example.org")
    make_keeper(entry, "box@example.org", mailbox=True)
    make_member("pat@harbour.example.org", agency)
    make_keeper(make_entry("Another group"), "another@example.org")
    take_off(entry, ana)
    told = ("keeper@example.org", "box@example.org", "pat@harbour.example.org")
    assert written() == dict.fromkeys(told, OFF)
    for mail in Email.objects.all():
        assert "It was not safe for people" in mail.message
        assert "It asks for money." in mail.message


def test_sender_who_looks_after_it_gets_one_mail_with_both_reasons(ana):
    person = make_person("sam@example.org")
    entry = send_new("Housing Workers of Halifax", sender=Sender(by=person)).entry
    lifecycle.take(entry, "publish", by=ana)
    entry.keepers.create(user=person)
    Email.objects.all().delete()
    take_off(entry, ana)
    mail = Email.objects.get()
    assert mail.subject == "“Housing Workers of Halifax” is no longer public"
    assert "It was not safe for people" in mail.message
    assert "It asks for money." in mail.message


def test_nobody_is_told_of_what_they_do_themselves_or_of_what_was_never_public(ana):
    entry = make_entry()
    keeper = make_keeper(entry, "keeper@example.org")
    lifecycle.take(entry, "withdraw", by=keeper, note="We stop.")
    unseen = make_entry("Never public", review="submitted")
    make_keeper(unseen, "other@example.org")
    lifecycle.take(unseen, "withdraw", by=ana, note="No.")
    assert written() == {}


def test_mail_is_in_the_language_of_its_reader_and_says_a_reason_once(ana):
    entry = make_entry()
    make_keeper(entry, "box@example.org", mailbox=True, language="fr")
    note = str(Why.HOST_ASKED.label)
    lifecycle.take(entry, "withdraw", by=ana, note=note, public_reason="host-asked")
    mail = Email.objects.get()
    assert mail.subject.endswith("a été retirée du site")
    assert note not in mail.message


@pytest.mark.parametrize("sent", [False, True])
def test_mail_is_taken_back_or_corrected_when_the_page_comes_back(ana, sent):
    entry = make_entry()
    make_keeper(entry, "keeper@example.org")
    make_keeper(entry, "second@example.org")
    decision = take_off(entry, ana)
    if sent:
        Email.objects.filter(to="keeper@example.org").update(status=STATUS.sent)
    lifecycle.undo(decision, by=ana)
    aside = "Please set our last mail about “Housing Workers of Halifax” aside"
    assert written() == ({"keeper@example.org": aside} if sent else {})


def test_objection_puts_it_on_the_desk_for_another_reviewer(client, ana):
    entry = make_entry()
    make_keeper(entry, "keeper@example.org")
    take_off(entry, ana)
    link = link_in(Email.objects.get())
    page = read(client.get(link))
    assert "It asks for money." in page.text
    assert Entry.objects.get(pk=entry.pk).review == "withdrawn"
    assert "Tell the reviewers" in read(client.post(link, {"words": " "})).text
    assert "waits for review again" in read(client.post(link, {"words": "That was a test."})).text
    assert Case.objects.waiting().get().entry_id == entry.pk
    last = Decision.objects.filter(entry=entry).order_by("-number")[0]
    assert (last.verb, last.role, last.note) == ("reopen", "keeper", "That was a test.")
    bo = make_reviewer("bo@example.org")
    entry = Entry.objects.get(pk=entry.pk)
    with pytest.raises(lifecycle.TurnRefused, match="another reviewer decides"):
        lifecycle.take(entry, "publish", by=ana)
    lifecycle.take(entry, "publish", by=bo)
    assert Entry.objects.get(pk=entry.pk).review == "published"


def test_link_of_the_mail_is_over_once_it_was_used_or_undone(client, ana):
    entry = make_entry()
    make_keeper(entry, "keeper@example.org")
    decision = take_off(entry, ana)
    link = link_in(Email.objects.get())
    lifecycle.undo(decision, by=ana)
    assert client.get(link).status_code == 410
    assert client.post(link, {"words": "Why?"}).status_code == 410
    assert client.get(link.replace("taken-off/", "taken-off/x")).status_code == 404
