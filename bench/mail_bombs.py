"""How many mails can strangers cause to one address in a day?

    .venv/bin/python bench/mail_bombs.py [--tries 1200] [--clients 16]

Starts gunicorn on an empty site, first with one worker, then with four, and lets many strangers,
each from another network, sign up, sign in and ask for codes with one address, as fast as the site
takes it. Counts the mails written to it, by kind. Then the same for an address that has an
account: its sign-in codes have a limit of their own, ten a day. On PostgreSQL:

    .venv/bin/python tests/postgres.py .venv/bin/python bench/mail_bombs.py
"""

from __future__ import annotations

import argparse
import json
import os
import random
import threading
import time
from collections import Counter

from site_for_strangers import PATHS, Place, Stranger, place, served

NOBODY, ANA = "nobody@example.org", "ana@example.org"
SITE = "cop_directory.wsgi:application"
MAKE_ANA = f"""
from accounts.models import User
from allauth.account.models import EmailAddress
person = User.objects.create_user("{ANA}")
EmailAddress.objects.create(user=person, email="{ANA}", verified=True, primary=True)
"""
# A database on a server is the same for both runs.
EMPTY = """
from django.core.management import call_command
call_command("flush", interactive=False, verbosity=0)
"""
COUNT = """
import json
from post_office.models import Email
kinds = {"to sign in": "code", "You already": "already", "There is no": "no account"}
print(json.dumps([
    [mail.to[0], next((kind for words, kind in kinds.items() if words in mail.subject), "new")]
    for mail in Email.objects.all()
]))
"""


def bomb(port: int, addresses: list[str], tries: int, clients: int) -> Counter[int]:
    """All tries, from so many threads; how often each status came back."""
    statuses: Counter[int] = Counter()
    left = iter(range(tries))
    lock = threading.Lock()

    def client() -> None:
        stranger = Stranger(port)
        chance = random.Random()
        while True:
            with lock:
                if next(left, None) is None:
                    return
            what, address = chance.choice(list(PATHS)), chance.choice(addresses)
            status = stranger.post(what, address)[1]
            with lock:
                statuses[status] += 1

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return statuses


def measure(where: Place, workers: int, tries: int, clients: int) -> bool:
    """One run with so many workers; whether the limits held."""
    where.python(MAKE_ANA)
    options = ("--workers", str(workers), "--worker-class", "gthread", "--threads", "4")
    start = time.monotonic()
    with served(where, SITE, *options) as port:
        statuses = bomb(port, [NOBODY, ANA], tries, clients)
    mails = Counter(tuple(each) for each in json.loads(where.python(COUNT)))
    to_nobody = sum(count for (to, _), count in mails.items() if to == NOBODY)
    codes = mails[ANA, "code"]
    other = sum(count for (to, _), count in mails.items() if to == ANA) - codes
    answers = ", ".join(f"{status} × {count}" for status, count in sorted(statuses.items()))
    print(
        f"{workers} worker{'s' if workers > 1 else ''}: {tries} tries in "
        f"{time.monotonic() - start:.0f} s ({answers}); mails to the address without an account: "
        f"{to_nobody}; to the one with: {other}, and {codes} sign-in codes",
        flush=True,
    )
    return to_nobody <= 3 and other <= 3 and codes <= 10 and not statuses[500]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tries", type=int, default=1200)
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    held = True
    for workers in (1, 4):
        with place(os.environ.get("DATABASE_URL", "")) as where:
            where.python(EMPTY)
            held = measure(where, workers, options.tries, options.clients) and held
    raise SystemExit(0 if held else "The limits did not hold.")


if __name__ == "__main__":
    main()
