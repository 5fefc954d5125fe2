"""Cleaning in a process of its own, with little memory, little time and no secrets.

    python -m resources.files.apart KIND < FILE > CLEANED

Whoever finds a hole in a library that reads pictures or PDFs finds nothing there, and a file made
to keep its reader busy keeps nobody else waiting.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

from resources.files import cleaning
from resources.files.refusals import Refused, Why

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
AT_ONCE = 2
_REFUSED, _NO_MEMORY = 3, 4
_HERE = Path(__file__).resolve().parents[2]
_turns = threading.BoundedSemaphore(AT_ONCE)


def clean(data: bytes, kind: str) -> bytes:
    """Like `cleaning.clean()`. Raises Refused, also when it takes too long or too much memory."""
    words = [sys.executable, "-m", "resources.files.apart", kind]
    try:
        with _turns:
            done = subprocess.run(
                words,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                cwd=_HERE,
                env=environment(),
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise Refused(Why.SLOW) from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _REFUSED:
        raise Refused(Why(done.stdout.decode()))
    raise Refused(Why.SIZE if done.returncode == _NO_MEMORY else Why.BROKEN)


def environment() -> dict[str, str]:
    """What the process is told of the site: nothing, only what a system needs to start one."""
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


def _bounded() -> None:
    """Give this process its limits, where the system knows any."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Clean what comes in; or say the name of a refusal."""
    _bounded()
    try:
        sys.stdout.buffer.write(cleaning.clean(sys.stdin.buffer.read(), sys.argv[1]))
    except Refused as refused:
        sys.stdout.write(refused.why)
        return _REFUSED
    except MemoryError:
        return _NO_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
