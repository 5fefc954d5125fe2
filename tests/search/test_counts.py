"""Totals and counts mean what they say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.index import ask
from tests.search.samples import GROUPS, QUESTIONS

pytestmark = pytest.mark.django_db

VALUES = {
    "kind": ["lip", "rif", "cop", "none"],
    "province": ["BC", "ON", "NB"],
    "language": ["en", "fr", "zh"],
    "topic": ["housing", "claimants", "unknown"],
}
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        facet: st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
        for facet, values in VALUES.items()
    },
)
COMMON = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def passing(filters):
    """Keys that pass the filters, found without the index."""
    return {
        key
        for key, document in GROUPS.items()
        if all(set(document.facets[facet]) & set(values) for facet, values in filters.items())
    }


@COMMON
@given(words=st.sampled_from(QUESTIONS), filters=FILTERS, size=st.integers(1, 4))
def test_total_is_the_length_of_paging_to_the_end(groups, words, filters, size):
    pages, offset = [], 0
    while page := ask(words, filters=filters, offset=offset, limit=size).keys:
        pages += page
        offset += size

    whole = ask(words, filters=filters, limit=99)
    assert pages == whole.keys
    assert whole.total == len(pages) == len(set(pages))


@COMMON
@given(words=st.sampled_from(QUESTIONS), filters=FILTERS)
def test_filters_keep_exactly_the_matches_that_pass(groups, words, filters):
    matches = set(ask(words, limit=99).keys)

    assert set(ask(words, filters=filters, limit=99).keys) == matches & passing(filters)


@COMMON
@given(words=st.sampled_from(QUESTIONS), filters=FILTERS)
def test_each_count_is_what_choosing_that_value_gives(groups, words, filters):
    counts = ask(words, filters=filters).counts

    for facet in VALUES:
        for value in VALUES[facet]:
            chosen = ask(words, filters={**filters, facet: [value]})
            assert counts[facet].get(value, 0) == chosen.total


@COMMON
@given(words=st.sampled_from(QUESTIONS), filters=FILTERS)
def test_filters_change_neither_exactness_nor_reasons(groups, words, filters):
    plain, filtered = ask(words), ask(words, filters=filters)

    assert (plain.exact, plain.corrected, plain.because) == (
        filtered.exact,
        filtered.corrected,
        filtered.because,
    )


def test_counts_leave_out_their_own_filter(groups):
    counts = ask("", filters={"kind": ["lip"], "province": ["BC"]}).counts

    assert counts["kind"] == {"lip": 1, "cop": 1}
    assert counts["province"] == {"BC": 1, "ON": 1}


def test_chosen_value_is_counted_even_when_nothing_has_it(groups):
    assert ask("tutela", filters={"kind": ["lip"]}).counts["kind"] == {"cop": 1, "lip": 0}


def test_scope_is_left_out_of_no_count(groups):
    counts = ask("", within={"province": ["BC"]}).counts

    assert counts["province"] == {"BC": 2}


def test_unknown_facet_and_value_keep_nothing(groups):
    assert (ask("", filters={"kind": ["?"]}).total, ask("", filters={"?": ["x"]}).total) == (0, 0)
