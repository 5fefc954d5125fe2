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
        DISCUSSED_IN = "discussed_in", _("Discussed in")
        BUILDS_ON = "builds_on", _("Builds on")
        CONTRADICTS = "contradicts", _("Contradicts")

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
    """One turn in an entry's life: who, when, what, and the fields before and after.

    The decisions of an entry are numbered and chained: `digest` covers the row and the digest
    before it, so that a row that was changed, taken out or put in shows. What is personal is
    in the row as a sealed digest only; its words are `PersonalValue`s, which can be erased
    without breaking the chain. `actor` is a person's pseudonym and stays when `by` goes.
    """

    class Role(models.TextChoices):
        REVIEWER = "reviewer", _("A volunteer reviewer")
        KEEPER = "keeper", _("A person who looks after the page")
        SENDER = "sender", _("The person who sent it")
        READER = "reader", _("A reader")
        SITE = "site", _("The site itself")

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="decisions", verbose_name=_("entry")
    )
    number = models.PositiveIntegerField(editable=False)
    verb = models.CharField(_("what happened"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    actor = models.UUIDField(null=True, blank=True, editable=False)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.SITE)
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    seals = models.JSONField(default=dict, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("entry", "number"), name="decision_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.entry_id}"


class PersonalValue(models.Model):
    """A value of a decision that is about a person. Its salt goes with it when it is erased."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="personal")
    name = models.CharField(max_length=80)
    salt = models.CharField(max_length=32)
    value = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("decision", "name"), name="personal_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.name}"


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
