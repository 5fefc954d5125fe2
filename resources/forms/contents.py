"""What a lesson or guide may hold: every field by its name, with what people call it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.languages import OTHER
from accounts.models import Province
from curation.forms.fields import (
    Day,
    FoldedChoices,
    Link,
    Number,
    OneOf,
    SeveralOf,
    Text,
    TextStatus,
    Tick,
    Year,
    YesNo,
    in_language,
    in_two,
)
from curation.forms.linked import PagesField
from curation.forms.named import (
    TOPICS_IN_SIGHT,
    OrganizationField,
    WordsField,
    languages,
    terms,
    topics,
)
from curation.models import Format
from resources.forms.materials import MaterialsField
from resources.models import (
    AgencySize,
    Kind,
    Level,
    Licence,
    Method,
    Money,
    Outcome,
    PlaceSize,
    StaffTime,
    Visibility,
)

TALE = 10_000  # characters of a long text
HEADLINE = 280
ONE_LINE = 140
ANSWER = 1_200  # characters of an answer of the one-minute summary
WHY = 200

# What is not born here.
ELSEWHERE = [choice for choice in Kind.choices if choice[0] != Kind.LESSON]

ABOUT = {
    "kind": OneOf(_("What is it?"), Kind.choices, widget=forms.RadioSelect),
    "outcome": OneOf(_("How did it go?"), Outcome.choices, widget=forms.RadioSelect),
    **in_two("description", _("Longer text"), TALE, lines=5),
    **in_two("name", _("Title"), HEADLINE, lines=2),
    **in_two("one_line", _("One line"), ONE_LINE, lines=2, help_text=_("At most 140 characters.")),
    "text_status_en": TextStatus(_("The English text is")),
    "text_status_fr": TextStatus(_("The French text is")),
    "no_client_recognized": Tick(
        _("No client can be recognized"),
        help_text=_("No names, no story that people in town would know."),
    ),
}
WHO = {
    "authors": Text(_("Authors"), 300, help_text=_("As they stand on it.")),
    "organization": OrganizationField(
        _("Organization"),
        or_words=True,
        help_text=_("Begin to type, then choose. A name that we do not have yet is fine too."),
    ),
    "publisher": Text(_("Its name"), 200),
    "visibility": OneOf(
        _("What may others see?"),
        Visibility.choices,
        default=Visibility.NAMED,
        widget=forms.RadioSelect,
        help_text=_(
            "The volunteer reviewers can open a hidden name, and that is written down. Nobody "
            "else can, not even colleagues."
        ),
    ),
}
WORK = {
    "year": Year(_("Year"), 1900, 2100),
    "link": Link(_("Its web page")),
    "languages": SeveralOf(
        _("In which languages can it be read?"),
        languages,
        widget=FoldedChoices(2, _("Other languages")),
    ),
    "licence": OneOf(_("Licence"), Licence.choices, default=Licence.UNKNOWN),
    **in_two("about", _("What is it about?"), ANSWER, lines=3),
    **in_two("to_know", _("What do you need to know?"), ANSWER, lines=3),
    **in_two("to_do", _("What can you do with it?"), ANSWER, lines=3),
}
SUBJECT = {
    "topics": SeveralOf(
        _("Which topics is it about?"),
        topics,
        widget=FoldedChoices(TOPICS_IN_SIGHT, _("Other topics")),
    ),
    "words": WordsField(
        _("Other words people would look for"),
        help_text=_("Optional. Put commas between them."),
    ),
}
CONTEXT = {
    "clients": SeveralOf(_("People it is about"), terms("client-group")),
    "national": Tick(_("It is about all of Canada")),
    "provinces": SeveralOf(_("Provinces and territories"), Province.choices),
    "place_size": OneOf(_("Size of the place"), PlaceSize.choices, default=PlaceSize.UNKNOWN),
    "agency_size": OneOf(_("Size of the agency"), AgencySize.choices, default=AgencySize.UNKNOWN),
    "formats": SeveralOf(_("How the service was given"), Format.choices),
    "served_in": SeveralOf(
        _("Languages of the service"), languages, widget=FoldedChoices(2, _("Other languages"))
    ),
    "from_year": Year(_("From (year)"), 1900, 2100),
    "to_year": Year(_("To (year)"), 1900, 2100),
    "staff_time": OneOf(_("Working time"), StaffTime.choices, default=StaffTime.UNKNOWN),
    "money": OneOf(_("Money, beside wages"), Money.choices, default=Money.UNKNOWN),
}
# The row of a lesson that holds its longer telling.
LESSON = {
    **in_two("planned", _("What was planned?"), TALE, lines=3),
    **in_two("happened", _("What happened?"), TALE, lines=3),
    **in_two("why", _("Why did it turn out so?"), TALE, lines=3),
    **in_two("next_time", _("What will you do next time?"), TALE, lines=3),
    **in_two("helped", _("What helped?"), TALE, lines=3),
    **in_two(
        "not_reached",
        _("Who was not reached or heard?"),
        TALE,
        lines=3,
        help_text=_("Most newcomers use no service. Who is not in this?"),
    ),
    "not_reached_unknown": Tick(_("We do not know who was not reached")),
    **in_two("risks", _("Risks, privacy and consent"), TALE, lines=3),
}
BARRIERS = {"barriers": SeveralOf(_("What stood in the way?"), terms("barrier"))}
KNOWING = {
    "method": OneOf(_("How do you know?"), Method.choices, default=Method.UNKNOWN),
    "method_count": Number(
        _("How many people or cases"), 1, 10_000_000, help_text=_("For example: 45 clients.")
    ),
    "method_link": Link(_("Where the numbers or the study can be seen")),
    "by_others": YesNo(_("Somebody else made the evaluation or study")),
    "peer_reviewed": YesNo(_("Other researchers have reviewed it")),
}
FURTHER = {
    "materials": MaterialsField(_("Files and links")),
    "discussed_in": PagesField(_("Groups in which this is discussed"), "listing"),
    "builds_on": PagesField(_("It builds on"), "resource"),
    "contradicts": PagesField(_("It contradicts"), "resource"),
    "review_on": Day(_("To be looked at again on")),
}


def _criterion(name: str, label: Any, why: Any) -> dict[str, Any]:
    level = OneOf(label, Level.choices, default=Level.UNKNOWN)
    return {name: level, **in_two(f"{name}_why", why, WHY)}


CRITERIA_FIELDS = {
    **_criterion("impact", _("Impact"), _("Impact: why, in one line")),
    **_criterion("adaptability", _("Adaptability"), _("Adaptability: why, in one line")),
    **_criterion(
        "quality", _("Quality of the evidence"), _("Quality of the evidence: why, in one line")
    ),
}

FIELDS: dict[str, Any] = {
    **ABOUT,
    **WHO,
    **WORK,
    **SUBJECT,
    **CONTEXT,
    **BARRIERS,
    **LESSON,
    **KNOWING,
    **FURTHER,
    **CRITERIA_FIELDS,
}
# What a lesson's fields are called on its form.
OF_LESSONS = {
    "name": (
        _("What would you tell a colleague?"),
        _("One or two sentences, at most 280 characters. They become the headline."),
    ),
    "description": (_("What did you try?"), _("A few lines are enough.")),
    "authors": (_("Your name"), ""),
    "organization": (
        _("Your organization"),
        _("Begin to type, then choose. A name that we do not have yet is fine too."),
    ),
}
# What a field is called where it is no question; of a lesson, where that differs.
SHORT_OF_LESSONS = {
    "name_en": _("Headline, in English"),
    "name_fr": _("Headline, in French"),
    **{f"description_{lang}": in_language(_("What was tried"), lang) for lang in OTHER},
}
SHORT = {
    "kind": pgettext_lazy("library", "Kind"),
    "outcome": _("How it went"),
    "visibility": _("Names that readers see"),
    "publisher": _("Organization in words"),
    "organization": _("Organization"),
    "languages": _("Languages"),
    "topics": _("Topics"),
    "words": _("Other words"),
    "text_status_en": _("Text in English"),
    "text_status_fr": _("Text in French"),
    "barriers": _("Barriers"),
    "formats": _("Ways to serve"),
    "method": _("How one knows"),
}
# Whose names readers see, where nobody is asked.
NAMES_SHOWN = {
    Visibility.NAMED: _("Author and organization"),
    Visibility.AGENCY: _("Organization only"),
    Visibility.HIDDEN: _("No name at all"),
}
