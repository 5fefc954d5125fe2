"""Fixtures of the search's tests."""

import pytest

from search import index
from tests.search.samples import CONCEPTS, GROUPS


@pytest.fixture
def groups(db):
    """The ten sample groups, in the index."""
    index.rebuild(GROUPS.items(), CONCEPTS)
    return GROUPS
