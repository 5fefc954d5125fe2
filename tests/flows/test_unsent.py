"""A form without its token: it says so, keeps what was typed, and no log holds a secret address."""

import logging

import pytest
from django.test import Client

from cop_directory.logs import NoSecrets
from curation.models import Report
from curation.proposing import manners
from tests.curation.forms import FilledForm
from tests.factories import make_listing, make_person, sign_in

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Origin": "http://testserver"}}


@pytest.fixture
def strict():
    """A browser that has lost its cookie."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def report():
    """The page for reports of a group, and what somebody has typed there."""
    polite = {"opened_at": manners.opened(seconds_ago=60), "website2": ""}
    typed = {"reason": "wrong", "words": 'They "moved"\n<b>to</b> Truro', **polite}
    return f"/en/problem/{make_listing().pk}/", typed


def test_form_without_its_token_is_sent_once_more_with_a_button(strict, report):
    url, typed = report
    page = strict.post(url, typed, **HERE)
    assert (page.status_code, Report.objects.count()) == (403, 0)
    form = FilledForm(page.content.decode())
    assert {name: form.data[name] for name in typed} == typed
    assert strict.post(url, form.data, **HERE).status_code == 302
    assert Report.objects.get().words == 'They "moved"\n<b>to</b> Truro'


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_form_from_elsewhere_is_not_laid_before_anybody(strict, report, origin):
    url, typed = report
    page = strict.post(url, typed, headers={"Origin": origin} if origin else {})
    assert (page.status_code, b"Truro" in page.content) == (403, False)


def test_form_of_somebody_signed_in_is_not_laid_before_them(strict, report):
    url, typed = report
    sign_in(strict, make_person())
    page = strict.post(url, typed, **HERE)
    assert (page.status_code, b"Truro" in page.content) == (403, False)


def test_cookie_of_a_form_ends_with_the_browser_and_no_script_reads_it(client, report):
    client.get(report[0])
    (cookie,) = client.cookies.values()
    assert (cookie.key, cookie["max-age"], cookie["expires"], cookie["httponly"]) == (
        "csrftoken",
        "",
        "",
        True,
    )


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/join/answer/176:1vQ5Zk:f3yZ_0dPqw8RkY7LxN2b4a/", "/en/join/answer/…/"),
        ("/en/add/sent/0b8f6c1e-7a53-4f0e-9b1d-2f6f3a9e1c55/", "/en/add/sent/…/"),
        ("/en/directory/176-halifax-tech-workers-of-2024/", None),
        ("/en/to-review/starting-list/", None),
    ],
)
def test_log_holds_no_address_that_opens_something(path, kept):
    words = "Forbidden (CSRF cookie not set.): %s"
    record = logging.LogRecord("django", logging.WARNING, "", 1, words, (path,), None)
    assert NoSecrets().filter(record) is True
    assert record.getMessage() == words % (kept or path)


def test_what_the_site_logs_goes_through_the_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_secrets"]
