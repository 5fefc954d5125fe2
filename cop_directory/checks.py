"""What `manage.py check --database default` and every `migrate` look at before they go on."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections


def letters_of_the_database(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Plain C knows no capital É: on such a PostgreSQL names would sort and match wrongly."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT lower('É') = 'é'")
            if not cursor.fetchone()[0]:
                found.append(
                    Error(
                        "This PostgreSQL database was made with the plain C locale.",
                        hint="Make it anew with ICU rules: docs/deploy.md, section 1.",
                        id="cop_directory.E001",
                    )
                )
    return found
