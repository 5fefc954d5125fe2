"""An answer as values: what its form holds, how it is saved, how people read it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import OTHER
from curation.forms.fields import in_language
from curation.forms.stored import Stored
from curation.models import Entry, Tag
from resources.answers import places
from resources.answers.form import WHY_LABEL, AnswerForm
from resources.forms.contents import NAMES_SHOWN
from resources.models import Corroboration

NAME = "corroboration"
KIND = "answer"
# Whose it is and how one knows: a reviewer looks first.
WAITS = frozenset({"organization", "agency", "method", "method_count", "method_link"})
# They say who a sender is who asked not to be named.
PERSONAL = frozenset({"organization", "agency"})
# What a field is called where it is no question.
SHORT = {
    "verdict": gettext_lazy("How it went"),
    "clients": gettext_lazy("For"),
    "format": gettext_lazy("How people met"),
    **{f"name_{lang}": in_language(WHY_LABEL, lang) for lang in OTHER},
    "method": gettext_lazy("How one knows"),
    "organization": gettext_lazy("Organization"),
    "agency": gettext_lazy("Organization in words"),
    "visibility": gettext_lazy("Names that readers see"),
}


class StoredAnswers(Stored):
    """How the library keeps what the form of an answer holds."""

    shelf = NAME
    model = Corroboration
    owner = "corroboration"
    form_class = AnswerForm
    short = SHORT
    keys = {"lesson": None, "organization": None}
    terms = {"clients": Tag.Facet.CLIENT_GROUP}
    many = ()

    def form(
        self, data: Mapping[str, Any], entry: Entry | None, held: Mapping[str, Any] | None = None
    ) -> AnswerForm:
        """The form, which must know the answer itself to tell it from others of its agency."""
        form = super().form(data, entry, held)
        assert isinstance(form, AnswerForm)
        form.entry = entry
        return form

    def fields(self, values: Mapping[str, Any]) -> list[str]:
        """Whoever reads an answer must see what it answers."""
        return ["lesson", *super().fields(values)]

    def words(self, field: str, value: Any) -> list[str]:
        if field == "kind":
            return [_("Answer to a lesson")] if value == KIND else []
        if field == "visibility" and value in NAMES_SHOWN:
            return [str(NAMES_SHOWN[value])]
        return super().words(field, value)

    @transaction.atomic
    def write(self, entry: Entry | None, values: Mapping[str, Any]) -> Entry:
        """Save cleaned values; what is changed is said anew. Raises Invalid (see `places`)."""
        held = self.values(entry) if entry else {}
        row = super().write(entry, values)
        if any(held[name] != value for name, value in values.items() if name in held):
            Corroboration.objects.filter(pk=row.pk).update(said_on=timezone.localdate())
        return row

    def follow(self, row: Corroboration, changed: list[str]) -> list[str]:
        """The day of a new answer, and the place of its agency."""
        if row._state.adding:
            row.said_on = timezone.localdate()
        elif not {"organization_id", "agency"} & set(changed):
            return []
        row.agency_key = places.taken_by(row)
        return ["agency_key"]


STORED = StoredAnswers()
