"""Hidden means unrecognizable: what is shown fits five agencies, or nothing is shown."""

from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Province
from resources.unrecognizable import (
    LADDER,
    LEAST,
    NOTHING,
    REGIONS,
    Context,
    Line,
    broadened,
    known_to_fit,
    place_sizes_in,
    provinces_in,
    shows_no_more,
    what_others_see,
)

pytestmark = pytest.mark.once

SAID = Context(
    provinces=("NS",),
    place_size="remote",
    agency_size="under-10",
    client_groups=("seniors",),
    formats=("hybrid",),
    languages=("prs",),
    staff_time="weeks",
    money="none",
    year=2026,
    from_year=2025,
    to_year=2026,
)
NO_PERIOD = replace(SAID, from_year=None, to_year=None)


def some(codes):
    return st.lists(st.sampled_from(codes), max_size=2, unique=True).map(tuple)


CONTEXTS = st.builds(
    Context,
    provinces=some(["NS", "NB", "AB", "ON"]),
    place_size=st.sampled_from(["", "large-city", "small-centre", "rural", "remote", "unknown"]),
    agency_size=st.sampled_from(["", "under-10", "10-50"]),
    client_groups=some(["seniors", "women"]),
    formats=some(["online", "hybrid"]),
    languages=some(["prs", "fr"]),
    staff_time=st.sampled_from(["", "weeks"]),
    money=st.sampled_from(["unknown", "none"]),
    year=st.sampled_from([None, 2026]),
    from_year=st.sampled_from([None, 2025]),
)
# A few kinds of agency, several of each, so that five often fit.
AGENCIES = st.lists(st.tuples(CONTEXTS, st.integers(1, 6)), max_size=3).map(
    lambda kinds: [agency for agency, number in kinds for _ in range(number)]
)
QUICK = settings(max_examples=150, deadline=None, database=None)
# One case that fails is enough; it need not be the smallest.
UNSHRUNK = settings(QUICK, max_examples=1000, phases=[Phase.generate], derandomize=True)


def among(agencies):
    """How many of these are known to fit."""
    return lambda context: sum(known_to_fit(agency, context) for agency in agencies)


# ── The ladder ──────────────────────────────────────────────────────────────────────────────────

# (how many fit what still shows …, what is shown then), from the first step to the last
STEPS = [
    (lambda c: True, NO_PERIOD),
    (lambda c: not c.languages, replace(NO_PERIOD, languages=())),
    (lambda c: not c.money, replace(NO_PERIOD, languages=(), money="", staff_time="")),
    (
        lambda c: not c.client_groups,
        Context(("NS",), place_size="remote", formats=("hybrid",), year=2026),
    ),
    (
        lambda c: c.place_size != "remote",
        Context(("NS",), place_size="outside-large-cities", formats=("hybrid",), year=2026),
    ),
    (
        lambda c: not c.provinces,
        Context(region="atlantic", place_size="outside-large-cities", year=2026),
    ),
    (lambda c: not c.place_size, Context(region="atlantic", year=2026)),
    (lambda c: c.region == "canada", Context(region="canada", year=2026)),
    (lambda c: False, NOTHING),
]


@pytest.mark.parametrize(("five_fit", "shown"), STEPS)
def test_broadening_stops_at_the_first_step_that_five_agencies_fit(five_fit, shown):
    assert broadened(SAID, lambda context: LEAST if five_fit(context) else LEAST - 1) == shown


@pytest.mark.parametrize(
    ("provinces", "region"),
    [
        (("NL",), "atlantic"),
        (("NS", "PE"), "atlantic"),
        (("AB", "NU"), "pnt"),
        (("ON",), "canada"),
        (("ON", "QC"), "canada"),
        (("NS", "AB"), "canada"),
        ((), ""),
    ],
)
def test_provinces_become_the_region_that_holds_them_all(provinces, region):
    said = Context(provinces, formats=("online",))

    shown = broadened(said, lambda context: 0 if context.provinces or context.formats else LEAST)

    assert shown == Context(region=region)


def test_large_city_becomes_no_size_at_all():
    said = Context(("ON",), place_size="large-city")

    shown = broadened(said, lambda context: 0 if context.place_size else LEAST)

    assert shown == Context(("ON",))


def test_agencies_of_which_the_size_is_not_known_do_not_count():
    said = Context(("ON",), agency_size="under-10")
    unknown = [Context(("ON",), agency_size="unknown")] * 9

    assert broadened(said, among(unknown)) == Context(("ON",))


def test_regions_hold_the_provinces_that_fit_them():
    assert [provinces_in(Context(region=region)) for region in REGIONS] == [
        ("NB", "NS", "PE", "NL"),
        ("AB", "SK", "MB", "YT", "NT", "NU"),
        tuple(Province.values),
    ]
    assert place_sizes_in(Context(place_size="outside-large-cities")) == (
        "small-centre",
        "rural",
        "remote",
    )


# ── Whatever was said, whoever there is ─────────────────────────────────────────────────────────


def fits_five_or_shows_nothing(broaden, said, agencies):
    shown = broaden(said, among(agencies))
    return shown == NOTHING or among(agencies)(shown) >= LEAST


def shows_only_what_was_said(broaden, said, agencies):
    shown = broaden(said, among(agencies))
    return shows_no_more(shown, said) and shown.from_year is None


def more_agencies_show_no_less(broaden, said, agencies):
    few, many = broaden(said, among(agencies[:5])), broaden(said, among(agencies))
    return shows_no_more(few, many)


PROPERTIES = [fits_five_or_shows_nothing, shows_only_what_was_said, more_agencies_show_no_less]


@pytest.mark.parametrize("holds", PROPERTIES)
def test_broadening_holds_whatever_was_said(holds):
    @QUICK
    @given(said=CONTEXTS, agencies=AGENCIES)
    def whatever(said, agencies):
        assert holds(broadened, said, agencies)

    whatever()


def forgets_the_last_step(said, fits):
    """Wrong: shows all of Canada even where fewer than five are known there."""
    shown = said
    for step in LADDER[:-1]:
        shown = shown if fits(shown) >= LEAST else step(shown)
    return replace(shown, from_year=None)


def keeps_the_period(said, fits):
    """Wrong: shows more than the year."""
    return replace(broadened(said, fits), from_year=said.from_year)


def shows_less_to_many(said, fits):
    """Wrong: the more agencies there are, the less it shows."""
    return NOTHING if fits(NOTHING) > LEAST else broadened(said, fits)


WRONG = [forgets_the_last_step, keeps_the_period, shows_less_to_many]


@pytest.mark.parametrize(
    ("holds", "wrong"),
    [*zip(PROPERTIES, WRONG, strict=True)],
)
def test_property_sees_a_wrong_broadening(holds, wrong):
    @UNSHRUNK
    @given(said=CONTEXTS, agencies=AGENCIES)
    def whatever(said, agencies):
        assert holds(wrong, said, agencies)

    with pytest.raises(AssertionError):
        whatever()


# ── "Could somebody recognize you?" ─────────────────────────────────────────────────────────────


def test_page_says_line_by_line_what_others_will_see():
    said = Context(("NS",), place_size="remote", languages=("prs",), year=2026, to_year=2026)
    shown = Context(region="atlantic", place_size="outside-large-cities", year=2026)

    assert what_others_see(said, shown, {"prs": "Dari"}) == [
        Line("Where", "Nova Scotia", "Atlantic provinces", True, "provinces"),
        Line("Size of place", "Remote", "Outside large cities", True, "place_size"),
        Line("Languages", "Dari", "not shown", False, "languages"),
        Line("Year", "2026", "2026", True, "year"),
        Line("From when to when", "2026", "not shown", False, "period"),
    ]


def test_every_value_that_can_be_said_has_words():
    names = {"prs": "Dari", "seniors": "Seniors"}

    lines = what_others_see(SAID, SAID, names)

    assert [line.said for line in lines] == [
        "Nova Scotia",
        "Remote",
        "Fewer than 10 people",
        "Seniors",
        "In person and online",
        "Dari",
        "2026",
        "2025–2026",
        "A few weeks",
        "None",
    ]


def test_page_is_french_in_french():
    with override("fr"):
        lines = what_others_see(Context(("NS",)), NOTHING, {})

    assert [line.said for line in lines] == ["Nouvelle-Écosse"]
