"""What is typed comes back as text, whatever it looks like."""

import html
from urllib.parse import quote

import pytest

from tests.flows.reading import Page

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
HUGE = "a" * 300_000

ECHOED = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><script>x</script>",
    "</script><svg onload=x>",
    "<b>bold</b>",
    "&lt;script&gt;",
    "{{ 7*7 }}",
    "javascript:alert(1)",
]
ECHOING = [
    "/en/directory/?q={}",
    "/fr/repertoire/?q={}",
    "/en/directory/?q={}&exactly=1",
    "/en/directory/?q={}+hosing",
    "/en/directory/?topic={}",
    "/en/directory/?sort={}",
    "/en/directory/?page={}",
    "/en/topics/{}/",
    "/en/{}/",
    "/en/places/ns/?page={}",
    "/en/directory/?kind=lip&q={}",
]


def tags_of(answer):
    return sorted((tag, tuple(sorted(attrs))) for tag, attrs in Page(answer.content.decode()).tags)


def unlike(odd, plain):
    """Elements and attributes of a page that another such page has not."""
    return (set(odd) - set(plain)) | {n for _, names in odd for n in names if n.startswith("on")}


@pytest.mark.parametrize("address", ECHOING)
def test_echoed_text_adds_no_element_and_no_attribute(client, site, address):
    plain = tags_of(client.get(address.format("xyzzy")))
    assert {
        text: found
        for text in ECHOED
        if (found := unlike(tags_of(client.get(address.format(quote(text, safe="")))), plain))
    } == {}


def test_question_is_shown_as_it_was_typed(client, site):
    answer = client.get("/en/directory/?q=" + quote('<b>housing</b> & "homes"')).content.decode()
    shown = html.unescape(answer)
    assert '<b>housing</b> & "homes"' in shown
    assert "<b>housing</b>" not in answer


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\x85"])
def test_signs_that_turn_or_hide_text_are_not_echoed(client, site, sign):
    answer = client.get("/en/directory/?q=" + quote(f"gnisuoh{sign}x")).content.decode()
    assert sign not in answer


@pytest.mark.parametrize("query", ["kind=club", "topic=dragons", "sort=random", "page=abc"])
def test_page_says_what_it_left_out(client, site, query):
    page = Page(client.get(f"/en/directory/?{query}").content.decode())
    assert "so we left it out" in page.text
    assert f"“{query.split('=')[1]}”" in page.text


def test_question_is_cut_at_200_characters(client, site):
    page = Page(client.get("/en/directory/?q=" + "b" * 300_000).content.decode())
    assert len(page.all("input", name="q")[0]["value"]) == 200


def test_answer_to_a_huge_question_is_small(client, site):
    assert len(client.get("/en/directory/?q=" + HUGE).content) < 60_000


@pytest.mark.once
def test_planted_echo_without_escape_is_seen():
    plain = [("p", ())]
    planted = Page("<p>" + SCRIPT + '<a onclick="x"></a></p>')
    odd = [(tag, tuple(attrs)) for tag, attrs in planted.tags]
    assert unlike(odd, plain) == {("script", ()), ("a", ("onclick",)), "onclick"}
