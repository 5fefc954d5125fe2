"""Languages, the terms of the vocabulary, and which entry carries which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from accounts.languages import LocalText, localized


class Language(models.Model):
    """A language that people speak in a group or read a text in.

    Our own table: Django's list lacks Dari, Tigrinya, Tagalog and many more.
    Codes are ISO 639-1, or 639-3 where there is no two-letter code.
    """

    class Direction(models.TextChoices):
        LTR = "ltr", _("Left to right")
        RTL = "rtl", _("Right to left")

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name_en = models.CharField(_("name in English"), max_length=60, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=60, unique=True)
    name_native = models.CharField(_("name in itself"), max_length=60)
    direction = models.CharField(
        _("direction"), max_length=3, choices=Direction.choices, default=Direction.LTR
    )
    synonyms = models.TextField(_("other names, one on each line"), blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ("name_en",)
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=("ltr", "rtl")), name="language_direction_exists"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="language_has_a_code"),
        ]

    def __str__(self) -> str:
        return str(localized(self, "name"))


class Format(models.TextChoices):
    """How people come together: the members of a group, an agency and those it serves."""

    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")
    ANY_TIME = "async", _("Any time")
    PHONE_IN = "phone-ok", _("By phone")


class Tag(TagBase):
    """A term of the vocabulary: its words in both languages and what else people call it.

    `name` is the English label. Terms of `Facet.TAGGED` are put on entries; the others lend
    their words to fields that are choices (kind, platform …) and to the search alone (word).
    A merged term keeps its page, which leads to the term that took its place.
    """

    class Facet(models.TextChoices):
        TOPIC = "topic", _("Topic")
        CLIENT_GROUP = "client-group", _("Client group")
        ROLE = "role", _("Role")
        BARRIER = "barrier", _("Barrier")
        FREE = "free", _("Free word")
        KIND = "kind", _("Kind")
        PLATFORM = "platform", _("Platform")
        FORMAT = "format", _("Format")
        REGION = "region", _("Region")
        EVIDENCE = "evidence", _("Evidence")
        WORD = "word", _("Word for the search")

    TAGGED: ClassVar = (Facet.TOPIC, Facet.CLIENT_GROUP, Facet.ROLE, Facet.BARRIER, Facet.FREE)

    # taggit wants a name unique by itself; the sector's words are unique within a facet only.
    name = models.CharField(_("name in English"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, allow_unicode=True)
    facet = models.CharField(_("facet"), max_length=20, choices=Facet.choices, default=Facet.FREE)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    synonyms = models.TextField(_("other words, one on each line"), blank=True)
    note = models.TextField(_("note for the people who curate"), blank=True)
    quiet = models.BooleanField(_("says little in a search"), default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("vocabulary")
        ordering = ("facet", "name")
        constraints = [
            models.UniqueConstraint(fields=("facet", "slug"), name="tag_slug_unique_in_facet"),
            models.UniqueConstraint(fields=("facet", "name"), name="tag_name_unique_in_facet"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="tag_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def name_en(self) -> str:
        return self.name

    @property
    def label(self) -> LocalText:
        return localized(self, "name")

    @property
    def key(self) -> str:
        """What the search calls this term, such as "topic:housing"."""
        return f"{self.facet}:{self.slug}"

    def words(self) -> tuple[str, ...]:
        """Everything people call it, labels first."""
        return tuple(w for w in (self.name, self.name_fr, *self.synonyms.split("\n")) if w.strip())


class TaggedEntry(ItemBase):
    content_object = models.ForeignKey("curation.Entry", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged")

    class Meta:
        verbose_name = _("term of an entry")
        verbose_name_plural = _("terms of an entry")
        constraints = [
            models.UniqueConstraint(fields=("content_object", "tag"), name="entry_tagged_once")
        ]
