"""One running site with the real starting data and one browser, for all tests of this folder.

The site is loaded once and only read: a flush after each test, as transactional tests do, would
cost ten seconds a test. So these tests run at the end of the session, behind every other, and
what they loaded goes with the test database.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from curation.proposing import manners
from tests import chromium
from tests.browser import planted, planted_library
from tests.browser.page_types import Site

HERE = Path(__file__).parent
# The browser finds this machine only, so that a forgotten address fails instead of loading.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
PATIENCE = 10_000  # milliseconds
# How a page looks is the same from either database; that its words are is asked elsewhere.
LOOKS = {
    "test_axe", "test_hostile_inside", "test_hostile_texts", "test_html", "test_keyboard",
    "test_narrow", "test_nobody_else_knows", "test_print", "test_signed_in", "test_suggestions",
    "test_targets", "test_two_languages", "test_weight", "test_without_script",
}  # fmt: skip


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of this folder."""
    item.add_marker(pytest.mark.browser)
    if item.path.stem in LOOKS:
        item.add_marker(pytest.mark.once)
    # Without this mark pytest-django makes no test database, and the site below would be the
    # one in var.
    item.add_marker(pytest.mark.django_db)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of this folder behind all others."""
    items.sort(key=lambda item: HERE in item.path.parents)


def insist_on_a_test_database() -> None:
    """Raise RuntimeError where the data would be loaded into somebody's own database."""
    for connection in connections.all():
        name = str(connection.settings_dict["NAME"])
        in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
        if not in_memory and not Path(name).name.startswith("test_"):
            raise RuntimeError(f"{name} is no test database.")


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Serve this process's site, static files included, as in production; yield its address."""
    # An SQLite database in memory is there only for the connection that made it.
    shared = {
        each.alias: each
        for each in connections.all()
        if each.vendor == "sqlite" and each.is_in_memory_db()
    }
    for connection in shared.values():
        connection.inc_thread_sharing()
    # No handler for static files: whitenoise in the site's own middleware serves them.
    server = LiveServerThread("127.0.0.1", lambda _app: WSGIHandler(), shared)
    server.daemon = True
    server.start()
    try:
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        for connection in shared.values():
            connection.dec_thread_sharing()


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """The site with the real data, the invented groups and the planted ones, served."""
    changed = override_settings(
        ROOT_URLCONF="tests.browser.urls",
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
    )
    with django_db_blocker.unblock(), changed:
        insist_on_a_test_database()
        quiet = {"stdout": io.StringIO()}
        call_command("collectstatic", interactive=False, ignore_patterns=["admin"], verbosity=0)
        call_command("load_start_data", **quiet)
        call_command("demo", **quiet)
        lessons = planted_library.plant()
        groups = planted.plant()  # which indexes everything
        with serving() as url:
            yield Site(url, groups, lessons)


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium.path(), args=[*chromium.FLAGS, NOWHERE]
        )
        yield found
        found.close()
        # While Playwright's loop runs, Django keeps connections apart for it; nobody else would
        # close them, and PostgreSQL would keep the test database.
        connections.close_all()


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a fresh page, as a new reader: `reader(width=360, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site: Site) -> Iterator[Page]:
    """One page for all tests of a module that only look; each goes to its own address first."""
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """A browser that is driven fills in a form faster than people do."""
    monkeypatch.setattr(manners, "LEAST_SECONDS", 0)
