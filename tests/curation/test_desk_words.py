"""The pages and mails of reviewers use people's words too, in both languages."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from curation import cases, lifecycle
from curation.desk import edits, mails
from curation.models import Case
from tests.curation.sent import (
    case_of_claim,
    case_of_edit,
    case_of_report,
    edit_of_a_trusted_organization,
    make_entry,
    send_new,
)
from tests.factories import make_listing, make_reviewer, make_tag, sign_in
from tests.flows.reading import Page, read
from tests.flows.test_words import forbidden_on

pytestmark = pytest.mark.django_db
LISTS = ("desk happened starting_list terms several_list beat_list public_log").split()


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def everything(ana):
    """One thing of every kind that waits or has happened; the entry to which most happened."""
    entry = make_entry("Full", description_fr="Un texte.", text_status_fr="machine")
    send_new("New chat", stance="tip", kind="chat-group")
    case_of_edit(entry, acronym="HWH", hosts=[])
    case_of_report(entry, "dangerous", "They ask for money.")
    case_of_report(entry, "dead-link")
    case_of_claim(entry)
    edit_of_a_trusted_organization()
    for reason in ("link", "join", "invitation"):
        cases.open_case(reason, entry=make_entry(f"With {reason}"))
    edits.change(entry, {"acronym": "X"}, by=ana, version=None)
    edits.note_fact(entry, "exists", by=ana)
    gone = make_listing("Gone", source_key="gone")
    lifecycle.take(gone, "withdraw", by=ana, note="x", public_reason="gone")
    make_listing("Start", source_key="start")
    return entry


def addresses(entry, lang):
    tag = make_tag("housing")
    with override(lang):
        yield from (reverse(name) for name in LISTS)
        yield from (reverse("case_page", args=[c.pk]) for c in Case.objects.all())
        yield from (reverse("several_list") + f"?reason={r}" for r in ("live", "report", "link"))
        yield reverse("term_page", args=[tag.pk])
        for name in ("entry_review", "entry_history"):
            yield reverse(name, args=[entry.pk])
        yield reverse("entry_restore", args=[entry.pk, 1])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_word_of_the_code_is_on_a_page(client, everything, lang):
    found, pages = {}, 0
    for url in addresses(everything, lang):
        answer = client.get(url)
        assert (url, answer.status_code) == (url, 200)
        pages += 1
        if words := forbidden_on(read(answer)):
            found[url] = words
    assert (found, pages > 20) == ({}, True)


def test_no_word_of_the_code_is_in_a_mail(everything):
    make_reviewer("bo@example.org", language="fr")
    mails.digest()
    mails.danger(Case.objects.get(reason="danger"))
    texts = {row.pk: (row.subject, row.message, row.to[0]) for row in Email.objects.all()}
    assert {
        pk: found
        for pk, (subject, message, to) in texts.items()
        if (found := forbidden_on(as_page(f"{subject}\n{message}", "fr" if "bo@" in to else "en")))
    } == {}


def as_page(text, lang):
    lines = (line for line in text.splitlines() if "http" not in line)
    return Page(f'<html lang="{lang}-CA"><body><p>{" ".join(lines)}</p></body></html>')
