"""A served site with people of its own, and a stranger who asks it about addresses.

What `enumeration.py` and `mail_bombs.py` share. The site lives in a temporary folder; it believes
the address that a proxy would add, so that every question can come from another one.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from throughput import free_port

ROOT = Path(__file__).resolve().parent.parent
PATHS = {
    "sign-in": ("/en/account/login/", "login"),
    "code request": ("/en/account/login/code/", "email"),
    "sign-up": ("/en/account/signup/", "email"),
}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Place:
    """Where a site keeps its things: the environment of every command about it."""

    folder: str
    database: str = ""
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        plain = {k: v for k, v in os.environ.items() if k not in ("SECRET_KEY", "DATABASE_URL")}
        self.environment = {
            **plain,
            "VAR_DIR": self.folder,
            "BEHIND_PROXY": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "bench")]),
            "DJANGO_SETTINGS_MODULE": "cop_directory.settings",
        }
        if self.database:
            self.environment["DATABASE_URL"] = self.database

    def python(self, code: str) -> str:
        """Run a few lines inside the site; what they print."""
        lines = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", lines],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


@contextlib.contextmanager
def place(database: str = "") -> Iterator[Place]:
    """An empty site with its tables, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        made = Place(folder, database)
        for words in (["migrate", "-v0"], ["createcachetable", "-v0"], ["collectstatic", "-v0"]):
            command = [sys.executable, "manage.py", *words]
            if words[0] != "createcachetable":
                command.append("--noinput")
            subprocess.run(command, cwd=ROOT, env=made.environment, check=True)
        yield made


@contextlib.contextmanager
def served(where: Place, application: str, *options: str) -> Iterator[int]:
    """Gunicorn with that site; yields its port once the sign-in page answers."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application, *options),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"),
        ],
        cwd=ROOT,
        env=where.environment,
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                Stranger(port)
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


class Stranger:
    """Somebody with a browser's cookie for forms, who asks from another network each time."""

    _numbers = itertools.count(1)

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.port = port
        answer, body = self._ask("GET", PATHS["sign-in"][0])
        self.token = TOKEN.search(body)[1]
        self.cookie = answer.getheader("Set-Cookie").partition(";")[0]

    def post(self, what: str, address: str) -> tuple[float, int, str, str]:
        """Ask about an address: seconds, status, where it leads, and the session's cookie."""
        path, name = PATHS[what]
        body = urlencode({name: address, "csrfmiddlewaretoken": self.token})
        start = time.perf_counter()
        answer, _ = self._ask("POST", path, body, self.cookie)
        took = time.perf_counter() - start
        cookies = answer.headers.get_all("Set-Cookie") or []
        session = next((each for each in cookies if each.startswith("sessionid=")), "")
        where = answer.getheader("Location") or ""
        return took, answer.status, where, session.partition(";")[0]

    def follow(self, where: str, session: str) -> float:
        """Open the page that an answer leads to: seconds."""
        start = time.perf_counter()
        self._ask("GET", where, None, f"{self.cookie}; {session}")
        return time.perf_counter() - start

    def _ask(
        self, method: str, path: str, body: str | None = None, cookie: str = ""
    ) -> tuple[http.client.HTTPResponse, str]:
        number = next(self._numbers)
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": cookie,
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}),
        }
        try:
            self.connection.request(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer, answer.read().decode("utf-8", "replace")
