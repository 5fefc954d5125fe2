"""Somebody with a phone who goes through the site's own pages, and what they do again and again.

Every page on the way is looked at: whether it answers, and whether it fits the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Locator, Page, Response, expect
from post_office.models import Email

from accounts.models import AddressCheck, Allowance, Organization, User
from cop_directory.models import Listing
from curation.models import Case, Change, Decision, Draft, Entry, Report, Submission, Tag
from resources.models import Corroboration, Resource, Upload
from search import index
from tests.accounts import mailbox
from tests.accounts.totp import code_of_app

# A phone, and a narrow one.
PHONE, NARROW = 360, 320
WIDE = "document.documentElement.scrollWidth > innerWidth"
# All four on the first database; on the second the two that differ in both, since what a database
# does is the same in every language and without a script.
WAYS = [
    pytest.param(
        lang,
        script,
        id=f"{lang}, {'with' if script else 'without'} script",
        marks=() if script == (lang == "en") else pytest.mark.once,
    )
    for lang in ("en", "fr")
    for script in (True, False)
]
in_each_way = pytest.mark.parametrize(("lang", "script"), WAYS)
# What people leave behind, in the order in which it can go.
LEFT = (
    Report, Case, Change, Draft, Submission, Email, Allowance, AddressCheck, Decision,
    Corroboration, Resource, Upload, Listing, Authenticator, User, Organization, Tag,
)  # fmt: skip


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Take away what was made meanwhile; the site with its data stays from test to test.

    Each test begins with the whole day's limits, of which the demo has used up some.
    """
    Allowance.objects.all().delete()
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in LEFT}
    try:
        yield
    finally:
        for model in LEFT:
            made = model.objects.exclude(pk__in=before[model])
            if issubclass(model, Entry):
                for key in made.values_list("pk", flat=True):
                    index.drop(key)
            made.delete()
        cache.clear()


class Visitor:
    """Somebody who reads the site in one language on one phone."""

    def __init__(self, page: Page, lang: str) -> None:
        self.page, self.lang = page, lang
        self.secret = ""
        self.broken: list[str] = []
        page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        if answer.request.resource_type == "document" and answer.status >= 500:
            self.broken.append(f"{answer.status} {answer.url}")

    def at(self, name: str, *args: object) -> str:
        """The path of a page in their language."""
        with override(self.lang):
            return reverse(name, args=args)

    def look(self) -> None:
        """The page fits the phone, and nothing on the way broke down."""
        assert self.broken == []
        assert not self.page.evaluate(WIDE), f"{self.page.url} is wider than the phone"

    def go(self, path: str) -> None:
        """Open a page by its path."""
        self.page.goto(path)
        self.look()

    def follow(self, path: str, near: str = "main") -> None:
        """Tap the link that leads to a path."""
        self.tap(self.page.locator(f"{near} a[href='{path}']").first)

    def press(self, value: str, near: str = "main") -> None:
        """Press the button with a value."""
        self.tap(self.page.locator(f"{near} button[value='{value}']").first)

    def send(self) -> None:
        """Press the first button of the page's own form."""
        self.tap(self.page.locator("main form button[type=submit]").first)

    def tap(self, what: Locator) -> None:
        """Tap a link or a button that leads to another page."""
        with self.page.expect_event("domcontentloaded"):
            what.click()
        self.look()

    def fill(self, **fields: str) -> None:
        """Write into fields, by their names."""
        for name, words in fields.items():
            self.page.fill(f"main [name={name}]", words)

    def says(self, words: str) -> None:
        """The page says this."""
        expect(self.page.locator("main")).to_contain_text(words)

    def open_mail(self, email: str, nth: int = -1) -> None:
        """Open a page of ours from the newest mail to an address: the last that it names."""
        found = re.findall(r"https?://[^/\s]+(/(?:en|fr)/\S+)", mailbox.mails(email)[-1].message)
        self.go(found[nth])

    # Accounts ------------------------------------------------------------------------------------

    def sign_up(self, email: str, wanted: str) -> None:
        """Make an account with a code from a mail, on the way to a page."""
        self.go(f"{self.at('account_signup')}?next={wanted}")
        self._by_code(email)

    def sign_in(self, email: str) -> None:
        """Type the address and the code of the mail, where a page asks for it."""
        self._by_code(email)

    def _by_code(self, email: str) -> None:
        self.page.fill("main [type=email]", email)
        self.send()
        self.page.fill("#id_code", mailbox.code(email))
        self.send()

    def set_up_app(self, wanted: str) -> None:
        """From the page that asks for a second step to the one that they wanted."""
        self.follow(self.at("mfa_activate_totp"))
        self.secret = self.page.inner_text("main code")
        self.second_step()
        self.follow(wanted)

    def second_step(self) -> None:
        """Type the code of the app; once more where its half minute was just over."""
        asked = self.page.url
        self.page.fill("#id_code", code_of_app(self.secret))
        self.send()
        if self.page.url == asked:
            self.page.fill("#id_code", code_of_app(self.secret))
            self.send()

    # To review -----------------------------------------------------------------------------------

    def open_waiting(self, name: str) -> None:
        """From the queue to the one thing that waits about a group."""
        self.go(self.at("desk"))
        self.tap(self.page.locator(".queue a", has_text=name).first)

    def decide(self, verb: str) -> None:
        """Give an answer; the queue says that it was given."""
        self.press(verb)
        expect(self.page.locator("main [role=status]")).to_have_count(1)
