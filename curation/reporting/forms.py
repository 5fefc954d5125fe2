"""The form for "Something is wrong here"."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.models import Report
from curation.proposing.manners import Mannered
from curation.texts import invitations


class ReportForm(Mannered):
    """What is wrong, and a few words about it if one likes."""

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

    def clean_words(self) -> str:
        """The words. Raises ValidationError where an invitation stands among them."""
        words = self.cleaned_data["words"]
        if invitations(words):
            raise ValidationError(
                _("Leave out the invitation link: whoever has it can get in. Say it in words.")
            )
        return words
