"""A group, its provinces, its ways to meet, its next meetings."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organization, Province
from cop_directory.models.choices import Join, Kind, Rhythm, Scope
from cop_directory.models.places import Place
from cop_directory.models.platforms import Platform
from curation.links import PublicLink
from curation.models import Entry, EntryQuerySet, Format


class ListingQuerySet(EntryQuerySet):
    def visible(self) -> Self:
        """What everybody may see. Groups whose members include newcomers need their host's yes."""
        protected = Q(members__in=Listing.PROTECTED) & ~Q(consent=Listing.Consent.AGREED)
        return super().visible().exclude(protected)

    def kept_by(self, user: Any) -> Self:
        """The groups that somebody looks after, alone or for an organization that runs them."""
        granted = Membership.objects.granted().filter(user=user)
        return self.filter(
            Q(keepers__user=user) | Q(hosts__in=granted.values("organization"))
        ).distinct()


class Listing(Entry):
    """A group in the directory: what it is, where, for whom, and how one gets in."""

    class Members(models.TextChoices):
        SECTOR = "sector", _("People who work in the sector")
        MIXED = "mixed", _("People of the sector and newcomers")
        NEWCOMERS = "newcomers", _("Newcomers, with moderators")
        UNKNOWN = "unknown", _("Not known")

    PROTECTED = (Members.MIXED, Members.NEWCOMERS)

    class Consent(models.TextChoices):
        AGREED = "agreed", _("The group agreed to be shown here")
        NOT_ASKED = "not-asked", _("The group has not been asked yet")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        FEE = "fee", _("There is a fee")
        UNKNOWN = "unknown", _("Not known")

    class Presence(models.TextChoices):
        LIVE = "live", _("Live")
        ANY_TIME = "async", _("Any time")
        BOTH = "both", _("Live and any time")
        UNKNOWN = "unknown", _("Not known")

    class Size(models.TextChoices):
        UNDER_25 = "under-25", _("Fewer than 25 people")
        TO_100 = "25-100", _("25 to 100 people")
        TO_500 = "100-500", _("100 to 500 people")
        OVER_500 = "over-500", _("More than 500 people")
        UNKNOWN = "unknown", _("Not known")

    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    hosts = models.ManyToManyField(
        Organization, blank=True, related_name="listings", verbose_name=_("run by")
    )
    host_note_en = models.CharField(_("remark on who runs it, English"), max_length=200, blank=True)
    host_note_fr = models.CharField(_("remark on who runs it, French"), max_length=200, blank=True)
    by_and_for_francophones = models.BooleanField(
        _("by and for Francophones"), null=True, blank=True
    )
    members = models.CharField(
        _("members"), max_length=10, choices=Members.choices, default=Members.UNKNOWN
    )
    consent = models.CharField(
        _("consent"), max_length=10, choices=Consent.choices, default=Consent.NOT_ASKED
    )

    scope = models.CharField(
        _("scope"), max_length=14, choices=Scope.choices, default=Scope.UNKNOWN
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="listings",
        verbose_name=_("place"),
    )
    area_en = models.CharField(_("area it serves, English"), max_length=200, blank=True)
    area_fr = models.CharField(_("area it serves, French"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)

    audience_en = models.CharField(_("who it is for, English"), max_length=200, blank=True)
    audience_fr = models.CharField(_("who it is for, French"), max_length=200, blank=True)
    join = models.CharField(
        _("how to join"), max_length=12, choices=Join.choices, default=Join.UNKNOWN
    )
    who_may_join_en = models.CharField(_("who may join, English"), max_length=300, blank=True)
    who_may_join_fr = models.CharField(_("who may join, French"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost.choices, default=Cost.UNKNOWN)
    website = PublicLink(_("web page"), max_length=500, blank=True)
    contact_email = models.EmailField(
        _("public address of the group, never a person's"), blank=True
    )

    minutes_per_month = models.PositiveSmallIntegerField(
        _("minutes a month"), null=True, blank=True
    )
    rhythm = models.CharField(
        _("rhythm"), max_length=10, choices=Rhythm.choices, default=Rhythm.UNKNOWN
    )
    presence = models.CharField(
        _("live or any time"), max_length=8, choices=Presence.choices, default=Presence.UNKNOWN
    )
    reading_along_ok = models.BooleanField(_("reading along is fine"), null=True, blank=True)
    captions = models.BooleanField(_("captions"), null=True, blank=True)
    interpretation = models.BooleanField(_("interpretation"), null=True, blank=True)
    plain_language = models.BooleanField(_("plain language"), null=True, blank=True)

    established = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, default=Size.UNKNOWN)
    platform = models.ForeignKey(
        Platform,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="listings",
        verbose_name=_("platform"),
    )

    objects = ListingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="listing_kind_exists"),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="listing_scope_exists"
            ),
            models.CheckConstraint(condition=Q(join__in=Join.values), name="listing_join_exists"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(40, 84),
                    longitude__range=(-142, -52),
                ),
                name="listing_lies_in_canada",
            ),
            models.CheckConstraint(
                condition=Q(established=None) | Q(established__range=(1800, 2100)),
                name="listing_since_a_real_year",
            ),
        ]

    @property
    def is_closed(self) -> bool:
        return self.activity == Entry.Activity.CLOSED

    @property
    def door_is_shut(self) -> bool:
        """Whether a report of danger keeps the way in shut, as far as `shelf.rows()` said so."""
        return bool(getattr(self, "danger_reported", False))

    @property
    def way_in_known(self) -> bool:
        """Whether a reader can get in touch: its page, its address, or its host's page."""
        return bool(self.website or self.contact_email)

    @property
    def needs_app(self) -> bool:
        """Whether there is no way in without an app or an account with a company."""
        if not self.platform or not self.platform.is_app:
            return False
        chat = getattr(self, "chat", None)
        return not (self.contact_email or (chat and (chat.other_way_en or chat.other_way_fr)))


class ListingProvince(models.Model):
    """One of the provinces or territories that a group is for. None at all: see its scope."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="provinces")
    province = models.CharField(_("province"), max_length=2, choices=Province.choices)

    class Meta:
        verbose_name = _("province of a group")
        verbose_name_plural = _("provinces of a group")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("listing", "province"), name="listing_province_once"),
            models.CheckConstraint(
                condition=Q(province__in=Province.values), name="listing_province_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.get_province_display()


class ListingFormat(models.Model):
    """One of the ways in which a group meets. None at all: not known."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="formats")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)

    class Meta:
        verbose_name = _("way to meet")
        verbose_name_plural = _("ways to meet")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("listing", "format"), name="listing_format_once"),
            models.CheckConstraint(
                condition=Q(format__in=Format.values), name="listing_format_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.get_format_display()


class Meeting(models.Model):
    """When a group next meets. `rule` is an RRULE of RFC 5545; no place or link if sensitive."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    timezone = models.CharField(_("time zone"), max_length=40, default="America/Toronto")
    rule = models.CharField(_("repeats"), max_length=200, blank=True)
    url = PublicLink(_("public link"), blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("starts_at",)
        constraints = [
            models.UniqueConstraint(fields=("listing", "starts_at"), name="meeting_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="meeting_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.starts_at:%Y-%m-%d}"
