"""How often something was done today. Rows, because workers share nothing else."""

from django.db import models
from django.db.models import Q


class Allowance(models.Model):
    """How much of a day's allowance one person or address has used.

    `key` is a keyed hash: nobody can read from it whose it is. Goes after two days.
    """

    what = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    day = models.DateField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("what", "key", "day"), name="allowance_once_a_day"),
            models.CheckConstraint(condition=~Q(what=""), name="allowance_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.day}: {self.used}"
