"""A browser's name in the list of places where one is signed in."""

import pytest

from accounts.templatetags.people import browser

pytestmark = pytest.mark.once
CHROME = "Mozilla/5.0 (Linux; Android 10; K) Chrome/126.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36 Edg/126.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME, "Chrome, Android"),
        (EDGE, "Edge, Windows"),
        (SAFARI, "Safari, iPhone"),
        (FIREFOX, "Firefox, Linux"),
        ("curl/8.0", "Another browser"),
        ("", "Another browser"),
        ("<script>alert(1)</script>", "Another browser"),
    ],
)
def test_browser_has_the_name_that_people_give_it(user_agent, words):
    assert browser(user_agent) == words
