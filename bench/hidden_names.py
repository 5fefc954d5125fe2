"""Does a hidden name come out anywhere? Asks a site full of them, as a stranger and as colleagues.

    .venv/bin/python bench/hidden_names.py [--requests 8000] [--plant]

Makes a scratch site with lessons and answers that hide their author, agency, day and context,
starts it as run.py does, and asks every address in both languages: as a stranger, as somebody
with an account, as a colleague of the hidden agency, as a keeper of another agency and as
somebody of an umbrella organization. Every filter value, order, page, method and form is among
it; files are unpacked. Then it looks into the mails, the server's log, the search index and the
API's records, searches for each name, and compares what the filters count with the hidden
lessons and without. Prints the number of requests and of finds, which must be 0.
`--plant` writes one of the names into a public page; then the same crawl must find it.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawling import METHODS, NOWHERE, Ask, Crawler, Leak, routes, served, tables
from site_for_strangers import TOKEN, place

if TYPE_CHECKING:
    from planted_names import Names

FOLLOWED = 3_000
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)|<loc>https?://[^/]+(/[^<]*)')
SORTS = ("best", "name", "newest")


class Reader(Crawler):
    """Looks for what was hidden in every answer, and remembers where strangers are led."""

    def __init__(self, port: int, names: Names) -> None:
        from given_away import GivenAway

        self.names = names
        self.away = GivenAway(names)
        self.links: dict[str, None] = {}
        super().__init__(port, self._found)

    def _found(self, ask: Ask, said: str, data: bytes) -> set[str]:
        if not ask.who and not data.startswith(b"%PDF"):
            found = LINK.findall(data.decode(errors="replace"))
            self.links |= dict.fromkeys(filter(None, sum(found, ())))
        return self.away.found(ask.who, ask.path, said, data)

    def as_polite_reader(self, who: str, cookie: str) -> None:
        """Fill in the forms about what is hidden, as a browser does."""
        wire = self.connect()
        for key in (*self.names.hidden, *self.names.without_author, *self.names.narrow):
            for path in (f"/en/add/change/{key}/", f"/en/problem/{key}/"):
                headers, body = self.one(wire, Ask("GET", path, cookie=cookie, who=who))
                fresh = headers.get("set-cookie", "").partition(";")[0]
                jar = "; ".join(filter(None, (cookie, fresh if "csrf" in fresh else "")))
                token = TOKEN.search(body)
                for more in ({"go": "on"}, {"go": "send"}, {"seen": "nonsense", "go": "on"}):
                    form = {
                        "csrfmiddlewaretoken": token[1] if token else "",
                        **dict(re.findall(r'name="(seen|token)" value="([^"]*)"', body)),
                        "screen": "1",
                        "name_en": "Other",
                        "kind": "lesson",
                        "visibility": "named",
                        "review_on": "",
                        "impact": "",
                        "reason": "wrong",
                        **more,
                    }
                    words = urlencode(form)
                    self.one(wire, Ask("POST", path, body=words, cookie=jar, who=who))


# What is asked -----------------------------------------------------------------------------------


def addresses(names: Names) -> list[str]:
    """Every route in both languages, with the keys of what hides something and of what does not."""
    keys = [*names.hidden, *names.without_author, *names.shown[:1], *names.gone]
    keys += [*names.narrow, *names.organizations[:2]]
    found = [
        _filled(re.sub(r"<key:\w+>", str(key), route))
        for lang in ("en", "fr")
        for route in routes(lang)
        for key in (dict.fromkeys(keys) if "<key:" in route else (0,))
        if "<uuid:" not in route and "logout" not in route
    ]
    found += [f"/{lang}/{where}" for lang in ("en",) for where in _files(names)]
    found += [f"/api/v1/{what}/{key}" for what in ("resources", "listings") for key in keys]
    return list(dict.fromkeys([*found, *NOWHERE]))


def _filled(route: str) -> str:
    return re.sub(r"<(\w+:)?\w+>", "x", route)


def _files(names: Names) -> Iterator[str]:
    for each in names.files:
        yield f"library/files/{quote(each)}"


def searches(names: Names) -> list[str]:
    """Every value of every filter in every order, page by page; words, also half a name."""
    from curation.finding.facets import Words
    from resources.facets import FACETS

    words = Words()
    queries = [
        f"{facet.name}={quote(str(value))}"
        for facet in FACETS
        for value in (*facet.labels(words), "unknown")
    ]
    halves = [word[: len(word) // 2 + 2] for word in (*names.people, *names.agencies)]
    asked = ["Nunavut", "remote", "rings everybody up", "letters", "phone", "NU", "agency", "leçon"]
    asked += [*names.hidden_titles, *halves]
    paged = [f"{query}&sort={sort}" for query in ("", *queries) for sort in SORTS]
    found = [f"{where}?{query}" for where in PAGES for query in paged]
    found += [f"/api/v1/resources?{query}&limit=100" for query in paged]
    found += [f"/api/v1/resources?limit={n}&offset={at}" for n in (1, 5) for at in range(0, 30, n)]
    found += [f"/api/v1/listings?limit=100&sort={sort}" for sort in SORTS]
    found += [f"{where}{quote(each)}" for each in asked for where in QUESTIONS]
    return found


PAGES = ("/en/library/all/", "/fr/bibliotheque/tout/")
QUESTIONS = (
    "/en/library/all/?q=",
    "/en/search/?q=",
    "/fr/recherche/?q=",
    "/en/suggestions?q=",
    "/en/suggestions/library?q=",
    "/api/v1/resources?q=",
    "/api/v1/search?q=",
    "/en/add/alike/lesson?name=",
)


def cookies(names: Names) -> dict[str, str]:
    """A session of each of those who read; "" is a stranger."""
    from django.test import Client

    from tests.factories import sign_in

    found = {"": ""}
    for who, person in names.people_who_read.items():
        browser = Client()
        sign_in(browser, person)
        found[who] = f"sessionid={browser.cookies['sessionid'].value}"
    return found


# What lies about ---------------------------------------------------------------------------------


def in_the_mails(reader: Reader) -> Iterator[Leak]:
    """Names in what was written to anybody: no mail has any, not even to whoever it is of."""
    from post_office.models import Email

    for mail in Email.objects.all():
        text = f"{mail.subject}\n{mail.message}\n{mail.html_message}\n{mail.headers}"
        for found in reader.away.all.found(text):
            yield Leak(f"a mail to {mail.to}: {mail.subject}", found)


def in_the_index(reader: Reader) -> Iterator[Leak]:
    """Names in the tables of the search, and in what it and the API are given."""
    from django.db import connection

    from resources.agencies import Agencies
    from resources.records import record
    from resources.shelf import document, rows

    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    for table, row in tables({name for name in there if name.startswith("search_")}):
        for found in reader.away.all.found(row):
            yield Leak(f"table {table}", found)
    known = Agencies()
    for row in rows(None):
        for found in reader.away.all.found(f"{record(row, known)}{document(row)}"):
            yield Leak(f"record of {row.pk}", found)


def oracle(names: Names) -> Iterator[Leak]:
    """Names that the search knows, and contexts by which it finds what hides them."""
    from search import index

    within = {"shelf": ["resource"]}
    for word in (*names.people, *names.agencies, *names.titles):
        answer = index.ask(word, lang="en", within=within, as_typed=True)
        if any(reason.found for reason in answer.because):
            yield Leak("the search", word)
    for word in ("Nunavut", "remote", "in Nunavut", "NU"):
        answer = index.ask(word, lang="en", within=within, as_typed=True, limit=100)
        for key in set(answer.keys) & set(names.hidden) if answer.exact else ():
            yield Leak(f"the search for {word}", str(key))


def counted(names: Names) -> dict[str, Any]:
    """What the filters count, for questions that also find what is hidden."""
    from django.test import Client

    from resources.evidence import RUNGS

    browser = Client()
    questions = ["", "q=everybody", "q=phone", "q=lesson", "topic=hybrid-services", "kind=lesson"]
    questions += ["outcome=worked", "province=NU", "year=1981", "size=remote"]
    questions += [f"evidence={rung.slug}" for rung in RUNGS]
    questions += [f"q={quote(word)}" for word in names.hidden_titles]
    found = {}
    for each in questions:
        said = browser.get(f"/api/v1/resources?limit=1&exactly=true&{each}").json()
        found[each] = (
            said["facets"] if "q=" in each or not each else (said["total"], said["facets"])
        )
    home = browser.get("/en/library/").content.decode()
    found["home"] = re.findall(r"\?(\w+=[\w-]+)\">.*?(\d+)", home)
    return found


def in_the_counts(names: Names) -> Iterator[Leak]:
    """Whether any count is another one once the hidden lessons are gone."""
    from curation.models import Entry
    from tests.factories import reindex

    before = counted(names)
    Entry.objects.filter(pk__in=names.hidden).update(review="withdrawn")
    reindex()
    for question, now in counted(names).items():
        # A question that only a hidden lesson answers is answered by others once it is gone.
        if now != before[question] and not question.startswith("q=Zq"):
            yield Leak(f"the counts of {question or 'everything'}", f"{before[question]} {now}")
        if question.startswith("q=Zq") and any(before[question].values()):
            yield Leak(f"the counts of {question}", str(before[question]))


# The whole ---------------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description="Does a hidden name come out anywhere?")
    parser.add_argument("--requests", type=int, default=8_000, help="at least so many")
    parser.add_argument("--plant", action="store_true", help="write one name into a public page")
    chosen = parser.parse_args()
    # It says of every number that stands for nothing that nothing is there.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with place() as where:
        os.environ.update(where.environment)
        os.environ.pop("SECRET_KEY", None)
        import django

        django.setup()
        import planted_names

        planted_names.languages()
        names = planted_names.plant()
        if chosen.plant:
            planted_names.plant_in_a_page(names)
        leaks, statuses = look(names, where.environment, Path(where.folder))
    print(f"planted: {len(names.people) + len(names.agencies)} names, {len(names.days)} days,")
    print(f"  in {len(names.hidden)} hidden lessons and what belongs to them")
    answered = sum(count for status, count in statuses.items() if status)
    print(f"requests answered: {answered}", dict(sorted(statuses.items())))
    for leak in dict.fromkeys(leaks):
        print(f"  found: {leak.where}: {leak.secret}")
    print(f"finds: {len(leaks)}")
    return int(bool(leaks) != chosen.plant or answered < chosen.requests)


def look(
    names: Names, environment: dict[str, str], folder: Path
) -> tuple[list[Leak], Counter[int]]:
    """Crawl, then look into what lies about; every find, and how often each status came."""
    from django.test.utils import override_settings

    with override_settings(ALLOWED_HOSTS=["*"]):
        readers = cookies(names)
    found, log = addresses(names), folder / "server.log"
    # Whoever signs in meets the same pages in French.
    english = [path for path in found if not path.startswith("/fr/")]
    asks = [Ask("GET", path) for path in found]
    asks += [
        Ask("GET", path, cookie=cookie, who=who)
        for who, cookie in readers.items()
        for path in english
        if who
    ]
    asks += [Ask(method, path) for path in found[::5] for method in METHODS]
    asks += [Ask("GET", path) for path in searches(names)]
    with served(environment, log) as port:
        reader = Reader(port, names)
        reader.run(asks)
        asked = {ask.path for ask in asks}
        onward = [path.replace("&amp;", "&") for path in reader.links if path not in asked]
        reader.run([Ask("GET", path) for path in onward[:FOLLOWED]])
        for who in ("", "anybody", "colleague"):
            reader.as_polite_reader(who, readers[who])
    leaks = [*reader.leaks, *in_the_mails(reader), *in_the_index(reader), *oracle(names)]
    leaks += [
        Leak("the log", hit) for hit in reader.away.all.found(log.read_text(errors="replace"))
    ]
    with override_settings(ALLOWED_HOSTS=["*"]):
        leaks += in_the_counts(names)
    for broken in sorted(reader.broken)[:20]:
        print(f"  broken: {broken}")
    return leaks, reader.statuses


if __name__ == "__main__":
    sys.exit(main())
