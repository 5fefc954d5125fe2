"""What a group may hold: every field by its name, with what people call it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Province
from cop_directory.forms.meetings import MeetingsField
from cop_directory.forms.named import PlaceField, PlatformField
from cop_directory.models import Chat, Join, Kind, Listing, Partnership, Rhythm, Scope
from curation.forms.fields import (
    ONE_LINE,
    TALE,
    Day,
    FoldedChoices,
    Link,
    Mail,
    Months,
    Number,
    OneOf,
    SeveralOf,
    Text,
    TextStatus,
    Tick,
    Year,
    YesNo,
    in_two,
)
from curation.forms.named import (
    TOPICS_IN_SIGHT,
    OrganizationField,
    OrganizationsField,
    WordsField,
    languages,
    terms,
    topics,
)
from curation.models import Entry, Format

ABOUT = {
    "kind": OneOf(_("What kind of group is it?"), Kind.choices, widget=forms.RadioSelect),
    **in_two("name", _("Name"), 160),
    "acronym": Text(_("Short name or acronym"), 40),
    "name_own": Text(
        _("Name in the group’s own language"),
        160,
        help_text=_("If it is neither English nor French."),
    ),
    "name_own_language": OneOf(
        _("Language of that name"), lambda: [("", _("Choose")), *languages()]
    ),
    **in_two("one_line", _("One line"), ONE_LINE, lines=2, help_text=_("At most 140 characters.")),
    **in_two("description", _("Longer text"), TALE, lines=6),
    "text_status_en": TextStatus(_("The English text is")),
    "text_status_fr": TextStatus(_("The French text is")),
    "topics": SeveralOf(
        _("What is the group about?"),
        topics,
        widget=FoldedChoices(TOPICS_IN_SIGHT, _("Other topics")),
    ),
    "words": WordsField(
        _("Other words people would look for"),
        help_text=_("Optional. Put commas between them."),
    ),
    "clients": SeveralOf(_("People it serves"), terms("client-group")),
    "roles": SeveralOf(_("Jobs it is for"), terms("role")),
}
WHERE = {
    "scope": OneOf(
        _("How far does it reach?"), Scope.choices, default=Scope.UNKNOWN, widget=forms.RadioSelect
    ),
    "provinces": SeveralOf(
        _("Which provinces or territories?"),
        Province.choices,
        help_text=_("At least one, unless it is for all of Canada."),
    ),
    "place": PlaceField(_("Town or region"), help_text=_("Optional. Begin to type, then choose.")),
    **in_two("area", _("Area it serves"), 200),
    "languages": SeveralOf(
        _("Which languages does the group work in?"),
        languages,
        widget=FoldedChoices(2, _("Other languages")),
    ),
}
WAY_IN = {
    "platform": PlatformField(_("Where does it live online?")),
    "website": Link(_("Public web page")),
    "contact_email": Mail(
        _("Public e-mail address of the group"),
        help_text=_("An address of the group or its organization, never a person’s own."),
    ),
    "join": OneOf(_("How to join"), Join.choices, default=Join.UNKNOWN),
    **in_two("who_may_join", _("Who may join"), 300),
    **in_two("audience", _("For"), 200),
    "members": OneOf(_("Who is in it?"), Listing.Members.choices, default=Listing.Members.UNKNOWN),
    "cost": OneOf(_("Cost"), Listing.Cost.choices, default=Listing.Cost.UNKNOWN),
}
RUN_BY = {
    "hosts": OrganizationsField(
        _("Run by"),
        help_text=_("Begin to type, then choose. A name that we do not have yet is fine too."),
    ),
    **in_two("host_note", _("About who runs it"), 200),
    "by_and_for_francophones": YesNo(_("By and for Francophones")),
    "consent": OneOf(
        _("Does the group agree to be shown here?"),
        Listing.Consent.choices,
        default=Listing.Consent.NOT_ASKED,
    ),
    "review_months": Months(_("How often may we ask whether the page is right?")),
}
TIME = {
    "formats": SeveralOf(_("How it meets"), Format.choices),
    "rhythm": OneOf(_("How often"), Rhythm.choices, default=Rhythm.UNKNOWN),
    "meetings": MeetingsField(
        _("Next meetings"), help_text=_("Only if you know the days. The time may stay empty.")
    ),
    "minutes_per_month": Number(_("Minutes a month that it asks of a member"), 0, 6000),
    "presence": OneOf(
        _("Live or any time"), Listing.Presence.choices, default=Listing.Presence.UNKNOWN
    ),
    "reading_along_ok": YesNo(_("Reading along is fine")),
    "size": OneOf(_("Size"), Listing.Size.choices, default=Listing.Size.UNKNOWN),
    "established": Year(_("Since (year)"), 1800, 2100, help_text=_("The year in which it began.")),
    "captions": YesNo(_("Captions")),
    "interpretation": YesNo(_("Interpretation")),
    "plain_language": YesNo(_("Plain language")),
}
STANDING = {
    "activity": OneOf(
        _("Is it still running?"), Entry.Activity.choices, default=Entry.Activity.UNKNOWN
    ),
    "closed_on": Day(_("Closed on, or closing on")),
    **in_two("closed_why", _("Why it closed"), 200),
    "archive_url": Link(_("Where its archive is")),
    **in_two("alert", _("Short notice, shown at the top of the page"), 200),
    "alert_until": Day(_("The notice ends on")),
}
# What only some kinds have, by the name of the row that holds it.
PARTS = {
    "practice": {
        **in_two("domain", _("What it cares about"), TALE, lines=3),
        **in_two("community", _("Who is in it"), TALE, lines=3),
        **in_two("makes", _("What it makes"), TALE, lines=3),
        **in_two("first_month", _("What a new member gets in the first month"), TALE, lines=3),
        **in_two("welcome", _("How new members are welcomed"), TALE, lines=3),
        **in_two("last_topics", _("Last topics"), TALE, lines=3),
        "facilitator_paid": YesNo(_("Facilitator is paid")),
        "funder_requires_it": YesNo(_("A funder requires it")),
        "core_group_size": Number(_("Size of the core group"), 0, 10_000),
        "recordings_url": Link(_("Recordings and notes")),
    },
    "partnership": {
        **in_two("catchment", _("Area of the partnership"), 300),
        "agreement_holder": OrganizationField(_("Holder of the contribution agreement")),
        "holder_type": OneOf(
            _("Type of the holder"),
            Partnership.Holder.choices,
            default=Partnership.Holder.UNKNOWN,
        ),
        "plan_title": Text(_("Title of the community plan"), 200),
        "plan_period": Text(_("Years of the plan"), 40),
        "plan_url": Link(_("Link to the plan")),
        **in_two("priorities", _("Priorities"), TALE, lines=3),
        "research_url": Link(_("Research")),
        **in_two("offers", _("Can help others with"), TALE, lines=3),
        **in_two("asks", _("Would like to learn about"), TALE, lines=3),
        "secretariat_url": Link(_("Its page at the national secretariat")),
    },
    "chat": {
        **in_two(
            "other_way",
            _("Way in without the app"),
            300,
            help_text=_("For example: write to the office, or come on Tuesdays."),
        ),
        "app_only": Tick(
            _("There is no other way: only through the app"),
            help_text=_(
                "Then the people who run it give their invitation on a page of its own, later. "
                "Never write it here."
            ),
        ),
        **in_two("members_see", _("What members of this group see of you"), 300),
        "new_members_see_history": YesNo(_("New members see old messages")),
        "messages_disappear": YesNo(_("Messages disappear")),
        "moderated": YesNo(_("Somebody moderates")),
        **in_two("hours", _("Hours in which somebody moderates"), 120),
        "rules_url": Link(_("Rules of the group")),
        "posting": OneOf(_("Who may write"), Chat.Posting.choices, default=Chat.Posting.UNKNOWN),
        "no_client_data": YesNo(_("No client names or documents in the group")),
        "traffic": OneOf(_("Messages"), Chat.Traffic.choices, default=Chat.Traffic.UNKNOWN),
    },
}
# What a field is called where it is no question.
SHORT = {
    "kind": _("Kind"),
    "topics": _("Topics"),
    "words": _("Other words"),
    "scope": _("Reach"),
    "provinces": _("Provinces and territories"),
    "languages": _("Languages"),
    "platform": _("Platform"),
    "website": _("Web page"),
    "contact_email": _("E-mail address"),
    "members": _("Members"),
    "app_only": _("Only through the app"),
    "consent": _("Agreement of the group"),
    "review_months": _("Time between two questions"),
    "minutes_per_month": _("Minutes a month"),
    "activity": _("Activity"),
    "text_status_en": _("Text in English"),
    "text_status_fr": _("Text in French"),
}
FIELDS: dict[str, Any] = {
    **ABOUT,
    **WHERE,
    **WAY_IN,
    **RUN_BY,
    **TIME,
    **STANDING,
    **PARTS["practice"],
    **PARTS["partnership"],
    **PARTS["chat"],
}
