"""The words from which a group's fields choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    COMMUNITY = "community-of-practice", _("Community of practice")
    LIP = "lip", _("Local Immigration Partnership")
    ZIP = "zip", _("Zonal Immigration Partnership")
    RIF = "rif", _("Francophone Immigration Network")
    CFA = "cfa", _("Welcoming Francophone Community")
    CHAT = "chat-group", _("Chat group")
    MAILING_LIST = "mailing-list", _("Mailing list")
    WORKING_GROUP = "working-group", _("Working group")


PARTNERSHIPS = (Kind.LIP, Kind.ZIP, Kind.RIF, Kind.CFA)


class Scope(models.TextChoices):
    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    PROVINCIAL = "provincial", _("Provincial or territorial")
    NATIONAL = "national", _("All of Canada")
    INTERNATIONAL = "international", _("International")
    UNKNOWN = "unknown", _("Not known")


class Join(models.TextChoices):
    OPEN = "open", _("Open to all")
    ASK = "ask", _("Ask to join")
    INVITATION = "invitation", _("By invitation")
    UNKNOWN = "unknown", _("Not known")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    BIMONTHLY = "bimonthly", _("Every two months")
    QUARTERLY = "quarterly", _("Every three months")
    YEARLY = "yearly", _("Once a year")
    IRREGULAR = "irregular", _("Now and then")
    UNKNOWN = "unknown", _("Not known")
