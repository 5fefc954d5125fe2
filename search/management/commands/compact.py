"""Make the next base of the index out of the present one and its waiting changes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import index


class Command(BaseCommand):
    """Compact the index when enough changes wait; leave it alone otherwise."""

    help = "Folds the waiting changes of the search index into its base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--more-than N: only when more than N changes wait."""
        parser.add_argument("--more-than", type=int, default=0, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compact, and say what was done."""
        waiting = index.state().deltas
        if waiting <= options["more_than"]:
            self.stdout.write(f"Waiting changes: {waiting}. Nothing to do.")
            return
        try:
            index.compact()
        except index.Overtaken:
            self.stdout.write("Somebody was faster: the index has just been made anew.")
            return
        self.stdout.write(f"Waiting changes: {waiting}. They are now part of the base.")
