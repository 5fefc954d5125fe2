"""What is true of every entry, whichever shelf it stands on."""

from curation.models.entry import Entry, EntryQuerySet
from curation.models.history import Decision, Relation, StartRow
from curation.models.vocabulary import Language, Tag, TaggedEntry

__all__ = [
    "Decision", "Entry", "EntryQuerySet", "Language", "Relation", "StartRow", "Tag", "TaggedEntry",
]  # fmt: skip
