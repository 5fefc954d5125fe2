"""Where the fields of the form stand: in which section, on which screen, for which kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cop_directory.forms.rules import PART_OF
from cop_directory.models import Kind


@dataclass(frozen=True)
class Section:
    """Fields that stand together. `name_en` and `name_fr` are named once, as "name".

    part: only for kinds with this part; of_chats: whether only chat groups have it (None: all);
    known: whether only a group that is here already has it (None: all); keepers_only: not shown
    to strangers.
    """

    title: Any
    names: tuple[str, ...]
    folded: bool = False
    part: str = ""
    of_chats: bool | None = None
    known: bool | None = None
    keepers_only: bool = False
    words: Any = ""

    def is_for(self, kind: str, *, known: bool, keeper: bool) -> bool:
        """Whether the section is shown for a group of this kind."""
        if self.part and PART_OF.get(kind) != self.part:  # type: ignore[call-overload]
            return False
        if self.of_chats is not None and self.of_chats != (kind == Kind.CHAT):
            return False
        if self.known is not None and self.known != known:
            return False
        return keeper or not self.keepers_only


MARKDOWN = _("Stars and lines are fine: *slanted*, **bold**, - a list.")
FIRST = (
    Section(_("The group"), ("kind", "name", "one_line")),
    Section(_("Longer text"), ("description", "text_status"), known=True, words=MARKDOWN),
)
SECOND = (
    Section(_("Where it is"), ("scope", "provinces", "place")),
    Section(_("What it is about"), ("topics", "words")),
    Section(_("Languages"), ("languages",)),
    Section(
        _("How people find it"),
        ("platform", "website", "contact_email"),
        of_chats=False,
    ),
    Section(
        _("How people find it"),
        ("platform", "members", "website", "contact_email", "other_way", "app_only"),
        of_chats=True,
        words=_("Please do not write an invitation link anywhere in this form."),
    ),
    Section(_("Who runs it"), ("hosts", "host_note", "by_and_for_francophones"), folded=True),
    Section(
        _("Longer text"), ("description", "text_status"), known=False, folded=True, words=MARKDOWN
    ),
    Section(
        _("Other names"), ("acronym", "name_own", "name_own_language"), folded=True
    ),
    Section(
        _("About joining"),
        ("join", "who_may_join", "audience", "members", "cost", "clients", "roles"),
        folded=True,
        of_chats=False,
    ),
    Section(
        _("About joining"),
        ("join", "who_may_join", "audience", "cost", "clients", "roles"),
        folded=True,
        of_chats=True,
    ),
    Section(
        _("What it asks of you"),
        ("formats", "rhythm", "meetings", "minutes_per_month", "presence", "reading_along_ok",
         "size", "established"),
        folded=True,
    ),
    Section(_("Accessibility"), ("captions", "interpretation", "plain_language"), folded=True),
    Section(_("Area it serves"), ("area",), folded=True),
    Section(
        _("About the community of practice"),
        ("domain", "community", "makes", "first_month", "welcome", "last_topics",
         "facilitator_paid", "funder_requires_it", "core_group_size", "recordings_url"),
        folded=True,
        part="practice",
    ),
    Section(
        _("About the partnership"),
        ("catchment", "agreement_holder", "holder_type", "plan_title", "plan_period", "plan_url",
         "priorities", "research_url", "offers", "asks", "secretariat_url"),
        folded=True,
        part="partnership",
    ),
    Section(
        _("About the chat group"),
        ("members_see", "new_members_see_history", "messages_disappear", "moderated", "hours",
         "rules_url", "posting", "no_client_data", "traffic"),
        folded=True,
        part="chat",
    ),
    Section(
        _("Is it still running?"),
        ("activity", "closed_on", "closed_why", "archive_url", "alert", "alert_until"),
        folded=True,
        known=True,
    ),
    Section(
        _("For the people who look after this page"),
        ("consent", "review_months"),
        folded=True,
        known=True,
        keepers_only=True,
    ),
)  # fmt: skip


def fields_of(sections: tuple[Section, ...], known_fields: Any) -> list[str]:
    """The fields of some sections, each text in its two languages."""
    return [
        each
        for section in sections
        for name in section.names
        for each in ((name,) if name in known_fields else (f"{name}_en", f"{name}_fr"))
    ]


@dataclass(frozen=True)
class Shown:
    """A section as a template prints it: `rows` are fields, or pairs of English and French."""

    title: Any
    words: Any
    folded: bool
    rows: list[list[BoundField]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it must be unfolded: nobody looks for an error in a closed drawer."""
        return any(each.form.is_bound and each.errors for row in self.rows for each in row)


def shown(sections: tuple[Section, ...], form: Any) -> Iterator[Shown]:
    """The sections of a form with their fields."""
    for section in sections:
        rows = [
            [form[name]] if name in form.fields else [form[f"{name}_en"], form[f"{name}_fr"]]
            for name in section.names
        ]
        yield Shown(section.title, section.words, section.folded, rows)
