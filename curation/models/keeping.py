"""Who looks after an entry's page."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curation.models.entry import Entry


class Keeper(models.Model):
    """A person, or a shared address of an organization, that looks after one entry's page.

    People who keep all pages of an organization have a membership there instead.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="keepers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="kept",
    )
    email = models.EmailField(_("shared address"), blank=True)
    language = models.CharField(max_length=2, default="en")
    since = models.DateField(auto_now_add=True)
    # When they last answered a question about the page.
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("person who looks after a page")
        verbose_name_plural = _("people who look after pages")
        constraints = [
            models.UniqueConstraint(fields=("entry", "user"), name="keeper_once"),
            models.UniqueConstraint(
                fields=("entry", "email"), condition=~Q(email=""), name="keeper_mailbox_once"
            ),
            models.CheckConstraint(
                condition=(Q(user__isnull=False) & Q(email="")) | (Q(user=None) & ~Q(email="")),
                name="keeper_is_a_person_or_a_mailbox",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.user_id or 'mailbox'}"

    @property
    def address(self) -> str:
        """Where mails about the page go."""
        return self.user.email if self.user else self.email


class Question(models.Model):
    """How far the question "is it still right?" about an entry has got. Gone once answered."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="question")
    asked_on = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    # The first who was asked has not answered; the others have been asked instead.
    passed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("question to those who look after a page")
        verbose_name_plural = _("questions to those who look after a page")
        constraints = [
            models.CheckConstraint(
                condition=Q(reminded_on=None) | Q(reminded_on__gt=F("asked_on")),
                name="question_reminded_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.asked_on}"


class KeeperInvitation(models.Model):
    """That somebody was asked to look after a page. Gone once answered, or after 30 days."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="keeper_invitations")
    email = models.EmailField(_("invited address"))
    # A shared address: it keeps the page without anybody's personal account.
    role_mailbox = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to look after a page")
        verbose_name_plural = _("invitations to look after a page")
        constraints = [
            models.UniqueConstraint(fields=("entry", "email"), name="keeper_invited_once"),
            models.CheckConstraint(condition=~Q(email=""), name="keeper_invited_at_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.created_at:%Y-%m-%d}"
