"""What is true of every entry, whichever shelf it stands on."""

from curation.models.desk import Beat, Case, CaseFacet, Ruling
from curation.models.entry import Entry, EntryQuerySet
from curation.models.history import Decision, PersonalValue, Relation, StartRow
from curation.models.imports import ImportJob, ImportRow
from curation.models.incoming import Change, Claim, Draft, Report, Stance, Submission
from curation.models.keeping import Keeper, KeeperInvitation, Question
from curation.models.vocabulary import Format, Language, Tag, TaggedEntry

__all__ = [
    "Beat", "Case", "CaseFacet", "Change", "Claim", "Decision", "Draft", "Entry", "EntryQuerySet",
    "Format", "ImportJob", "ImportRow", "Keeper", "KeeperInvitation", "Language", "PersonalValue",
    "Question", "Relation", "Report", "Ruling", "Stance", "StartRow", "Submission", "Tag",
    "TaggedEntry",
]  # fmt: skip
