"""What waits for a reviewer: one row each, whatever it is, so that the desk is one queue."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Domain, Membership, Organization, Province
from curation.models.entry import Entry
from curation.models.incoming import Change, Claim
from curation.models.vocabulary import Tag


class CaseQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """What nobody has decided yet, in the order of the desk: danger, requests, then age."""
        return self.filter(closed_at=None).order_by("rank", "opened_at", "pk")


class Case(models.Model):
    """One thing that waits. It is closed by the decision that settles it, never deleted."""

    class Reason(models.TextChoices):
        DANGER = "danger", _("Somebody says it is dangerous")
        JOIN = "join", _("Requests to join are not answered")
        NEW = "new", _("New")
        ANSWERED = "answered", _("The sender has answered")
        CHANGE = "change", _("Edit waiting for review")
        LIVE = "live", _("Changed since review")
        REPORT = "report", pgettext_lazy("something that waits", "Something is wrong here")
        CLAIM = "claim", _("I run this group")
        INVITATION = "invitation", _("Invitation link to look at")
        LINK = "link", _("Its link does not answer")
        DOMAIN = "domain", _("New address of an organization")
        MEMBERSHIP = "membership", _("Somebody asks to speak for an organization")

    # Danger first, then people who wait at a door; the rest by age.
    RANKS: ClassVar = {Reason.DANGER: 0, Reason.JOIN: 1}

    reason = models.CharField(max_length=10, choices=Reason.choices)
    rank = models.PositiveSmallIntegerField(default=2)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="cases")
    change = models.OneToOneField(
        Change, models.CASCADE, null=True, blank=True, related_name="case"
    )
    claim = models.OneToOneField(Claim, models.CASCADE, null=True, blank=True, related_name="case")
    domain = models.OneToOneField(
        Domain, models.CASCADE, null=True, blank=True, related_name="case"
    )
    membership = models.OneToOneField(
        Membership, models.CASCADE, null=True, blank=True, related_name="case"
    )
    # Whose it is: their own people step aside.
    organizations = models.ManyToManyField(Organization, blank=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="taken"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting")
        verbose_name_plural = _("waiting")
        constraints = [
            models.UniqueConstraint(
                fields=("entry", "reason"),
                condition=Q(closed_at=None, change=None, claim=None, entry__isnull=False),
                name="case_open_once_an_entry_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False)
                | Q(domain__isnull=False)
                | Q(membership__isnull=False),
                name="case_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None) | Q(taken_at__isnull=False),
                name="case_taken_at_some_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=("rank", "opened_at"), condition=Q(closed_at=None), name="case_queue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.entry_id}"


class CaseFacet(models.Model):
    """By what a case can be found on the desk: its kind, province, topic, language."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=10)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "name", "value"), name="case_facet_once")
        ]
        indexes = [models.Index(fields=("name", "value"), name="case_facet_value")]

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Beat(models.Model):
    """A province or a topic that a reviewer looks after first."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="beats")
    province = models.CharField(max_length=2, choices=Province.choices, blank=True)
    topic = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("what a reviewer looks after")
        verbose_name_plural = _("what reviewers look after")
        constraints = [
            models.CheckConstraint(
                condition=(Q(province="") & Q(topic__isnull=False))
                | (~Q(province="") & Q(topic=None)),
                name="beat_is_a_province_or_a_topic",
            ),
            models.UniqueConstraint(
                fields=("user", "province"), condition=Q(topic=None), name="beat_province_once"
            ),
            models.UniqueConstraint(fields=("user", "topic"), name="beat_topic_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.province or self.topic_id}"


class Ruling(models.Model):
    """What a reviewer decided about an organization: a domain of its addresses, or who speaks
    for it.

    The history of entries holds what happened to pages; this happened to none. A row is never
    changed, apart from being taken back. Goes after two years.
    """

    class Verb(models.TextChoices):
        AGREED = "agreed", _("A first yes to an organization’s domain")
        CONFIRMED = "confirmed", _("An organization’s domain confirmed")
        NOT_CONFIRMED = "not-confirmed", _("An organization’s domain not confirmed")
        LET_IN = "let-in", _("Somebody speaks for an organization now")
        NOT_LET_IN = "not-let-in", _("Somebody was not let into an organization")

    ABOUT_DOMAINS: ClassVar = (Verb.AGREED, Verb.CONFIRMED, Verb.NOT_CONFIRMED)

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="rulings")
    verb = models.CharField(max_length=14, choices=Verb.choices)
    domain = models.CharField(_("domain"), max_length=253, blank=True)
    # Who had asked, and for which role.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_role = models.CharField(max_length=8, choices=Membership.Role.choices, blank=True)
    note = models.TextField(_("a line about it"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="rulings"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision about an organization")
        verbose_name_plural = _("decisions about organizations")
        constraints = [
            models.CheckConstraint(
                condition=(Q(verb__in=("agreed", "confirmed", "not-confirmed")) & ~Q(domain=""))
                | Q(verb__in=("let-in", "not-let-in"), domain=""),
                name="ruling_names_a_domain_where_it_is_about_one",
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=("not-confirmed", "not-let-in")) | ~Q(note=""),
                name="ruling_says_why_not",
            ),
        ]
        indexes = [models.Index(fields=("-at",), name="ruling_newest")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.verb} {self.domain}"
