"""A lesson, a guide, a report: what is true of everything in the library."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organization, Province
from curation.links import PublicLink
from curation.models import Entry, EntryQuerySet, Format, Language
from resources.models.choices import (
    AgencySize,
    Kind,
    Level,
    Licence,
    Method,
    Money,
    Outcome,
    PlaceSize,
    StaffTime,
    Visibility,
)

CRITERIA = ("impact", "adaptability", "quality")


def kept(user: Any) -> Q:
    """What somebody looks after, alone or for the organization that shared it.

    Where the organization is hidden it belongs to whoever wrote it alone: not even colleagues
    learn of it.
    """
    granted = Membership.objects.granted().filter(user=user)
    shown = ~Q(visibility=Visibility.HIDDEN)
    return Q(keepers__user=user) | (shown & Q(organization__in=granted.values("organization")))


class ResourceQuerySet(EntryQuerySet):
    def kept_by(self, user: Any) -> Self:
        """What somebody looks after."""
        return self.filter(kept(user)).distinct()


class Resource(Entry):
    """Something in the library. Of a lesson, the name is what one would tell a colleague and the
    description is what was tried; of other things, they are the title and a longer text.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # Public authors of something published, or the person who shares a lesson.
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    # In words, where our list of organizations does not have it.
    publisher = models.CharField(_("publisher or agency"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("organization"),
    )
    visibility = models.CharField(
        _("names that readers see"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.NAMED,
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    link = PublicLink(_("its page"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence"), max_length=12, choices=Licence.choices, default=Licence.UNKNOWN
    )
    about_en = models.TextField(_("what it is about, English"), blank=True)
    about_fr = models.TextField(_("what it is about, French"), blank=True)
    to_know_en = models.TextField(_("what you need to know, English"), blank=True)
    to_know_fr = models.TextField(_("what you need to know, French"), blank=True)
    to_do_en = models.TextField(_("what you can do with it, English"), blank=True)
    to_do_fr = models.TextField(_("what you can do with it, French"), blank=True)

    # The context: for whom, where, how.
    national = models.BooleanField(_("about all of Canada"), default=False)
    place_size = models.CharField(
        _("size of place"), max_length=12, choices=PlaceSize.choices, default=PlaceSize.UNKNOWN
    )
    agency_size = models.CharField(
        _("size of agency"), max_length=10, choices=AgencySize.choices, default=AgencySize.UNKNOWN
    )
    served_in = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages of the service")
    )
    from_year = models.PositiveSmallIntegerField(_("from (year)"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to (year)"), null=True, blank=True)
    staff_time = models.CharField(
        _("working time"), max_length=8, choices=StaffTime.choices, default=StaffTime.UNKNOWN
    )
    money = models.CharField(
        _("money"), max_length=10, choices=Money.choices, default=Money.UNKNOWN
    )

    # How one knows.
    outcome = models.CharField(_("how it went"), max_length=10, choices=Outcome.choices, blank=True)
    method = models.CharField(
        _("how one knows"), max_length=16, choices=Method.choices, default=Method.UNKNOWN
    )
    method_link = PublicLink(_("where that can be seen"), max_length=500, blank=True)
    method_count = models.PositiveIntegerField(_("how many were asked"), null=True, blank=True)
    by_others = models.BooleanField(_("made by somebody else"), null=True, blank=True)
    peer_reviewed = models.BooleanField(_("reviewed by peers"), null=True, blank=True)
    no_client_recognized = models.BooleanField(_("no client can be recognized"), default=False)

    # The funder's three words, each said by an editor with one line why.
    impact = models.CharField(
        _("impact"), max_length=8, choices=Level.choices, default=Level.UNKNOWN
    )
    impact_why_en = models.CharField(_("impact: why, English"), max_length=200, blank=True)
    impact_why_fr = models.CharField(_("impact: why, French"), max_length=200, blank=True)
    adaptability = models.CharField(
        _("adaptability"), max_length=8, choices=Level.choices, default=Level.UNKNOWN
    )
    adaptability_why_en = models.CharField(
        _("adaptability: why, English"), max_length=200, blank=True
    )
    adaptability_why_fr = models.CharField(
        _("adaptability: why, French"), max_length=200, blank=True
    )
    quality = models.CharField(
        _("quality of evidence"), max_length=8, choices=Level.choices, default=Level.UNKNOWN
    )
    quality_why_en = models.CharField(
        _("quality of evidence: why, English"), max_length=200, blank=True
    )
    quality_why_fr = models.CharField(
        _("quality of evidence: why, French"), max_length=200, blank=True
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)

    objects = ResourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("lesson or guide")
        verbose_name_plural = _("lessons and guides")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="resource_kind_exists"),
            models.CheckConstraint(
                condition=(Q(kind=Kind.LESSON) & Q(outcome__in=Outcome.values))
                | (~Q(kind=Kind.LESSON) & Q(outcome="")),
                name="resource_outcome_of_lessons_alone",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.LESSON) | Q(no_client_recognized=True),
                name="resource_lesson_recognizes_no_client",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.LESSON) | Q(visibility=Visibility.NAMED),
                name="resource_names_hidden_in_lessons_alone",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="resource_visibility_exists"
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1900, 2100)), name="resource_real_year"
            ),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(from_year__lte=F("to_year")),
                name="resource_period_runs_forward",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: Level.UNKNOWN})
                    | ~Q(**{f"{name}_why_en": "", f"{name}_why_fr": ""}),
                    name=f"resource_{name}_has_a_reason",
                )
                for name in CRITERIA
            ),
        ]

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON


class Lesson(models.Model):
    """What the full card of a lesson tells beside the two questions that all answer."""

    resource = models.OneToOneField(
        Resource, models.CASCADE, primary_key=True, related_name="lesson"
    )
    planned_en = models.TextField(_("what was planned, English"), blank=True)
    planned_fr = models.TextField(_("what was planned, French"), blank=True)
    happened_en = models.TextField(_("what happened, English"), blank=True)
    happened_fr = models.TextField(_("what happened, French"), blank=True)
    why_en = models.TextField(_("why, English"), blank=True)
    why_fr = models.TextField(_("why, French"), blank=True)
    next_time_en = models.TextField(_("next time, English"), blank=True)
    next_time_fr = models.TextField(_("next time, French"), blank=True)
    helped_en = models.TextField(_("what helped, English"), blank=True)
    helped_fr = models.TextField(_("what helped, French"), blank=True)
    not_reached_en = models.TextField(_("who was not reached or heard, English"), blank=True)
    not_reached_fr = models.TextField(_("who was not reached or heard, French"), blank=True)
    not_reached_unknown = models.BooleanField(
        _("we do not know who was not reached"), default=False
    )
    risks_en = models.TextField(_("risks and privacy, English"), blank=True)
    risks_fr = models.TextField(_("risks and privacy, French"), blank=True)

    class Meta:
        verbose_name = _("about the lesson")
        verbose_name_plural = _("about the lesson")
        constraints = [
            models.CheckConstraint(
                condition=Q(not_reached_unknown=False) | Q(not_reached_en="", not_reached_fr=""),
                name="lesson_not_reached_known_or_not",
            )
        ]

    def __str__(self) -> str:
        return str(self.resource_id)


class ResourceProvince(models.Model):
    """A province or territory that it is about. None at all: see `national`."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="provinces")
    province = models.CharField(_("province"), max_length=2, choices=Province.choices)

    class Meta:
        verbose_name = _("province of a lesson or guide")
        verbose_name_plural = _("provinces of a lesson or guide")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("resource", "province"), name="resource_province_once"),
            models.CheckConstraint(
                condition=Q(province__in=Province.values), name="resource_province_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.get_province_display()


class ResourceFormat(models.Model):
    """A way in which the service was given. None at all: not known."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="formats")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)

    class Meta:
        verbose_name = _("way to serve")
        verbose_name_plural = _("ways to serve")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("resource", "format"), name="resource_format_once"),
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="resource_format_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.get_format_display()
