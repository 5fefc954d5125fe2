"""People and organizations. What a person may do to an entry is not known here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import localized


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person with an account. The password may be missing: codes and passkeys come first."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody with an account, known by an e-mail address; there are no user names."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = People()  # type: ignore[misc,assignment]


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
        OTHER = "other", _("Other")

    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OTHER)
    province = models.CharField(_("province"), max_length=2, choices=Province.choices, blank=True)
    website = models.URLField(_("web page"), blank=True)

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
