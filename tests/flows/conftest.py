"""Fixtures of the tests that walk through the whole site."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from tests.flows.site import make_site

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@contextmanager
def plain_static_files():
    """Static files under their plain names: a fresh clone has gathered and hashed none yet."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": PLAIN},
    }
    with override_settings(STORAGES=storages):
        yield


@pytest.fixture(autouse=True, scope="module")
def plain_static():
    with plain_static_files():
        yield


@contextmanager
def kept_for_a_while(django_db_blocker):
    """One transaction around many tests, taken back in the end.

    Each test's own transaction nests in it, so what a test changes is gone after it, and what
    was made here is gone after all of them. It serves tests that roll back, not transactional ones.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made_site(django_db_setup, django_db_blocker):
    with kept_for_a_while(django_db_blocker):
        yield make_site()


@pytest.fixture
def site(made_site, db):
    """The small site, made once for a module; what a test changes in the database is taken back."""
    return made_site
