"""What people send in: new entries, changes, claims, reports; and what they have not sent yet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AddressCheck, Organization
from curation.models.entry import Entry


class Stance(models.TextChoices):
    """Which it is, in the sender's own words."""

    RUN = "run", _("I run it")
    ASKED = "asked", _("I asked the people who run it, and they agree")
    TIP = "tip", _("Just a tip")


class Sent(models.Model):
    """Who sent something, and how they can be answered. An account is not needed."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, default="en")
    # The form's own token: twenty taps on "Send" are one row.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Draft(Sent):
    """What somebody has written and not yet sent, or sent and not yet confirmed by code.

    `data` is the form as it was typed, right or wrong, so that nothing is lost. Signed-in
    people find it under their pages; others by its token, which only they have.
    """

    class Purpose(models.TextChoices):
        PROPOSE = "propose", _("New")
        EDIT = "edit", _("Edit")
        CLAIM = "claim", _("I run this group")

    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    shelf = models.CharField(max_length=20)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="drafts")
    data = models.JSONField(default=dict)
    check_of_address = models.ForeignKey(
        AddressCheck, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.purpose} {self.token}"


class Submission(Sent):
    """Who proposed an entry, and what they are to it."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="submission")
    stance = models.CharField(max_length=6, choices=Stance.choices)
    source = models.CharField(max_length=10, default="form")

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="submission_stance_exists"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stance} {self.entry_id}"


class Change(Sent):
    """An edit of a published entry, beside it: the old text stays public until it is accepted.

    `patch` is {field: [value seen, value wanted]}, cleaned by the form of the shelf when it
    was proposed and again when it is accepted. `base` is the version it was made on.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        ASKED = "asked", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not accepted")
        TAKEN_BACK = "taken-back", _("Taken back")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="changes")
    patch = models.JSONField()
    base = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # Public at once, and to be looked at: an edit of a trusted organization.
    live = models.BooleanField(default=False)
    note = models.TextField(_("a line for the reviewers"), blank=True)
    answer = models.TextField(_("a line for the sender"), blank=True)
    # The fields of an accepted edit that did not become public.
    left_out = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=10, default="form")

    class Meta:
        verbose_name = _("edit waiting for review")
        verbose_name_plural = _("edits waiting for review")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "asked", "accepted", "declined", "taken-back")),
                name="change_state_exists",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "asked"), decided_at=None)
                | (~Q(state__in=("waiting", "asked")) & Q(decided_at__isnull=False)),
                name="change_decided_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {', '.join(self.patch)}"

    @property
    def said_state(self) -> str:
        """How far it has got, in words; of some that only a part of it was accepted."""
        if self.state == self.State.ACCEPTED and self.left_out:
            return str(_("Accepted in part"))
        return self.get_state_display()


class Claim(Sent):
    """ "I run this group": somebody asks to look after an entry's page."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        GRANTED = "granted", _("Granted")
        DECLINED = "declined", _("Not granted")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="claims")
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A shared address of an organization, kept without anybody's personal account.
    role_mailbox = models.BooleanField(default=False)
    words = models.CharField(_("how you know the group"), max_length=500, blank=True)
    objection = models.CharField(_("what those say who look after it"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"


class Report(models.Model):
    """ "Something is wrong here". What strangers say of one kind on one day is one row."""

    class Reason(models.TextChoices):
        DEAD_LINK = "dead-link", _("The link does not work")
        MOVED = "moved", _("The group has moved")
        CLOSED = "closed", _("The group has closed")
        WRONG = "wrong", _("Something on the page is wrong")
        DANGEROUS = "dangerous", _("It is dangerous: a scam, or it exposes people")
        RECOGNIZED = "recognized", _("Somebody can be recognized")
        OTHER = "other", _("Something else")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    day = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    times = models.PositiveIntegerField(default=1)
    words = models.TextField(_("what people wrote"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    # The way into a chat group is shut until somebody has looked.
    shuts_the_door = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=("entry", "reason", "day"),
                condition=Q(by=None),
                name="report_of_strangers_once_a_day",
            ),
            models.UniqueConstraint(
                fields=("entry", "reason", "day", "by"), name="report_of_a_person_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(shuts_the_door=False) | Q(reason="dangerous"),
                name="report_shuts_the_door_only_on_danger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.reason} {self.day}"
