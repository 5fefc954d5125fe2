"""What happened: the last decisions of all reviewers, one entry's past, a version of it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import LocalText, day_in_words, localized
from curation import changes, hiding, history, shelves
from curation.desk import comparison, rulings, undoing
from curation.desk.comparison import Piece, Row
from curation.models import Decision, Entry, Ruling
from curation.removals import Why

PAGE = 25
VERBS: Mapping[str, Any] = {
    "submit": gettext_lazy("Sent to the reviewers"),
    "ask": gettext_lazy("A question was asked"),
    "publish": gettext_lazy("Published"),
    "reject": gettext_lazy("Not published"),
    "withdraw": gettext_lazy("Taken off the site"),
    "reopen": gettext_lazy("Opened again"),
    "merge": gettext_lazy("Merged with another page"),
    "undo": gettext_lazy("The step before was undone"),
    "edit": gettext_lazy("Edited"),
    "restore": gettext_lazy("Earlier words put back"),
    "decline": gettext_lazy("Something sent in was not accepted"),
    "looked": gettext_lazy("Looked at; nothing was to be changed"),
    "exists": gettext_lazy("Its page was seen"),
    "not-found": gettext_lazy("Its page could not be found"),
    "closed": gettext_lazy("The group was found to have closed"),
    "confirm": gettext_lazy("Confirmed by the people of the group"),
    "keepers": gettext_lazy("Who looks after the page changed"),
    "terms": gettext_lazy("Its topics were put in order"),
    hiding.VERB: gettext_lazy("The name of the sender was opened"),
}
# Fields that are not in the form of a shelf; those of the entry itself have a name already.
LABELS: Mapping[str, Any] = {
    "review": gettext_lazy("Where it stands"),
    "public_reason": gettext_lazy("Reason that everybody may read"),
    "merged_into": gettext_lazy("It leads to"),
    "keepers": gettext_lazy("People who look after the page"),
    "invitation": gettext_lazy("Invitation"),
    "terms": gettext_lazy("Topics"),
    "related": gettext_lazy("Related"),
}
UNSAID = ("public_kind", "about")


@dataclass(frozen=True)
class Step:
    """One decision as people read it. `who` is an address for reviewers only.

    `name` and `page` say what it was about, where several stand in one list.
    """

    decision: Decision | Ruling
    what: Any
    who: str
    note: str = ""
    rows: list[Row] = field(default_factory=list)
    can_undo: bool = False
    can_restore: bool = False
    name: LocalText | None = None
    page: str = ""

    @property
    def field(self) -> str:
        """What the form that undoes it calls it."""
        return "ruling" if isinstance(self.decision, Ruling) else "decision"

    @property
    def number(self) -> int:
        """Its number within the history of its page; 0 for none."""
        return getattr(self.decision, "number", 0)


@dataclass(frozen=True)
class Steps:
    """One page of them; `before` and `after` are the numbers of the pages beside it."""

    steps: list[Step]
    before: int = 0
    after: int = 0
    mine: bool = False
    only: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def happened(query: QueryDict, user: Any) -> Steps:
    """What reviewers decided, newest first; with `whose=mine`, what this one did."""
    rows = Decision.objects.filter(role=Decision.Role.REVIEWER).order_by("-at", "-pk")
    ruled = Ruling.objects.order_by("-at", "-pk")
    mine = query.get("whose") == "mine"
    if mine:
        rows = rows.filter(by=user)
        ruled = ruled.filter(by=user)
    found, before, after = _page(
        query,
        rows.select_related("entry__name_own_language", "by"),
        ruled.select_related("organization", "by"),
    )
    steps = [_ruled(row) if isinstance(row, Ruling) else _decided(row) for row in found]
    return Steps(steps, before, after, mine)


def _decided(row: Decision) -> Step:
    return Step(
        row,
        VERBS.get(row.verb, _("Something else")),
        row.by.email if row.by else "",
        row.note,
        can_undo=undoing.may_be_undone(row),
        name=row.entry.name,
        page=reverse("entry_review", args=[row.entry_id]),
    )


def _ruled(row: Ruling) -> Step:
    """What was decided about an organization: it is no page, so it has no page of its own."""
    what = str(Ruling.Verb(row.verb).label)
    what = f"{what}: {row.domain}" if row.domain else what
    return Step(
        row,
        _("%(what)s (undone)") % {"what": what} if row.undone_at else what,
        row.by.email if row.by else "",
        row.note,
        can_undo=rulings.may_be_undone(row),
        name=localized(row.organization, "name"),
        page=reverse("organization_account", args=[row.organization_id]),
    )


def of_entry(entry: Entry, query: QueryDict, *, reviewer: bool, sealed: bool = False) -> Steps:
    """An entry's past, newest first; with `field`, only what happened to that field.

    People see who looked after what as a role; reviewers see the address, or the pseudonym of
    somebody who is gone. `sealed`: nothing is shown of a sender who asked not to be named.
    """
    shelf = shelves.of(entry)
    names = list(shelf.values(entry))
    wanted = query.get("field", "")
    rows = entry.decisions.order_by("-number").select_related("by").prefetch_related("personal")
    if wanted in names:
        rows = rows.filter(after__has_key=wanted)
    else:
        wanted = ""
    found, before, after = _page(query, rows)
    covered = shelf.covered(entry, {}) if sealed else frozenset()
    return Steps(
        [_step(entry, row, set(names), wanted, reviewer, covered) for row in found],
        before,
        after,
        only=wanted,
        fields=[(name, shelf.label(name, entry)) for name in names],
        broken=history.broken(entry),
    )


def version(entry: Entry, number: int, user: Any) -> list[Row]:
    """What would change if an entry were as it was after a decision, as this reviewer sees it."""
    now = shelves.of(entry).values(entry)
    then = changes.values_after(entry, number)
    rows = comparison.rows_of(
        entry, now, {name: then[name] for name in now if then.get(name) != now[name]}
    )
    return comparison.not_shown(rows, hiding.fields_kept_from(user, entry))


def _page(query: QueryDict, *several: QuerySet) -> tuple[list[Any], int, int]:
    """One page of what each of these has, newest first, and the pages beside it (0: none)."""
    asked = query.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    newest = list(chain.from_iterable(rows[: number * PAGE + 1] for rows in several))
    if len(several) > 1:
        newest.sort(key=lambda row: row.at, reverse=True)
    found = newest[(number - 1) * PAGE : number * PAGE + 1]
    return found[:PAGE], number - 1, number + 1 if len(found) > PAGE else 0


def _step(
    entry: Entry, row: Decision, names: set[str], wanted: str, reviewer: bool, covered: frozenset
) -> Step:
    before, after = history.both_sides(row)
    shown = [n for n in after if n not in UNSAID and (not wanted or n == wanted)]
    return Step(
        row,
        VERBS.get(row.verb, _("Something else")),
        _who(row, reviewer and (not covered or row.role == Decision.Role.REVIEWER)),
        row.note if reviewer else "",
        rows=[
            *comparison.not_shown(
                comparison.rows_of(
                    entry,
                    _readable(before, names),
                    {n: v for n, v in _readable(after, names).items() if n in shown},
                ),
                covered,
            ),
            *_others(before, after, [n for n in shown if n not in names], reviewer and not covered),
            *_sealed(entry, before, after, [n for n in shown if n in names]),
        ],
        can_undo=reviewer and undoing.may_be_undone(row),
        can_restore=reviewer and row.number < entry.version and bool(names),
    )


def _who(row: Decision, reviewer: bool) -> str:
    role = str(Decision.Role(row.role).label)
    if not reviewer:
        return role
    if row.by:
        return f"{role} ({row.by.email})"
    return f"{role} ({str(row.actor)[:8]})" if row.actor else role


def _readable(side: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """The values that the form of the shelf knows how to say."""
    return {n: v for n, v in side.items() if n in names and v != history.SEALED}


def _sealed(
    entry: Entry, before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]
) -> list[Row]:
    """Values about people that were erased: that there was one is all that is left."""
    label = shelves.of(entry).label
    gone = [Piece(_("erased"))]
    erased = [name for name in names if after[name] == history.SEALED]
    return [Row(name, label(name, entry), gone, gone) for name in erased]


def _others(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str], reviewer: bool
) -> list[Row]:
    rows = []
    for name in names:
        texts = [_plain(name, side.get(name), reviewer) for side in (before, after)]
        first, second = comparison.difference(*texts)
        rows.append(Row(name, _label(name), first, second))
    return rows


def _label(name: str) -> str:
    if name in LABELS:
        return str(LABELS[name])
    known = {each.attname: each for each in Entry._meta.concrete_fields}
    if name not in known:
        return _("Another detail")
    words = str(known[name].verbose_name)
    return words[:1].upper() + words[1:]


def _plain(name: str, value: Any, reviewer: bool) -> str:
    """A value outside the form, in words."""
    if value == history.SEALED:
        return _("erased")
    if name == "keepers" and not reviewer:
        return str(len(value or []))
    if name == "merged_into" and value:
        return str(Entry.objects.filter(pk=value).first() or "")
    field_of = {each.attname: each for each in Entry._meta.concrete_fields}.get(name)
    choices = (
        dict(Why.choices)
        if name == "public_reason"
        else dict(getattr(field_of, "choices", None) or [])
    )
    if value in choices:
        return str(choices[value])
    if field_of is not None and field_of.get_internal_type() == "DateField" and value:
        return day_in_words(field_of.to_python(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value) if value not in (None, "") else _("Not known")
