"""A table that an organization sent, row by row, so that it can stop and go on."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from curation.models.incoming import Change, Submission


class ImportJob(models.Model):
    """One uploaded table. Nothing is written before its rows have been looked at."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked, nothing written yet")
        RUNNING = "running", _("Being sent")
        DONE = "done", _("Sent")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shelf = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKED)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("table sent in")
        verbose_name_plural = _("tables sent in")

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportRow(models.Model):
    """One row: what it holds, what would happen, and once it was sent, what did."""

    class State(models.TextChoices):
        NEW = "new", _("Not looked at yet")
        WRONG = "wrong", _("Cannot be sent")
        SAME = "same", _("Nothing new")
        READY = "ready", _("Ready")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=6, choices=State.choices)
    entry = models.ForeignKey(
        "curation.Entry", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    change = models.ForeignKey(Change, models.SET_NULL, null=True, blank=True, related_name="+")
    submission = models.ForeignKey(
        Submission, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("row sent in")
        verbose_name_plural = _("rows sent in")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("job", "number"), name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
