"""Can a stranger with a clock find out who has an account?

    .venv/bin/python bench/enumeration.py [--number 500] [--bare]

Starts gunicorn with one worker on an empty site with that many people, then asks in random order
about addresses that have an account and addresses that have none: at sign-in, at the request for
a code, at sign-up; and opens the page that each answer leads to. For each it prints the medians
and the area under the ROC curve of the time: .5 when time says nothing, 1 when it says all.
`--bare` takes the even time away (accounts/even_time.py), to show that the measure finds a leak.
With 500 of each it takes about 25 minutes, nearly all of them spent asleep.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable

from site_for_strangers import PATHS, Place, Stranger, place, served

SITE, BARE = "cop_directory.wsgi:application", "enumeration:bare()"
MAKE_PEOPLE = """
from accounts.models import User
from allauth.account.models import EmailAddress
people = User.objects.bulk_create(
    User(email=f"known{{number}}.{{what}}@example.org", password="!")
    for what in range(3) for number in range({number})
)
EmailAddress.objects.bulk_create(
    EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in people
)
"""


def bare() -> Callable:
    """The site, answering as soon as it can."""
    from accounts import even_time
    from cop_directory.wsgi import application

    even_time.STEP = 1e-9
    return application


def area(known: list[float], unknown: list[float]) -> float:
    """How often a known address took longer than an unknown one; ties count half."""
    ranks: dict[float, list[int]] = {}
    for position, value in enumerate(sorted(known + unknown), start=1):
        ranks.setdefault(value, []).append(position)
    total = sum(statistics.fmean(ranks[value]) for value in known)
    pairs = len(known) * len(unknown)
    return (total - len(known) * (len(known) + 1) / 2) / pairs


def measure(where: Place, number: int, application: str) -> None:
    """Ask about every address once; print a line for each kind of question."""
    where.python(MAKE_PEOPLE.format(number=number))
    print(f"{'':34} {'known':>10} {'unknown':>10} {'area':>6}   (n = {number} each)")
    with served(where, application, "--workers", "1") as port:
        for which, what in enumerate(PATHS):
            times: dict[tuple[str, str], list[float]] = {}
            cases = [
                (kind, f"{kind}{each}.{which}@example.org")
                for kind in ("known", "unknown")
                for each in range(number)
            ]
            random.shuffle(cases)
            stranger = Stranger(port)
            for _ in range(5):
                stranger.post(what, "warm@example.org")
            for kind, address in cases:
                took, status, leads, session = stranger.post(what, address)
                if status != 302:
                    raise SystemExit(f"{what} answered {status}")
                times.setdefault(("answer", kind), []).append(took)
                times.setdefault(("page", kind), []).append(stranger.follow(leads, session))
            for part, words in (("answer", what), ("page", f"{what}, page that follows")):
                say(words, times[part, "known"], times[part, "unknown"])


def say(words: str, known: list[float], unknown: list[float]) -> None:
    """One line: medians in milliseconds and the area."""
    middle = [f"{statistics.median(each) * 1000:7.2f} ms" for each in (known, unknown)]
    print(f"{words:34} {middle[0]:>10} {middle[1]:>10} {area(known, unknown):6.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--number", type=int, default=500, help="addresses of each kind")
    parser.add_argument("--bare", action="store_true", help="without the even time")
    options = parser.parse_args()
    with place() as where:
        measure(where, options.number, BARE if options.bare else SITE)


if __name__ == "__main__":
    main()
