"""What the directory keeps about people, and for how long."""

from django.utils.translation import gettext_lazy as _

from accounts.personal import REVIEWERS, SENT, TOGETHER, Kept, Person
from accounts.retention import Rule
from cop_directory.joining.clock import FORGET_AFTER, UNCONFIRMED_FOR
from cop_directory.models import InvitationShown, JoinRequest

JOIN_REQUESTS = Rule(
    "requests to join",
    _("Requests to join a group"),
    FORGET_AFTER.days,
    _("you asked, whatever became of them"),
    lambda before: JoinRequest.objects.filter(created_at__lt=before),
)
UNCONFIRMED_REQUESTS = Rule(
    "unconfirmed requests to join",
    _("Requests to join with an address that nobody confirmed"),
    UNCONFIRMED_FOR.days,
    _("you asked"),
    lambda before: JoinRequest.objects.filter(
        state=JoinRequest.State.UNCONFIRMED, confirmed_at=None, created_at__lt=before
    ),
)
SHOWN_INVITATIONS = Rule(
    "shown invitations",
    _("That an invitation was shown to you"),
    365,
    _("it was shown"),
    lambda before: InvitationShown.objects.filter(at__lt=before),
)
RULES = (JOIN_REQUESTS, UNCONFIRMED_REQUESTS, SHOWN_INVITATIONS)


def _forget_requests(person: Person) -> None:
    JoinRequest.objects.filter(person.is_at("email")).delete()


KEPT = (
    Kept(
        "cop_directory.JoinRequest",
        SENT,
        _("Your requests to join a group"),
        {"email": _("work e-mail address"), "name": _("name"), "organization": _("organization"),
         "sentence": _("one sentence"), "language": _("language of our mails"),
         "listing": _("Group"), "state": _("How far it got"), "created_at": _("When"),
         "check_of_address": _("Code"), "sent_at": _("Sent on"), "reminded_at": _("Reminded on"),
         "told_at": _("You were told on"), "answered_at": _("Answered on"),
         "confirmed_at": _("Confirmed on"), "opened_at": _("Opened on")},
        _("So that the people who run the group can let you in."),
        _("you and those who run the group, by mail; reviewers see that somebody waits"),
        until="",
        rules=(JOIN_REQUESTS, UNCONFIRMED_REQUESTS),
        rest=("token", "opened_in"),
        addresses=("email",),
        forget=_forget_requests,
    ),
    Kept(
        "cop_directory.InvitationShown",
        SENT,
        _("Invitations that were shown to you"),
        {"to": _("Account"), "invitation": _("Invitation"), "at": _("When")},
        _("So that nobody can gather invitations unseen."),
        _("you and the volunteer reviewers; those who run the group see only how often"),
        until="",
        rules=(SHOWN_INVITATIONS,),
        people=("to",),
        stays=_("How often an invitation was shown, without you."),
        deed=True,
    ),
    Kept(
        "cop_directory.Invitation",
        TOGETHER,
        _("Invitation links that you gave"),
        {"by": _("Account"), "created_at": _("When"), "listing": _("Group"), "mode": _("For whom"),
         "sealed": _("The link, sealed")},
        _("To let people into the group as you said."),
        REVIEWERS,
        until=_("until you change it"),
        rest=(
            "handle_url", "shut_out", "expires_on", "rotated_on", "asked_to_rotate_on",
            "accepted_at",
        ),
        secret=("sealed",),
        people=("by",),
        stays=_("The group’s invitation, without you. Take it away first if it should go too."),
        deed=True,
    ),
    Kept(
        "cop_directory.Listing",
        TOGETHER,
        _("Groups whose public address is yours"),
        {"contact_email": _("public address of the group, never a person’s")},
        _("So that people can write to the group. It should be the group’s own address."),
        _("everybody"),
        until=_("as long as the group’s page"),
        rest=("*",),
        addresses=("contact_email",),
        stays=_("The public address of a group stays on its page: it is the group’s. If it is "
                "your own, change it first."),
    ),
)  # fmt: skip
