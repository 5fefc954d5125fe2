"""The one place that bends allauth: its mails and messages in our words, within our limits."""

import datetime as dt
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from accounts import allowances, devices, letters
from accounts.languages import reading_language
from accounts.models import User

CODE_GOOD_FOR = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)

# allauth's template of a message → what we say. What is missing here is not said at all: the
# page that follows says it already, or reading pages would have to carry it.
MESSAGES = {
    "account/messages/email_confirmed.txt": _("Thank you. {email} is your address now."),
    "account/messages/email_confirmation_failed.txt": _(
        "{email} could not be confirmed. Write to us if it is yours."
    ),
    "account/messages/email_deleted.txt": _("{email} was removed."),
    "mfa/messages/totp_activated.txt": _("Your app is set up as second step."),
    "mfa/messages/totp_deactivated.txt": _("Your app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
    "socialaccount/messages/account_connected.txt": _("You can sign in with that account now."),
    "socialaccount/messages/account_connected_other.txt": _(
        "That account belongs to somebody else here."
    ),
    "socialaccount/messages/account_disconnected.txt": _(
        "You can no longer sign in with that account."
    ),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}

# What the owner of an account learns by mail, by the name of allauth's template.
NOTICES = {
    "email_changed": _("The address of your account was changed from {from_email} to {to_email}."),
    "email_deleted": _("The address {deleted_email} was removed from your account."),
    "totp_activated": _("An app for sign-in codes was added to your account."),
    "totp_deactivated": _("The app for sign-in codes was removed from your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
    "second_step_removed": _(
        "You told us that you lost your second step, so we removed it. Set up a new one."
    ),
    "account_connected": _("A {provider} account was connected to your account."),
    "account_disconnected": _("A {provider} account was disconnected from your account."),
    "new_device": _("Somebody signed in to your account on a device that we did not know."),
}


class Adapter(DefaultAccountAdapter):
    """Mails go into the outbox like all others; nobody is asked for a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to us if that is wrong."),
        "duplicate_email": _("This is your address already."),
        "email_taken": _("This address belongs to another account. Sign in with it instead."),
        "incorrect_code": _("This is not the code that we sent. Look at the newest mail."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _("Give the address in full, such as name@example.org."),
        "rate_limited": _("That was a lot at once. Wait a few minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait a few minutes, then ask for a new code."
        ),
    }

    # People ---------------------------------------------------------------------------------------

    def new_user(self, request: HttpRequest) -> User:
        """Somebody new, who reads our mails in the language of the page."""
        return User(language=reading_language())

    def pre_login(
        self, request: HttpRequest, user: Any, *, email: str | None, **rest: Any
    ) -> HttpResponse | None:
        """A superuser made on the command line has an address that nobody has confirmed yet.

        The code that was just typed has: there is no need for another.
        """
        records = get_authentication_records(request, user)
        typed = bool(records) and records[-1].get("method") == "code"
        if typed and email == user.email and not user.emailaddress_set.exists():
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return super().pre_login(request, user, email=email, **rest)

    def post_login(
        self, request: HttpRequest, user: Any, *, signup: bool, **rest: Any
    ) -> HttpResponse:
        """Tell the owner of a sign-in on an unknown device, and know that device from now on.

        A code from the owner's own mailbox and nothing else says the same as the notice would.
        """
        response = super().post_login(request, user, signup=signup, **rest)
        methods = {record["method"] for record in get_authentication_records(request, user)}
        if not signup and methods != {"code"} and not devices.is_known(request, user):
            self.send_notification_mail("accounts/new_device", user)
        devices.remember(response, user)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The second step where there is one; a password counts only before that.

        Whoever has a passkey and no app is not asked for a recovery code first.
        """
        methods = {each["id"]: each for each in super().get_reauthentication_methods(user)}
        for name, method in methods.items():
            method["description"] = REAUTHENTICATION[name]
        if len(methods) > 1:
            methods.pop("reauthenticate", None)
        has_app = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        first = "mfa_reauthenticate" if has_app else "mfa_reauthenticate:webauthn"
        return sorted(methods.values(), key=lambda each: each["id"] != first)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """A changed address is seen where it was changed."""
        return reverse("account_email")

    # Mails ----------------------------------------------------------------------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put one of allauth's mails into the outbox.

        A stranger causes the one to an unknown address: no more than three such mails a day. Past
        the day's codes a known address is treated as an unknown one, and is told nothing.
        """
        kind = template_prefix.rpartition("/")[2]
        person = next(iter(filter_users_by_email(email)), None)
        if kind == "unknown_account" and (person or not allowances.stranger_may_mail(email)):
            return
        letters.write(
            f"accounts/{kind}",
            to=email,
            language=person.language if person else reading_language(),
            urgent=True,
            good_for=CODE_GOOD_FOR if "code" in context else None,
            **{name: context[name] for name in ("code", "signup_url") if name in context},
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an account that somebody wanted to make it again."""
        if not allowances.stranger_may_mail(email):
            return
        person = next(iter(filter_users_by_email(email)), None)
        language = person.language if person else reading_language()
        with override(language):
            address = settings.SITE_URL + reverse("account_login")
        letters.write(
            "accounts/account_already_exists", to=email, language=language, login_url=address
        )

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Ask by mail whether an address is theirs; past the day's three, nothing can answer it."""
        address = emailconfirmation.email_address
        if not allowances.stranger_may_mail(address.email):
            emailconfirmation.state["code"] = get_random_string(64)
            return
        letters.write(
            "accounts/confirm_address",
            to=address.email,
            language=address.user.language,
            urgent=True,
            good_for=CODE_GOOD_FOR,
            code=emailconfirmation.key,
            signup=signup,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner what has changed about the account; nothing of it is a stranger's text."""
        with override(user.language):
            what = str(NOTICES[template_prefix.rpartition("/")[2]]).format(**context or {})
            sessions = settings.SITE_URL + reverse("usersessions_list")
        letters.write(
            "accounts/changed",
            to=email or user.email,
            language=user.language,
            what=what,
            at=timezone.localtime(),
            sessions_url=sessions,
        )

    # Messages -------------------------------------------------------------------------------------

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say something on the next page, in our words or not at all."""
        if message_template in MESSAGES:
            message = str(MESSAGES[message_template]).format(**message_context or {})
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)


class SecondStepAdapter(DefaultMFAAdapter):
    """Passkeys, apps and recovery codes, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Type the one that the app shows now."),
        "unverified_email": _("Confirm your address first; then come back."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The square to point a phone at, in the page itself, black on white in any theme."""
        image = qrcode.make(url, image_factory=SvgPathImage)
        file = BytesIO()
        image.save(file)
        path = file.getvalue().decode().partition("<path")[2]
        side = image.width + 2 * image.border
        head = format_html(
            '<svg viewBox="0 0 {0} {0}" width="220" height="220" role="img" aria-label="{1}">'
            '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path',
            side,
            gettext("A square with dots that the app on your phone can read"),
        )
        return f"{head}{path}"

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A name to tell passkeys apart; people may change it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who the browser says wants the passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Sign-in with accounts elsewhere, for the providers that the operator has set up."""

    def get_app(self, request: HttpRequest, provider: Any, client_id: str | None = None) -> Any:
        """The operator's registration with a provider. Raises Http404 where there is none."""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as missing:
            raise Http404 from missing

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """An address counts as confirmed only where the provider plainly says so.

        Some send the word "true" or nothing at all: then the address is asked for a code.
        """
        for address in sociallogin.email_addresses:
            address.verified = address.verified is True


REAUTHENTICATION = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
