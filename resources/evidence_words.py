"""What the answers of other agencies say, in words, and what nobody knows yet.

Never a score, a percentage or an average: agencies are counted, by the size of their place, and
under three of them each is told by itself.
"""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import (
    get_language,
    gettext_lazy,
    ngettext,
    ngettext_lazy,
    pgettext_lazy,
)
from django.utils.translation import gettext as _

from accounts.models import Province
from resources.evidence import COUNTED, Answer, Evidence, is_measured, standing
from resources.models.choices import PlaceSize, Verdict
from resources.unrecognizable import OUTSIDE_LARGE_CITIES, REGIONS, Context

TOGETHER_FROM = 3  # agencies that tried, before they are told together
SHORT, FEW = 60, 2  # characters of a reason, and how many of them, within a sentence

# Where it was: for one agency, and for several.
PLACES: dict[str, tuple[str | Promise, str | Promise]] = {
    PlaceSize.SMALL_CENTRE: (gettext_lazy("in a small centre"), gettext_lazy("in small centres")),
    PlaceSize.LARGE_CITY: (gettext_lazy("in a large city"), gettext_lazy("in large cities")),
    PlaceSize.RURAL: (gettext_lazy("in a rural area"), gettext_lazy("in rural areas")),
    PlaceSize.REMOTE: (gettext_lazy("in a remote place"), gettext_lazy("in remote places")),
    OUTSIDE_LARGE_CITIES: (
        gettext_lazy("outside large cities"),
        pgettext_lazy("several agencies", "outside large cities"),
    ),
    "": (
        gettext_lazy("in a place whose size is not shown"),
        gettext_lazy("in places whose size is not shown"),
    ),
}
VERDICTS = (Verdict.WORKED, Verdict.PARTLY, Verdict.DID_NOT)

# The first clause of a sentence, when it went so for all agencies of a place …
FOR_ALL = {
    Verdict.WORKED: ngettext_lazy(
        "worked for %(n)s agency %(place)s", "worked for %(n)s agencies %(place)s", "n"
    ),
    Verdict.PARTLY: ngettext_lazy(
        "worked in part for %(n)s agency %(place)s",
        "worked in part for %(n)s agencies %(place)s",
        "n",
    ),
    Verdict.DID_NOT: ngettext_lazy(
        "did not work for %(n)s agency %(place)s",
        "did not work for %(n)s agencies %(place)s",
        "n",
    ),
}
# … and when it went so for some of them. The plural is that of `n`, for French.
FOR_SOME = {
    Verdict.WORKED: ngettext_lazy(
        "worked for %(n)s of %(of)s agencies %(place)s",
        "worked for %(n)s of %(of)s agencies %(place)s",
        "n",
    ),
    Verdict.PARTLY: ngettext_lazy(
        "worked in part for %(n)s of %(of)s agencies %(place)s",
        "worked in part for %(n)s of %(of)s agencies %(place)s",
        "n",
    ),
    Verdict.DID_NOT: ngettext_lazy(
        "did not work for %(n)s of %(of)s agencies %(place)s",
        "did not work for %(n)s of %(of)s agencies %(place)s",
        "n",
    ),
}
# The same in the clauses of further places, which need not say "agencies" again.
THEN_FOR_ALL = {
    Verdict.WORKED: ngettext_lazy("worked for %(n)s %(place)s", "worked for %(n)s %(place)s", "n"),
    Verdict.PARTLY: ngettext_lazy(
        "worked in part for %(n)s %(place)s", "worked in part for %(n)s %(place)s", "n"
    ),
    Verdict.DID_NOT: ngettext_lazy(
        "did not for %(n)s %(place)s", "did not for %(n)s %(place)s", "n"
    ),
}
THEN_FOR_SOME = {
    Verdict.WORKED: ngettext_lazy(
        "worked for %(n)s of %(of)s %(place)s", "worked for %(n)s of %(of)s %(place)s", "n"
    ),
    Verdict.PARTLY: ngettext_lazy(
        "worked in part for %(n)s of %(of)s %(place)s",
        "worked in part for %(n)s of %(of)s %(place)s",
        "n",
    ),
    Verdict.DID_NOT: ngettext_lazy(
        "did not for %(n)s of %(of)s %(place)s", "did not for %(n)s of %(of)s %(place)s", "n"
    ),
}
# How it went for the others of the same place.
AND_FOR = {
    Verdict.PARTLY: ngettext_lazy("in part for %(n)s", "in part for %(n)s", "n"),
    Verdict.DID_NOT: ngettext_lazy("did not for %(n)s", "did not for %(n)s", "n"),
}
# One agency by itself.
ALONE = {
    Verdict.WORKED: gettext_lazy("Worked for an agency %(place)s"),
    Verdict.PARTLY: gettext_lazy("Worked in part for an agency %(place)s"),
    Verdict.DID_NOT: gettext_lazy("Did not work for an agency %(place)s"),
    Verdict.COULD_NOT_TRY: gettext_lazy("An agency %(place)s could not try it"),
}


def in_words(evidence: Evidence) -> list[str]:
    """Sentences about how it went for other agencies: one for all of them, from three that tried
    on; before that, one for each. In the active language; [] where nobody has answered.
    """
    answers = list({answer.agency: answer for answer in evidence.of_others}.values())
    tried = [answer for answer in answers if answer.tried]
    if len(tried) < TOGETHER_FROM:
        return [_alone(answer) for answer in answers]
    return [_together(tried), *_could_not([a for a in answers if not a.tried])]


def _alone(answer: Answer) -> str:
    where = _where(answer.context)
    words = ALONE[Verdict(answer.verdict)] % {"place": _place(answer.context.place_size, 1)}
    return f"{words}{f' ({where})' if where else ''}{_reasons([answer])}."


def _where(context: Context) -> str:
    """ "Ontario, 2026": the province or region and the year, as far as they are shown."""
    provinces = [str(Province(code).label) for code in context.provinces]
    region = [str(REGIONS[context.region])] if context.region in REGIONS else []
    return ", ".join([*provinces, *region, *([str(context.year)] if context.year else [])])


def _together(tried: list[Answer]) -> str:
    """Places with the most agencies first; among equals in the order of PLACES."""
    by_place = {
        place: [a for a in tried if _size(a.context) == place]
        for place in PLACES
        if any(_size(a.context) == place for a in tried)
    }
    groups = sorted(by_place.items(), key=lambda group: -len(group[1]))
    clauses = [_clause(place, answers, i == 0) for i, (place, answers) in enumerate(groups)]
    return capfirst("; ".join(clauses)) + "."


def _clause(place: str, answers: list[Answer], is_first: bool) -> str:
    """ "worked for 3 of 4 agencies in small centres, in part for 1: devices" """
    counts = {verdict: sum(a.verdict == verdict for a in answers) for verdict in VERDICTS}
    first, *others = [verdict for verdict in VERDICTS if counts[verdict]]
    for_all, for_some = (FOR_ALL, FOR_SOME) if is_first else (THEN_FOR_ALL, THEN_FOR_SOME)
    words = for_some if others else for_all
    numbers = {"n": counts[first], "of": len(answers), "place": _place(place, len(answers))}
    parts = [words[first] % numbers, *(AND_FOR[v] % {"n": counts[v]} for v in others)]
    return ", ".join(parts) + _reasons(answers)


def _could_not(answers: list[Answer]) -> list[str]:
    if not answers:
        return []
    words = ngettext(
        "%(n)s agency could not try it", "%(n)s agencies could not try it", len(answers)
    )
    return [words % {"n": len(answers)} + _reasons(answers) + "."]


def _reasons(answers: Iterable[Answer]) -> str:
    """ ": devices, time", what stood in the way of those for whom it did not simply work.

    Long ones are left to the table, where each has room.
    """
    said = {a.because.rstrip(". ") for a in answers if a.verdict != Verdict.WORKED}
    reasons = sorted(words for words in said if words and len(words) <= SHORT)[:FEW]
    colon = "\u00a0: " if (get_language() or "").startswith("fr") else ": "
    return colon + ", ".join(reasons) if reasons else ""


def _size(context: Context) -> str:
    return context.place_size if context.place_size in PLACES else ""


def _place(size: str, agencies: int) -> str:
    one, several = PLACES[size if size in PLACES else ""]
    return str(one if agencies == 1 else several)


# ── What we do not know ─────────────────────────────────────────────────────────────────────────


def what_we_do_not_know(evidence: Evidence) -> list[str]:
    """A sentence for each thing that nobody knows yet, the weightiest first."""
    return [sentence for ask in UNKNOWNS if (sentence := ask(evidence))]


def _others(evidence: Evidence) -> str:
    if not evidence.is_lesson or evidence.trials:
        return ""
    if evidence.of_others:
        return _("No other agency has been able to try it yet.")
    return _("No other agency has said yet how it went for them.")


def _method(evidence: Evidence) -> str:
    if evidence.says_how:
        return ""
    return _("Not said: how those who wrote it know.")


def _measure(evidence: Evidence) -> str:
    said = evidence.all_who_tried
    if any(is_measured(each) for each in said):
        return ""
    counted = [each for each in said if each.method in COUNTED]
    if not counted:
        return _("Nobody has measured it yet.") if evidence.is_lesson else ""
    if not any(each.n for each in counted):
        return _("Somebody counted, but we do not know how many people.")
    if not any(each.link for each in counted):
        return _("Somebody counted, but the numbers cannot be looked at.")
    return _("Somebody counted, but only a few people.")


def _outside(evidence: Evidence) -> str:
    if standing(evidence) >= 4 or not (evidence.is_lesson or evidence.says_how):
        return ""
    return _("Nobody from outside has examined it yet.")


def _known(evidence: Evidence) -> list[Context]:
    """Where it was tried, as far as that may be shown."""
    return [evidence.context, *(answer.context for answer in evidence.trials)]


ONLY: dict[str, str | Promise] = {
    PlaceSize.SMALL_CENTRE: gettext_lazy("All of this comes from small centres."),
    PlaceSize.LARGE_CITY: gettext_lazy("All of this comes from large cities."),
    PlaceSize.RURAL: gettext_lazy("All of this comes from rural areas."),
    PlaceSize.REMOTE: gettext_lazy("All of this comes from remote places."),
    OUTSIDE_LARGE_CITIES: gettext_lazy("Nothing of this comes from a large city."),
}


def _places(evidence: Evidence) -> str:
    sizes = {_size(context) for context in _known(evidence)} - {""}
    if not sizes:
        return _("We do not know how large the place was.") if evidence.is_lesson else ""
    if len(sizes) == 1:
        return str(ONLY[sizes.pop()])
    if sizes & {PlaceSize.RURAL, PlaceSize.REMOTE, OUTSIDE_LARGE_CITIES}:
        return ""
    return _("We do not know how it goes in rural or remote places.")


def _languages(evidence: Evidence) -> str:
    spoken = {code for context in _known(evidence) for code in context.languages}
    if spoken and "fr" not in spoken:
        return _("We do not know how it goes in French.")
    if spoken and "en" not in spoken:
        return _("We do not know how it goes in English.")
    return ""


UNKNOWNS: tuple[Callable[[Evidence], str], ...] = (
    _method,
    _others,
    _measure,
    _outside,
    _places,
    _languages,
)
