"""The rows of the index: an immutable base, small deltas, and one row that says which base is read.

Base rows are written once, under a new random id, and never changed. A delta is one entry changed
since its base. `State` is locked first and its token changed last in a transaction that writes.
"""

from django.db import models
from django.db.models import Q

from .documents import LARGEST_KEY


class Base(models.Model):
    """One finished index. Its id is random, so an id is never used twice."""

    id = models.BigIntegerField(primary_key=True)
    made_at = models.DateTimeField(auto_now_add=True)
    documents = models.PositiveIntegerField(default=0)
    recipe = models.CharField(max_length=64)
    thesaurus = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"base {self.id} ({self.documents} documents)"


class Posting(models.Model):
    """A term of a base with the documents that hold it, or one of the base's columns."""

    base = models.ForeignKey(Base, models.CASCADE, related_name="postings", db_index=False)
    term = models.BinaryField(max_length=400)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["base", "term"], name="search_term_once")]

    def __str__(self) -> str:
        return bytes(self.term).decode(errors="replace")


class Delta(models.Model):
    """One entry changed since the base: its record and document, or nothing when it is gone."""

    base = models.ForeignKey(Base, models.CASCADE, related_name="deltas", db_index=False)
    key = models.BigIntegerField()
    stamp = models.BigIntegerField(db_index=True)
    gone = models.BooleanField(default=False)
    record = models.BinaryField(default=bytes)
    document = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base", "key"], name="search_delta_once"),
            models.CheckConstraint(
                condition=Q(key__gte=0, key__lte=LARGEST_KEY), name="search_key_fits"
            ),
        ]

    def __str__(self) -> str:
        return f"{'without' if self.gone else 'with'} {self.key}"


class State(models.Model):
    """The one row that says which base is read, with a random token, new with every change."""

    base = models.ForeignKey(Base, models.PROTECT, related_name="states")
    token = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="search_one_state")]

    def __str__(self) -> str:
        return f"state {self.base_id}"
