"""A database that many threads can use at once, also on SQLite."""

import contextlib
import sqlite3

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections


@pytest.fixture
def own_file(transactional_db, tmp_path):
    """On SQLite a copy in a file: a database in memory is a single connection for all threads."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, name = connections[DEFAULT_DB_ALIAS], connection.settings_dict["NAME"]
    path = str(tmp_path / "own.sqlite3")
    in_memory.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as file:
        in_memory.connection.backup(file)
    connections.settings[DEFAULT_DB_ALIAS]["NAME"] = path
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = in_memory
