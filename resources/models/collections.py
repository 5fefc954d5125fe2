"""Collections: what reviewers would give a colleague to read first, in order."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from curation.models import Entry, EntryQuerySet


class CollectionQuerySet(EntryQuerySet):
    def kept_by(self, user: Any) -> Self:
        """The collections that somebody looks after."""
        return self.filter(keepers__user=user)


class Collection(Entry):
    """An ordered list of pages, lessons and groups alike."""

    objects = CollectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")


class CollectionItem(models.Model):
    """A page of a collection, with one line why it is there."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="collected")
    position = models.PositiveSmallIntegerField()
    why_en = models.CharField(_("why, English"), max_length=200, blank=True)
    why_fr = models.CharField(_("why, French"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("page of a collection")
        verbose_name_plural = _("pages of a collection")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("collection", "entry"), name="collection_item_once"),
            models.UniqueConstraint(
                fields=("collection", "position"), name="collection_item_has_its_place"
            ),
            models.CheckConstraint(
                condition=~Q(why_en="", why_fr=""), name="collection_item_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(collection=F("entry")), name="collection_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.position}"
