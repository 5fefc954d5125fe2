"""Everything that waits, as one list: what a reviewer asked to see of it, and what there is."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.languages import LocalText, of_two
from accounts.models import Province
from curation import shelves
from curation.cases import TAKEN_FOR, Reason
from curation.finding.panel import Filter, Option
from curation.models import Beat, Case, CaseFacet, Language, Report, Tag

PAGE = 25
BESIDE = 6
FACETS = {
    "kind": gettext_lazy("Kind"),
    "province": gettext_lazy("Place"),
    "topic": gettext_lazy("Topic"),
    "language": gettext_lazy("Works in"),
}
# What is long stands behind its name, unless something of it is chosen.
FOLDED = ("topic", "language")
LONGEST_VALUE = 120
MOST_VALUES = 20


@dataclass(frozen=True)
class Asked:
    """What part of the queue somebody wants to see."""

    mine: bool = False
    reasons: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        return len(self.reasons) + sum(map(len, self.facets.values()))

    def query(self, **changed: Any) -> str:
        """This as the query of an address."""
        asked = replace(self, **{"page": 1, **changed})
        query = QueryDict(mutable=True)
        if asked.mine:
            query["whose"] = "mine"
        query.setlist("reason", list(asked.reasons))
        for name, values in asked.facets.items():
            query.setlist(name, list(values))
        if asked.page > 1:
            query["page"] = str(asked.page)
        return f"?{query.urlencode()}" if query else "?"

    def refused_by(self, case: "Waiting") -> list[str]:
        """The filters that a case does not pass."""
        refused = [
            name for name, values in self.facets.items() if not case.facets[name] & set(values)
        ]
        return [*refused, "reason"] if self.reasons and case.reason not in self.reasons else refused


@dataclass(frozen=True)
class Waiting:
    """One case as the filters see it."""

    key: int
    rank: int
    reason: str
    shelf: str
    facets: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Line:
    """One thing that waits, as a line of the queue."""

    case: Case
    name: LocalText
    what: str
    age: str
    taken_by: str = ""
    here: bool = False


@dataclass(frozen=True)
class Page:
    """One page of the queue."""

    asked: Asked
    lines: list[Line]
    total: int
    filters: list[Filter]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def before(self) -> str:
        return self.asked.query(page=self.asked.page - 1) if self.asked.page > 1 else ""

    @property
    def after(self) -> str:
        return self.asked.query(page=self.asked.page + 1) if self.asked.page < self.pages else ""

    @property
    def everybodys(self) -> str:
        return self.asked.query(mine=False)

    @property
    def mine(self) -> str:
        return self.asked.query(mine=True)


def read(query: QueryDict) -> Asked:
    """What an address asks for; what nobody could mean is left out."""
    page = query.get("page", "1")
    return Asked(
        mine=query.get("whose") == "mine",
        reasons=tuple(r for r in dict.fromkeys(query.getlist("reason")) if r in Reason.values),
        facets={name: _values(query, name) for name in FACETS if _values(query, name)},
        page=min(max(1, int(page)), 10_000) if page.isdecimal() and len(page) < 9 else 1,
    )


def page(asked: Asked, user: Any) -> Page:
    """One page of what waits, with the counts of every filter, in a fixed number of queries."""
    waiting = everything()
    if asked.mine:
        waiting = on_the_beat_of(user, waiting)
    fitting, counts = _sift(asked, waiting)
    asked = replace(asked, page=min(asked.page, max(1, -(-len(fitting) // PAGE))))
    start = (asked.page - 1) * PAGE
    return Page(
        asked=asked,
        lines=lines_of(fitting[start : start + PAGE]),
        total=len(fitting),
        filters=_filters(asked, counts, {case.shelf for case in waiting}),
    )


def everything() -> list[Waiting]:
    """All that waits, in the order of the desk.

    Sifted here rather than by the databases: the plans of many joined filters depend on what a
    database knows of its tables, and ten thousand cases took minutes where it knew nothing.
    """
    rows = Case.objects.waiting().values_list("pk", "rank", "reason", "entry__shelf")
    found = {key: Waiting(key, rank, reason, shelf) for key, rank, reason, shelf in rows}
    facets = CaseFacet.objects.filter(case__closed_at=None).values_list("case", "name", "value")
    for key, name, value in facets:
        if key in found:
            found[key].facets[name].add(value)
    return list(found.values())


def on_the_beat_of(user: Any, waiting: list[Waiting]) -> list[Waiting]:
    """What of it lies in the provinces or the topics that a reviewer looks after."""
    beats = list(Beat.objects.filter(user=user).values_list("province", "topic__slug"))
    provinces = {province for province, _topic in beats if province}
    topics = {topic for _province, topic in beats if topic}
    return [
        case
        for case in waiting
        if case.facets["province"] & provinces or case.facets["topic"] & topics
    ]


def beside(case: Case) -> list[Line]:
    """The case and what follows it, as they stand beside its page; at the end, what is before."""
    after = Q(rank__gt=case.rank) | Q(rank=case.rank, opened_at__gt=case.opened_at)
    after |= Q(rank=case.rank, opened_at=case.opened_at, pk__gte=case.pk)
    waiting = Case.objects.waiting()
    keys = list(waiting.filter(after).values_list("pk", flat=True)[:BESIDE])
    if len(keys) < BESIDE:
        before = waiting.exclude(after).reverse().values_list("pk", flat=True)
        keys += before[: BESIDE - len(keys)]
    return lines(keys, here=case.pk)


def next_after(case: Case, user: Any) -> Case | None:
    """What a reviewer opens next: the first that waits and that nobody else works on."""
    free = Q(taken_by=None) | Q(taken_by=user) | Q(taken_at__lt=timezone.now() - TAKEN_FOR)
    return Case.objects.waiting().filter(free).exclude(pk=case.pk).first()


def lines_of(waiting: list[Waiting], *, here: int | None = None) -> list[Line]:
    """These cases as lines, in their order."""
    found = {line.case.pk: line for line in lines([case.key for case in waiting], here=here)}
    return [found[case.key] for case in waiting if case.key in found]


def lines(keys: list[int], *, here: int | None = None) -> list[Line]:
    """The cases with these keys as lines, in the order of the desk, in two queries."""
    found = list(
        Case.objects.waiting()
        .filter(pk__in=keys)
        .select_related(
            "entry__name_own_language",
            "entry__submission",
            "change",
            "domain__organization",
            "membership__organization",
            "taken_by",
        )
    )
    said = _reported([case.entry_id for case in found if case.entry_id])
    now = timezone.now()
    return [
        Line(
            case,
            name_of(case),
            what_is_it(case, said.get(case.entry_id or 0, [])),
            age(case.opened_at, now),
            taken_by=_taken_by(case, now),
            here=case.pk == here,
        )
        for case in found
    ]


def name_of(case: Case) -> LocalText:
    """What a case is called: its entry, else the organization that it is about."""
    if case.entry:
        return case.entry.name
    about = case.domain or case.membership
    organization = about.organization if about else None
    return of_two(getattr(organization, "name_en", ""), getattr(organization, "name_fr", ""))


def what_is_it(case: Case, reported: list[str]) -> str:
    """ "New: just a tip", "Something is wrong here: the link does not work"."""
    label = str(Reason(case.reason).label)
    detail = ""
    if case.reason == Reason.NEW and case.entry:
        manners = shelves.of(case.entry).manners
        if not manners.asks_stance:
            return str(manners.new)
        submission = getattr(case.entry, "submission", None)
        detail = submission.get_stance_display() if submission else ""
    elif case.reason == Reason.REPORT:
        detail = "; ".join(reported)
    elif case.domain:
        detail = case.domain.name
    if not detail:
        return label
    # English writes "I" large wherever it stands.
    inside = detail if detail.startswith("I ") else detail[:1].lower() + detail[1:]
    words = {"what": label, "detail": inside}
    return _("%(what)s: %(detail)s") % words


def age(since: dt.datetime, now: dt.datetime) -> str:
    """ "today", "2 days"."""
    days = (now - since).days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days > 0 else _("today")


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    given = dict.fromkeys(query.getlist(name)[:MOST_VALUES])
    return tuple(v for v in given if v and len(v) <= LONGEST_VALUE and "\0" not in v)


def _taken_by(case: Case, now: dt.datetime) -> str:
    if case.taken_by and case.taken_at and case.taken_at >= now - TAKEN_FOR:
        return case.taken_by.email
    return ""


def _reported(entries: list[int]) -> dict[int, list[str]]:
    """entry → what readers say is wrong with it, and nobody has looked at."""
    said: dict[int, list[str]] = {}
    reports = Report.objects.filter(entry__in=entries, looked_at=None).order_by("pk")
    for entry, reason in reports.values_list("entry", "reason"):
        words = str(Report.Reason(reason).label)
        if words not in said.setdefault(entry, []):
            said[entry].append(words)
    return said


def _sift(asked: Asked, waiting: list[Waiting]) -> tuple[list[Waiting], dict[str, Counter[str]]]:
    """What fits, and for each filter how many of each value fit the other filters."""
    fitting, counts = [], {name: Counter[str]() for name in ("reason", *FACETS)}
    for case in waiting:
        refused = asked.refused_by(case)
        if not refused:
            fitting.append(case)
        for name in counts if not refused else refused if len(refused) == 1 else ():
            counts[name].update((case.reason,) if name == "reason" else case.facets[name])
    return fitting, counts


def _filters(asked: Asked, counts: dict[str, Counter[str]], names: set[str]) -> list[Filter]:
    """Every filter with the words and the counts of its values; one that offers nothing is out."""
    words = _tag_labels()
    found = []
    for name, label in {"reason": _("What waits"), **FACETS}.items():
        chosen = asked.reasons if name == "reason" else asked.facets.get(name, ())
        options = [
            Option(value, _label(name, value, names, words), counts[name][value], value in chosen)
            for value in dict.fromkeys((*counts[name], *chosen))
        ]
        if name != "reason":
            options.sort(key=lambda option: (-option.count, str(option.label)))
        if len(options) > 1 or chosen:
            found.append(Filter(name, label, options, open=bool(chosen) or name not in FOLDED))
    return found


def _label(name: str, value: str, names: set[str], words: dict[str, Any]) -> Any:
    if name == "reason":
        return Reason(value).label
    if name == "province":
        return dict(Province.choices).get(value, value)
    if name == "kind":
        said = (shelves.named(each).words("kind", value) for each in names if each)
        # A shelf that does not know the kind gives its code back.
        return next((lines[0] for lines in said if lines and lines[0] != value), value)
    return words.get(f"{name}:{value}", value)


def _tag_labels() -> dict[str, Any]:
    """The words of topics and languages."""
    topics = Tag.objects.filter(facet=Tag.Facet.TOPIC).values_list("slug", "name", "name_fr")
    found = {f"topic:{slug}": of_two(en, fr) for slug, en, fr in topics}
    languages = Language.objects.values_list("code", "name_en", "name_fr")
    return found | {f"language:{code}": of_two(en, fr) for code, en, fr in languages}
