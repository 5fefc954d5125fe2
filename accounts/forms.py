"""allauth's forms in our words. What they do is allauth's, but for the day's number of codes."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from accounts import devices

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "code": _("Code"),
    "name": _("Name of this passkey"),
    "password": _("Password"),
    "passwordless": _("Use it to sign in without a code"),
}
HELP = {
    "passwordless": _("Your device then asks for your fingerprint, your face or its PIN."),
}


class OurWords:
    """Labels and help of ours; no placeholder, which would vanish while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs.update(inputmode="numeric", maxlength="20")


class SignIn(OurWords, account.LoginForm):
    """An address; a code goes there. Past the day's number it is as if nobody were known there."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.user and not devices.use_code(context.request, self.user):
            self.user = None
        return cleaned


class RequestCode(OurWords, account.RequestLoginCodeForm):
    """The same on the page that only asks for a code."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person = getattr(self, "_user", None)
        if person and not devices.use_code(context.request, person):
            self._user = None
        return cleaned


class SignUp(OurWords, account.SignupForm):
    """An address, and nothing else."""


class ChangeAddress(OurWords, account.AddEmailForm):
    """The new address; it takes the old one's place once its code was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ConfirmSignIn(OurWords, account.ConfirmLoginCodeForm):
    """The code of a mail, at sign-in."""


class ConfirmAddress(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code of a mail, for a new address."""


class Password(OurWords, account.ReauthenticateForm):
    """Only for superusers made on the command line, before they have a second step."""


class SecondStep(OurWords, mfa.AuthenticateForm):
    """The code of an app or of the list kept for emergencies, at sign-in."""


class SecondStepAgain(OurWords, mfa.ReauthenticateForm):
    """The same, before something that matters."""


class StartApp(OurWords, totp.ActivateTOTPForm):
    """The first code of an app."""


class AddPasskey(OurWords, webauthn.AddWebAuthnForm):
    """A passkey for an account that is there; most want it to sign in without a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class FirstPasskey(OurWords, webauthn.SignupWebAuthnForm):
    """A passkey for an account that is being made."""


class RenamePasskey(OurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""
