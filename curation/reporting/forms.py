"""The form for "Something is wrong here"."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.models import Report
from curation.proposing.manners import Mannered
from curation.texts import invitations


class ReportForm(Mannered):
    """What is wrong, of the `reasons` that fit, and a few words about it if one likes."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy(
            "The new link, the right name, what happened. Please leave out names of persons."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *given: Any, reasons: Collection[str], **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["reason"]
        field.choices = [(each, Report.Reason(each).label) for each in reasons]

    def clean_words(self) -> str:
        """The words. Raises ValidationError where an invitation stands among them."""
        words = self.cleaned_data["words"]
        if invitations(words):
            raise ValidationError(
                _("Leave out the invitation link: whoever has it can get in. Say it in words.")
            )
        return words
