"""Reading and writing the rows of the index. Nothing here knows what the bytes mean.

A reader takes the state and what hangs on it in one statement, so both belong together. A writer
locks the state first, so that writers queue and cannot wait for each other in a circle, and changes
its token last.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import FilteredRelation, Q

from .models import Base, Delta, Posting, State

ROWS_AT_ONCE = 500
# Tokens written by a transaction that is still open, per connection.
_open_tokens: WeakKeyDictionary[BaseDatabaseWrapper, set[int]] = WeakKeyDictionary()


class Overtaken(Exception):
    """Another reindex or compaction has swapped the base meanwhile."""


@dataclass(frozen=True)
class Change:
    """What becomes of one entry: its record and document as bytes, or nothing when it is gone."""

    key: int
    record: bytes = b""
    document: bytes = b""

    @property
    def gone(self) -> bool:
        """Whether the entry leaves the index."""
        return not self.record


def new_id() -> int:
    """A random number that is never drawn twice."""
    return secrets.randbits(62) + 1


def read_state() -> tuple[int, int] | None:
    """The present base id and token, or None before the first write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT base_id, token FROM search_state WHERE id = 1")
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def read_deltas() -> tuple[int, int, dict[int, int]] | None:
    """Base id, token and {key: stamp} of all deltas, in one statement."""
    rows = list(
        State.objects.filter(pk=1).values_list(
            "base_id", "token", "base__deltas__key", "base__deltas__stamp"
        )
    )
    if not rows:
        return None
    return rows[0][0], rows[0][1], {key: stamp for _, _, key, stamp in rows if key is not None}


def read_records(stamps: Collection[int]) -> dict[int, bytes]:
    """{stamp: record} of the deltas with these stamps; a stamp overwritten meanwhile is missing."""
    found: dict[int, bytes] = {}
    wanted = sorted(stamps)
    for at in range(0, len(wanted), ROWS_AT_ONCE):
        rows = Delta.objects.filter(stamp__in=wanted[at : at + ROWS_AT_ONCE])
        found.update(
            (stamp, bytes(record)) for stamp, record in rows.values_list("stamp", "record")
        )
    return found


def read_all() -> tuple[int, int, dict[int, int], dict[int, bytes]] | None:
    """What `read_deltas` and `read_records` give, in one statement."""
    rows = list(
        State.objects.filter(pk=1).values_list(
            "base_id", "token", "base__deltas__key", "base__deltas__stamp", "base__deltas__record"
        )
    )
    if not rows:
        return None
    stamps = {row[2]: row[3] for row in rows if row[2] is not None}
    return rows[0][0], rows[0][1], stamps, {r[3]: bytes(r[4]) for r in rows if r[2] is not None}


def read_rows(terms: Collection[bytes]) -> tuple[int, dict[bytes, bytes]] | None:
    """The present base id and those of the rows that it has, in one statement."""
    state = State.objects.filter(pk=1).annotate(
        row=FilteredRelation("base__postings", condition=Q(base__postings__term__in=list(terms)))
    )
    rows = list(state.values_list("base_id", "row__term", "row__data"))
    if not rows:
        return None
    return rows[0][0], {bytes(term): bytes(data) for _, term, data in rows if term is not None}


def read_postings(base: int) -> Iterator[tuple[bytes, bytes]]:
    """All rows of a base."""
    rows = Posting.objects.filter(base_id=base).values_list("term", "data")
    for term, data in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield bytes(term), bytes(data)


def read_documents(base: int) -> dict[int, tuple[int, bytes]]:
    """{key: (stamp, document)} of the deltas of a base; the document is empty when it is gone."""
    rows = Delta.objects.filter(base_id=base).values_list("key", "stamp", "document")
    return {key: (stamp, bytes(document)) for key, stamp, document in rows}


def write_changes(changes: Iterable[Change]) -> None:
    """Write one delta row per change, in the caller's transaction."""
    ordered = sorted(changes, key=lambda change: change.key)
    if not ordered:
        return
    with transaction.atomic():
        state = lock_state()
        rows = [
            Delta(
                base_id=state.base_id,
                key=c.key,
                stamp=new_id(),
                gone=c.gone,
                record=c.record,
                document=c.document,
            )
            for c in ordered
        ]
        Delta.objects.bulk_create(
            rows,
            batch_size=ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["base", "key"],
            update_fields=["stamp", "gone", "record", "document"],
        )
        touch(state)


def lock_state() -> State:
    """The state row, locked until the end of the transaction; made when there is none."""
    state = State.objects.select_for_update().filter(pk=1).first()
    if state is None:
        if not Base.objects.exists():
            Base.objects.create(id=new_id(), recipe="", thesaurus="")
        base = Base.objects.order_by("-made_at").first()
        assert base is not None
        State.objects.get_or_create(pk=1, defaults={"base": base, "token": new_id()})
        state = State.objects.select_for_update().get(pk=1)
    return state


def touch(state: State) -> None:
    """Give the state a new random token, as the last thing of a change."""
    state.token = new_id()
    tokens = _open_tokens.setdefault(connections[DEFAULT_DB_ALIAS], set())
    if not connection.in_atomic_block:
        tokens.clear()
    tokens.add(state.token)
    state.save(update_fields=["base", "token"])
    transaction.on_commit(partial(tokens.discard, state.token))


def is_own(token: int) -> bool:
    """Whether the state with this token was written by this connection and is not committed."""
    return connection.in_atomic_block and token in _open_tokens.get(
        connections[DEFAULT_DB_ALIAS], ()
    )


def write_base(
    rows: Iterable[tuple[bytes, bytes]], documents: int, recipe: str, thesaurus: str
) -> int:
    """Write a base under a new id; nobody reads it before `swap`."""
    base = Base.objects.create(id=new_id(), documents=documents, recipe=recipe, thesaurus=thesaurus)
    waiting: list[Posting] = []
    for term, data in rows:
        waiting.append(Posting(base_id=base.id, term=term, data=data))
        if len(waiting) == ROWS_AT_ONCE:
            Posting.objects.bulk_create(waiting)
            waiting = []
    Posting.objects.bulk_create(waiting)
    return base.id


def drop_base(base: int) -> None:
    """Delete a base and all that hangs on it."""
    Posting.objects.filter(base_id=base).delete()
    Delta.objects.filter(base_id=base).delete()
    Base.objects.filter(pk=base).delete()
