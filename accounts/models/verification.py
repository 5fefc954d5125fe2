"""Who works in the sector: only the result is kept, and it lapses."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organizations import Organization


class VerificationQuerySet(models.QuerySet):
    def valid(self) -> Self:
        """Those that have not lapsed."""
        return self.filter(until__gte=timezone.localdate())


class Verification(models.Model):
    """That somebody works in the sector, how we know, and until when we believe it."""

    class How(models.TextChoices):
        DOMAIN = "domain", _("An address at an organization's domain was confirmed")
        VOUCHED = "vouched", _("Two people of two organizations vouched")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="verification"
    )
    how = models.CharField(max_length=8, choices=How.choices)
    organization_type = models.CharField(
        max_length=20, choices=Organization.Type.choices, blank=True
    )
    since = models.DateField()
    until = models.DateField()
    # The mail that it will lapse was written.
    reminded_on = models.DateField(null=True, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("work address confirmed")
        verbose_name_plural = _("work addresses confirmed")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="verification_lapses")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.until}"


class Vouch(models.Model):
    """One person's word that another works in the sector. Gone once it has served."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vouches_given")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vouches")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vouch")
        verbose_name_plural = _("vouches")
        constraints = [
            models.UniqueConstraint(fields=("by", "user"), name="vouch_once"),
            models.UniqueConstraint(
                fields=("organization", "user"), name="vouch_once_an_organization"
            ),
            models.CheckConstraint(condition=~Q(by=F("user")), name="vouch_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.user_id}"
