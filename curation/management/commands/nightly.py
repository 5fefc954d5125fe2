"""Everything that is done once a night, step by step."""

import datetime as dt
import logging
from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from curation import nights

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what the clock asks for; run it every night. A step that fails stops no other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--dry-run: say what would be done, and write nothing."""
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take every step; exit code 1, naming them, when some failed."""
        now, failed = timezone.now(), []
        for step in nights.steps():
            try:
                number, words = take(step, now, dry_run=options["dry_run"])
            except Exception:
                logger.exception("nightly: %s", step.name)
                failed.append(step.name)
                self.stdout.write(f"{step.name}: FAILED")
            else:
                self.stdout.write(f"{step.name}: {number} {words}")
        if failed:
            raise CommandError(f"These steps failed: {', '.join(failed)}.")


def take(step: nights.Step, now: dt.datetime, *, dry_run: bool) -> nights.Done:
    """Take one step, in a transaction of its own, which a dry run takes back."""
    with transaction.atomic() if step.whole else nullcontext():
        done = step.run(now, dry_run)
        if step.whole and dry_run:
            transaction.set_rollback(True)
    return done
