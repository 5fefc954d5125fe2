"""Where the fields of the library's forms stand: in which section, for lessons or for the rest."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from curation.forms.layout import MARKDOWN, Section
from resources.models import Kind


@dataclass(frozen=True)
class LibrarySection(Section):
    """of_lessons: whether only lessons have it, or only what is not born here (None: all)."""

    of_lessons: bool | None = None

    def is_of(self, kind: str) -> bool:
        return self.of_lessons is None or self.of_lessons == (kind == Kind.LESSON)


# A lesson takes three minutes: two questions, how it went, a tick.
SHORT_NOTE = (
    LibrarySection(
        _("Your lesson"),
        ("description", "name", "outcome", "no_client_recognized"),
        of_lessons=True,
        known=False,
    ),
    LibrarySection(
        _("Your name and your organization: both may stay hidden"),
        ("authors", "organization", "visibility"),
        of_lessons=True,
        known=False,
        folded=True,
        words=_("All of this may stay empty."),
    ),
)
CARD = (
    LibrarySection(
        _("The lesson"), ("description", "name", "outcome"), of_lessons=True, known=True
    ),
    LibrarySection(_("What it is"), ("kind", "name", "one_line", "link"), of_lessons=False),
    LibrarySection(
        _("What happened"), ("planned", "happened", "why", "next_time"),
        of_lessons=True,
        known=True,
        words=MARKDOWN,
    ),
    LibrarySection(
        _("Who was not reached"), ("not_reached", "not_reached_unknown"),
        of_lessons=True,
        known=True,
    ),
    LibrarySection(
        _("Who made it"),
        ("authors", "organization", "year", "languages", "licence"),
        of_lessons=False,
    ),
    LibrarySection(
        _("In one minute"), ("about", "to_know", "to_do"), of_lessons=False, folded=True
    ),
    LibrarySection(_("What it is about"), ("topics", "words"), of_lessons=False),
    LibrarySection(_("What it is about"), ("topics", "words"), of_lessons=True, known=True),
    LibrarySection(
        _("For whom and where"),
        ("clients", "place_size", "agency_size", "formats", "served_in", "national", "provinces",
         "from_year", "to_year", "staff_time", "money"),
        of_lessons=True,
        known=True,
        words=_("The more of this is known, the better others can judge whether it fits them."),
    ),
    LibrarySection(
        _("For whom and where"),
        ("clients", "national", "provinces", "place_size", "formats"),
        of_lessons=False,
        folded=True,
    ),
    LibrarySection(
        _("What stood in the way, and what helped"),
        ("barriers", "helped"),
        of_lessons=True,
        known=True,
        folded=True,
    ),
    LibrarySection(
        _("How do you know?"),
        ("method", "method_count", "method_link", "by_others"),
        of_lessons=True,
        known=True,
    ),
    LibrarySection(
        _("How do they know?"),
        ("method", "method_count", "by_others", "peer_reviewed"),
        of_lessons=False,
        folded=True,
    ),
    LibrarySection(
        _("Risks and privacy"), ("risks",), of_lessons=True, known=True, folded=True
    ),
    LibrarySection(_("Files and links"), ("materials",), known=True, folded=True),
    LibrarySection(
        _("Where it belongs"),
        ("discussed_in", "builds_on", "contradicts"),
        known=True,
        folded=True,
    ),
    LibrarySection(
        _("Who says so"),
        ("authors", "organization", "visibility", "licence"),
        of_lessons=True,
        known=True,
        folded=True,
        keepers_only=True,
    ),
    LibrarySection(
        _("Organization that our list does not have"), ("publisher",),
        known=True,
        folded=True,
        keepers_only=True,
    ),
    LibrarySection(
        _("Longer text"), ("description", "text_status"), of_lessons=False, folded=True,
        words=MARKDOWN,
    ),
    LibrarySection(
        _("About this text"), ("one_line", "text_status"), of_lessons=True, known=True, folded=True
    ),
    LibrarySection(
        _("In the words of the funder"),
        ("impact", "impact_why", "adaptability", "adaptability_why", "quality", "quality_why"),
        known=True,
        folded=True,
        reviewers_only=True,
        words=_("Say each only where you have looked, and why in one line."),
    ),
    LibrarySection(
        _("For the people who look after this page"),
        ("review_on",),
        known=True,
        folded=True,
        keepers_only=True,
    ),
)  # fmt: skip
