"""How fast the search answers, beside SQLite FTS5 and tantivy, on the same rows in the same run.

    .venv/bin/python bench/search_speed.py [--documents 100000] [--questions 200] [--rounds 3]

What is measured. Everybody holds the same invented documents (`bench/corpus.py`) and gets the same
questions: one to five words joined by OR, up to three filters (OR within a facet, AND between).
Each answer is a page of 20, the total, and the counts of all facets, a facet's counts leaving out
its own filter. All questions are asked once to warm up, then `--rounds` times; a question's time
is the best of its rounds.

- ours: `search.index.ask` as the site calls it, on a SQLite file, with all it does besides:
  stems, concepts, repair, ranking with reasons, the state row read from the database. Its match is
  stricter than OR (a fixed share of the question's weight), so its totals are smaller; both are
  printed. Words of a topic's label are also looked up as the topic.
- FTS5: one statement: matches with bm25 materialized once, joined to the documents' values, page,
  total and all counts by UNION ALL. Single-valued facets are columns, the others indexed rows.
- tantivy: one search for page and total, one aggregation over fast fields for all counts, and one
  more per facet that is filtered. In this process, in memory-mapped files, merged to few segments.

Both others get the text already folded and cut by our tokenizer (so Chinese pairs are words there
too), plain words only. Questions with a misspelled word are timed apart, for ours only: the others
repair nothing. A changed entry: our delta row in a transaction of its own with `synchronous=FULL`,
beside tantivy's delete, add and commit of one document.
"""

import argparse
import gc
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import FACETS, Corpus, Question  # noqa: E402
from search import language  # noqa: E402
from search.documents import Document  # noqa: E402

PAGE = 20
SINGLE = [facet for facet, (_, _, most) in FACETS.items() if most == 1]
MULTIPLE = [facet for facet in FACETS if facet not in SINGLE]


def folded(*texts: str) -> str:
    return " ".join(token.word for text in texts for token in language.tokens(text))


class Ours:
    name = "ours"

    def __init__(self, corpus: Corpus) -> None:
        from search import index

        self.index = index
        index.rebuild(corpus.documents(), corpus.concepts())

    def ask(self, question: Question) -> int:
        answer = self.index.ask(question.words, filters=question.filters, limit=PAGE)
        return answer.total

    def change(self, key: int, document: Document) -> None:
        self.index.put(key, document)


class Fts5:
    name = "FTS5"

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts5.sqlite3")
        self.db.execute("PRAGMA cache_size=-400000")
        self.db.execute("PRAGMA mmap_size=4000000000")
        columns = ", ".join(f'"{facet}" TEXT' for facet in SINGLE)
        self.db.execute(
            "CREATE VIRTUAL TABLE words USING fts5(names, tags, text, tokenize='unicode61')"
        )
        self.db.execute(f"CREATE TABLE document (id INTEGER PRIMARY KEY, {columns})")
        for facet in MULTIPLE:
            self.db.execute(
                f'CREATE TABLE "{facet}" (id INTEGER, value TEXT, PRIMARY KEY (id, value)) '
                "WITHOUT ROWID"
            )
        for key, document in corpus.documents():
            parts = (folded(*document.names), folded(*document.tags), folded(*document.text))
            self.db.execute(
                "INSERT INTO words (rowid, names, tags, text) VALUES (?, ?, ?, ?)", (key, *parts)
            )
            values = [document.facets[facet][0] for facet in SINGLE]
            self.db.execute(f"INSERT INTO document VALUES (?{', ?' * len(SINGLE)})", (key, *values))
            for facet in MULTIPLE:
                rows = [(key, value) for value in document.facets[facet]]
                self.db.executemany(f'INSERT INTO "{facet}" VALUES (?, ?)', rows)
        self.db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.db.commit()
        self.db.execute("ANALYZE")

    def ask(self, question: Question) -> int:
        match = " OR ".join(f'"{word}"' for word in folded(question.words).split())
        passing = {
            facet: self._passing(facet, values) for facet, values in question.filters.items()
        }

        def where(without: str = "") -> str:
            return " AND ".join(["1", *(sql for facet, sql in passing.items() if facet != without)])

        selects = [
            f"SELECT * FROM (SELECT '', id, score FROM hits WHERE {where()} "
            f"ORDER BY score, id LIMIT {PAGE})",
            f"SELECT 'total', count(*), 0 FROM hits WHERE {where()}",
        ]
        for facet in SINGLE:
            selects.append(
                f"SELECT 'facet', \"{facet}\", count(*) FROM hits WHERE {where(facet)} GROUP BY 2"
            )
        for facet in MULTIPLE:
            selects.append(
                f"SELECT 'facet', value, count(*) FROM hits JOIN \"{facet}\" AS v USING (id) "
                f"WHERE {where(facet)} GROUP BY value"
            )
        rows = self.db.execute(
            "WITH hits AS MATERIALIZED (SELECT d.*, bm25(words, 10, 5, 1) AS score FROM words "
            "JOIN document d ON d.id = words.rowid WHERE words MATCH ?) "
            + " UNION ALL ".join(selects),
            (match,),
        ).fetchall()
        return next(row[1] for row in rows if row[0] == "total")

    @staticmethod
    def _passing(facet: str, values: list[str]) -> str:
        among = ", ".join(f"'{value}'" for value in values)
        if facet in SINGLE:
            return f'"{facet}" IN ({among})'
        return f'id IN (SELECT id FROM "{facet}" WHERE value IN ({among}))'


class Tantivy:
    name = "tantivy"

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
        for field in ("names", "tags", "text"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        for facet in FACETS:
            builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
        self.schema = builder.build()
        place = folder / "tantivy"
        place.mkdir()
        self.index = tantivy.Index(self.schema, path=str(place))
        self.writer = self.index.writer(400_000_000, 1)
        for key, document in corpus.documents():
            self.writer.add_document(self._document(key, document))
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.writer = self.index.writer(100_000_000, 1)
        self.index.reload()
        self.searcher = self.index.searcher()

    def _document(self, key: int, document: Document) -> Any:
        made = self.tantivy.Document(
            names=folded(*document.names),
            tags=folded(*document.tags),
            text=folded(*document.text),
            **{facet: list(values) for facet, values in document.facets.items()},
        )
        made.add_unsigned("id", key)
        return made

    def ask(self, question: Question) -> int:
        query, occur = self.tantivy.Query, self.tantivy.Occur
        words = query.boolean_query(
            [
                (
                    occur.Should,
                    query.boost_query(query.term_query(self.schema, field, word, "freq"), boost),
                )
                for word in folded(question.words).split()
                for field, boost in (("names", 10.0), ("tags", 5.0), ("text", 1.0))
            ]
        )
        passing = {
            facet: query.const_score_query(query.term_set_query(self.schema, facet, values), 0.0)
            for facet, values in question.filters.items()
        }

        def whole(without: str = "") -> Any:
            kept = [(occur.Must, one) for facet, one in passing.items() if facet != without]
            return query.boolean_query([(occur.Must, words), *kept]) if kept else words

        found = self.searcher.search(whole(), PAGE)
        [self.searcher.doc(address)["id"] for _, address in found.hits]
        open_facets = [facet for facet in FACETS if facet not in passing]
        self.searcher.aggregate(whole(), {facet: _counted(facet) for facet in open_facets})
        for facet in passing:
            self.searcher.aggregate(whole(facet), {facet: _counted(facet)})
        return found.count or 0

    def change(self, key: int, document: Document) -> None:
        self.writer.delete_documents_by_term("id", key)
        self.writer.add_document(self._document(key, document))
        self.writer.commit()


def _counted(facet: str) -> dict[str, Any]:
    return {"terms": {"field": facet, "size": 100}}


def timed(
    runs: list[tuple[Callable[[Question], int], list[Question]]], rounds: int
) -> list[tuple[list[float], float]]:
    """Per run milliseconds per question (best of the rounds) and the mean total.

    The runs take turns question by question, so that what else the machine does hits them alike.
    """
    totals = [statistics.mean(ask(question) for question in questions) for ask, questions in runs]
    gc.collect()
    best = [[float("inf")] * len(questions) for _, questions in runs]
    for _ in range(rounds):
        for at in range(max(len(questions) for _, questions in runs)):
            for times, (ask, questions) in zip(best, runs, strict=True):
                if at < len(questions):
                    start = time.perf_counter()
                    ask(questions[at])
                    times[at] = min(times[at], (time.perf_counter() - start) * 1000)
    return list(zip(best, totals, strict=True))


def share(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def line(name: str, times: list[float], more: str = "") -> None:
    print(
        f"{name:<34} p50 {share(times, 0.5):9.3f} ms   p95 {share(times, 0.95):9.3f} ms   {more}",
        flush=True,
    )


def set_up(folder: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'ours.sqlite3'}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_directory.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "search", verbosity=0)


def measure_changes(corpus: Corpus, engine: Any, count: int) -> list[float]:
    times = []
    for key, document in Corpus(count, seed=99).documents():
        start = time.perf_counter()
        engine.change(key, document)
        times.append((time.perf_counter() - start) * 1000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--only-ours", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        set_up(folder)
        corpus = Corpus(options.documents)
        questions = corpus.questions(options.questions)
        engines: list[Any] = []
        for make in (
            lambda: Ours(corpus),
            lambda: Tantivy(corpus, folder),
            lambda: Fts5(corpus, folder),
        ):
            start = time.perf_counter()
            engines.append(make())
            took = f"{time.perf_counter() - start:.0f} s"
            print(f"# {engines[-1].name}: {options.documents} documents in {took}", flush=True)
            if options.only_ours:
                break
        report(corpus, engines, questions, options)


def report(
    corpus: Corpus, engines: list[Any], questions: list[Question], options: argparse.Namespace
) -> None:
    print(f"\n{len(questions)} questions, page of {PAGE}, total, counts of {len(FACETS)} facets")
    ours, *others = engines
    swift = [engine for engine in others if engine.name != "FTS5"]
    named = [ours, *swift, *(engine for engine in others if engine not in swift)]
    misspelled = corpus.misspelled(options.questions)
    # FTS5 walks through far more memory than the others: it takes its turns alone.
    found = timed(
        [(ours.ask, questions), (ours.ask, misspelled), *((e.ask, questions) for e in swift)],
        options.rounds,
    )
    (repaired, _) = found.pop(1)
    found += [timed([(e.ask, questions)], options.rounds)[0] for e in named[1 + len(swift) :]]
    slow = {}
    for engine, (times, total) in zip(named, found, strict=True):
        slow[engine.name] = share(times, 0.95)
        line(engine.name, times, f"mean total {total:.0f}")
    line("ours, one word to repair", repaired)
    print(f"\np95 with repair / p95 without: {share(repaired, 0.95) / slow['ours']:.2f} (goal ≤ 2)")
    if "FTS5" in slow:
        print(f"p95 ours / FTS5:    1/{slow['FTS5'] / slow['ours']:.0f} (goal ≤ 1/20)")
        print(f"p95 ours / tantivy: {slow['ours'] / slow['tantivy']:.2f} (goal ≤ 1)")
    print(f"\n{options.changes} changed entries, one transaction each")
    for engine in engines:
        if hasattr(engine, "change"):
            line(engine.name, measure_changes(corpus, engine, options.changes))
    times, _ = timed([(ours.ask, questions)], options.rounds)[0]
    line(f"ours with {options.changes} deltas pending", times)


if __name__ == "__main__":
    main()
