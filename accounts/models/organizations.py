"""Organizations, the domains of their addresses, and who speaks for them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import localized


class Province(models.TextChoices):
    """The provinces and territories, by ISO 3166-2:CA, from west to east, then the north."""

    BC = "BC", _("British Columbia")
    AB = "AB", _("Alberta")
    SK = "SK", _("Saskatchewan")
    MB = "MB", _("Manitoba")
    ON = "ON", _("Ontario")
    QC = "QC", _("Quebec")
    NB = "NB", _("New Brunswick")
    NS = "NS", _("Nova Scotia")
    PE = "PE", _("Prince Edward Island")
    NL = "NL", _("Newfoundland and Labrador")
    YT = "YT", _("Yukon")
    NT = "NT", _("Northwest Territories")
    NU = "NU", _("Nunavut")


class Organization(models.Model):
    """An agency, municipality or other body that runs or hosts something we list."""

    class Type(models.TextChoices):
        AGENCY = "agency", _("Agency")
        UMBRELLA = "umbrella", _("Umbrella organization")
        MUNICIPALITY = "municipality", _("Municipality")
        SCHOOL_BOARD = "school-board", _("School board")
        COLLEGE_UNIVERSITY = "college-university", _("College or university")
        HEALTH = "health", _("Health organization")
        LIBRARY = "library", _("Library")
        COALITION = "coalition", _("Coalition or network")
        GOVERNMENT = "government", _("Government")
        ENFORCEMENT = "enforcement", _("Police or border services")
        MEDIA = "media", _("Media")
        OTHER = "other", _("Other")

    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OTHER)
    province = models.CharField(_("province"), max_length=2, choices=Province.choices, blank=True)
    website = models.URLField(_("web page"), blank=True)
    trusted = models.BooleanField(
        _("trusted"),
        default=False,
        help_text=_("Most of its edits are public at once, and are looked at afterwards."),
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name_en", "name_fr", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="") | ~Q(name_fr=""), name="organization_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(province="") | Q(province__in=Province.values),
                name="organization_province_exists",
            ),
        ]

    def __str__(self) -> str:
        return str(localized(self, "name"))

    @property
    def verifies_by_domain(self) -> bool:
        """Whether an address at its domain says that somebody works in the sector.

        Everybody at a city, a ministry, a school or a university has one: it says nothing. Nor
        does one at a newspaper.
        """
        return self.type not in (
            self.Type.MUNICIPALITY,
            self.Type.GOVERNMENT,
            self.Type.ENFORCEMENT,
            self.Type.MEDIA,
            self.Type.SCHOOL_BOARD,
            self.Type.COLLEGE_UNIVERSITY,
        )


class Domain(models.Model):
    """A domain at which an organization has its addresses. Two reviewers agree on a new one."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=253, unique=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=models.F("first_by")),
                name="domain_confirmed_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def granted(self) -> Self:
        """Those who speak for the organization now."""
        return self.filter(granted_at__isnull=False)


class Membership(models.Model):
    """That somebody keeps an organization's pages, or looks after its account as well.

    Invited by e-mail (`user` is missing until they come), or requested; nobody speaks for the
    organization before `granted_at`.
    """

    class Role(models.TextChoices):
        STEWARD = "steward", _("Looks after its pages")
        OWNER = "owner", _("Organization administrator")

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    email = models.EmailField(_("invited address"), blank=True)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.STEWARD)
    words = models.CharField(_("a line about it"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    granted_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=("organization", "user"), name="membership_once"),
            models.UniqueConstraint(
                fields=("organization", "email"),
                condition=~Q(email=""),
                name="membership_invited_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""), name="membership_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(granted_at=None) | Q(user__isnull=False),
                name="membership_granted_to_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.role}"
