"""The forms of those who look after pages and organizations."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Organization
from curation.proposing.manners import Mannered

NO_ADDRESS = gettext_lazy("Give the address, so that we can write to you.")
LANGUAGES = (("en", "English"), ("fr", "Français"))


class Address(forms.EmailField):
    """An e-mail address, small, with the keyboard that suits it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def clean(self, value: Any) -> str:
        return super().clean(value).lower()


class ClaimForm(Mannered):
    """“I run this group”."""

    words = forms.CharField(
        label=gettext_lazy("How do you know the group?"),
        help_text=gettext_lazy(
            "What you do there, in a sentence or two. Only the reviewers see it, and people who "
            "look after the page already."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("For which organization?"),
        empty_label=gettext_lazy("None of these, or none"),
        required=False,
    )
    email = Address(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a code there, to see that it is yours. It is not shown."),
        error_messages={"required": NO_ADDRESS},
    )
    role_mailbox = forms.BooleanField(
        label=gettext_lazy("This is a shared address of the group or the organization."),
        help_text=gettext_lazy("It then looks after the page, without anybody’s personal account."),
        required=False,
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, organizations: list[Organization], person: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=[each.pk for each in organizations])
        if not organizations:
            del self.fields["organization"]
        self.fields["email"].required = not person
        if person:
            self.fields["email"].label = _("Another address, if it should look after the page")
            self.fields["email"].help_text = _(
                "Only for an address that several people share, such as info@agency.ca. "
                "We send a code there."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        email, shared = cleaned.get("email"), cleaned.get("role_mailbox")
        if "email" in self.errors:
            return cleaned
        if shared and not email:
            raise ValidationError({"email": NO_ADDRESS})
        if self.person and email and not shared:
            raise ValidationError(
                {"role_mailbox": _("Tick this too if the address is shared, or leave it out.")}
            )
        return cleaned


class CodeForm(forms.Form):
    """The code of a mail."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class MailboxForm(Mannered):
    """A shared address that asks for its link."""

    email = Address(label=gettext_lazy("The shared address"))


class InviteKeeperForm(forms.Form):
    """Whom to ask to look after a page as well."""

    email = Address(label=gettext_lazy("E-mail address"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=LANGUAGES)
    role_mailbox = forms.BooleanField(
        label=gettext_lazy("This is a shared address of the group or the organization."),
        required=False,
    )


class InviteMemberForm(forms.Form):
    """Whom to invite into an organization."""

    email = Address(label=gettext_lazy("E-mail address"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=LANGUAGES)
    role = forms.ChoiceField(
        label=gettext_lazy("What they may do"), choices=Membership.Role.choices
    )


class AskForm(forms.Form):
    """Asking to belong to an organization."""

    words = forms.CharField(
        label=gettext_lazy("Who are you there?"),
        help_text=gettext_lazy("A line for whoever decides, such as your job."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DomainForm(forms.Form):
    """A domain at which an organization has its addresses."""

    name = forms.CharField(
        label=gettext_lazy("The part after the @"),
        help_text=gettext_lazy("Such as “agency.ca”."),
        max_length=200,
    )


class CorrectionForm(forms.ModelForm):
    """What an organization would like to be called."""

    website = forms.URLField(
        label=gettext_lazy("Web page"), required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = Organization
        fields = ("name_en", "name_fr", "acronym", "website")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_en") or cleaned.get("name_fr")):
            raise ValidationError(_("Give a name in English or in French."))
        return cleaned


class ObjectionForm(forms.Form):
    """What those say who look after a page that somebody else asks for."""

    words = forms.CharField(
        label=gettext_lazy("What should the reviewers know?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
