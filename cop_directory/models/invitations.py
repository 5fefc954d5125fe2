"""The invitation into a chat group: a table of its own, sealed, behind a door of its own."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressCheck
from cop_directory.models.listing import Listing

# So long everything of a request to join is kept.
KEPT_FOR = dt.timedelta(days=30)


class Invitation(models.Model):
    """How one gets into a chat group, and the sealed link where there is one.

    Only `cop_directory/invites.py` reads `sealed`. One row is current; one more may wait for a
    reviewer.
    """

    class Mode(models.TextChoices):
        ASK = "ask", _("Ask to join")
        WORKERS = "workers", _("For people whose work address is confirmed")
        HANDLE = "handle", _("Public name")

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="invitations")
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.ASK)
    sealed = models.TextField(blank=True, editable=False)
    handle_url = models.URLField(max_length=200, blank=True)
    shut_out = models.JSONField(default=list, blank=True)
    expires_on = models.DateField(_("link ends on"), null=True, blank=True)
    rotated_on = models.DateField(_("link renewed on"), null=True, blank=True)
    asked_to_rotate_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=("listing",), condition=Q(accepted_at=None), name="invitation_waits_once"
            ),
            models.UniqueConstraint(
                fields=("listing",),
                condition=Q(accepted_at__isnull=False),
                name="invitation_current_once",
            ),
            models.CheckConstraint(
                condition=Q(mode="handle") | Q(handle_url=""), name="invitation_handle_is_public"
            ),
            models.CheckConstraint(
                condition=~Q(mode="handle") | (~Q(handle_url="") & Q(sealed="")),
                name="invitation_handle_holds_no_secret",
            ),
            models.CheckConstraint(
                condition=~Q(mode="workers") | ~Q(sealed=""), name="invitation_for_workers_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.mode}"


class InvitationShown(models.Model):
    """That an invitation was shown to somebody: reviewers see who, the host how often."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="shown")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_seen"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation shown")
        verbose_name_plural = _("invitations shown")

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.at:%Y-%m-%d}"


class JoinRequest(models.Model):
    """Somebody asks a host to be let in. Everything of it is deleted on day 30."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("The address is not confirmed yet")
        WAITING = "waiting", _("Waiting for the host")
        LET_IN = "let-in", _("Let in")
        NOT_NOW = "not-now", _("Not this time")
        SUSPICIOUS = "suspicious", _("Suspicious")

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="join_requests")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    check_of_address = models.ForeignKey(
        AddressCheck, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("work e-mail address"))
    organization = models.CharField(_("organization"), max_length=160)
    sentence = models.CharField(_("one sentence"), max_length=200, blank=True)
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # The way in, once let in, is opened once from the mail's link, in one browser.
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_in = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(sent_at__isnull=False),
                name="join_request_sent_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("unconfirmed", "waiting")) | Q(answered_at__isnull=False),
                name="join_request_answered_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(opened_in="") | Q(opened_at__isnull=False),
                name="join_request_opened_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.state}"

    @property
    def waits_until(self) -> dt.date:
        """The last day before everything of it is deleted."""
        return timezone.localdate(self.created_at) + KEPT_FOR - dt.timedelta(days=1)
