"""Valid HTML on every type of page, as the Nu checker sees it: neither errors nor warnings."""

from __future__ import annotations

import os
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests import html_checker
from tests.browser.page_types import LANGUAGES, PAGE_TYPES, Site

pytestmark = pytest.mark.skipif(
    not html_checker.is_there() and not os.environ.get("CI"), reason=html_checker.HOW_TO_GET
)


def source(url: str) -> str:
    """The page's HTML as the server sends it, whatever its status."""
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.read().decode()
    except HTTPError as error:
        return error.read().decode()


def test_html_of_every_page_type_is_valid(site: Site):
    pages = {
        f"{page_type}, {lang}": source(site.url + site.path(page_type, lang))
        for page_type in PAGE_TYPES
        for lang in LANGUAGES
    }
    assert html_checker.messages(pages) == []


def test_html_checker_finds_an_error_planted_in_a_page(site: Site):
    home = source(site.url + site.path("home", "en"))
    said = html_checker.messages({"home": home, "broken": home.replace("</main>", "")})
    assert {line.partition(":")[0] for line in said} == {"broken"}
