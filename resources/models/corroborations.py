""" "We tried this too": what another agency says of a lesson, in its own context."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Province
from curation.links import PublicLink
from curation.models import Entry, EntryQuerySet, Format
from resources.models.choices import AgencySize, Method, PlaceSize, Verdict, Visibility
from resources.models.resource import Resource, kept


class CorroborationQuerySet(EntryQuerySet):
    def visible(self) -> Self:
        """What everybody may see: public itself, to a lesson that is public."""
        return super().visible().filter(lesson__review=Entry.Review.PUBLISHED)

    def kept_by(self, user: Any) -> Self:
        """What somebody looks after."""
        return self.filter(kept(user)).distinct()


class Corroboration(Entry):
    """An agency's answer to a lesson. Its name is the one line why."""

    lesson = models.ForeignKey(
        Resource, models.PROTECT, related_name="corroborations", verbose_name=_("lesson")
    )
    verdict = models.CharField(_("how it went"), max_length=14, choices=Verdict.choices)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corroborations",
        verbose_name=_("organization"),
    )
    # In words, where our list of organizations does not have it.
    agency = models.CharField(_("agency"), max_length=160, blank=True)
    # Who answers, so that an agency answers once; None where the answer counts no longer.
    agency_key = models.CharField(max_length=180, null=True, blank=True, editable=False)
    visibility = models.CharField(
        _("names that readers see"),
        max_length=10,
        choices=[choice for choice in Visibility.choices if choice[0] != Visibility.NAMED],
        default=Visibility.AGENCY,
    )
    province = models.CharField(_("province"), max_length=2, choices=Province.choices, blank=True)
    place_size = models.CharField(
        _("size of place"), max_length=12, choices=PlaceSize.choices, default=PlaceSize.UNKNOWN
    )
    agency_size = models.CharField(
        _("size of agency"), max_length=10, choices=AgencySize.choices, default=AgencySize.UNKNOWN
    )
    format = models.CharField(_("format"), max_length=10, choices=Format.choices, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    method = models.CharField(
        _("how one knows"), max_length=16, choices=Method.choices, default=Method.UNKNOWN
    )
    method_link = PublicLink(_("where that can be seen"), max_length=500, blank=True)
    method_count = models.PositiveIntegerField(_("how many were asked"), null=True, blank=True)
    said_on = models.DateField(_("said on"))

    objects = CorroborationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("answer to a lesson")
        verbose_name_plural = _("answers to lessons")
        constraints = [
            models.UniqueConstraint(
                fields=("lesson", "agency_key"), name="corroboration_once_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="corroboration_verdict_exists"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=(Visibility.AGENCY, Visibility.HIDDEN)),
                name="corroboration_visibility_exists",
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(agency=""),
                name="corroboration_of_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1900, 2100)),
                name="corroboration_real_year",
            ),
        ]
