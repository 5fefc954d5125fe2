"""How many directory pages a second, beside a bare "hello" under the same server?

    .venv/bin/python bench/throughput.py [--seconds 3] [--connections 16] [--path /en/directory/]

Needs wrk (Debian: sudo apt install wrk) and a site that is set up (`python3 run.py setup`).
Starts gunicorn twice as run.py does, with the site and with a Django view that only says
"hello" (no middleware, no database), lets wrk ask them in turn for three rounds and prints the
requests per second of each and the ratio of the medians. Both ask for gzip, as browsers do.
The ratio is what to compare: the requests per second are those of this machine, and wrk itself
takes part of it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
# The same as in run.py.
SERVER = ("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--log-level", "error")
HELLO, SITE = "throughput:hello()", "cop_directory.wsgi:application"
LONGEST = 60  # seconds for the whole run, starting and stopping apart


def hello() -> Callable:
    """A WSGI application: Django with one view and nothing else."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    # Django takes any object with urlpatterns for a module of addresses.
    addresses = [path("", lambda request: HttpResponse("hello"))]
    settings.configure(ROOT_URLCONF=tuple(addresses), ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
    return get_wsgi_application()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(application: str, path: str) -> Iterator[str]:
    """Run gunicorn with an application on a free port; yields the address once it answers 200."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, *SERVER, "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "bench")},
    )
    try:
        wait_for(port, path, process)
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, path: str, process: subprocess.Popen) -> None:
    """Return when the page answers 200; SystemExit when it answers otherwise or not at all."""
    status = None
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            status = connection.getresponse().status
            if status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise SystemExit(f"{path} answers {status}. Is the site set up? python3 run.py setup")


def ask(url: str, seconds: float, connections: int) -> float:
    """Requests per second that wrk counts. SystemExit where an answer is not 2xx or 3xx."""
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "-H", "Accept-Encoding: gzip", url],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 20,
    ).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if not found:
        raise SystemExit(said)
    return float(found[1])


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Directory pages a second beside a bare hello.")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (1 to 8)")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--path", default="/en/directory/")
    chosen = parser.parse_args()
    if not 1 <= chosen.seconds <= 8 or chosen.connections < 1:
        parser.error("--seconds goes from 1 to 8 and --connections from 1")
    return chosen


def main() -> int:
    chosen = options()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing. On Debian or Ubuntu: sudo apt install wrk")
    counted: dict[str, list[float]] = {"hello": [], "page": []}
    with serving(HELLO, "/") as bare, serving(SITE, chosen.path) as page:
        start = time.monotonic()
        for url in (bare, page):
            ask(url, 1, chosen.connections)  # warm: templates, index, connections
        for turn in range(1, ROUNDS + 1):
            for name, url in (("hello", bare), ("page", page)):
                counted[name].append(ask(url, chosen.seconds, chosen.connections))
            print(
                f"round {turn}: hello {counted['hello'][-1]:8,.0f}/s   "
                f"{chosen.path} {counted['page'][-1]:7,.0f}/s",
                flush=True,
            )
            if time.monotonic() - start + 2 * chosen.seconds > LONGEST:
                break
    middle = {name: statistics.median(each) for name, each in counted.items()}
    print(
        f"median:  hello {middle['hello']:8,.0f}/s   {chosen.path} {middle['page']:7,.0f}/s   "
        f"ratio {middle['page'] / middle['hello']:.4f} (1 : {middle['hello'] / middle['page']:.1f})"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
