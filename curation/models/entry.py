"""The concrete parent of the rows of every shelf."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.languages import LocalText, localized, reading_language
from curation.links import DayThatWas, PublicLink
from curation.models.vocabulary import Language, TaggedEntry


class EntryQuerySet(models.QuerySet):
    def visible(self) -> Self:
        """What everybody may see."""
        return self.filter(review=Entry.Review.PUBLISHED)


class Entry(models.Model):
    """Anything we list: the concrete parent of the rows of every shelf.

    Three things about it never mix: *review* is changed by turns only (`lifecycle.take`),
    *activity* is a fact that somebody said on a day, *freshness* is computed (`freshness.py`).
    """

    class Review(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for review")
        NEEDS_ANSWER = "needs_answer", _("Waiting for an answer")
        PUBLISHED = "published", _("Public")
        REJECTED = "rejected", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged with another")

    class Activity(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        CLOSING = "closing", _("Closing soon")
        CLOSED = "closed", _("Closed")
        UNKNOWN = "unknown", _("Not known")

    class TextStatus(models.TextChoices):
        ORIGINAL = "original", _("Written in this language")
        HUMAN = "human", _("Translated by a person")
        MACHINE = "machine", _("Translated by a machine; nobody has checked it yet")
        MISSING = "missing", _("Not there yet")

    class Source(models.TextChoices):
        PAGE = "page", _("A page about it was seen")
        NAMED = "named", _("It is named on another page")
        PERSON = "person", _("A person told us")

    class Witness(models.TextChoices):
        """Who confirmed: only the role is public, never the person."""

        GROUP = "group", _("The group")
        VOLUNTEER = "volunteer", _("A volunteer reviewer")
        MEMBER = "member", _("A member of the group")

    shelf = models.CharField(max_length=20, editable=False)
    source_key = models.CharField(
        max_length=120, unique=True, null=True, blank=True, editable=False
    )
    invented = models.BooleanField(_("invented example"), default=False, editable=False)
    # The number of its last decision; whoever saves says which one they saw.
    version = models.PositiveIntegerField(default=0, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    review = models.CharField(
        _("review"), max_length=20, choices=Review.choices, default=Review.DRAFT, editable=False
    )

    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=300, blank=True)
    name_own = models.CharField(_("name in the group's own language"), max_length=160, blank=True)
    name_own_language = models.ForeignKey(
        Language,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of that name"),
    )
    one_line_en = models.CharField(_("one line in English"), max_length=140, blank=True)
    one_line_fr = models.CharField(_("one line in French"), max_length=140, blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    description_fr = models.TextField(_("description in French"), blank=True)
    text_status_en = models.CharField(
        _("English text"), max_length=10, choices=TextStatus.choices, default=TextStatus.MISSING
    )
    text_status_fr = models.CharField(
        _("French text"), max_length=10, choices=TextStatus.choices, default=TextStatus.MISSING
    )

    activity = models.CharField(
        _("activity"), max_length=10, choices=Activity.choices, default=Activity.UNKNOWN
    )
    activity_on = DayThatWas(_("activity said on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_why_en = models.CharField(_("why it closed, in English"), max_length=200, blank=True)
    closed_why_fr = models.CharField(_("why it closed, in French"), max_length=200, blank=True)
    archive_url = PublicLink(_("archive"), max_length=500, blank=True)

    confirmed_on = DayThatWas(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.CharField(
        _("confirmed by"), max_length=10, choices=Witness.choices, blank=True
    )
    review_months = models.PositiveSmallIntegerField(_("months between questions"), default=6)
    link_checked_on = DayThatWas(_("link checked on"), null=True, blank=True)
    link_answered = models.BooleanField(_("link answered"), null=True, blank=True)
    # When we last asked, whatever came of it, and on how many days in a row it was gone.
    link_asked_on = models.DateField(null=True, blank=True, editable=False)
    link_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    last_activity_on = DayThatWas(_("last sign of life on"), null=True, blank=True)
    last_activity_how = models.CharField(_("how that is known"), max_length=200, blank=True)

    source = models.CharField(
        _("where it is from"), max_length=10, choices=Source.choices, default=Source.PERSON
    )
    source_url = PublicLink(_("source"), max_length=500, blank=True)
    source_is_mirror = models.BooleanField(_("source is an archived copy"), default=False)
    source_year = models.PositiveSmallIntegerField(_("year of the source"), null=True, blank=True)

    alert_en = models.CharField(_("short notice in English"), max_length=200, blank=True)
    alert_fr = models.CharField(_("short notice in French"), max_length=200, blank=True)
    alert_until = models.DateField(_("notice ends on"), null=True, blank=True)

    created_at = models.DateTimeField(_("written down at"), auto_now_add=True)
    published_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)

    languages = models.ManyToManyField(Language, blank=True, verbose_name=_("languages"))
    tags = TaggableManager(through=TaggedEntry, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="") | ~Q(name_fr="") | ~Q(name_own=""), name="entry_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(name_own="", name_own_language=None)
                | (~Q(name_own="") & Q(name_own_language__isnull=False)),
                name="entry_own_name_has_its_language",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(
                        **{
                            f"text_status_{lang}": "missing",
                            f"one_line_{lang}": "",
                            f"description_{lang}": "",
                        }
                    )
                    | (
                        ~Q(**{f"text_status_{lang}": "missing"})
                        & ~Q(**{f"one_line_{lang}": "", f"description_{lang}": ""})
                    ),
                    name=f"entry_text_status_is_honest_{lang}",
                )
                for lang in ("en", "fr")
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="")),
                name="entry_confirmed_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(review_months__in=(1, 3, 6, 12)), name="entry_review_rhythm_exists"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(activity__in=("closing", "closed")),
                name="entry_closing_day_only_when_closing",
            ),
            models.CheckConstraint(
                condition=Q(link_checked_on=None, link_answered=None)
                | Q(link_checked_on__isnull=False),
                name="entry_link_answer_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(review="published") | Q(published_at__isnull=False),
                name="entry_published_at_some_time",
            ),
            models.CheckConstraint(
                condition=(Q(review="merged") & Q(merged_into__isnull=False))
                | (~Q(review="merged") & Q(merged_into=None)),
                name="entry_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="entry_not_merged_into_itself",
            ),
            # The search index keeps keys in 32 bits.
            models.CheckConstraint(condition=Q(id__lt=2**32), name="entry_key_fits_the_index"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> LocalText:
        """The name a reader sees, in their language where the group has one."""
        name = localized(self, "name")
        if name or not self.name_own_language_id:
            return name
        return self.own_name

    @property
    def own_name(self) -> LocalText:
        """The name in the group's own language, or nothing."""
        if self.name_own_language is None:
            return LocalText("", reading_language())
        language = self.name_own_language
        return LocalText(self.name_own, language.code, direction=language.direction)

    @property
    def lead(self) -> LocalText:
        """The sentence that says what it is: the one line, else the description."""
        for lang in (reading_language(), "en", "fr"):
            text = getattr(self, f"one_line_{lang}") or getattr(self, f"description_{lang}")
            if text:
                return LocalText(text, lang)
        return LocalText("", reading_language())

    @property
    def body(self) -> LocalText:
        """The description, unless it is already the lead."""
        text = localized(self, "description")
        return text if text != self.lead else LocalText("", text.lang)

    @property
    def lead_is_machine_made(self) -> bool:
        return getattr(self, f"text_status_{self.lead.lang}") == self.TextStatus.MACHINE
