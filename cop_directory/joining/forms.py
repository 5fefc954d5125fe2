"""Forms: asking to join, the code, a host's answer, an invitation."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organization
from cop_directory import invites
from cop_directory.invites import Mode, Wish
from cop_directory.models import Invitation, Listing
from curation import chat_links, texts
from curation.proposing.manners import Mannered

# Control signs, and those that turn the direction of what follows.
HIDING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class PlainLine(forms.CharField):
    """One line of words: no link, no telephone number, nothing that hides or breaks the line."""

    def clean(self, value: Any) -> str:
        """The line, with single spaces. Raises ValidationError."""
        line = " ".join(HIDING.sub("", super().clean(value)).split())
        if self.required and not line:
            raise ValidationError(self.error_messages["required"], code="required")
        if texts.links(line):
            raise ValidationError(
                _("Leave out links and addresses here: only words, please."), code="link"
            )
        if texts.phone_numbers(line):
            raise ValidationError(
                _("Leave out telephone numbers: nobody has to give one here."), code="phone"
            )
        return line


class AskForm(Mannered):
    """Who asks to join. Never a telephone number."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = PlainLine(
        label=gettext_lazy("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address at work"),
        help_text=gettext_lazy(
            "We send a code there first. An address of your organization says the most."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organization = PlainLine(
        label=gettext_lazy("Your organization"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sentence = PlainLine(
        label=gettext_lazy("One sentence for the hosts"),
        help_text=gettext_lazy("What you do, and why you would like to join. No links."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def words(self) -> dict[str, str]:
        """What a request is made of."""
        return {
            name: self.cleaned_data[name] for name in ("name", "email", "organization", "sentence")
        }


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=gettext_lazy("The code from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AnswerForm(forms.Form):
    """A host's line to whoever asked. Which answer it is, the button says."""

    words = PlainLine(
        label=gettext_lazy("A line from you"),
        help_text=gettext_lazy("It goes into our mail to them. No links: our page shows the way."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InvitationForm(forms.Form):
    """How one gets into a chat group, and the link, which is kept sealed."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How do people get in?"), widget=forms.RadioSelect, initial=Mode.ASK
    )
    link = forms.CharField(
        label=gettext_lazy("The link"),
        max_length=chat_links.LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    expires_on = forms.DateField(
        label=gettext_lazy("The link ends on"),
        help_text=gettext_lazy("We write to you a week before."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shut_out = forms.MultipleChoiceField(
        label=gettext_lazy("Do not show it to people who work for"),
        choices=[(each, Organization.Type(each).label) for each in invites.SHUT_OUT],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, listing: Listing, present: Invitation | None) -> None:
        initial = {} if present is None else _initial(present)
        super().__init__(data, initial=initial)
        platform = listing.platform_id or ""
        possible = {
            Mode.ASK: True,
            Mode.WORKERS: chat_links.takes_invitations(platform),
            Mode.HANDLE: chat_links.takes_public_names(platform),
        }
        mode: Any = self.fields["mode"]
        mode.choices = [(each, MODES[each]) for each, can_be in possible.items() if can_be]
        if invites.has_link(present):
            self.fields["link"].help_text = _("A link is kept. Leave this empty to keep it.")

    @property
    def wish(self) -> Wish:
        """What the host wants."""
        data = self.cleaned_data
        shut_out = tuple(data["shut_out"])
        return Wish(data["mode"], data["link"].strip(), data["expires_on"], shut_out)

    def refuse(self, error: ValidationError) -> None:
        """Put what `invites` refuses beside the field that it is about."""
        self.add_error("expires_on" if error.code == "day" else "link", error)


MODES = {
    Mode.ASK: gettext_lazy("They ask to join, and we answer each"),
    Mode.WORKERS: gettext_lazy("People whose work address is confirmed see the invitation"),
    Mode.HANDLE: gettext_lazy("It has a public name that everybody may see"),
}


def _initial(present: Invitation) -> dict[str, Any]:
    return {
        "mode": present.mode,
        "link": present.handle_url,
        "expires_on": present.expires_on,
        "shut_out": present.shut_out,
    }
