"""Where groups live online, and what that shows of their members."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import LocalText, localized
from curation.links import PublicLink


class Platform(models.Model):
    """Where a group lives online. What it shows of its members stands in its facts."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        DEPENDS = "depends", _("It depends")
        UNKNOWN = "unknown", _("Not known")

    slug = models.SlugField(_("address"), primary_key=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=60)
    is_app = models.BooleanField(_("needs an app or an account with a company"), default=True)
    owner = models.CharField(_("owner"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    needs_phone_number = models.CharField(
        _("needs a phone number"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN
    )
    shows_number = models.CharField(
        _("members see the number"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN
    )
    website = PublicLink(_("web page"), blank=True)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return str(localized(self, "name"))

    @property
    def name(self) -> LocalText:
        return localized(self, "name")


class PlatformFact(models.Model):
    """One thing that a platform shows or needs, with its source and the day it was looked up."""

    class About(models.TextChoices):
        MEMBERS_SEE = "members-see", _("The other members")
        COMPANY_SEES = "company-sees", _("The company")
        NEEDS = "needs", _("You need")
        INVITE_LINK = "invite-link", _("The invitation")

    class Strength(models.TextChoices):
        PRIMARY = "primary", _("first-hand")
        SECONDARY = "secondary", _("second-hand")
        PRESS = "press", _("press")
        UNKNOWN = "unknown", _("no source found")

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="facts")
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    text_en = models.TextField(_("English text"))
    text_fr = models.TextField(_("French text"))
    source_url = PublicLink(_("source"), max_length=500, blank=True)
    strength = models.CharField(
        _("strength of the source"), max_length=10, choices=Strength.choices
    )
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("fact about a platform")
        verbose_name_plural = _("facts about platforms")
        ordering = ("platform", "pk")
        constraints = [
            models.UniqueConstraint(fields=("platform", "about"), name="platform_fact_once"),
            models.CheckConstraint(
                condition=Q(strength="unknown", source_url="")
                | (~Q(strength="unknown") & ~Q(source_url="")),
                name="platform_fact_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.about}"

    @property
    def text(self) -> LocalText:
        return localized(self, "text")
