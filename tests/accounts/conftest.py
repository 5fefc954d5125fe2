"""What the tests of accounts share."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

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
