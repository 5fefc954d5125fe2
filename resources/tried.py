""" "We tried this too": the answers of other agencies, by context, or one by one."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.languages import LocalText
from resources import shown
from resources.agencies import Agencies
from resources.evidence import Answer, Evidence
from resources.evidence_words import TOGETHER_FROM, in_words
from resources.models import Corroboration, Resource, Verdict
from resources.told import how_known, regions
from resources.unrecognizable import WORDS

SHAPE = {
    Verdict.WORKED: "ok",
    Verdict.PARTLY: "pub",
    Verdict.DID_NOT: "no",
    Verdict.COULD_NOT_TRY: "off",
}


@dataclass(frozen=True)
class Line:
    """One answer. `sentence` tells it by itself, `place` is the heading under which it stands,
    `anchor` is what links lead to, `key` the number of its entry."""

    key: int
    anchor: str
    place: str
    where: str
    agency: str | LocalText
    verdict: str
    shape: str
    why: LocalText
    how: list[Any]
    sentence: str


@dataclass(frozen=True)
class Tried:
    """All answers: `sentences` tell them together, and `groups` are (place, its lines); or, where
    they are few, `groups` is empty and each of `lines` is told by itself."""

    sentences: list[str]
    lines: list[Line]
    groups: list[tuple[str, list[Line]]]


def tried(resource: Resource, evidence: Evidence, known: Agencies) -> Tried:
    """What other agencies answered, of a row of `browse.whole()` and its `shown.evidence()`."""
    rows = shown.answers(resource)
    said = [
        (row, answer)
        for row, answer in zip(rows, evidence.answers, strict=True)
        if answer in evidence.of_others
    ]
    lines = [_line(row, answer, evidence, known) for row, answer in said]
    if len({answer.agency for answer in evidence.trials}) < TOGETHER_FROM:
        return Tried([], lines, [])
    return Tried(in_words(evidence), lines, _by_place(lines))


def _line(row: Corroboration, answer: Answer, evidence: Evidence, known: Agencies) -> Line:
    context = answer.context
    seen = shown.shown(row, known)
    # Its reason stands beside it, in its own language.
    alone = in_words(replace(evidence, answers=(replace(answer, because=""),)))
    return Line(
        key=row.pk,
        anchor=f"answer-{row.pk}",
        place=str(WORDS.get(context.place_size) or _("Size of the place not shown")),
        where=", ".join([*regions(context), *([str(seen.year)] if seen.year else [])]),
        agency="" if shown.is_hidden(row) else seen.agency,
        verdict=str(Verdict(row.verdict).label),
        shape=SHAPE[Verdict(row.verdict)],
        why=row.name,
        how=how_known(row),
        sentence=" ".join(alone),
    )


def _by_place(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The places with the most answers first."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.place, []).append(line)
    return sorted(found.items(), key=lambda group: -len(group[1]))
