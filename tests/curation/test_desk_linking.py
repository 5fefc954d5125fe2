"""Web addresses on the pages of reviewers: links that show where they really lead."""

import pytest

from curation.desk.linking import linked
from tests.curation.answering import page_of
from tests.curation.sent import case_of_edit, case_of_report, make_entry
from tests.factories import make_reviewer, sign_in
from tests.flows.reading import read

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("No address", "No address"),
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
        (
            "See https://a.example.org/x, please",
            f'See <a href="https://a.example.org/x" {REL}>https://<b>a.example.org</b>/x</a>'
            ", please",
        ),
        (
            "https://good.example.org@evil.example.net/",
            f'<a href="https://good.example.org@evil.example.net/" {REL}>'
            "https://good.example.org@<b>evil.example.net</b>/</a>",
        ),
        (
            "HTTP://A.EXAMPLE.ORG",
            f'<a href="HTTP://A.EXAMPLE.ORG" {REL}>HTTP://<b>A.EXAMPLE.ORG</b></a>',
        ),
        (
            "https://раypal.example.org/",
            f'<a href="https://раypal.example.org/" {REL}>https://раypal.example.org/</a>'
            " (xn--ypal-43d9g.example.org)",
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x ftp://a.org", "data:text/html,x ftp://a.org"),
        ("http://[", "http://["),
        (
            "https://a.org/?q=1&b=x'y",
            f'<a href="https://a.org/?q=1&amp;b=x" {REL}>'
            "https://<b>a.org</b>/?q=1&amp;b=x</a>&#x27;y",
        ),
    ],
)
def test_addresses_are_links_and_all_else_is_escaped(text, html):
    assert str(linked(text)) == html


@pytest.mark.django_db
def test_addresses_in_an_edit_and_in_a_report_can_be_opened(client):
    sign_in(client, make_reviewer())
    entry = make_entry()
    edit = case_of_edit(entry, website="https://new.example.net/")
    links = read(page_of(client, edit)).all("a", href="https://new.example.net/")
    assert {link["rel"] for link in links} == {"noopener noreferrer nofollow"}
    report = case_of_report(entry, "moved", "It is at https://moved.example.net/ now.")
    page = read(page_of(client, report))
    assert "https://moved.example.net/" in page.links
    assert "https://housing.example.org/" in page.links
