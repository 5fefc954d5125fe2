"""What each kind of group adds to the fields that all have."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from cop_directory.models.listing import Listing
from curation.links import PublicLink


class Practice(models.Model):
    """What a community of practice adds: what it cares about, who it is, what it makes."""

    listing = models.OneToOneField(
        Listing, models.CASCADE, primary_key=True, related_name="practice"
    )
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
    core_group_size = models.PositiveSmallIntegerField(
        _("size of the core group"), null=True, blank=True
    )
    recordings_url = PublicLink(_("recordings and notes"), blank=True)

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

    listing = models.OneToOneField(
        Listing, models.CASCADE, primary_key=True, related_name="partnership"
    )
    catchment_en = models.CharField(_("area, English"), max_length=300, blank=True)
    catchment_fr = models.CharField(_("area, French"), max_length=300, blank=True)
    catchment_codes = models.CharField(_("census codes"), max_length=200, blank=True)
    agreement_holder = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("holder of the contribution agreement"),
    )
    holder_type = models.CharField(
        _("type of the holder"), max_length=14, choices=Holder.choices, default=Holder.UNKNOWN
    )
    plan_title = models.CharField(_("community plan"), max_length=200, blank=True)
    plan_period = models.CharField(_("period of the plan"), max_length=40, blank=True)
    plan_url = PublicLink(_("link to the plan"), max_length=500, blank=True)
    priorities_en = models.TextField(_("priorities, English"), blank=True)
    priorities_fr = models.TextField(_("priorities, French"), blank=True)
    research_url = PublicLink(
        _("research and needs assessment"),
        max_length=500,
        blank=True,
    )
    offers_en = models.TextField(_("offers to peers, English"), blank=True)
    offers_fr = models.TextField(_("offers to peers, French"), blank=True)
    asks_en = models.TextField(_("asks of peers, English"), blank=True)
    asks_fr = models.TextField(_("asks of peers, French"), blank=True)
    secretariat_url = PublicLink(
        _("its page at the national secretariat"),
        max_length=500,
        blank=True,
    )

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
    other_way_en = models.CharField(
        _("way in without the app, English"), max_length=300, blank=True
    )
    other_way_fr = models.CharField(_("way in without the app, French"), max_length=300, blank=True)
    members_see_en = models.CharField(
        _("what members see of you, English"), max_length=300, blank=True
    )
    members_see_fr = models.CharField(
        _("what members see of you, French"), max_length=300, blank=True
    )
    new_members_see_history = models.BooleanField(
        _("new members see old messages"), null=True, blank=True
    )
    messages_disappear = models.BooleanField(_("messages disappear"), null=True, blank=True)
    moderated = models.BooleanField(_("moderated"), null=True, blank=True)
    hours_en = models.CharField(_("hours, English"), max_length=120, blank=True)
    hours_fr = models.CharField(_("hours, French"), max_length=120, blank=True)
    rules_url = PublicLink(_("rules"), blank=True)
    posting = models.CharField(
        _("who may write"), max_length=8, choices=Posting.choices, default=Posting.UNKNOWN
    )
    no_client_data = models.BooleanField(_("no client names or documents"), null=True, blank=True)
    traffic = models.CharField(
        _("traffic"), max_length=8, choices=Traffic.choices, default=Traffic.UNKNOWN
    )

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
