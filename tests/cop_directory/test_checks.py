"""A database that does not know its capitals is refused before anything is written to it."""

import contextlib

import pytest
from django.db import connection, connections

from cop_directory.checks import letters_of_the_database


@contextlib.contextmanager
def database_under_plain_c():
    """The alias of an empty PostgreSQL database that was made with the C locale."""
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS test_plain_c")
        cursor.execute(
            "CREATE DATABASE test_plain_c TEMPLATE template0 ENCODING 'UTF8'"
            " LOCALE_PROVIDER libc LOCALE 'C'"
        )
    other = connection.copy("plain_c")
    other.settings_dict["NAME"] = "test_plain_c"
    connections["plain_c"] = other
    try:
        yield "plain_c"
    finally:
        other.close()
        del connections["plain_c"]
        with connection.cursor() as cursor:
            cursor.execute("DROP DATABASE test_plain_c")


@pytest.mark.django_db
def test_database_of_the_tests_is_fit():
    assert letters_of_the_database(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_only_postgresql_under_plain_c_is_refused():
    if connection.vendor != "postgresql":
        assert letters_of_the_database(None, databases=["default"]) == []
        return
    with database_under_plain_c() as alias:
        found = letters_of_the_database(None, databases=["default", alias])
    assert [error.id for error in found] == ["cop_directory.E001"]
