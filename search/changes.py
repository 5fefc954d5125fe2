"""Changing the index: single changes, a rebuild from everything, compaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from unicodedata import unidata_version

from django.db import transaction

from . import bases, caches, documents, language, storage, words
from .documents import Document, analyse, pack, pack_document, unpack, unpack_document
from .models import Base, Delta
from .snapshot import Moved
from .thesaurus import Concept, Thesaurus

# What decides which terms a document gets. Another one means that a reindex is due.
RECIPE = blake2b(
    "|".join(
        [
            language.RECIPE,
            documents.RECIPE,
            version("snowballstemmer"),
            unidata_version,
            *sorted(words.STOP),
        ]
    ).encode(),
    digest_size=8,
).hexdigest()


@dataclass(frozen=True)
class IndexState:
    """How the index stands. `base` is None before the first write; `current` is false when the way
    documents are cut has changed since the base was made, and a reindex is due."""

    base: int | None
    documents: int
    deltas: int
    current: bool
    made_at: object = None


def write(changed: Mapping[int, Document | None]) -> None:
    """Write changes in the caller's transaction."""
    if not changed:
        return
    with transaction.atomic():
        thesaurus = _thesaurus(storage.lock_state().base_id)
        storage.write_changes(
            _change(key, document, thesaurus) for key, document in changed.items()
        )


def _change(key: int, document: Document | None, thesaurus: Thesaurus) -> storage.Change:
    if document is None:
        return storage.Change(key)
    return storage.Change(key, pack(analyse(document, thesaurus)), pack_document(document))


def _thesaurus(base: int) -> Thesaurus:
    return caches.base_of(base).thesaurus


def rebuild(entries: Iterable[tuple[int, Document]], concepts: Iterable[Concept]) -> None:
    """See `index.rebuild`."""
    with transaction.atomic():
        start = storage.lock_state().base_id
    seen = {stamp for stamp, _ in storage.read_documents(start).values()}
    thesaurus = Thesaurus(concepts)
    analyser = documents.Analyser(thesaurus)
    builder = bases.Builder()
    for key, document in entries:
        builder.add(documents.check_key(key), analyser.analyse(document))
    _swap(builder, thesaurus, start, seen)


def compact() -> None:
    """See `index.compact`."""
    with transaction.atomic():
        start = storage.lock_state().base_id
        changed = storage.read_documents(start)
    if not changed:
        return
    try:
        base = caches.base_of(start)
        written = {lang: base.written(lang) for lang in bases.LANGUAGES}
    except Moved:
        raise storage.Overtaken from None
    builder = bases.builder_from(
        base.columns,
        base.titles,
        _terms(start),
        base.facets,
        base.names,
        base.spellings,
        written,
    )
    numbers = {key: number for number, key in enumerate(builder.keys)}
    builder.dead = {numbers[key] for key in changed if key in numbers}
    for key, (_, data) in sorted(changed.items()):
        if data:
            builder.add(key, analyse(unpack_document(data), base.thesaurus))
    _swap(builder, base.thesaurus, start, {stamp for stamp, _ in changed.values()})


def _terms(base: int) -> Iterator[tuple[str, bases.Tiers]]:
    for term, data in storage.read_postings(base):
        if not term.startswith(b"#"):
            yield term.decode(), bases.unpack_tiers(data)


def _swap(builder: bases.Builder, thesaurus: Thesaurus, start: int, seen: set[int]) -> None:
    """Write the base and make it the present one, carrying over what was changed meanwhile."""

    def rows() -> Iterator[tuple[bytes, bytes]]:
        yield from builder.rows()
        yield bases.encode(bases.CONCEPTS), thesaurus.dump()

    count = len(builder.keys) - len(builder.dead)
    new = storage.write_base(rows(), count, RECIPE, thesaurus.digest())
    with transaction.atomic():
        state = storage.lock_state()
        if state.base_id != start:
            storage.drop_base(new)
            raise storage.Overtaken
        carried = []
        for key, (stamp, data) in storage.read_documents(start).items():
            if stamp not in seen:
                record = pack(analyse(unpack_document(data), thesaurus)) if data else b""
                carried.append(
                    Delta(
                        base_id=new,
                        key=key,
                        stamp=stamp,
                        gone=not data,
                        record=record,
                        document=data,
                    )
                )
        Delta.objects.bulk_create(carried, batch_size=storage.ROWS_AT_ONCE)
        state.base_id = new
        storage.touch(state)
        # The base just left stays for those who are reading it; the ones before it go.
        for old in Base.objects.exclude(pk__in=[new, start]).filter(made_at__lt=_made(start)):
            storage.drop_base(old.pk)


def _made(base: int) -> object:
    return Base.objects.values_list("made_at", flat=True).get(pk=base)


def state(concepts: Iterable[Concept] | None = None) -> IndexState:
    """See `index.state`."""
    found = storage.read_deltas()
    if found is None:
        return IndexState(None, 0, 0, current=False)
    here = caches.steady()
    base = Base.objects.get(pk=here.base.id)
    current = base.recipe == RECIPE
    if concepts is not None:
        current = current and base.thesaurus == Thesaurus(concepts).digest()
    return IndexState(base.pk, len(here.live), here.deltas, current, base.made_at)


__all__ = ["RECIPE", "IndexState", "compact", "rebuild", "state", "unpack", "write"]
