"""Does the link of an entry still answer? Asked at night, politely, and of the open internet only.

What the site asks is decided by whoever typed a link, so the asker must not be led into the
operator's own network: every address that is about to be connected to is held against a list
as its socket is made, at every hop of a redirect. (Python's `is_global` lets tunnels and
documentation ranges through.) Hosts that only keep strangers out (401, 403, 429 …) or are ill
(5xx) tell nothing: the answer is then "not known".
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

HOPS = 3
SECONDS = 10
BYTES = 64 * 1024
AT_ONCE = 20
PORTS = (None, 80, 443)
NAME = "CoP-Directory-links/1 (checks each link of our pages about once a week)"

GONE = frozenset({404, 410})
# IANA's special-purpose registries, and what leads to them in another coat (6to4, NAT64, Teredo,
# IPv4 written as IPv6).
INTERNAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 "
        "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 "
        "2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    ).split()
)


REFUSED = "not an address of the open internet"


class NotOutside(OSError):
    """An address of the operator's own network, or none that one may ask."""


def is_outside(address: str) -> bool:
    """Whether an IP address, as text, is one of the open internet."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return not any(ip in block for block in INTERNAL if block.version == ip.version)


def only_outside(may_ask: Callable[[str], bool]) -> Callable[[Any], socket.socket]:
    """What makes the sockets: none for an address that may not be asked.

    It sees the very address that is about to be connected to, after every way in which a name,
    a strange spelling or a redirect may have led there.
    """

    def make(address: Any) -> socket.socket:
        family, kind, protocol, _name, where = address
        if not may_ask(str(where[0])):
            raise NotOutside(REFUSED)
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make


def knock(
    urls: Iterable[str], *, may_ask: Callable[[str], bool] = is_outside, ports: tuple = PORTS
) -> dict[str, bool | None]:
    """url → True: a page answered; False: it is gone; None: that says nothing."""
    return asyncio.run(_knock_at_all(list(dict.fromkeys(urls)), may_ask, ports))


async def _knock_at_all(
    urls: list[str], may_ask: Callable[[str], bool], ports: tuple
) -> dict[str, bool | None]:
    connector = aiohttp.TCPConnector(
        socket_factory=only_outside(may_ask),
        limit=AT_ONCE,
        limit_per_host=1,
        force_close=True,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=SECONDS),
        headers={"User-Agent": NAME},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    ) as session:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(url: str) -> bool | None:
            async with turns:
                return await _knock_at(session, url, ports)

        return dict(zip(urls, await asyncio.gather(*map(one, urls)), strict=True))


async def _knock_at(session: aiohttp.ClientSession, url: str, ports: tuple) -> bool | None:
    """Follow a link hop by hop, each held to the rules before it is asked."""
    try:
        for _hop in range(HOPS + 1):
            if not _is_a_usual_address(url, ports):
                return None
            async with session.get(url, allow_redirects=False) as answer:
                await answer.content.read(BYTES)
                if answer.status not in (301, 302, 303, 307, 308):
                    return _meaning(answer.status)
                url = urljoin(url, answer.headers.get("Location", ""))
    except aiohttp.ClientConnectorError as trouble:
        return None if REFUSED in str(trouble) else False
    except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
        return None
    return None


def _is_a_usual_address(url: str, ports: tuple) -> bool:
    """Whether a link is one to ask at all: http(s), a usual port, nobody's password in it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    return parts.port in ports and not (parts.username or parts.password)


def _meaning(status: int) -> bool | None:
    if 200 <= status < 300:
        return True
    return False if status in GONE else None
