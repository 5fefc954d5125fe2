"""The starting list: what came with the starting data and nobody has looked at yet.

One tap each: its page exists, cannot be found, or says that it has closed. What is confirmed,
closed or not found leaves the list; an answer that is undone brings it back. An umbrella
organization's people see the part of their province, and what they say counts like a
volunteer's: it is what they have looked up, not what the group itself said.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.languages import OTHER
from accounts.models import Province
from curation import cases, lifecycle, shelves
from curation.cases import Reason
from curation.desk import edits, undoing
from curation.lifecycle import TurnRefused
from curation.models import Decision, Entry
from search import index

PAGE = 20
MOST = 1_000_000
ALL_OF_CANADA = "CA"
WHERE = {**dict(Province.choices), ALL_OF_CANADA: _("All of Canada")}
ANSWERS = {
    "exists": _("The page exists"),
    "not-found": _("I cannot find it"),
    "closed": _("It has closed"),
}


@dataclass(frozen=True)
class Row:
    """One group of the list, with where to look."""

    entry: Entry
    page: str
    link: str
    source: str


@dataclass(frozen=True)
class StartingList:
    """A part of the list. `left` and `done` count the whole of it that this person sees."""

    rows: list[Row]
    done: int
    left: int
    province: str
    provinces: list[tuple[str, Any, int]]
    after: int = 0
    held: list[Entry] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.done + self.left


def starting_list(
    user: Any, *, province: str, page: int = 1, provinces: list[str] | None = None
) -> StartingList:
    """Twenty groups to look up. `provinces` are those that somebody is let into; None: all."""
    keys = {code: _keys_in(code) for code in (WHERE if provinces is None else provinces)}
    whole = _whole(user)
    if provinces is not None:
        province = province if province in keys else provinces[0]
        whole = whole.filter(pk__in=keys[province])
    left = whole.filter(NOBODY_LOOKED)
    here = set(left.values_list("pk", flat=True))
    shown = here & keys[province] if province in keys else here
    start = (page - 1) * PAGE
    found = list(_ordered(Entry.objects.filter(pk__in=shown))[start : start + PAGE + 1])
    return StartingList(
        rows=_rows(found[:PAGE]),
        done=whole.count() - len(here),
        left=len(here),
        province=province if province in keys else "",
        provinces=[(code, WHERE[code], len(here & found)) for code, found in keys.items()],
        after=page + 1 if len(found) > PAGE else 0,
        held=list(_ordered(_held())) if provinces is None else [],
    )


# Nobody has confirmed it, said that it closed, or looked for it in vain.
NOBODY_LOOKED = (
    Q(confirmed_on=None)
    & ~Q(activity=Entry.Activity.CLOSED)
    & ~Q(activity=Entry.Activity.UNKNOWN, activity_on__isnull=False, link_answered=False)
)


def say(
    entry: Entry, fact: str, *, by: Any, version: int, provinces: list[str] | None
) -> Decision | None:
    """Write one answer down; what cannot be found waits for a second look.

    None where it was said already. Raises TurnRefused, also for a group of another province.
    """
    if fact not in ANSWERS:
        raise TurnRefused(_("Choose one of the answers."))
    if not _whole(by).filter(pk=entry.pk).exists():
        raise TurnRefused(_("This one is not on the list, or your own organization runs it."))
    if provinces is not None and not _lies_in(entry, provinces):
        raise TurnRefused(_("This one is in another province."))
    decision = edits.note_fact(entry, fact, by=by, version=version, may=provinces is not None)
    if decision is not None and fact == "not-found":
        cases.open_case(Reason.LINK, entry=entry)
    return decision


def last_answer(key: str, user: Any) -> tuple[Entry, Any] | None:
    """The group of which somebody has just said something, and what, where it can be undone."""
    last = _last(key, user)
    return (last.entry, ANSWERS[last.verb]) if last else None


def take_back(entry: Entry, *, by: Any, provinces: list[str] | None) -> None:
    """Undo one's own last answer about a group. Raises TurnRefused."""
    last = _last(str(entry.pk), by)
    if last is None:
        raise TurnRefused(lifecycle.TOO_LATE)
    if provinces is None:
        undoing.undo(last, by=by)
    else:
        undoing.undo_own(last, by=by)
    cases.close_for(entry, Reason.LINK)


def twins() -> dict[str, str]:
    """The list in both languages, also where a form came back."""
    found = {}
    for lang in OTHER:
        with override(lang):
            found[lang] = reverse("starting_list")
    return found


def _last(key: str, user: Any) -> Decision | None:
    if not (key.isdecimal() and len(key) < 11):
        return None
    mine = Decision.objects.filter(entry=int(key), by=user, verb__in=ANSWERS).select_related(
        "entry"
    )
    last = mine.order_by("-number").first()
    return last if last and undoing.may_be_undone(last) else None


def _whole(user: Any) -> QuerySet[Entry]:
    """Everything public that came with the starting data, except what is the person's own."""
    own = [entry.pk for entry in shelves.kept_by(user)]
    return Entry.objects.visible().filter(source_key__isnull=False).exclude(pk__in=own)


def _held() -> QuerySet[Entry]:
    """What came with the starting data and is not public: it waits for a decision."""
    return Entry.objects.filter(review=Entry.Review.SUBMITTED, source_key__isnull=False)


def _ordered(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("name_own_language").order_by("name_en", "name_fr", "pk")


def _rows(entries: list[Entry]) -> list[Row]:
    """The entries with their addresses, each shelf asked once."""
    whole: dict[int, Entry] = {}
    for name in {entry.shelf for entry in entries}:
        keys = [entry.pk for entry in entries if entry.shelf == name]
        whole |= {row.pk: row for row in shelves.named(name).rows(keys)}
    return [
        Row(entry, shelves.of(entry).address(entry), _link(whole.get(entry.pk)), entry.source_url)
        for entry in entries
    ]


def _link(row: Entry | None) -> str:
    return shelves.of(row).link(row) if row else ""


def _keys_in(code: str) -> set[int]:
    """What is public in a province, or for all of Canada."""
    return set(index.ask(filters={"province": [code]}, limit=MOST).keys)


def _lies_in(entry: Entry, provinces: Collection[str]) -> bool:
    return bool(set(shelves.of(entry).facets(entry).get("province", ())) & set(provinces))
