"""What the tests of accounts share."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from accounts import even_time
from tests.flows.conftest import plain_static

__all__ = ["plain_static"]


@pytest.fixture(autouse=True)
def quick(request, settings, monkeypatch):
    """No waiting for the clock, no counters of another test, and a page to land on."""
    monkeypatch.setattr(even_time, "STEP", 0.001)
    settings.LOGIN_REDIRECT_URL = "home"
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def own_file(transactional_db, tmp_path):
    """On SQLite a database in a file: one in memory is a single connection for all threads."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connections[DEFAULT_DB_ALIAS], connection.settings_dict["NAME"]
    connections.settings[DEFAULT_DB_ALIAS]["NAME"] = str(tmp_path / "accounts.sqlite3")
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        for app in ("accounts", "post_office"):
            call_command("migrate", app, verbosity=0)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = in_memory


@pytest.fixture
def at_once():
    """Run a job in so many threads at once, each on its own connection; their results."""

    def run(count, job):
        start = threading.Barrier(count)

        def one(_number):
            try:
                start.wait(10)
                return job()
            finally:
                connection.close()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run
