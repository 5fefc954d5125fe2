from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "cop_directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from cop_directory.shelf import SHELF
        from curation import shelves

        shelves.register(SHELF)
