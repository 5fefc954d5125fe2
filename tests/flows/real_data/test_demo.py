"""The demo: invented people and papers, so that one can try the reviewers' pages at once."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from accounts.models import Domain, Membership, Organization, User
from cop_directory.models import Invitation, JoinRequest, Listing
from curation import history
from curation.models import (
    Case,
    Change,
    Claim,
    Decision,
    Draft,
    Entry,
    Keeper,
    Report,
    Submission,
)
from tests.factories import sign_in
from tests.flows.conftest import kept_for_a_while
from tests.flows.reading import Page

MODELS = (
    Case,
    Change,
    Claim,
    Decision,
    Domain,
    Draft,
    Email,
    Entry,
    Invitation,
    JoinRequest,
    Keeper,
    Membership,
    Organization,
    Report,
    Submission,
    User,
)


@pytest.fixture(scope="module")
def demo(loaded, django_db_blocker):
    """What the command printed."""
    said = StringIO()
    with kept_for_a_while(django_db_blocker):
        call_command("demo", stdout=said)
        yield said.getvalue()


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


def test_demo_puts_one_of_every_kind_before_the_reviewers(demo):
    waiting = Counter(Case.objects.waiting().values_list("reason", flat=True))

    assert waiting == {
        "new": 3,
        "danger": 1,
        "change": 1,
        "live": 1,
        "report": 1,
        "claim": 1,
        "invitation": 1,
        "domain": 1,
        "membership": 1,
    }
    assert Submission.objects.filter(entry__review="needs_answer").count() == 1
    assert JoinRequest.objects.get().state == "waiting"


def test_demo_says_who_can_sign_in_and_how(demo):
    emails = set(User.objects.values_list("email", flat=True))

    assert len(emails) == 7
    assert {email for email in emails if email not in demo} == set()
    assert "authenticator app" in demo


def test_everything_in_the_demo_is_marked_as_invented(demo):
    for group in Listing.objects.filter(submission__isnull=False):
        assert (group.invented, group.name_en[:9], group.name_fr[:8]) == (
            True,
            "Invented:",
            "Inventé\u00a0",
        )
    assert {
        mail.to[0].partition("@")[2].removeprefix("harbour.") for mail in Email.objects.all()
    } == {"example.org"}


def test_second_demo_adds_nothing(demo):
    before = counts()

    call_command("demo", stdout=StringIO())

    assert counts() == before


def test_history_holds_after_the_demo(demo):
    invented = Entry.objects.filter(invented=True)

    assert {entry.pk: steps for entry in invented if (steps := history.broken(entry))} == {}


@pytest.mark.parametrize(
    ("email", "lang", "word"),
    [("reviewer@example.org", "en", "Invented"), ("reviseuse@example.org", "fr", "Inventé")],
)
def test_reviewer_of_the_demo_sees_what_waits(client, demo, email, lang, word):
    sign_in(client, User.objects.get(email=email))

    with override(lang):
        page = client.get(reverse("desk"))

    assert (page.status_code, word in Page(page.content.decode()).text) == (200, True)


def test_demo_is_refused_on_a_production_site(settings):
    settings.PRODUCTION = True
    before = counts()

    with pytest.raises(CommandError, match="This is a production site"):
        call_command("demo", stdout=StringIO())
    assert counts() == before
