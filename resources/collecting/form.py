"""The form of a collection."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from curation.forms.fields import TextStatus, in_two
from curation.forms.layout import Section
from curation.forms.rules import Needed, Values
from resources.collecting.items import LEAST, ItemsField
from resources.forms.one_language import OneLanguageForm
from resources.forms.rules import in_either

NAME, ONE_LINE = 120, 140

FIELDS: dict[str, Any] = {
    **in_two("name", _("Title"), NAME, help_text=_("For example: Starting with hybrid service.")),
    **in_two("one_line", _("One line"), ONE_LINE, help_text=_("For whom it is, or what for.")),
    "text_status_en": TextStatus(_("The English text is")),
    "text_status_fr": TextStatus(_("The French text is")),
    "items": ItemsField(
        _("Its pages, in order"),
        help_text=_(
            "Paste the address of each page, or write its name, and say in one line why it is "
            "there. Change a number to move a page; empty its row to take it out."
        ),
    ),
}


def _enough(values: Values) -> bool:
    return values["items"] == "?" or len(values["items"]) >= LEAST


class CollectionForm(OneLanguageForm):
    """The form of a collection: a title, one line, up to twenty pages."""

    base_fields = FIELDS
    screens = (
        (
            Section(_("The collection"), ("name", "one_line")),
            Section(_("Pages"), ("items",)),
            Section(_("About this text"), ("text_status",), known=True, folded=True),
        ),
    )
    needed = (
        Needed("name", in_either("name"), _("Write its title.")),
        Needed("one_line", in_either("one_line"), _("Say in one line what it is for.")),
        Needed("items", _enough, _("Name at least two pages.")),
    )
    texts = ("one_line",)
    long_text = "one_line"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "items" in self.fields and self.before:
            kept = frozenset(row["page"] for row in self.before["items"])
            self.fields["items"].kept = kept  # type: ignore[attr-defined]
