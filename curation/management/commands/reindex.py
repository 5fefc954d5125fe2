"""Build the search index anew from what is public."""

from typing import Any

from django.core.management.base import BaseCommand

from curation import shelves
from search import index


class Command(BaseCommand):
    help = "Build the search index anew from what is public."

    def handle(self, *args: Any, **options: Any) -> None:
        index.rebuild(shelves.documents(), shelves.concepts())
        self.stdout.write(f"The index holds {index.state().documents} entries.")
