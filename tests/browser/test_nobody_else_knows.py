"""Reading tells nobody: no other host is asked, nothing is kept on the reader's device."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page

from tests.browser.page_types import LANGUAGES, PAGE_TYPES, STATUS, Site

KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...await caches.keys(),
  ...(await indexedDB.databases()).map(each => each.name),
  ...(await navigator.serviceWorker.getRegistrations()).map(each => each.scope),
]"""


def watch(page: Page, site: Site) -> list[str]:
    """A list that grows by each request to another host and each complaint of the browser."""
    seen: list[str] = []

    def complaint(message: ConsoleMessage) -> None:
        # That a page answers 404 is said of its own address; it is what that page is for.
        its_status = message.text.startswith("Failed to load") and (
            message.location["url"] == page.url
        )
        if message.type in ("error", "warning") and not its_status:
            seen.append(message.text)

    page.on("request", lambda sent: sent.url.startswith(site.url + "/") or seen.append(sent.url))
    page.on("console", complaint)
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen


def test_reading_asks_no_other_host_and_leaves_nothing_behind(
    reader: Callable[..., Page], site: Site
):
    page = reader()
    seen = watch(page, site)
    for lang in LANGUAGES:
        for page_type in PAGE_TYPES:
            answer = page.goto(site.path(page_type, lang))
            assert answer is not None
            assert (page_type, answer.status) == (page_type, STATUS.get(page_type, 200))
            assert (page_type, page.evaluate(KEPT)) == (page_type, [])
    assert seen == []
    assert page.context.cookies() == []


def test_using_the_search_box_leaves_nothing_behind(reader: Callable[..., Page], site: Site):
    page = reader()
    seen = watch(page, site)
    page.goto(site.path("home", "en"))
    with page.expect_response("**/suggestions?q=*"):
        page.locator("#q").press_sequentially("housing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=housing")
    assert page.evaluate(KEPT) == []
    assert page.context.cookies() == []
    assert seen == []


def test_picture_of_another_host_is_stopped_by_the_policy_and_counted(
    reader: Callable[..., Page], site: Site
):
    page = reader()
    seen = watch(page, site)
    page.goto(site.path("about", "en"))
    with page.expect_console_message() as complaint:
        page.evaluate("new Image().src = 'http://elsewhere.example.org/pixel.png'")
    assert "Content Security Policy" in complaint.value.text
    assert sorted(seen) == sorted([complaint.value.text, "http://elsewhere.example.org/pixel.png"])


def test_request_to_another_host_and_things_kept_are_counted(
    reader: Callable[..., Page], site: Site
):
    page = reader(bypass_csp=True)
    seen = watch(page, site)
    page.goto(site.path("about", "en"))
    page.evaluate("localStorage.setItem('visits', '1'); document.cookie = 'visits=1'")
    with page.expect_request("http://elsewhere.example.org/*"):
        page.evaluate("new Image().src = 'http://elsewhere.example.org/pixel.png'")
    assert "http://elsewhere.example.org/pixel.png" in seen
    assert page.evaluate(KEPT) == ["visits"]
    assert [each["name"] for each in page.context.cookies()] == ["visits"]
