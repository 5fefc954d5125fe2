"""A folder of its own for the files of each test."""

import pytest


@pytest.fixture
def folder(settings, tmp_path):
    """Where this test's files are kept; nothing is in it yet."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def kept(folder):
    """A function that lists the files that are kept."""
    return lambda: sorted(one.name for one in folder.rglob("*") if one.is_file())
