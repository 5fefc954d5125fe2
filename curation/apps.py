from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        from accounts import personal, retention
        from curation import night_work, nights
        from curation.personal import KEPT
        from curation.retention import RULES

        personal.register(*KEPT)
        retention.register(*RULES)
        nights.register(*night_work.STEPS)
