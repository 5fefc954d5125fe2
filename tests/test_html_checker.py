"""The HTML checker itself: it lets a valid page pass and names what is wrong in another."""

import os

import pytest

from tests import html_checker

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(
        not html_checker.is_there() and not os.environ.get("CI"), reason=html_checker.HOW_TO_GET
    ),
]

PAGE = '<!doctype html><html lang="en"><head><title>Groups</title></head><body>{}</body></html>'


def test_wrong_page_is_named_with_its_fault_and_the_valid_one_is_not():
    said = html_checker.messages(
        {"valid": PAGE.format("<p>Hello</p>"), "wrong": PAGE.format("<p><div>Hello</div></p>")}
    )
    assert [line.rpartition(": ")[0] for line in said] == [
        "wrong:1: No “p” element in scope but a “p” end tag seen."
    ]
