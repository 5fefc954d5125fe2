"""Load what the site starts with: groups, vocabulary, languages, places, the library.

Safe to run again: a field that a person has touched stays as it is.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curation import shelves, start_data
from curation.loading import BrokenData
from search import index


class Command(BaseCommand):
    help = "Load the starting data. Fields that a person has touched stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, help="one folder with all the CSV files, in place of our own"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write everything and make the index anew, or nothing where a file is broken."""
        try:
            write = start_data.plan_all(options["folder"])
        except BrokenData as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        with index.batch():
            for name, tally in write():
                self.stdout.write(
                    f"{name}: {tally['new']} new, {tally['changed']} changed, "
                    f"{tally['same']} as they were"
                )
        index.rebuild(shelves.documents(), shelves.concepts())
