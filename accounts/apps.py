from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organizations")

    def ready(self) -> None:
        from accounts import due, kept, personal, retention

        personal.register(*kept.KEPT)
        retention.register(*due.RULES)


class BackRoomConfig(AdminConfig):
    """The admin behind a second step, wherever `admin.site` is said."""

    default_site = "accounts.back_room.BackRoom"
