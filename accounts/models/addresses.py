"""An address that somebody says is theirs, until the code that we sent there proves it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AddressCheck(models.Model):
    """One question "is this address yours?"; what waits for its answer points here.

    The code itself is never stored, only its keyed hash. Goes after a day.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="en")
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("address being confirmed")
        verbose_name_plural = _("addresses being confirmed")
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="address_check_has_an_address")
        ]

    def __str__(self) -> str:
        return str(self.key)
