"""How sure is this? A ladder of five steps, derived from what can be checked, never claimed.

RUNGS is the ladder: something stands on the highest rung whose rule holds. What each asks, why:

1. *One agency's experience*: every lesson. Of a report or guide that does not say how its authors
   know, no step is claimed at all; a method, whatever it is, brings it here.
2. *Tried by others too*: another agency really tried. That it did not work for them counts as
   well: the ladder says how much is known, the answers beside it say what. Who could not try
   knows nothing yet. Where we do not know whose lesson it is, it takes two agencies, since the
   first who answers may be the one that wrote it.
3. *Measured locally*: beside that, one of those who tried counted, says how many (ten or more:
   below that, one person moves a result by more than a tenth) and where it can be seen; or has an
   evaluation or study of its own that can be read. Something published needs no second agency
   here: what is said of its method is what a volunteer reviewer read in it.
4. *Independent evaluation*: an evaluation or study by somebody else than the agency, to be read.
5. *Published research*: a study that peers reviewed before it was published, to be read.

Two things follow, and tests hold them. More answers of other agencies never lower the step: no
rule asks that anything be absent. One agency alone never raises its lesson, however often it
answers and whatever it measures: up to the third step, rules ask for another agency; above it, for
people outside of the agency and for a link, which a volunteer reviewer has opened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.models.choices import Kind, Method, Verdict
from resources.unrecognizable import NOTHING, Context

TRIED = (Verdict.WORKED, Verdict.PARTLY, Verdict.DID_NOT)
COUNTED = (Method.CLIENTS, Method.NUMBERS)
EXAMINED = (Method.EVALUATION, Method.STUDY)
ENOUGH_PEOPLE = 10
# What somebody claims in a form → what the ladder calls it.
CLAIMS = {
    "kind": "kind",
    "verdict": "verdict",
    "method": "method",
    "method_count": "n",
    "by_others": "by_others",
    "peer_reviewed": "peer_reviewed",
}


@dataclass(frozen=True)
class Answer:
    """What one agency says of a lesson. `agency` is its key, "" where we do not know it.

    `n` is how many people were asked or counted, `link` where that can be seen, `because` what
    stood in the way, in the reader's words, `context` what may be shown of where it was.
    """

    agency: str
    verdict: str
    method: str = ""
    n: int | None = None
    link: str = ""
    because: str = ""
    context: Context = NOTHING

    @property
    def tried(self) -> bool:
        return self.verdict in TRIED


@dataclass(frozen=True)
class Evidence:
    """All that the ladder looks at. `agency` is the key of the agency whose lesson it is.

    `by_others`: the evaluation or study was made by somebody else than the agency.
    `peer_reviewed`: it was reviewed by peers before it was published.
    """

    kind: str = Kind.LESSON
    method: str = ""
    n: int | None = None
    link: str = ""
    by_others: bool = False
    peer_reviewed: bool = False
    agency: str = ""
    answers: tuple[Answer, ...] = ()
    context: Context = NOTHING

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON

    @property
    def says_how(self) -> bool:
        """A method is said; "unknown" is none."""
        return self.method not in ("", Method.UNKNOWN)

    @property
    def of_others(self) -> tuple[Answer, ...]:
        """The answers of agencies that we know to be others."""
        return tuple(a for a in self.answers if a.agency and a.agency != self.agency)

    @property
    def trials(self) -> tuple[Answer, ...]:
        """The answers of other agencies that really tried."""
        return tuple(answer for answer in self.of_others if answer.tried)

    @property
    def all_who_tried(self) -> tuple["Evidence | Answer", ...]:
        """The lesson's own agency, and the others that really tried."""
        return (self, *self.trials)


def _is_an_experience(evidence: Evidence) -> bool:
    return evidence.is_lesson or evidence.says_how


def _others_tried(evidence: Evidence) -> bool:
    return len({a.agency for a in evidence.trials}) >= (1 if evidence.agency else 2)


def _measured(evidence: Evidence) -> bool:
    if not evidence.is_lesson:
        return is_measured(evidence)
    return _others_tried(evidence) and any(map(is_measured, evidence.all_who_tried))


def is_measured(said: Evidence | Answer) -> bool:
    """Whoever says it counted enough people, or examined it, and shows where."""
    enough = said.method in COUNTED and (said.n or 0) >= ENOUGH_PEOPLE
    return bool(said.link) and (enough or said.method in EXAMINED)


def _evaluated(evidence: Evidence) -> bool:
    return evidence.method in EXAMINED and evidence.by_others and bool(evidence.link)


def _researched(evidence: Evidence) -> bool:
    return evidence.method == Method.STUDY and evidence.peer_reviewed and bool(evidence.link)


@dataclass(frozen=True)
class Rung:
    """A step: its code in the vocabulary, its name, its rule, and what it means in a sentence."""

    slug: str
    name: str | Promise
    holds: Callable[[Evidence], bool]
    meaning: str | Promise


RUNGS: tuple[Rung, ...] = (
    Rung(
        "practice-wisdom",
        _("One agency’s experience"),
        _is_an_experience,
        _("Somebody tells what they saw."),
    ),
    Rung(
        "tried-elsewhere",
        _("Tried by others too"),
        _others_tried,
        _("At least one other agency tried it, and says how it went."),
    ),
    Rung(
        "locally-evaluated",
        _("Measured locally"),
        _measured,
        _("An agency that tried it counted or examined what came of it, and shows where."),
    ),
    Rung(
        "evaluated",
        _("Independent evaluation"),
        _evaluated,
        _("Somebody from outside examined it, and the text can be read."),
    ),
    Rung(
        "published-research",
        _("Published research"),
        _researched,
        _("A study that peers reviewed before it was published, and that can be read."),
    ),
)


Said = TypeVar("Said", Evidence, Answer)


def as_claimed(said: Said, values: Mapping[str, Any]) -> Said:
    """The same, were the values of a form true that say how one knows; the rest stays."""
    link = values.get("method_link") or values.get("link") or said.link
    claims = {CLAIMS[name]: value for name, value in values.items() if name in CLAIMS}
    known = {each.name for each in fields(said)}
    return replace(said, link=link, **{n: v for n, v in claims.items() if n in known})


def standing(evidence: Evidence, rungs: tuple[Rung, ...] = RUNGS) -> int:
    """The number of the highest rung whose rule holds, from 1; 0 where no step is claimed."""
    return max((n for n, rung in enumerate(rungs, start=1) if rung.holds(evidence)), default=0)


def rung_of(evidence: Evidence) -> Rung | None:
    """The step on which it stands, or None where nothing says how its authors know."""
    number = standing(evidence)
    return RUNGS[number - 1] if number else None


@dataclass(frozen=True)
class Step:
    """One line of the ladder as the page prints it."""

    name: str | Promise
    is_reached: bool
    is_here: bool


def ladder(evidence: Evidence) -> list[Step]:
    """The five lines, each marked whose own rule holds, and the one on which it stands."""
    here = rung_of(evidence)
    return [Step(rung.name, rung.holds(evidence), rung is here) for rung in RUNGS]


def meaning(evidence: Evidence) -> Any:
    """What the step means, in a sentence; "" where none is claimed."""
    rung = rung_of(evidence)
    if rung is RUNGS[0] and not evidence.is_lesson:
        return _("Its authors tell what they saw, or what people told them.")
    return rung.meaning if rung else ""
