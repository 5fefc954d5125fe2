"""Asking a served site everything: its addresses, by every method, and what comes back.

What `invitation_leaks.py` and `hidden_names.py` share. Each says what it looks for.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from throughput import free_port

ROOT = Path(__file__).resolve().parent.parent
METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ACCEPTS = ("text/html", "application/json", "text/plain", "application/xml", "text/csv", "*/*")
NOWHERE = ("/en/nothing/", "/%ff", "/en/directory/%00", "/fr/repertoire/../../etc/", "//", "/en//")
WORKERS = 4
STEPS = 3


@dataclass(frozen=True)
class Ask:
    """One request; `who` says as whom, for those who look at the answer."""

    method: str
    path: str
    accept: str = "text/html"
    body: str = ""
    cookie: str = ""
    who: str = ""


@dataclass(frozen=True)
class Leak:
    """Where a secret came out."""

    where: str
    secret: str


# What is in an answer of this request, with these headers, that must not be.
Find = Callable[[Ask, str, bytes], set[str]]


def routes(lang: str) -> list[str]:
    """Every route of the site in a language, as "/en/directory/<key:pk>/invitation/"."""
    from django.urls import get_resolver
    from django.utils.translation import override

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for each in patterns:
            route = before + re.sub(r"^\^|\$$|\\Z$|\\", "", str(each.pattern))
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, route)
            else:
                yield re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", route)

    with override(lang):
        return [f"/{route}" for route in walk(get_resolver().url_patterns, "")]


class Crawler:
    """Asks, follows where it is led on the same site, and looks into everything that comes."""

    def __init__(self, port: int, find: Find) -> None:
        self.port = port
        self.find = find
        self.leaks: list[Leak] = []
        self.statuses: Counter[int] = Counter()
        self.broken: set[str] = set()

    def run(self, asks: list[Ask]) -> None:
        """Ask everything, in a few connections at once."""
        pieces = [asks[start::WORKERS] for start in range(WORKERS)]
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._all, pieces))

    def connect(self) -> http.client.HTTPConnection:
        """A connection of its own, for a few questions that follow from each other."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def one(self, wire: http.client.HTTPConnection, ask: Ask) -> tuple[dict[str, str], str]:
        """One answer: its headers and its text, both looked into."""
        headers = {"Accept": ask.accept, "Accept-Encoding": "gzip"}
        if ask.cookie:
            headers["Cookie"] = ask.cookie
        if ask.body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            wire.request(ask.method, ask.path, ask.body or None, headers)
            answer = wire.getresponse()
            data = answer.read()
        except (http.client.HTTPException, OSError):
            wire.close()
            self.statuses[0] += 1
            return {}, ""
        if answer.getheader("Content-Encoding") == "gzip" and data:
            data = gzip.decompress(data)
        self.statuses[answer.status] += 1
        if answer.status >= 500:
            self.broken.add(f"{ask.method} {ask.path}")
        said = "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
        for found in self.find(ask, said, data):
            self.leaks.append(Leak(f"{ask.who} {ask.method} {ask.path}".strip(), found))
        named = {name.lower(): value for name, value in answer.getheaders()}
        return named, data.decode(errors="replace")

    def _all(self, asks: list[Ask]) -> None:
        wire = self.connect()
        for ask in asks:
            headers, _body = self.one(wire, ask)
            for _step in range(STEPS):
                onward = urlsplit(headers.get("location", ""))
                if not onward.path.startswith("/") or ask.method != "GET":
                    break
                path = quote(onward.path, safe="/%:") + (f"?{onward.query}" if onward.query else "")
                next_one = Ask("GET", path, ask.accept, cookie=ask.cookie, who=ask.who)
                headers, _body = self.one(wire, next_one)


@contextlib.contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[int]:
    """The site, as run.py serves it, with everything that it says kept in a file."""
    port = free_port()
    words = ["cop_directory.wsgi:application", "--workers", "2", "--worker-class", "gthread"]
    words += ["--threads", "4", "--log-level", "debug", "--access-logfile", "-", "--capture-output"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *words, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            for _ in range(200):
                with contextlib.suppress(OSError):
                    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                    wire.request("GET", "/healthz")
                    wire.getresponse().read()
                    break
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def tables(names: set[str] | None = None, but: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """(table, row as text) of the database: of these tables, or of all but those."""
    from django.db import connection

    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in sorted((names or there) & there - (but or set())):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(map(_readable, row))


def _readable(value: Any) -> str:
    """A cell as text; what the index has packed is unpacked."""
    import zlib

    if not isinstance(value, bytes | memoryview):
        return str(value)
    with contextlib.suppress(zlib.error):
        return zlib.decompress(bytes(value)).decode(errors="replace")
    return bytes(value).decode(errors="replace")
