"""Load the groups, the vocabulary, the languages and the facts about platforms.

Safe to run again: a field that a person has touched stays as it is.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cop_directory import loading
from curation import shelves
from curation.loading import BrokenData
from search import index


class Command(BaseCommand):
    help = "Load the starting data. Fields that a person has touched stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=loading.DATA, help="where the CSV files are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            write = loading.plan_all(options["folder"])
        except BrokenData as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        with index.batch():
            for name, tally in write():
                self.stdout.write(
                    f"{name}: {tally['new']} new, {tally['changed']} changed, "
                    f"{tally['same']} as they were"
                )
        index.rebuild(shelves.documents(), shelves.concepts())
