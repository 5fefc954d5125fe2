"""Seals every invitation link with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand

from cop_directory import invites


class Command(BaseCommand):
    """Seals every invitation link with the newest key."""

    help = (
        "Seals every invitation link with the first of INVITATION_KEYS. "
        "Afterwards the older keys can be taken out of the settings."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and say how many."""
        done = invites.reseal()
        self.stdout.write(f"{done} invitation links are now sealed with the first key.")
