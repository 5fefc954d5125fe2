"""Several writers and readers at once lose nothing and wait for nobody in a circle."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from search import index
from search.index import ask
from tests.search.samples import CONCEPTS, GROUPS, doc

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def groups(own_file):
    """The sample groups, in the index of that database."""
    index.rebuild(GROUPS.items(), CONCEPTS)


def in_threads(*jobs):
    """Run the jobs at once, each on its own connection; give their results."""
    start = Barrier(len(jobs))

    def run(job):
        try:
            start.wait(10)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(30) for future in [pool.submit(run, job) for job in jobs]]


def test_two_writers_lose_nothing_whatever_the_order_of_their_keys(groups):
    def writer(keys):
        def job():
            for key in keys:
                with transaction.atomic():
                    index.put(key, doc(f"Weavers {key}"))
                    index.put(key + 100 if key % 2 else key + 101, doc(f"Potters {key}"))

        return job

    in_threads(writer(range(20, 30)), writer(range(39, 29, -1)))

    assert ask("weavers", limit=0).total == 20
    assert ask("potters", limit=0).total == len(
        {k + 100 if k % 2 else k + 101 for k in range(20, 40)}
    )


def test_two_writers_of_the_same_entries_do_not_deadlock(groups):
    def writer(name, keys):
        def job():
            for _ in range(4):
                with transaction.atomic():
                    for key in keys:
                        index.put(key, doc(f"{name} {key}"))

        return job

    in_threads(writer("Weavers", [1, 2, 3]), writer("Potters", [3, 2, 1]))

    assert ask("weavers potters", limit=0).total == 3
    assert ask("").total == len(GROUPS)


def test_readers_see_whole_transactions_while_others_write_and_compact(groups):
    def writer():
        for number in range(12):
            with transaction.atomic(), index.batch():
                index.put(1, doc(f"Weavers {number}"))
                index.put(2, doc(f"Weavers {number}"))
            if number % 4 == 3:
                index.compact()

    def reader():
        seen = []
        for _ in range(40):
            answer = ask("weavers", limit=99)
            texts = {tuple(answer.keys)}
            seen.extend(texts)
        return set(seen)

    _, first, second = in_threads(writer, reader, reader)

    assert first | second <= {(), (1, 2)}
    assert ask("weavers").keys == [1, 2]


def test_change_committed_during_a_compaction_is_carried_over(groups, monkeypatch):
    from search import changes

    index.put(50, doc("Weavers"))
    write_base = changes.storage.write_base

    def meanwhile(*args):
        in_threads(lambda: index.put(51, doc("Potters")))
        return write_base(*args)

    monkeypatch.setattr(changes.storage, "write_base", meanwhile)
    index.compact()
    monkeypatch.undo()

    assert (ask("weavers").keys, ask("potters").keys) == ([50], [51])
    index.rebuild(GROUPS.items(), CONCEPTS)
    assert ask("potters").total == 0
