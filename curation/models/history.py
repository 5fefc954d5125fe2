"""What has been written about entries: relations, decisions, and what the loader wrote."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curation.models.entry import Entry


class Relation(models.Model):
    """How one entry stands to another. Each pair is written once, from the younger or smaller."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", _("Part of")
        REPLACED_BY = "replaced_by", _("Replaced by")
        SIMILAR = "similar", _("Similar to")

    from_entry = models.ForeignKey(Entry, models.CASCADE, related_name="relations")
    to_entry = models.ForeignKey(Entry, models.CASCADE, related_name="relations_to")
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=("from_entry", "to_entry", "kind"), name="relation_written_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_entry=F("to_entry")), name="relation_between_two_entries"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_entry_id} {self.kind} {self.to_entry_id}"


class Decision(models.Model):
    """One turn in an entry's life: who, when, what, and the fields before and after."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="decisions", verbose_name=_("entry")
    )
    verb = models.CharField(_("what happened"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.verb} {self.entry_id}"


class StartRow(models.Model):
    """What the loader last wrote for one row of the starting data, field by field.

    A field that no longer holds what was written here has been touched by a person, and is
    theirs from then on.
    """

    table = models.CharField(max_length=30)
    key = models.CharField(max_length=160)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("table", "key"), name="start_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
