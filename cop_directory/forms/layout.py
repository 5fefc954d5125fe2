"""Where the fields of the form stand: in which section, on which screen, for which kind."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cop_directory.forms.rules import PART_OF
from cop_directory.models import Kind
from curation.forms.layout import MARKDOWN, Section


@dataclass(frozen=True)
class GroupSection(Section):
    """Fields that stand together in the form of a group.

    part: only for kinds with this part; of_chats: whether only chat groups have it (None: all).
    """

    part: str = ""
    of_chats: bool | None = None

    def is_of(self, kind: str) -> bool:
        if self.part and PART_OF.get(kind) != self.part:  # type: ignore[call-overload]
            return False
        return self.of_chats is None or self.of_chats == (kind == Kind.CHAT)


FIRST = (
    Section(_("The group"), ("kind", "name", "one_line")),
    Section(_("Longer text"), ("description", "text_status"), known=True, words=MARKDOWN),
)
SECOND = (
    Section(_("Where it is"), ("scope", "provinces", "place")),
    Section(_("What it is about"), ("topics", "words")),
    Section(_("Languages"), ("languages",)),
    GroupSection(
        _("How people find it"),
        ("platform", "website", "contact_email"),
        of_chats=False,
    ),
    GroupSection(
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
    GroupSection(
        _("About joining"),
        ("join", "who_may_join", "audience", "members", "cost", "clients", "roles"),
        folded=True,
        of_chats=False,
    ),
    GroupSection(
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
    GroupSection(
        _("About the community of practice"),
        ("domain", "community", "makes", "first_month", "welcome", "last_topics",
         "facilitator_paid", "funder_requires_it", "core_group_size", "recordings_url"),
        folded=True,
        part="practice",
    ),
    GroupSection(
        _("About the partnership"),
        ("catchment", "agreement_holder", "holder_type", "plan_title", "plan_period", "plan_url",
         "priorities", "research_url", "offers", "asks", "secretariat_url"),
        folded=True,
        part="partnership",
    ),
    GroupSection(
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
