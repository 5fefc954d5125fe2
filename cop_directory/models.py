"""The directory shelf: communities of practice, partnerships, networks and chat groups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import LocalText, localized
from accounts.models import Organization, Province
from curation.models import Entry, EntryQuerySet


class Kind(models.TextChoices):
    COMMUNITY = "community-of-practice", _("Community of practice")
    LIP = "lip", _("Local Immigration Partnership")
    ZIP = "zip", _("Zonal Immigration Partnership")
    RIF = "rif", _("Francophone Immigration Network")
    CFA = "cfa", _("Welcoming Francophone Community")
    CHAT = "chat-group", _("Chat group")
    MAILING_LIST = "mailing-list", _("Mailing list")
    WORKING_GROUP = "working-group", _("Working group")


PARTNERSHIPS = (Kind.LIP, Kind.ZIP, Kind.RIF, Kind.CFA)


class Scope(models.TextChoices):
    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    PROVINCIAL = "provincial", _("Provincial or territorial")
    NATIONAL = "national", _("All of Canada")
    INTERNATIONAL = "international", _("International")
    UNKNOWN = "unknown", _("Not known")


class Join(models.TextChoices):
    OPEN = "open", _("Open to all")
    ASK = "ask", _("Ask to join")
    INVITATION = "invitation", _("By invitation")
    UNKNOWN = "unknown", _("Not known")


class Format(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")
    ANY_TIME = "async", _("Any time")
    PHONE_IN = "phone-ok", _("By phone")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    BIMONTHLY = "bimonthly", _("Every two months")
    QUARTERLY = "quarterly", _("Every three months")
    YEARLY = "yearly", _("Once a year")
    IRREGULAR = "irregular", _("Now and then")
    UNKNOWN = "unknown", _("Not known")


class Place(models.Model):
    """A town or region that people name. A town without a group leads to its province."""

    slug = models.SlugField(_("address"), primary_key=True, max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    province = models.CharField(_("province"), max_length=2, choices=Province.choices)
    synonyms = models.TextField(_("other names, one on each line"), blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("name_en",)
        constraints = [
            models.CheckConstraint(
                condition=Q(province__in=Province.values), name="place_province_exists"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> LocalText:
        return localized(self, "name")


class Platform(models.Model):
    """Where a group lives online. What it shows of its members stands in its facts."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        DEPENDS = "depends", _("It depends")
        UNKNOWN = "unknown", _("Not known")

    slug = models.SlugField(_("address"), primary_key=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_fr = models.CharField(_("name in French"), max_length=60)
    is_app = models.BooleanField(_("needs an app or an account with a company"), default=True)
    owner = models.CharField(_("owner"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    needs_phone_number = models.CharField(
        _("needs a phone number"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN
    )
    shows_number = models.CharField(
        _("members see the number"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN
    )
    website = models.URLField(_("web page"), blank=True)

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ("name_en",)

    def __str__(self) -> str:
        return str(localized(self, "name"))

    @property
    def name(self) -> LocalText:
        return localized(self, "name")


class PlatformFact(models.Model):
    """One thing that a platform shows or needs, with its source and the day it was looked up."""

    class About(models.TextChoices):
        MEMBERS_SEE = "members-see", _("The other members")
        COMPANY_SEES = "company-sees", _("The company")
        NEEDS = "needs", _("You need")
        INVITE_LINK = "invite-link", _("The invitation")

    class Strength(models.TextChoices):
        PRIMARY = "primary", _("first-hand")
        SECONDARY = "secondary", _("second-hand")
        PRESS = "press", _("press")
        UNKNOWN = "unknown", _("no source found")

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="facts")
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    text_en = models.TextField(_("English text"))
    text_fr = models.TextField(_("French text"))
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    strength = models.CharField(_("strength of the source"), max_length=10, choices=Strength.choices)
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("fact about a platform")
        verbose_name_plural = _("facts about platforms")
        ordering = ("platform", "pk")
        constraints = [
            models.UniqueConstraint(fields=("platform", "about"), name="platform_fact_once"),
            models.CheckConstraint(
                condition=Q(strength="unknown", source_url="")
                | (~Q(strength="unknown") & ~Q(source_url="")),
                name="platform_fact_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.about}"

    @property
    def text(self) -> LocalText:
        return localized(self, "text")


class ListingQuerySet(EntryQuerySet):
    def visible(self) -> "ListingQuerySet":
        """What everybody may see. Groups whose members include newcomers need their host's yes."""
        protected = Q(members__in=Listing.PROTECTED) & ~Q(consent=Listing.Consent.AGREED)
        return super().visible().exclude(protected)


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
    by_and_for_francophones = models.BooleanField(_("by and for Francophones"), null=True, blank=True)
    members = models.CharField(
        _("members"), max_length=10, choices=Members.choices, default=Members.UNKNOWN
    )
    consent = models.CharField(
        _("consent"), max_length=10, choices=Consent.choices, default=Consent.NOT_ASKED
    )

    scope = models.CharField(_("scope"), max_length=14, choices=Scope.choices, default=Scope.UNKNOWN)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="listings",
        verbose_name=_("place"),
    )
    area_en = models.CharField(_("area it serves, English"), max_length=200, blank=True)
    area_fr = models.CharField(_("area it serves, French"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)

    audience_en = models.CharField(_("who it is for, English"), max_length=200, blank=True)
    audience_fr = models.CharField(_("who it is for, French"), max_length=200, blank=True)
    join = models.CharField(_("how to join"), max_length=12, choices=Join.choices, default=Join.UNKNOWN)
    who_may_join_en = models.CharField(_("who may join, English"), max_length=300, blank=True)
    who_may_join_fr = models.CharField(_("who may join, French"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=8, choices=Cost.choices, default=Cost.UNKNOWN)
    website = models.URLField(_("web page"), max_length=500, blank=True)
    contact_email = models.EmailField(_("public address of the group, never a person's"), blank=True)

    minutes_per_month = models.PositiveSmallIntegerField(_("minutes a month"), null=True, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm.choices, default=Rhythm.UNKNOWN)
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
        Platform, models.PROTECT, null=True, blank=True, related_name="listings",
        verbose_name=_("platform"),
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="listing_kind_exists"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="listing_scope_exists"),
            models.CheckConstraint(condition=Q(join__in=Join.values), name="listing_join_exists"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(40, 84), longitude__range=(-142, -52)),
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
    url = models.URLField(_("public link"), blank=True)

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


class Practice(models.Model):
    """What a community of practice adds: what it cares about, who it is, what it makes."""

    listing = models.OneToOneField(Listing, models.CASCADE, primary_key=True, related_name="practice")
    domain_en = models.TextField(_("what we care about, English"), blank=True)
    domain_fr = models.TextField(_("what we care about, French"), blank=True)
    community_en = models.TextField(_("who we are, English"), blank=True)
    community_fr = models.TextField(_("who we are, French"), blank=True)
    makes_en = models.TextField(_("what we make, English"), blank=True)
    makes_fr = models.TextField(_("what we make, French"), blank=True)
    first_month_en = models.TextField(_("what you get in the first month, English"), blank=True)
    first_month_fr = models.TextField(_("what you get in the first month, French"), blank=True)
    welcome_en = models.TextField(_("how new members are welcomed, English"), blank=True)
    welcome_fr = models.TextField(_("how new members are welcomed, French"), blank=True)
    last_topics_en = models.TextField(_("last topics, English"), blank=True)
    last_topics_fr = models.TextField(_("last topics, French"), blank=True)
    facilitator_paid = models.BooleanField(_("facilitator is paid"), null=True, blank=True)
    funder_requires_it = models.BooleanField(_("a funder requires it"), null=True, blank=True)
    core_group_size = models.PositiveSmallIntegerField(_("size of the core group"), null=True, blank=True)
    recordings_url = models.URLField(_("recordings and notes"), blank=True)

    class Meta:
        verbose_name = _("about the community of practice")
        verbose_name_plural = _("about the community of practice")

    def __str__(self) -> str:
        return str(self.listing_id)


class Partnership(models.Model):
    """What a LIP, ZIP, RIF or Welcoming Francophone Community adds."""

    class Holder(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        AGENCY = "agency", _("Agency")
        CONSORTIUM = "consortium", _("Consortium")
        UNKNOWN = "unknown", _("Not known")

    listing = models.OneToOneField(Listing, models.CASCADE, primary_key=True, related_name="partnership")
    catchment_en = models.CharField(_("area, English"), max_length=300, blank=True)
    catchment_fr = models.CharField(_("area, French"), max_length=300, blank=True)
    catchment_codes = models.CharField(_("census codes"), max_length=200, blank=True)
    agreement_holder = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("holder of the contribution agreement"),
    )
    holder_type = models.CharField(
        _("type of the holder"), max_length=14, choices=Holder.choices, default=Holder.UNKNOWN
    )
    plan_title = models.CharField(_("community plan"), max_length=200, blank=True)
    plan_period = models.CharField(_("period of the plan"), max_length=40, blank=True)
    plan_url = models.URLField(_("link to the plan"), max_length=500, blank=True)
    priorities_en = models.TextField(_("priorities, English"), blank=True)
    priorities_fr = models.TextField(_("priorities, French"), blank=True)
    research_url = models.URLField(_("research and needs assessment"), max_length=500, blank=True)
    offers_en = models.TextField(_("offers to peers, English"), blank=True)
    offers_fr = models.TextField(_("offers to peers, French"), blank=True)
    asks_en = models.TextField(_("asks of peers, English"), blank=True)
    asks_fr = models.TextField(_("asks of peers, French"), blank=True)
    secretariat_url = models.URLField(_("its page at the national secretariat"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("about the partnership")
        verbose_name_plural = _("about the partnership")

    def __str__(self) -> str:
        return str(self.listing_id)


class Chat(models.Model):
    """What a chat group adds. The invitation itself has a table and a door of its own."""

    class Traffic(models.TextChoices):
        QUIET = "quiet", _("Quiet")
        DAILY = "daily", _("A few messages a day; can be muted")
        BUSY = "busy", _("Busy; can be muted")
        UNKNOWN = "unknown", _("Not known")

    class Posting(models.TextChoices):
        ALL = "all", _("Everybody may write")
        ADMINS = "admins", _("Only the hosts write")
        UNKNOWN = "unknown", _("Not known")

    listing = models.OneToOneField(Listing, models.CASCADE, primary_key=True, related_name="chat")
    app_only = models.BooleanField(_("app only"), default=False)
    other_way_en = models.CharField(_("way in without the app, English"), max_length=300, blank=True)
    other_way_fr = models.CharField(_("way in without the app, French"), max_length=300, blank=True)
    members_see_en = models.CharField(_("what members see of you, English"), max_length=300, blank=True)
    members_see_fr = models.CharField(_("what members see of you, French"), max_length=300, blank=True)
    new_members_see_history = models.BooleanField(_("new members see old messages"), null=True, blank=True)
    messages_disappear = models.BooleanField(_("messages disappear"), null=True, blank=True)
    moderated = models.BooleanField(_("moderated"), null=True, blank=True)
    hours_en = models.CharField(_("hours, English"), max_length=120, blank=True)
    hours_fr = models.CharField(_("hours, French"), max_length=120, blank=True)
    rules_url = models.URLField(_("rules"), blank=True)
    posting = models.CharField(_("who may write"), max_length=8, choices=Posting.choices, default=Posting.UNKNOWN)
    no_client_data = models.BooleanField(_("no client names or documents"), null=True, blank=True)
    traffic = models.CharField(_("traffic"), max_length=8, choices=Traffic.choices, default=Traffic.UNKNOWN)

    class Meta:
        verbose_name = _("about the chat group")
        verbose_name_plural = _("about the chat group")
        constraints = [
            models.CheckConstraint(
                condition=Q(app_only=False) | Q(other_way_en="", other_way_fr=""),
                name="chat_app_only_or_another_way",
            )
        ]

    def __str__(self) -> str:
        return str(self.listing_id)
