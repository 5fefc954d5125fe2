"""The whole suite on both databases, one after the other, and what came of it.

Standard library only: `run.py test` comes through here with the system's Python.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import chromium, postgres

# What a person's own shell may hold for production must not reach the tests.
NOT_FOR_TESTS = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONTACT_EMAIL",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "FROM_EMAIL",
    "HTTPS",
    "INVITATION_KEYS",
    "MAIL_BACKEND",
    "OLD_SECRET_KEYS",
    "OPERATOR_ADDRESS",
    "OPERATOR_NAME",
    "PRIVACY_OFFICER",
    "SECRET_KEY",
    "SITE_URL",
)
# More would wait for one another at the database.
MOST_WORKERS = 4
# pytest's exit codes
PASSED, FAILED, NO_TEST_RAN = 0, 1, 5


class Missing(Exception):
    """Something that the tests need is not on this machine; the message says how to get it."""


@dataclass(frozen=True)
class Outcome:
    """One run: the database's name for people, pytest's exit code, its counts in words."""

    name: str
    code: int
    words: str


def run(python: Path, call: Callable[..., int], words: list[str]) -> int:
    """Run pytest with `words` on SQLite and on PostgreSQL; the exit code of both together.

    `call(command, environment)` runs a command in the foreground and gives its exit code.
    Raises Missing when there is no PostgreSQL, or under CI no Chromium.
    """
    if not chromium.path():
        if os.environ.get("CI"):
            raise Missing(chromium.HOW_TO_GET)
        print(f"Browser tests are left out. {chromium.HOW_TO_GET}", flush=True)
    # A file's tests stay together, and files in their order: the browser's come last, because
    # the site that they read stays in the database.
    workers = ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS))]
    workers += ["--dist", "loadfile", "--no-loadscope-reorder"]
    command = [python, "-m", "pytest", *workers, *words]
    try:
        with postgres.running() as server:
            outcomes = [_one_run("SQLite", {}, call, command)]
            if outcomes[0].code in (PASSED, FAILED, NO_TEST_RAN):
                there = {"DATABASE_URL": server.url, "WITHOUT_ONCE": "1"}
                outcomes.append(_one_run(server.name, there, call, command))
    except postgres.NotFound as missing:
        raise Missing(str(missing)) from None
    return sum_up(outcomes)


def _one_run(name: str, there: dict[str, str], call: Callable[..., int], command: list) -> Outcome:
    print(f"\nTests on {name}", flush=True)
    here = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        start = time.monotonic()
        code = call([*command, "--junit-xml", report], {**here, **there})
        return Outcome(name, code, f"{counts(report)}, {time.monotonic() - start:.0f} s")


def counts(report: Path) -> str:
    """The words "12 passed, 0 failed, 3 skipped" out of pytest's XML report."""
    try:
        suite = ElementTree.parse(report).getroot().find("testsuite")
    except (OSError, ElementTree.ParseError):
        suite = None
    if suite is None:
        return "0 passed, 0 failed"
    number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    passed = number["tests"] - failed - number["skipped"]
    return f"{passed} passed, {failed} failed, {number['skipped']} skipped"


def sum_up(outcomes: list[Outcome]) -> int:
    """Print one line per database and a verdict; the exit code of all together.

    A run that had nothing to do counts as passed only beside one that had.
    """
    print()
    for outcome in outcomes:
        print(f"{outcome.name}: {outcome.words}")
    if all(outcome.code == NO_TEST_RAN for outcome in outcomes):
        print("No test ran.", flush=True)
        return NO_TEST_RAN
    failed = [each.name for each in outcomes if each.code not in (PASSED, NO_TEST_RAN)]
    if failed:
        print(f"Failed on {' and on '.join(failed)}.", flush=True)
        return FAILED
    print(f"All tests passed on {' and on '.join(each.name for each in outcomes)}.", flush=True)
    return PASSED
