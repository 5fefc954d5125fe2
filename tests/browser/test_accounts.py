"""Accounts in a real browser: without JavaScript on a phone, and with passkeys and apps."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect
from post_office.models import Email

from accounts.models import Allowance, User
from tests.accounts.mailbox import code
from tests.accounts.totp import code_of_app
from tests.browser.test_axe import OPTIONS, findings

ANA = "ana@example.org"
INSIDE = "/admin/jsi18n/"  # the one page of the admin that needs none of its styles
WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker):
    """In place of pytest-django's own: a transaction around the test would lock the server out.

    The site stays from test to test; people and their mails do not.
    """
    with django_db_blocker.unblock():
        yield
        for model in (Authenticator, Email, Allowance):
            model.objects.all().delete()
        User.objects.filter(email=ANA).delete()
        cache.clear()


def at(name: str, lang: str = "en") -> str:
    with override(lang):
        return reverse(name)


def send(page: Page) -> None:
    """The first button of the page's own form."""
    page.locator("main form button[type=submit]").first.click()


def sign_up(page: Page, lang: str = "en", wanted: str = "") -> None:
    page.goto(f"{at('account_signup', lang)}?next={wanted or at('page_about', lang)}")
    page.fill("#id_email", ANA)
    send(page)
    page.fill("#id_code", code(ANA))
    send(page)


def with_passkeys(page: Page) -> Page:
    """The same page with a device that says yes; browsers have passkeys on localhost only."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.fixture
def local(browser, site):
    """A page on localhost."""
    context = browser.new_context(base_url=site.url.replace("127.0.0.1", "localhost"))
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_account_is_made_on_a_phone_without_javascript(reader, site, lang):
    page = reader(width=360, java_script_enabled=False)
    page.goto(at("account_signup", lang))
    assert not page.locator("[data-passkey-only]").is_visible()
    sign_up(page, lang)
    expect(page).to_have_url(f"{site.url}{at('page_about', lang)}")
    assert User.objects.get(email=ANA).language == lang


def test_passkey_signs_in(local):
    page = with_passkeys(local)
    sign_up(page)
    page.goto(at("mfa_add_webauthn"))
    page.click("#passkey_add")
    page.wait_for_url(f"**{at('mfa_view_recovery_codes')}")
    page.goto(at("account_logout"))
    send(page)
    page.goto(f"{at('account_login')}?next={at('account_email')}")
    page.click("#passkey_login")
    page.wait_for_url(f"**{at('account_email')}")
    expect(page.locator("main")).to_contain_text(ANA)


def test_account_is_made_with_a_passkey(local):
    page = with_passkeys(local)
    page.goto(f"{at('account_signup_by_passkey')}?next={at('page_about')}")
    page.fill("#id_email", ANA)
    send(page)
    page.fill("#id_code", code(ANA))
    send(page)
    page.click("#passkey_signup")
    page.wait_for_url(f"**{at('page_about')}")
    assert Authenticator.objects.filter(user__email=ANA, type="webauthn").count() == 1


def test_device_without_a_passkey_for_us_is_answered_in_words(local):
    page = with_passkeys(local)
    page.goto(at("account_login"))
    expect(page.locator("[data-passkey-error]")).to_be_hidden()
    page.click("#passkey_login")
    expect(page.locator("[data-passkey-error]")).to_be_visible()


def test_app_opens_the_admin(reader):
    page = reader(width=360)
    sign_up(page)
    User.objects.filter(email=ANA).update(is_staff=True, is_superuser=True)
    page.goto(INSIDE)
    expect(page.locator("h1")).to_have_text("One more step protects this page")
    page.click(f"main a[href='{at('mfa_activate_totp')}']")
    page.fill("#id_code", code_of_app(page.inner_text("main code")))
    send(page)
    with page.expect_response(f"**{INSIDE}") as inside:
        page.click(f"main a[href='{INSIDE}']")
    assert inside.value.status == 200


PAGES = ["account_login", "account_signup", "account_email", "mfa_index", "mfa_add_webauthn"]
PAGES += ["mfa_activate_totp", "usersessions_list", "account_logout"]


@pytest.mark.once
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_axe_finds_nothing_on_the_pages_of_accounts(reader, lang):
    page = reader(width=360)
    found = []
    for name in PAGES[:2]:
        page.goto(at(name, lang))
        found += look(page, name)
    sign_up(page, lang)
    for name in PAGES[2:]:
        page.goto(at(name, lang))
        found += look(page, name)
    assert found == []


def look(page: Page, name: str) -> list[str]:
    """What axe finds in both themes, and whether the page is too wide."""
    found = [f"{name} is too wide"] if page.evaluate(WIDE) else []
    page.evaluate(Axe().axe_script)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += [f"{name}, {theme}: {each}" for each in findings(page, OPTIONS)]
    return found
