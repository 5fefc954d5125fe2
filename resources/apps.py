from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "resources"
    verbose_name = _("Library")

    def ready(self) -> None:
        from accounts import personal, retention
        from curation import invented, nights, shelves, start_data
        from curation.finding import together
        from resources import demo_lessons, loading
        from resources.answers.shelf import SHELF as ANSWERS
        from resources.collecting.shelf import SHELF as COLLECTIONS
        from resources.files import keeping
        from resources.personal import KEPT, RULES
        from resources.results import FINDER
        from resources.shelf import SHELF

        for shelf in (SHELF, ANSWERS, COLLECTIONS):
            shelves.register(shelf)
        together.register(FINDER)
        start_data.register(loading.DATA, loading.plan_all)
        invented.register(demo_lessons.fill)
        personal.register(*KEPT)
        retention.register(*RULES)
        nights.register(*keeping.STEPS)
