"""What the tests about looking after a page have in common."""

import re

import pytest
from django.utils.translation import override
from post_office.models import Email

from curation.models import Entry
from tests.factories import make_keeper, make_listing


@pytest.fixture(autouse=True)
def in_english():
    """A page in French leaves its language behind for the next test."""
    with override("en"):
        yield


@pytest.fixture
def group():
    make_listing("Another group")
    return make_listing("Housing Workers", name_fr="Logement")


@pytest.fixture
def keeper(group):
    return make_keeper(group)


def facts(group) -> tuple:
    row = Entry.objects.get(pk=group.pk)
    return (row.activity, row.activity_on, row.closed_on, row.confirmed_on, row.confirmed_by)


def sent() -> list[tuple]:
    """(to, subject) of every mail, oldest first."""
    return [(mail.to[0], mail.subject) for mail in Email.objects.order_by("pk")]


def link_in(mail: Email) -> str:
    """The path of the first link in a mail that is not a group's page."""
    found = re.findall(r"https?://[^/\s]+(/\S+)", mail.message)
    return next(path for path in found if "/directory/" not in path and "/repertoire/" not in path)
