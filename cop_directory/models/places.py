"""Towns and regions that people name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.languages import LocalText, localized
from accounts.models import Province


class Place(models.Model):
    """A town or region that people name. A town without a group leads to its province."""

    slug = models.SlugField(_("address"), primary_key=True, max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80)
    name_fr = models.CharField(_("name in French"), max_length=80)
    province = models.CharField(_("province"), max_length=2, choices=Province.choices)
    within = models.SlugField(_("lies in"), max_length=60, blank=True)
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
