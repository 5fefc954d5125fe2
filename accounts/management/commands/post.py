"""`manage.py post`: send the mails that wait in the outbox."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from accounts.outbox import Sent, send_waiting

PAUSE = 2.0  # seconds between two looks into the outbox: people wait for their codes
AFTER_TROUBLE = 30.0


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox. Ends when none is left, unless told to stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stay", action="store_true", help="Look again every two seconds.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stay"]:
            signal.signal(signal.SIGTERM, _end)
            try:
                while True:
                    time.sleep(self.round())
            except KeyboardInterrupt:
                return
        done = Sent()
        while True:
            part = send_waiting()
            done.sent, done.later = done.sent + part.sent, done.later + part.later
            done.given_up += part.given_up
            if not part.sent:
                break
        self.stdout.write(f"{done.sent} sent, {done.later} later, {done.given_up} given up")

    def round(self) -> float:
        """Send once, whatever happens; how many seconds to wait before the next time."""
        close_old_connections()
        try:
            done = send_waiting()
        except DatabaseError as trouble:
            self.stderr.write(f"The database did not answer: {type(trouble).__name__}")
            return AFTER_TROUBLE
        return AFTER_TROUBLE if done.later and not done.sent else PAUSE


def _end(_signal: int, _frame: object) -> None:
    raise SystemExit(0)
