"""Files and links that go with a lesson."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curation.links import PublicLink
from resources.models.resource import Resource


class Upload(models.Model):
    """A file that somebody gave us, checked and cleaned. It may be part of a lesson, or wait."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        ODT = "odt", "ODT"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        PNG = "png", "PNG"
        JPG = "jpg", "JPG"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="files/", max_length=120)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("pdf", "odt", "docx", "xlsx", "png", "jpg")),
                name="upload_kind_exists",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """A file or a link of a lesson, in its order."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="materials")
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="materials"
    )
    link = PublicLink(_("link"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(upload__isnull=False, link="") | (Q(upload=None) & ~Q(link="")),
                name="material_file_or_link",
            ),
            models.UniqueConstraint(fields=("resource", "upload"), name="material_file_once"),
        ]

    def __str__(self) -> str:
        return self.title
