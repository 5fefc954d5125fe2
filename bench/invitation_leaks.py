"""Does an invitation link come out anywhere? Asks a site full of them, without an account.

    .venv/bin/python bench/invitation_leaks.py [--requests 25000] [--plant]

Makes a scratch site with planted links, starts it as run.py does, and asks every address of the
URL table in both languages, by every method, with odd queries, formats and headers, forms and
error pages included. Then it looks into the server's log, every table of the database but the
one that keeps invitations and the drafts that people are writing, the search index and the API's
record of every group. Prints the number of requests and of leaks, which must be 0.
`--plant` writes one of the links into a public page; then the same crawl must find it.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.client
import itertools
import os
import re
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from planted_invitations import Planted, plant, plant_in_a_page
from site_for_strangers import TOKEN, place
from throughput import free_port

ROOT = Path(__file__).resolve().parent.parent
METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ACCEPTS = ("text/html", "application/json", "text/plain", "application/xml", "text/csv", "*/*")
QUERIES = (
    "",
    "q=chat.whats",
    "q=whatsapp+invitation",
    "format=json",
    "format=csv",
    "fields=invitations,sealed,link,handle_url",
    "expand=invitations&include=sealed",
    "invitations__sealed__startswith=g",
    "order=sealed&sort=sealed",
    "page=2",
    "page=99999",
    "debug=1&show=1&reveal=1",
    "next=/en/directory/",
    "lang=fr",
    "%00=%ff",
)
NOWHERE = ("/en/nothing/", "/%ff", "/en/directory/%00", "/fr/repertoire/../../etc/", "//", "/en//")
# The tables that may hold a link: sealed, or as somebody is typing it.
KEEPS = {"cop_directory_invitation", "curation_draft"}
MORE_KEYS = 3
WORKERS = 4
STEPS = 3


@dataclass(frozen=True)
class Ask:
    """One request."""

    method: str
    path: str
    accept: str = "text/html"
    body: str = ""
    cookie: str = ""


@dataclass(frozen=True)
class Leak:
    """Where a secret came out."""

    where: str
    secret: str


# What is asked -----------------------------------------------------------------------------------


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


def paths(route: str, planted: Planted) -> list[str]:
    """A route with keys and tokens of the site in the places that it leaves open."""
    if "<uuid:" in route:
        return [re.sub(r"<uuid:\w+>", token, route) for token in planted.tokens[::4]]
    if "<key:" in route:
        keys = [*planted.groups, *range(1, MORE_KEYS)]
        return [_filled(re.sub(r"<key:\w+>", str(key), route)) for key in keys]
    return [_filled(route)]


def _filled(route: str) -> str:
    return re.sub(r"<(\w+:)?\w+>", "chat-1", route)


def questions(planted: Planted, at_least: int) -> list[Ask]:
    """Every address, by every method, with odd queries and formats, until there are enough."""
    open_ones = [route for lang in ("en", "fr") for route in routes(lang) if "<" not in route]
    open_ones = [route for route in open_ones if not route.startswith("/admin/")]
    found = dict.fromkeys(
        path for lang in ("en", "fr") for each in routes(lang) for path in paths(each, planted)
    )
    addresses = [*found, *(urlsplit(link).path for link in planted.signed), *NOWHERE]
    for end in (".json", ".csv"):
        addresses += [f"{path.rstrip('/')}{end}" for path in addresses[::9]]
    asks = [Ask("GET", path) for path in addresses]
    asks += [Ask(method, path) for path in addresses[::3] for method in METHODS]
    odd = list(itertools.product(QUERIES, ACCEPTS))
    asks += [Ask("GET", f"{path}?{query}", accept) for path in open_ones for query, accept in odd]
    turns = itertools.cycle(odd)
    for path in itertools.cycle(addresses):
        query, accept = next(turns)
        asks.append(Ask("GET", f"{path}?{query}", accept))
        if len(asks) >= at_least:
            break
    codes = [code[:9] for code in planted.secrets]
    asks += [Ask("GET", f"/en/directory/?q={code}") for code in codes]
    asks += [Ask("GET", f"/en/suggestions?q={code}") for code in codes]
    return asks


# Asking ------------------------------------------------------------------------------------------


class Crawler:
    """Asks, follows where it is led on the same site, and looks into everything that comes."""

    def __init__(self, port: int, planted: Planted) -> None:
        self.port = port
        self.secret = re.compile("|".join(map(re.escape, planted.secrets + planted.sealed)))
        self.leaks: list[Leak] = []
        self.statuses: Counter[int] = Counter()
        self.broken: set[str] = set()

    def run(self, asks: list[Ask]) -> None:
        """Ask everything, in a few connections at once."""
        pieces = [asks[start::WORKERS] for start in range(WORKERS)]
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._all, pieces))

    def as_polite_stranger(self, planted: Planted) -> None:
        """Post the forms as a browser does, with its cookie and the form's token."""
        wire = self._connect()
        for key in planted.groups:
            for page in ("invitation", "ask-to-join"):
                path = f"/en/directory/{key}/{page}/"
                headers, body = self._one(wire, Ask("GET", path))
                cookie = headers.get("set-cookie", "").partition(";")[0]
                token = TOKEN.search(body)
                form = {"csrfmiddlewaretoken": token[1] if token else "", "name": "Ada"}
                self._one(wire, Ask("POST", path, body=urlencode(form), cookie=cookie))

    def _all(self, asks: list[Ask]) -> None:
        wire = self._connect()
        for ask in asks:
            headers, _body = self._one(wire, ask)
            for _step in range(STEPS):
                onward = urlsplit(headers.get("location", ""))
                if not onward.path.startswith("/") or ask.method != "GET":
                    break
                path = quote(onward.path, safe="/%:") + (f"?{onward.query}" if onward.query else "")
                headers, _body = self._one(wire, Ask("GET", path, ask.accept))

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def _one(self, wire: http.client.HTTPConnection, ask: Ask) -> tuple[dict[str, str], str]:
        """One answer: its headers and its text, both looked into."""
        headers = {"Accept": ask.accept, "Accept-Encoding": "gzip"}
        if ask.cookie:
            headers |= {"Cookie": ask.cookie, "Content-Type": "application/x-www-form-urlencoded"}
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
        text = data.decode(errors="replace")
        self.statuses[answer.status] += 1
        if answer.status >= 500:
            self.broken.add(f"{ask.method} {ask.path}")
        said = "\n".join(f"{name}: {value}" for name, value in answer.getheaders())
        # What the address itself says, and the page repeats, is known already.
        for found in set(self.secret.findall(f"{said}\n{text}")):
            if found not in ask.path:
                self.leaks.append(Leak(f"{ask.method} {ask.path}", found))
        return {name.lower(): value for name, value in answer.getheaders()}, text


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


# What lies about ---------------------------------------------------------------------------------


def in_the_log(log: Path, crawler: Crawler) -> Iterator[Leak]:
    """The secrets in what the server said."""
    for found in set(crawler.secret.findall(log.read_text(errors="replace"))):
        yield Leak("the server's log", found)


def in_the_tables(crawler: Crawler) -> Iterator[Leak]:
    """The secrets in every table but those that keep them: outbox, index, sessions, history."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - KEEPS):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for found in set(crawler.secret.findall(" ".join(map(_readable, row)))):
                    yield Leak(f"table {table}", found)


def _readable(value: Any) -> str:
    """A cell as text; what the index has packed is unpacked."""
    if not isinstance(value, bytes | memoryview):
        return str(value)
    with contextlib.suppress(zlib.error):
        return zlib.decompress(bytes(value)).decode(errors="replace")
    return bytes(value).decode(errors="replace")


def in_the_records(crawler: Crawler) -> Iterator[Leak]:
    """The secrets in what API, downloads and feeds may print of each group."""
    from cop_directory.records import record
    from cop_directory.shelf import document, rows

    for listing in rows(None):
        for found in set(crawler.secret.findall(f"{record(listing)}{document(listing)}")):
            yield Leak(f"record of group {listing.pk}", found)


def oracle(planted: Planted) -> bool:
    """Whether the search tells a planted code from one that nobody ever saw."""
    from search import index

    def total(words: str) -> int:
        return index.ask(words, lang="en", within={"shelf": ["listing"]}, limit=1).total

    never = "Zq" + planted.secrets[0][::-1][:8]
    return any(total(code) != total(never) for code in planted.secrets)


# The whole ---------------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description="Does an invitation link come out anywhere?")
    parser.add_argument("--requests", type=int, default=25_000, help="at least so many")
    parser.add_argument("--plant", action="store_true", help="write one link into a public page")
    chosen = parser.parse_args()
    with place() as where:
        os.environ.update(where.environment)
        os.environ.pop("SECRET_KEY", None)
        import django

        django.setup()
        planted = plant()
        if chosen.plant:
            plant_in_a_page(planted)
        leaks, statuses = look(planted, where.environment, Path(where.folder), chosen.requests)
    print(f"planted: {len(planted.secrets)} links in {len(planted.groups)} groups")
    answered = sum(count for status, count in statuses.items() if status)
    print(f"requests answered: {answered}", dict(sorted(statuses.items())))
    for leak in leaks[:20]:
        print(f"  leak: {leak.where}")
    print(f"leaks: {len(leaks)}")
    return int(bool(leaks) != chosen.plant or answered < chosen.requests)


def look(
    planted: Planted, environment: dict[str, str], folder: Path, at_least: int
) -> tuple[list[Leak], Counter[int]]:
    """Crawl, then look into what lies about; every leak, and how often each status came."""
    asks, log = questions(planted, at_least), folder / "server.log"
    with served(environment, log) as port:
        crawler = Crawler(port, planted)
        crawler.run(asks)
        crawler.as_polite_stranger(planted)
    leaks = [*crawler.leaks, *in_the_log(log, crawler)]
    leaks += [*in_the_tables(crawler), *in_the_records(crawler)]
    if oracle(planted):
        leaks.append(Leak("the search, which tells a planted code from any other", ""))
    for broken in sorted(crawler.broken)[:20]:
        print(f"  broken: {broken}")
    return leaks, crawler.statuses


if __name__ == "__main__":
    sys.exit(main())
