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
import itertools
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawling import (
    ACCEPTS,
    METHODS,
    NOWHERE,
    Ask,
    Crawler,
    Leak,
    routes,
    served,
    tables,
)
from planted_invitations import Planted, plant, plant_in_a_page
from site_for_strangers import TOKEN, place

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
# The tables that may hold a link: sealed, or as somebody is typing it.
KEEPS = {"cop_directory_invitation", "curation_draft"}
MORE_KEYS = 3


# What is asked -----------------------------------------------------------------------------------


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


class Stranger(Crawler):
    """Looks for the links; posts forms as well."""

    def __init__(self, port: int, planted: Planted) -> None:
        self.secret = re.compile("|".join(map(re.escape, planted.secrets + planted.sealed)))
        super().__init__(port, self._found)

    def as_polite_stranger(self, planted: Planted) -> None:
        """Post the forms as a browser does, with its cookie and the form's token."""
        wire = self.connect()
        for key in planted.groups:
            for page in ("invitation", "ask-to-join"):
                path = f"/en/directory/{key}/{page}/"
                headers, body = self.one(wire, Ask("GET", path))
                cookie = headers.get("set-cookie", "").partition(";")[0]
                token = TOKEN.search(body)
                form = {"csrfmiddlewaretoken": token[1] if token else "", "name": "Ada"}
                self.one(wire, Ask("POST", path, body=urlencode(form), cookie=cookie))

    def _found(self, ask: Ask, said: str, data: bytes) -> set[str]:
        """What the address itself says, and the page repeats, is known already."""
        text = data.decode(errors="replace")
        return {hit for hit in self.secret.findall(f"{said}\n{text}") if hit not in ask.path}


# What lies about ---------------------------------------------------------------------------------


def in_the_log(log: Path, crawler: Stranger) -> Iterator[Leak]:
    """The secrets in what the server said."""
    for found in set(crawler.secret.findall(log.read_text(errors="replace"))):
        yield Leak("the server's log", found)


def in_the_tables(crawler: Stranger) -> Iterator[Leak]:
    """The secrets in every table but those that keep them: outbox, index, sessions, history."""
    for table, row in tables(but=KEEPS):
        for found in set(crawler.secret.findall(row)):
            yield Leak(f"table {table}", found)


def in_the_records(crawler: Stranger) -> Iterator[Leak]:
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
        crawler = Stranger(port, planted)
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
