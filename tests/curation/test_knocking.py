"""Asking links at night: only of the open internet, at every hop, and politely."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from curation.knocking import is_outside, knock

pytestmark = pytest.mark.once

# Where each path of the test's own server leads; a number is a status.
PAGES = {
    "/here": 200,
    "/gone": 404,
    "/gone-for-good": 410,
    "/keep-out": 403,
    "/slow-down": 429,
    "/ill": 503,
    "/moved": "/here",
    "/moved-and-gone": "/gone",
    "/one": "/two",
    "/two": "/three",
    "/three": "/here",
    "/round": "/round",
    "/four": "/one",
}


class Pages(BaseHTTPRequestHandler):
    """Answers as PAGES says; `/to/<url>` leads anywhere."""

    def do_GET(self):
        self.server.asked.append(self.path)
        where = PAGES.get(self.path)
        if self.path.startswith("/to/"):
            where = self.path.removeprefix("/to/")
        if isinstance(where, int):
            self.send_response(where)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")
        else:
            self.send_response(302)
            self.send_header("Location", where or "/gone")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def outside():
    """A server that the asker takes for one of the open internet."""
    with serving() as server:
        yield server


@pytest.fixture
def inside():
    """A server of the operator's own network: nobody may reach it."""
    with serving() as server:
        yield server


def ask(server, *paths):
    """What the asker makes of these paths, allowed to ask this one server by the name it has."""
    port = server.server_port
    urls = [f"http://localhost:{port}{path}" for path in paths]
    found = knock(urls, may_ask=lambda ip: ip in ("127.0.0.1", "::1"), ports=(port,))
    return [found[url] for url in urls]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/here", True),
        ("/gone", False),
        ("/gone-for-good", False),
        ("/keep-out", None),
        ("/slow-down", None),
        ("/ill", None),
        ("/moved", True),
        ("/moved-and-gone", False),
        ("/one", True),
        ("/four", None),
        ("/round", None),
        ("/to/ftp://localhost/", None),
        ("/to/javascript:alert(1)", None),
    ],
)
def test_answer_says_whether_the_page_is_there(outside, path, answer):
    assert ask(outside, path) == [answer]


def test_many_links_are_asked_at_once_and_each_once(outside):
    assert ask(outside, "/here", "/gone", "/here") == [True, False, True]
    assert sorted(outside.asked) == ["/gone", "/here"]


def test_name_that_nobody_has_is_no_page():
    assert knock(["http://no-such-host.invalid/"]) == {"http://no-such-host.invalid/": False}


INSIDE = [
    *"0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254".split(),
    *"172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1".split(),
    *"198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1".split(),
    *"255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1".split(),
    *"64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1".split(),
    *"fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1".split(),
    *"localhost 127.1 0x7f000001 2130706433 1.2.3 256.1.1.1 1.1.1.1.1 ::g".split(),
]
OUTSIDE = ["1.1.1.1", "8.8.8.8", "142.250.1.1", "2606:4700::1111", "2a00:1450::1", "172.32.0.1"]


@pytest.mark.parametrize("address", INSIDE)
def test_internal_address_in_any_coat_is_not_outside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_address_of_the_open_internet_is_outside(address):
    assert is_outside(address)


def ways_in(port):
    """Every way to write the address of a server inside that we could think of."""
    hosts = [
        *"127.0.0.1 127.1 127.0.1 0 0.0.0.0 0x7f.0.0.1 0x7f000001 2130706433 017700000001".split(),
        *"127.0.0.1. 0x7f.1 127.000.000.001 0177.0.0.1 00000177.0.0.1 localhost".split(),
        *"localhost. LOCALHOST ip6-localhost [::1] [::] [0:0:0:0:0:0:0:1]".split(),
        "[::ffff:127.0.0.1]",
        *"[::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [fe80::1%25lo]".split(),
        *"\u2460\u2461\u2466.0.0.1 127\u30020\u30020\u30021 \uff11\uff12\uff17.0.0.1".split(),
        *"1.1.1.1@127.0.0.1 user:secret@127.0.0.1 example.org@localhost".split(),
        *"127.0.0.1#@example.org 127.0.0.1?@example.org %31%32%37.0.0.1 localhost%00".split(),
    ]
    return [f"http://{host}:{port}/here" for host in hosts]


def test_no_link_reaches_the_operators_own_network(inside):
    urls = ways_in(inside.server_port)
    found = knock(urls, ports=(None, 80, 443, inside.server_port))
    assert (inside.asked, [url for url, answer in found.items() if answer]) == ([], [])


def test_no_redirect_reaches_the_operators_own_network(outside, inside):
    door, target = outside.server_port, inside.server_port
    doors = [f"http://localhost:{door}/to/{way}" for way in ways_in(target)]
    doors += [f"http://localhost:{door}/to/{way.removeprefix('http:')}" for way in ways_in(target)]
    for url in doors:
        # The door counts as outside, however many addresses its name has; what follows does not.
        before = len(outside.asked)

        def may_ask(address, before=before):
            return len(outside.asked) == before or is_outside(address)

        knock([url], may_ask=may_ask, ports=(None, 80, 443, door, target))
    assert (len(outside.asked), inside.asked) == (len(doors), [])


def test_planted_asker_without_a_list_does_reach_inside(inside):
    """The test above can fail: with a list that lets everything through, it would."""
    url = f"http://127.0.0.1:{inside.server_port}/here"
    assert knock([url], may_ask=lambda _: True, ports=(inside.server_port,)) == {url: True}


def test_unusual_port_is_not_asked(outside):
    url = f"http://localhost:{outside.server_port}/here"
    assert knock([url], may_ask=lambda _: True) == {url: None}
    assert outside.asked == []
