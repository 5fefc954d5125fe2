"""What accounts keep about people."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from post_office.models import Email

from accounts import allowances, due
from accounts.models import AddressCheck, Allowance, Membership
from accounts.personal import (
    ACCOUNT,
    MAIL,
    NOBODY,
    REVIEW,
    REVIEWERS,
    TOGETHER,
    YOU,
    Kept,
    Person,
)


def _own_counters(person: Person) -> Q:
    """The counters of somebody: each is named by a keyed hash, made here anew."""
    names = (*person.addresses, str(person.user.pk), str(person.user.pseudonym))
    kinds = Allowance.objects.values_list("what", flat=True).distinct()
    return Q(key__in=[allowances.key_of(what, name) for what in kinds for name in names])


def _own_sessions(person: Person) -> Q:
    seen = UserSession.objects.filter(user=person.user)
    return Q(session_key__in=seen.values_list("session_key", flat=True))


def _forget_sessions(person: Person) -> None:
    Session.objects.filter(_own_sessions(person)).delete()


def _forget_mails(person: Person) -> None:
    Email.objects.filter(person.is_at("to")).delete()


def _forget_by_address(model: type[Model]) -> Callable[[Person], None]:
    def forget(person: Person) -> None:
        model._default_manager.filter(person.is_at("email")).delete()

    return forget


def _forget_counters(person: Person) -> None:
    Allowance.objects.filter(_own_counters(person)).delete()


PROVIDER = _("the provider with which you sign in; nobody here")

KEPT = (
    Kept(
        "accounts.User",
        ACCOUNT,
        _("The account itself"),
        {
            "email": _("E-mail address"),
            "language": _("language of our mails"),
            "password": _("Password"),
            "date_joined": _("Made on"),
            "last_login": _("Last sign-in"),
            "is_active": _("Open"),
            "is_staff": _("May open the administration"),
            "is_superuser": _("May do everything"),
            "is_moderator": _("Reviews"),
            "groups": _("Groups of rights"),
            "user_permissions": _("Single rights"),
            "pseudonym": _("Pseudonym in what happened"),
        },
        _("To sign you in, to write to you, and to know what you may do. Nearly nobody has a "
          "password; where there is one, it is kept so that it cannot be read."),
        _("you, and the people you share an organization’s account with"),
        rules=(due.UNPROVEN_ACCOUNTS, due.IDLE_ACCOUNTS),
        secret=("password",),
        find=lambda person: Q(pk=person.user.pk),
        stays=_("The pseudonym: a long number that leads to nobody once the account is gone."),
    ),
    Kept(
        "account.EmailAddress",
        ACCOUNT,
        _("Your e-mail addresses"),
        {"user": _("Account"), "email": _("E-mail address"), "verified": _("Confirmed"),
         "primary": _("We write there")},
        _("To send you codes and mails, and to change your address safely."),
        YOU,
        people=("user",),
    ),
    Kept(
        "mfa.Authenticator",
        ACCOUNT,
        _("Your second step"),
        {"user": _("Account"), "type": _("Type"), "data": _("Key"), "created_at": _("Made on"),
         "last_used_at": _("Last used")},
        _("To prove that it is you, beyond a code by mail."),
        YOU,
        people=("user",),
        secret=("data",),
    ),
    Kept(
        "usersessions.UserSession",
        ACCOUNT,
        _("Where you are signed in"),
        {"user": _("Account"), "ip": _("Network address"), "user_agent": _("Browser"),
         "created_at": _("Since"), "last_seen_at": _("Last seen"), "session_key": _("Key"),
         "data": _("Notes")},
        _("So that you can see, and end, a sign-in that is not yours. Of readers we keep none."),
        YOU,
        until=_("until you sign out, at most two weeks"),
        rules=(due.ENDED_SESSIONS,),
        people=("user",),
        secret=("session_key",),
    ),
    Kept(
        "sessions.Session",
        ACCOUNT,
        _("The sign-in itself"),
        {"session_key": _("Key"), "session_data": _("Who is signed in, since when"),
         "expire_date": _("Ends on")},
        _("To know from one page to the next that it is you. Your browser holds the key in a "
          "cookie; another cookie says for half a year that you have signed in there before."),
        NOBODY,
        until=_("until you sign out, at most two weeks"),
        secret=("session_key", "session_data"),
        find=_own_sessions,
        forget=_forget_sessions,
    ),
    Kept(
        "socialaccount.SocialAccount",
        ACCOUNT,
        _("Sign-in with Google, Microsoft or your organization"),
        {"user": _("Account"), "provider": _("Provider"), "uid": _("Your number there"),
         "extra_data": _("What the provider says"), "last_login": _("Last sign-in"),
         "date_joined": _("Since")},
        _("To know you again, if you sign in that way. Most people do not."),
        PROVIDER,
        people=("user",),
    ),
    Kept(
        "socialaccount.SocialToken",
        ACCOUNT,
        _("Key of that provider"),
        {"account": _("Account"), "token": _("Key"), "token_secret": _("Key"),
         "expires_at": _("Ends on")},
        _("Not used; kept only where the provider’s sign-in needs it."),
        NOBODY,
        rest=("app",),
        secret=("token", "token_secret"),
        find=lambda person: Q(account__user=person.user),
    ),
    Kept(
        "accounts.Membership",
        TOGETHER,
        _("Organizations you speak for"),
        {"organization": _("organization"), "user": _("Account"), "email": _("invited address"),
         "role": _("What for"), "words": _("a line about it"), "created_at": _("Asked on"),
         "granted_at": _("Granted on")},
        _("So that an organization’s people can look after its pages."),
        _("you, the others who look after the organization’s account, and the volunteer reviewers"),
        rules=(due.UNTAKEN_INVITATIONS,),
        people=("user",),
        addresses=("email",),
        forget=_forget_by_address(Membership),
        deed=True,
    ),
    Kept(
        "accounts.Verification",
        TOGETHER,
        _("Work address confirmed"),
        {"user": _("Account"), "how": _("How we know"), "organization_type": _("Type"),
         "since": _("Since"), "until": _("Until"), "reminded_on": _("Reminded on")},
        _("To show some invitations to people who work in the sector. Only the result is kept, "
          "not how it was proven."),
        YOU,
        until=_("a year, then you confirm it again"),
        people=("user",),
        deed=True,
    ),
    Kept(
        "accounts.Vouch",
        TOGETHER,
        _("Who vouched for whom"),
        {"by": _("Who vouched"), "user": _("For whom"), "organization": _("organization"),
         "created_at": _("When")},
        _("Two people of two organizations can say that somebody works in the sector."),
        _("the two people"),
        until=_("until the second has vouched"),
        rules=(due.VOUCHES,),
        people=("by", "user"),
        deed=True,
    ),
    Kept(
        "accounts.Domain",
        REVIEW,
        _("Addresses of organizations that you agreed to"),
        {"first_by": _("First reviewer"), "second_by": _("Second reviewer"),
         "confirmed_at": _("Agreed on"), "created_at": _("When")},
        _("Two reviewers agree before a domain proves where somebody works."),
        REVIEWERS,
        rest=("organization", "name"),
        people=("first_by", "second_by"),
        stays=_("The organization’s domain; your name is taken away."),
        deed=True,
    ),
    Kept(
        "admin.LogEntry",
        REVIEW,
        _("What you did in the administration"),
        {"user": _("Account"), "action_time": _("When"), "object_repr": _("What about"),
         "action_flag": _("What happened"), "change_message": _("Fields")},
        _("So that the people who run the site can see what was changed, and by whom."),
        _("the people who run the site"),
        rules=(due.ADMIN_LOG,),
        rest=("content_type", "object_id"),
        people=("user",),
        deed=True,
    ),
    Kept(
        "accounts.AddressCheck",
        MAIL,
        _("Addresses being confirmed"),
        {"email": _("E-mail address"), "language": _("language of our mails"),
         "code_hash": _("Code"), "tries": _("Tries"), "created_at": _("When"),
         "expires_at": _("Ends on"), "confirmed_at": _("Confirmed on")},
        _("So that nobody can send something in with your address. The code itself is not kept."),
        NOBODY,
        until="",
        rules=(due.CODES,),
        rest=("key",),
        secret=("code_hash",),
        addresses=("email",),
        forget=_forget_by_address(AddressCheck),
    ),
    Kept(
        "post_office.Email",
        MAIL,
        _("Mails to you"),
        {"to": _("E-mail address"), "subject": _("Subject"), "message": _("Text"),
         "created": _("Written on"), "last_updated": _("Sent on"), "status": _("How far it got")},
        _("Every mail is written down first and sent then, so that none is lost. Mails may hold "
          "codes; so their text is not repeated here."),
        NOBODY,
        until="",
        rules=(due.SENT_MAILS, due.LOST_MAILS),
        rest=(
            "from_email", "cc", "bcc", "html_message", "recipient_delivery_status", "priority",
            "scheduled_time", "expires_at", "message_id", "number_of_retries", "headers",
            "template", "context", "backend_alias",
        ),
        secret=("message",),
        find=lambda person: person.is_at("to"),
        forget=_forget_mails,
    ),
    Kept(
        "post_office.Log",
        MAIL,
        _("What the mail server answered"),
        {"email": _("Mail"), "date": _("When"), "status": _("How far it got"),
         "exception_type": _("Error"), "message": _("Text")},
        _("To find out why a mail did not arrive. It may name your address."),
        _("the people who run the site"),
        until=_("as long as the mail"),
        find=lambda person: Q(
            email__in=Email.objects.filter(person.is_at("to")).values_list("pk", flat=True)
        ),
    ),
    Kept(
        "accounts.Allowance",
        MAIL,
        _("Counters of the daily limits"),
        {"key": _("Scrambled address"), "what": _("What for"), "day": _("When"),
         "used": _("How often")},
        _("So that nobody can flood you, or us, with mails and requests. From the scrambled "
          "address nobody can read yours."),
        NOBODY,
        until="",
        rules=(due.COUNTERS,),
        find=_own_counters,
        forget=_forget_counters,
    ),
)  # fmt: skip
