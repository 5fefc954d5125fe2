#!/usr/bin/env python3
"""CoP Directory in two commands; only Python 3.11 or newer has to be there before.

  python3 run.py                   set up what is missing, serve on http://localhost:8000
  python3 run.py serve --port N    the same on another port
  python3 run.py setup             set up only
  python3 run.py test [...]        all tests on SQLite and on PostgreSQL; the rest goes to pytest
  python3 run.py manage [...]      Django's manage.py

What is installed lies in .venv, what is loaded in var; a second start repeats only the steps
whose files have changed.
"""

# This file is read by older Pythons too, so that it can say in words that they are too old:
# no syntax newer than 3.7 here.
from __future__ import annotations

import argparse
import hashlib
import http.client
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("VAR_DIR", str(ROOT / "var")))
OLDEST_PYTHON = (3, 11)
COMMANDS = ("serve", "setup", "test", "manage")
NO_NETWORK_SIGNS = re.compile(
    "name resolution|getaddrinfo failed|nodename nor servname|Network is unreachable"
    "|NewConnectionError|ConnectTimeout|No route to host|Connection refused"
)


class Stop(Exception):
    """Nothing more can be done; the message says why and what helps."""


# Where things are ------------------------------------------------------------------------------


def venv_python(root: Path = ROOT) -> Path:
    """The virtual environment's own Python, whether it is there yet or not."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path, patterns: tuple[str, ...], *words: str) -> str:
    """A digest of the files' names and bytes under `root`, and of `words`."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(b"\0" + path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def what_is_done(path: Path) -> dict[str, str]:
    """{step: fingerprint} of what was done here before; empty when the file is not whole."""
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def remember(path: Path, done: dict[str, str]) -> None:
    """Keep {step: fingerprint} for the next start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(done, indent=1), "utf-8")


# Saying and doing ------------------------------------------------------------------------------


def say(words: str, end: str = "\n") -> None:
    """One line for the person who is waiting."""
    print(words, end=end, flush=True)


def do(title: str, command: list[object]) -> str:
    """Run one step behind a line with dots and its time; its output. Raises Stop with the end
    of that output when it fails."""
    say(f"{title} ", end="")
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=str(ROOT),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                try:
                    process.wait(timeout=2)
                except subprocess.TimeoutExpired:
                    say(".", end="")
        finally:
            end_process(process)
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    if process.returncode:
        say("failed")
        raise Stop("\n".join(output.strip().splitlines()[-25:]))
    say(f"done in {time.monotonic() - start:.1f} s")
    return output


def call(command: list[object], environment: dict[str, str] | None = None) -> int:
    """Run a command in the foreground; its exit code. Ends with us, whatever ends us."""
    process = subprocess.Popen([str(word) for word in command], cwd=str(ROOT), env=environment)
    try:
        return process.wait()
    finally:
        end_process(process)


def end_process(process: subprocess.Popen) -> None:
    """Wait for a process that Ctrl-C has reached too; end one that it has not."""
    if process.poll() is not None:
        return
    for patience, ending in ((1, process.terminate), (15, process.kill), (None, None)):
        try:
            process.wait(timeout=patience)
            return
        except subprocess.TimeoutExpired:
            ending()


# Setting up ------------------------------------------------------------------------------------


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    """Raise Stop when this Python is too old, naming a newer one if the machine has it."""
    if version >= OLDEST_PYTHON:
        return
    newer = [f"python3.{minor}" for minor in range(20, 10, -1)]
    found = next((name for name in newer if shutil.which(name)), None)
    raise Stop(
        f"This is Python {version[0]}.{version[1]}; the site needs 3.11 or newer.\n"
        + (f"You have one: {found} run.py" if found else "Get it from your system's packages.")
    )


def make_venv() -> None:
    """Make .venv, or make it anew where its Python no longer runs."""
    python = venv_python()
    if python.exists():
        works = subprocess.run([str(python), "-c", ""], capture_output=True, check=False)
        if works.returncode == 0:
            return
        say("The Python of .venv no longer runs (was Python updated?). Making .venv anew.")
    check_venv_module(importlib.util.find_spec("ensurepip") is not None)
    folder = ROOT / ".venv"
    try:
        do("Making .venv", [sys.executable, "-m", "venv", "--clear", folder])
    except BaseException:
        # Half an environment would look like a whole one at the next start.
        shutil.rmtree(str(folder), ignore_errors=True)
        raise


def check_venv_module(is_there: bool) -> None:
    """Raise Stop when Python comes without what makes virtual environments, as on Debian."""
    if not is_there:
        raise Stop(
            "Python's venv is missing on this machine.\n"
            "On Debian or Ubuntu: sudo apt install python3-venv\n"
            "Then start again."
        )


def install(requirements: str) -> None:
    """Install one locked list, unless exactly this one is installed."""
    path = ROOT / ".venv" / "installed.json"
    done, mark = what_is_done(path), fingerprint(ROOT, (requirements,))
    if done.get(requirements) == mark:
        return
    pip = [venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    what = "what the site needs" if requirements == "requirements.txt" else "what the tests need"
    try:
        do(
            f"Installing {what} (a minute or less)",
            [*pip, "install", "--quiet", "--require-hashes", "-r", ROOT / requirements],
        )
    except Stop as trouble:
        raise Stop(words_of_pip(str(trouble))) from None
    remember(path, {**done, requirements: mark})


def words_of_pip(output: str) -> str:
    """Pip's output, or a plain sentence and its last line where that says more."""
    last = output.rpartition("\n")[2]
    if NO_NETWORK_SIGNS.search(output):
        return (
            "The packages could not be fetched: there seems to be no network, or it is closed.\n"
            "Connect to the internet and start again; what is done already is kept.\n" + last
        )
    if "No space left" in output:
        return "The disk is full. Make some room (about 500 MB) and start again.\n" + last
    return output


def steps(root: Path = ROOT) -> list[tuple[str, str, str, list[str]]]:
    """Each step as (name, title, fingerprint, words for manage.py), in their order."""
    packages = fingerprint(root, ("requirements.txt",))
    database = os.environ.get("DATABASE_URL", "")
    tables = fingerprint(root, ("*/migrations/*.py",), packages, database)
    # The loader keeps what people have changed and builds the search index anew at its end.
    rows = ("*/data/**/*", "*/loading.py", "*/shelf.py", "search/**/*.py")
    data = fingerprint(root, rows, tables)
    static = fingerprint(root, ("static/**/*",), packages)
    return [
        ("tables", "Preparing the database", tables, ["migrate", "--noinput", "-v0"]),
        ("counters", "Preparing the counters", tables, ["createcachetable", "-v0"]),
        ("data", "Loading the groups", data, ["load_start_data"]),
        ("static", "Gathering styles and pictures", static, ["collectstatic", "--noinput", "-v0"]),
    ]


def set_up() -> None:
    """Whatever is not done yet, in order; nothing at all on a second start."""
    make_venv()
    install("requirements.txt")
    path = VAR / "setup.json"
    done = what_is_done(path)
    if not os.environ.get("DATABASE_URL") and not (VAR / "db.sqlite3").exists():
        done.update(tables="", counters="", data="")
    if not (VAR / "static").exists():
        done.update(static="")
    for name, title, mark, words in steps():
        if done.get(name) != mark:
            do(title, [venv_python(), "manage.py", *words])
            done[name] = mark
            remember(path, done)


# Serving ---------------------------------------------------------------------------------------


def port_of(words: list[str]) -> int:
    """The port asked for; argparse answers a wrong one with a sentence and exit code 2."""

    def port(word: str) -> int:
        if not (word.isdigit() and 1 <= int(word) <= 65535):
            raise argparse.ArgumentTypeError(f"{word} is not a port: 1 to 65535")
        return int(word)

    parser = argparse.ArgumentParser(prog="run.py serve")
    parser.add_argument("--port", type=port, default=8000)
    return parser.parse_args(words).port


def addresses(port: int) -> list[str]:
    """Where to listen: 127.0.0.1, and ::1 where the machine has it, for `localhost` is both.

    Raises Stop when the port cannot be had.
    """
    try:
        _try_port(socket.AF_INET, "127.0.0.1", port)
    except PermissionError:
        raise Stop(
            f"Port {port} is for the system only. Take one above 1023: run.py --port 8000"
        ) from None
    except OSError:
        other = port + 1 if port < 65535 else 8000
        raise Stop(
            f"Port {port} is in use by another program.\n"
            f"Stop that one, or take another port: python3 run.py --port {other}"
        ) from None
    try:
        _try_port(socket.AF_INET6, "::1", port)
    except OSError:
        return [f"127.0.0.1:{port}"]
    return [f"127.0.0.1:{port}", f"[::1]:{port}"]


def _try_port(family: int, host: str, port: int) -> None:
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def serve(port: int) -> int:
    """Serve until Ctrl-C; the server's exit code."""
    where = addresses(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")  # where links in mails lead
    if os.name == "nt":
        command = [venv_python(), "manage.py", "runserver", "--noreload", where[0]]
    else:
        command = [
            *(venv_python(), "-m", "gunicorn", "cop_directory.wsgi:application"),
            *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
            *("--log-level", "error", "--graceful-timeout", "2", "--no-control-socket"),
            *(word for address in where for word in ("--bind", address)),
        ]
    threading.Thread(target=say_when_ready, args=(port, time.monotonic()), daemon=True).start()
    # Without it nobody's code would ever arrive. Here, with no mail server, it prints the mails.
    post = subprocess.Popen([str(venv_python()), "manage.py", "post", "--stay"], cwd=str(ROOT))
    try:
        return call(command)
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0
    finally:
        post.terminate()
        end_process(post)


def say_when_ready(port: int, start: float) -> None:
    """Say the address as soon as the site answers; give up in silence after a minute."""
    while time.monotonic() - start < 60:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            say(f"Ready: http://localhost:{port}  (Ctrl-C ends it)")
            return


# Testing ---------------------------------------------------------------------------------------


def test(words: list[str]) -> int:
    """All tests on both databases; 0 only when all passed on both."""
    from tests import html_checker, suites  # newer syntax than this file's

    make_venv()
    install("requirements.txt")
    install("requirements-dev.txt")
    fetching = html_checker.fetching()
    if fetching:
        do("Fetching the HTML checker", fetching)
    try:
        return suites.run(venv_python(), call, words)
    except suites.Missing as missing:
        raise Stop(str(missing)) from None


# The command line ------------------------------------------------------------------------------


def command_of(words: list[str]) -> tuple[str, list[str]]:
    """(command, its own words); serve where none is named. Raises Stop for an unknown one."""
    if not words or words[0].startswith("--port"):
        return "serve", words
    if words[0] in COMMANDS:
        return words[0], words[1:]
    raise Stop(f"run.py does not know “{words[0]}”.\n{__doc__}")


def main(words: list[str]) -> int:
    """Do what the words ask; the exit code."""
    check_python()
    if words[:1] in (["-h"], ["--help"]):
        say(__doc__ or "")
        return 0
    command, rest = command_of(words)
    if command == "test":
        return test(rest)
    if command == "manage":
        make_venv()
        install("requirements.txt")
        return call([venv_python(), "manage.py", *rest])
    port = 0 if command == "setup" else port_of(rest)
    if port:
        addresses(port)  # A port in use is said before a minute of setting up, not after.
    set_up()
    return serve(port) if port else 0


def _end(_signal: int, _frame: object) -> None:
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped.")
        sys.exit(130)
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
