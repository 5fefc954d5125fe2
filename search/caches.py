"""The snapshots that this process keeps decoded, and reading the present one.

Shared caches hold only what is committed: a transaction that has written reads through caches of
its own connection (see `storage.is_own`), so nothing that is rolled back can stay anywhere.
"""

from threading import RLock
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from . import storage
from .snapshot import LoadedBase, Moved, Overlay, Snapshot

KEPT = 4  # snapshots and bases


class _Cache:
    """Decoded bases and snapshots, the latest few of each."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.bases: dict[int, LoadedBase] = {}
        self.overlays: dict[int, Overlay] = {}
        self.snapshots: dict[tuple[int, int], Snapshot] = {}

    def keep(self, snapshot: Snapshot) -> None:
        self.bases[snapshot.base.id] = snapshot.base
        self.overlays[snapshot.base.id] = snapshot.overlay
        self.snapshots[(snapshot.base.id, snapshot.token)] = snapshot
        for held in (self.bases, self.overlays, self.snapshots):
            while len(held) > KEPT:
                held.pop(next(iter(held)))  # type: ignore[call-overload]


_shared = _Cache()
_private: WeakKeyDictionary[BaseDatabaseWrapper, _Cache] = WeakKeyDictionary()


def present() -> Snapshot:
    """The index as it is now. Moved when it changes faster than it can be read."""
    state = storage.read_state()
    if state is None:
        nothing = LoadedBase(0, {})
        return Snapshot(nothing, Overlay(nothing), 0, {})
    own = storage.is_own(state[1])
    cache = _private.setdefault(connections[DEFAULT_DB_ALIAS], _Cache()) if own else _shared
    snapshot = cache.snapshots.get(state)
    return snapshot or _read(cache, own)


def _read(cache: _Cache, own: bool) -> Snapshot:
    with cache.lock:
        for attempt in range(3):
            found = storage.read_deltas() if attempt < 2 else None
            records: dict[int, bytes] = {}
            if attempt == 2:
                whole = storage.read_all()
                found = whole[:3] if whole else None
                records = whole[3] if whole else {}
            if found is None:
                raise Moved
            base_id, token, stamps = found
            if storage.is_own(token) != own:
                raise Moved
            base = cache.bases.get(base_id) or (
                _shared.bases.get(base_id) or LoadedBase.read(base_id)
            )
            overlay = _overlay_for(cache, base, stamps)
            missing = {stamp: key for key, stamp in stamps.items() if not overlay.knows(stamp)}
            if missing and not records:
                records = storage.read_records(missing)
            if any(stamp not in records for stamp in missing):
                continue
            for stamp, key in sorted(missing.items(), key=lambda item: item[1]):
                overlay.add(key, stamp, records[stamp])
            snapshot = Snapshot(base, overlay, token, stamps)
            cache.keep(snapshot)
            return snapshot
    raise Moved


def _overlay_for(cache: _Cache, base: LoadedBase, stamps: dict[int, int]) -> Overlay:
    overlay = cache.overlays.get(base.id)
    # Numbers of entries changed again are never reused: begin anew before they outweigh the rest.
    if overlay is None or len(overlay.keys) > 2 * len(stamps) + 1000:
        overlay = Overlay(base)
    return overlay


def base_of(base: int) -> LoadedBase:
    """A base decoded, from the caches when it is there. Moved when it is not the present one."""
    held = _shared.bases.get(base) or _private.get(
        connections[DEFAULT_DB_ALIAS], _Cache()
    ).bases.get(base)
    return held or LoadedBase.read(base)


def steady() -> Snapshot:
    """`present`, tried again when the base is swapped meanwhile."""
    for _ in range(7):
        try:
            return present()
        except Moved:
            continue
    return present()
