from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "cop_directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from django.core import checks

        from accounts import personal, retention
        from cop_directory import loading, night_work
        from cop_directory.checks import letters_of_the_database
        from cop_directory.personal import KEPT, RULES
        from cop_directory.results import FINDER
        from cop_directory.shelf import SHELF
        from cop_directory.table_example import example
        from curation import nights, shelves, start_data
        from curation.finding import together
        from curation.importing import writing

        shelves.register(SHELF)
        together.register(FINDER)
        start_data.register(loading.DATA, loading.plan_all)
        personal.register(*KEPT)
        retention.register(*RULES)
        nights.register(*night_work.STEPS)
        writing.register_example(SHELF.name, example)
        checks.register(letters_of_the_database, checks.Tags.database)
