"""Does the history hold? Every entry's chain, and a seal that a daily mail gave."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curation import history
from curation.models import Entry


class Command(BaseCommand):
    help = "Look for places at which somebody changed the history past the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """A seal is written as in the reviewers' daily mail: 1234:0f3a…"""
        parser.add_argument("--seal", help="number and seal of a daily mail, such as 1234:0f3a")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every entry whose chain is broken, and end with 1 if there is one."""
        found = 0
        entries = Entry.objects.select_related("name_own_language").order_by("pk")
        for entry in entries.iterator(chunk_size=500):
            steps = history.broken(entry)
            if steps:
                found += 1
                where = ", ".join(map(str, steps))
                self.stdout.write(f"{entry.pk} “{entry}”: changed at step {where}")
        if options["seal"] and not _holds(options["seal"]):
            found += 1
            self.stdout.write("The seal is another one: steps were changed, added or taken out.")
        if found:
            raise CommandError("The history does not hold.")
        seal, count = history.seal()
        self.stdout.write(f"The history holds. Seal: {count}:{seal}")


def _holds(said: str) -> bool:
    count, _colon, seal = said.partition(":")
    if not count.isdecimal():
        raise CommandError("Write the seal as in the mail: the number, a colon, the seal.")
    return history.seal(int(count)) == (seal.strip(), int(count))
