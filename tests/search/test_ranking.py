"""Set algebra of the ranking, against the plain way of doing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from search import ranking
from search.question import Unit

pytestmark = pytest.mark.once
DOCUMENTS = st.sets(st.integers(0, 30), max_size=12)
PARTS = st.lists(
    st.tuples(st.integers(1, 9), DOCUMENTS, DOCUMENTS, DOCUMENTS), min_size=1, max_size=14
)


def parts_of(rows):
    return [
        ranking.Part(
            Unit("x", []),
            [],
            BitMap(held),
            weight,
            BitMap(),
            (BitMap(), BitMap(around - held), BitMap(beyond - around - held)),
        )
        for weight, held, around, beyond in rows
    ]


def carried(parts, number, near):
    own = sum(part.weight for part in parts if number in part.documents)
    levels = [level for part in parts for level in part.nearby()] if near else []
    return own + sum(weight for weight, documents in levels if number in documents)


@given(rows=PARTS, need=st.integers(0, 60), near=st.booleans())
def test_covering_is_everything_that_carries_the_need(rows, need, near):
    parts = parts_of(rows)

    found = ranking.covering(parts, need, near=near)

    plain = {n for n in range(31) if need > 0 and carried(parts, n, near) >= need}
    assert set(found) == plain


@given(rows=PARTS, need=st.integers(1, 60))
def test_both_ways_of_covering_agree(rows, need):
    items = [(weight, BitMap(held)) for weight, held, _, _ in rows if held]
    few = ranking.covering(parts_of([(w, set(d), set(), set()) for w, d in items]), need)

    assert few == (ranking._summed(items, need) if items else BitMap())
