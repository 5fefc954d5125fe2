"""Hidden means unrecognizable: where a name is hidden, the context must fit five agencies.

Whoever hides their name can still be found by what surrounds it: the one small agency in the one
remote place that serves seniors in Dari. So what is shown of such a lesson or answer is broadened
until at least five agencies are *known* to fit; an agency of which something is not known does
not count. LADDER is the whole of it: its steps are taken in order, each only while fewer than
five fit, whatever names people the fastest first. The period is never shown, only the year.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Province
from curation.models import Format
from resources.models.choices import AgencySize, Money, PlaceSize, StaffTime

LEAST = 5  # agencies that must fit what is shown

OUTSIDE_LARGE_CITIES = "outside-large-cities"
CANADA = "canada"

# The regions of the funder. British Columbia, Ontario and Quebec are regions by themselves, so
# that nothing lies between them and all of Canada.
REGION_OF: dict[str, str] = {
    **dict.fromkeys((Province.NB, Province.NS, Province.PE, Province.NL), "atlantic"),
    **dict.fromkeys((Province.AB, Province.SK, Province.MB), "pnt"),
    **dict.fromkeys((Province.YT, Province.NT, Province.NU), "pnt"),
}
REGIONS: dict[str, str | Promise] = {
    "atlantic": gettext_lazy("Atlantic provinces"),
    "pnt": gettext_lazy("Prairies and northern territories"),
    CANADA: gettext_lazy("Somewhere in Canada"),
}


@dataclass(frozen=True)
class Context:
    """Where and how something was tried. "" or "unknown", () and None: not known, or not shown.

    Values are those of the choices; `region` is a key of REGIONS and stands for the provinces.
    """

    provinces: tuple[str, ...] = ()
    region: str = ""
    place_size: str = ""
    agency_size: str = ""
    client_groups: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    staff_time: str = ""
    money: str = ""
    year: int | None = None
    from_year: int | None = None
    to_year: int | None = None

    def __post_init__(self) -> None:
        """One way to say "not known", so that two contexts that show the same are equal."""
        for name in ("place_size", "agency_size", "staff_time", "money"):
            if getattr(self, name) == PlaceSize.UNKNOWN:
                object.__setattr__(self, name, "")

    @property
    def is_empty(self) -> bool:
        """Nothing at all is shown."""
        return self == NOTHING


NOTHING = Context()

Fits = Callable[[Context], int]
Step = Callable[[Context], Context]


def _without(*names: str) -> Step:
    empty = {name: getattr(NOTHING, name) for name in names}
    return lambda context: replace(context, **empty)


def _outside_large_cities(context: Context) -> Context:
    large = context.place_size in ("", PlaceSize.LARGE_CITY)
    return replace(context, place_size="" if large else OUTSIDE_LARGE_CITIES)


def _region(context: Context) -> Context:
    """The region in which all of the provinces lie, or all of Canada."""
    if not context.provinces:
        return context
    regions = {REGION_OF.get(province, CANADA) for province in context.provinces}
    region = regions.pop() if len(regions) == 1 else CANADA
    return replace(context, provinces=(), region=region)


def _canada(context: Context) -> Context:
    shown = context.provinces or context.region
    return replace(context, provinces=(), region=CANADA if shown else "")


# Whatever names people the fastest goes first, what helps a colleague the most goes last.
LADDER: tuple[Step, ...] = (
    _without("languages"),
    _without("money", "staff_time"),
    _without("agency_size"),
    _without("client_groups"),
    _outside_large_cities,
    _without("formats"),
    _region,
    _without("place_size"),
    _canada,
    lambda context: NOTHING,
)


def broadened(context: Context, fits: Fits, *, least: int = LEAST) -> Context:
    """What may be shown of `context`: at least `least` agencies are known to fit it, or nothing.

    `fits` says how many agencies are known to fit what it is given; it is asked once for every
    step that changes something. The same context and agencies always give the same answer, and
    more agencies never show less.
    """
    shown = _without("from_year", "to_year")(context)
    enough = shown.is_empty or fits(shown) >= least
    for step in LADDER:
        if enough:
            break
        wider = step(shown)
        if wider != shown:
            shown, enough = wider, wider.is_empty or fits(wider) >= least
    return shown


def provinces_in(context: Context) -> tuple[str, ...]:
    """The provinces in which what is shown may lie; () where it says nothing of that."""
    if context.region == CANADA:
        return tuple(Province.values)
    inside = tuple(code for code, region in REGION_OF.items() if region == context.region)
    return context.provinces or inside


def place_sizes_in(context: Context) -> tuple[str, ...]:
    """The sizes of place that what is shown may mean; () where it says nothing of that."""
    if context.place_size == OUTSIDE_LARGE_CITIES:
        return (PlaceSize.SMALL_CENTRE, PlaceSize.RURAL, PlaceSize.REMOTE)
    return (context.place_size,) if context.place_size else ()


def known_to_fit(agency: Context, context: Context) -> bool:
    """Whether an agency, of which `agency` is all that is known, fits what is shown.

    Year, time and money are facts of what was done, which no list of agencies holds.
    """
    places, sizes = provinces_in(context), place_sizes_in(context)
    return (
        (not places or any(code in places for code in provinces_in(agency)))
        and (context.region == CANADA or set(context.provinces) <= set(agency.provinces))
        and (not sizes or agency.place_size in sizes)
        and context.agency_size in ("", agency.agency_size)
        and set(context.client_groups) <= set(agency.client_groups)
        and set(context.formats) <= set(agency.formats)
        and set(context.languages) <= set(agency.languages)
    )


def shows_no_more(shown: Context, said: Context) -> bool:
    """Everything in `shown` was in `said`, or follows from something that was."""
    return all(
        value in ("", (), None)
        or value == getattr(said, name)
        or (name == "region" and bool(said.provinces or said.region) and _holds(value, said))
        or (name == "place_size" and value == _outside_large_cities(said).place_size)
        for name, value in ((field.name, getattr(shown, field.name)) for field in fields(shown))
    )


def _holds(region: str, said: Context) -> bool:
    return region in (CANADA, said.region, _region(said).region)


# ── "Could somebody recognize you?" ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Line:
    """One line of the page: what it is about, what its writer said, and what others will see.

    `of` is the name in `Context` of what it is about; "period" are both years.
    """

    label: str
    said: str
    shown: str
    is_shown: bool
    of: str


def what_others_see(said: Context, shown: Context, names: Mapping[str, str]) -> list[Line]:
    """A line for everything that was said. `names` are the words for codes that are rows of a
    table: languages and client groups. In the active language.
    """
    lines = []
    for of, label, codes in LINES:
        before, after = (_written(codes(context), names) for context in (said, shown))
        if before:
            lines.append(Line(str(label), before, after or _("not shown"), bool(after), of))
    return lines


LINES: tuple[tuple[str, str | Promise, Callable[[Context], Iterable[str]]], ...] = (
    ("provinces", gettext_lazy("Where"), lambda c: c.provinces or (c.region,)),
    ("place_size", gettext_lazy("Size of place"), lambda c: (c.place_size,)),
    ("agency_size", gettext_lazy("Size of your agency"), lambda c: (f"agency {c.agency_size}",)),
    ("client_groups", gettext_lazy("For whom"), lambda c: c.client_groups),
    ("formats", gettext_lazy("How people met"), lambda c: c.formats),
    ("languages", gettext_lazy("Languages"), lambda c: c.languages),
    ("year", gettext_lazy("Year"), lambda c: (str(c.year or ""),)),
    ("period", gettext_lazy("From when to when"), lambda c: (_period(c),)),
    ("staff_time", gettext_lazy("Working time"), lambda c: (f"time {c.staff_time}",)),
    ("money", gettext_lazy("Money"), lambda c: (f"money {c.money}",)),
)

# Bands of time, money and people share some codes, so each has its own mark in front.
WORDS: dict[str, Any] = {
    **dict(Province.choices),
    **REGIONS,
    **dict(PlaceSize.choices),
    OUTSIDE_LARGE_CITIES: gettext_lazy("Outside large cities"),
    **dict(Format.choices),
    **{f"agency {code}": words for code, words in AgencySize.choices},
    **{f"time {code}": words for code, words in StaffTime.choices},
    **{f"money {code}": words for code, words in Money.choices},
}


def _written(codes: Iterable[str], names: Mapping[str, str]) -> str:
    known = (code for code in codes if code and not code.endswith(" "))
    return ", ".join(str(WORDS.get(code) or names.get(code, code)) for code in known)


def _period(context: Context) -> str:
    years = [year for year in (context.from_year, context.to_year) if year]
    return "–".join(str(year) for year in dict.fromkeys(years))
