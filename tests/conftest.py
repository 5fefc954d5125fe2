"""What every test run has: its database's name in the header, and no way out to the network."""

from __future__ import annotations

import ipaddress
import os
import socket

import pytest

from tests import chromium
from tests.own_file import own_file  # noqa: F401  for every test that asks for it

# Playwright's synchronous interface runs an event loop in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_report_header() -> str:
    from django.conf import settings  # settings are chosen by then

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other run does, and browser tests where there is no browser."""
    if os.environ.get("WITHOUT_ONCE"):
        once = [item for item in items if item.get_closest_marker("once")]
        items[:] = [item for item in items if not item.get_closest_marker("once")]
        config.hook.pytest_deselected(items=once)
    if chromium.path():
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    if browser and os.environ.get("CI"):
        raise pytest.UsageError(chromium.HOW_TO_GET)
    for item in browser:
        item.add_marker(pytest.mark.skip(reason=chromium.HOW_TO_GET))


def is_this_machine(address: object) -> bool:
    """True for Unix sockets and loopback; names other than localhost count as elsewhere."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_language_left_over():
    """A page asked for in French leaves French behind; the next test begins without."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def no_way_out():
    """A test that asks another machine fails, wherever in the code the question is."""
    plain, plain_ex = socket.socket.connect, socket.socket.connect_ex

    def connect(self, address):
        _refuse_elsewhere(address)
        return plain(self, address)

    def connect_ex(self, address):
        _refuse_elsewhere(address)
        return plain_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        yield


def _refuse_elsewhere(address: object) -> None:
    if not is_this_machine(address):
        raise RuntimeError(f"Tests ask no other machine, and this one asked {address!r}.")
