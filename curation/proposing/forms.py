"""The small forms around that of a shelf: which it is, who sends, a code, an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curation.models import Stance
from curation.proposing.manners import Mannered

UNREADABLE = _("There is a sign in this text that we cannot keep. Type it anew.")
NEEDED = {"required": _("Write something first.")}


class Line(forms.CharField):
    """A text for people, not for a page."""

    def __init__(self, label: Any, *, lines: int = 3, **more: Any) -> None:
        super().__init__(
            label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": lines}), **more
        )
        self.error_messages["null_characters_not_allowed"] = UNREADABLE

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No length for the browser: it would cut what is pasted, and say nothing."""
        return {}


class StanceForm(forms.Form):
    """Which it is, in the sender's own words."""

    use_required_attribute = False
    stance = forms.ChoiceField(
        label=_("Which is it?"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A chat group becomes public only when the people who run it agree. A tip is welcome "
            "all the same: we ask them first."
        ),
        error_messages={
            "required": _("Choose which it is."),
            "invalid_choice": _("Choose which it is."),
        },
    )


class AddressForm(forms.Form):
    """An e-mail address to which a code goes."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a code there, and the answer of the reviewers. It is not shown."),
        error_messages={
            "required": _("Give your e-mail address, so that we can answer you."),
            "invalid": _("Give an e-mail address, such as name@example.org."),
            "null_characters_not_allowed": UNREADABLE,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """The address in small letters."""
        return self.cleaned_data["email"].lower()


class SenderForm(Mannered, AddressForm):
    """Who sends, where nobody is signed in."""


class NoteForm(forms.Form):
    """A line that goes along with an edit."""

    use_required_attribute = False
    note = Line(
        _("A line for the reviewers"),
        required=False,
        lines=2,
        help_text=_("Optional. Where one can see it, or how you know."),
    )


class AnswerForm(forms.Form):
    """The sender's answer to a question."""

    use_required_attribute = False
    words = Line(_("Your answer"), error_messages=NEEDED)


class CodeForm(forms.Form):
    """The code of a mail."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("The code of six digits"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Write the code from the mail."),
            "max_length": _("Write the code from the mail."),
            "null_characters_not_allowed": UNREADABLE,
        },
    )
