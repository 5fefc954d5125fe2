"""The first view of a page fits into the first TCP window, everything counted."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.browser.page_types import LANGUAGES, Site

BENCH = Path(__file__).resolve().parents[2] / "bench" / "page_weight.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The measurement of bench/, which is no package."""
    spec = importlib.util.spec_from_file_location("page_weight", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "page_type",
    [
        "home",
        "directory",
        "question",
        "filtered",
        "no exact match",
        "group",
        "chat with its plate",
        "library",
        "question to the library",
        "how sure is this",
        "lesson",
        "hidden lesson",
        "report",
    ],  # fmt: skip
)
def test_first_view_fits_into_the_first_window(
    page_type: str, lang: str, site: Site, bench: ModuleType
):
    size, others, cookies = bench.weigh(site.url + site.path(page_type, lang))
    assert size <= bench.GOAL
    assert (others, cookies) == (0, 0)
