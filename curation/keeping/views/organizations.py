"""An organization's account: its people, its domains, its names. One view for each button."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import allowances, membership
from accounts.domains import DomainRefused
from accounts.languages import localized, reading_language
from accounts.membership import LastOwner, MembershipRefused
from accounts.models import Membership, Organization
from curation import signed_links
from curation.keeping import belonging
from curation.keeping.doors import button, open_form, private_page
from curation.keeping.forms import AskForm, CorrectionForm, DomainForm, InviteMemberForm
from curation.keeping.views.keepers import INVITE_AGAIN

ASKED_A_DAY, INVITED_A_DAY = 5, 20
FORMS: dict[str, Any] = {
    "ask_form": AskForm,
    "invite_form": InviteMemberForm,
    "domain_form": DomainForm,
}


@private_page
def organization_account(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organization's people see and can do; for others, how to ask to belong."""
    return _account(request, get_object_or_404(Organization, pk=pk))


@button("organization_account")
def organization_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to belong."""
    form = AskForm(request.POST)

    def act(organization: Organization) -> str:
        _within("ask to belong", request, ASKED_A_DAY)
        belonging.ask(organization, by=request.user, words=form.cleaned_data["words"])
        return _("Sent. We write to you when it is decided.")

    return _submitted(request, pk, "ask_form", form, act)


@button("organization_account")
def member_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite an address."""
    form = InviteMemberForm(request.POST)

    def act(organization: Organization) -> str:
        _within("invite", request, INVITED_A_DAY)
        belonging.invite(organization, by=request.user, **form.cleaned_data)
        return _("Sent. The mail is good for 30 days.")

    return _submitted(request, pk, "invite_form", form, act)


@button("organization_account")
def organization_domain(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a domain at which the organization has its addresses."""
    form = DomainForm(request.POST)

    def act(organization: Organization) -> str:
        belonging.propose_domain(organization, name=form.cleaned_data["name"], by=request.user)
        return _("Noted. Two volunteer reviewers look at it, usually within a week.")

    return _submitted(request, pk, "domain_form", form, act)


@button("organization_account")
def organization_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another name or web page."""
    fresh = get_object_or_404(Organization, pk=pk)
    form = CorrectionForm(request.POST, instance=fresh)

    def act(organization: Organization) -> str:
        _within("correct", request, ASKED_A_DAY)
        belonging.suggest_correction(
            organization, wanted=form.cleaned_data, language=reading_language(), by=request.user
        )
        return _("Sent to the people who run the site. They make the change by hand.")

    return _submitted(request, pk, "correction_form", form, act)


@button("organization_account")
def member_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in who asked."""
    return _done(request, pk, lambda row: belonging.grant(row, by=request.user))


@button("organization_account")
def member_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not let somebody in who asked."""
    return _done(request, pk, lambda row: belonging.decline(row, by=request.user))


@button("organization_account")
def member_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody administrator, or no longer."""
    role = request.POST.get("role", "")
    return _done(request, pk, lambda row: membership.change_role(row, role=role, by=request.user))


@button("organization_account")
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody, or an invitation, out."""
    return _done(request, pk, lambda row: belonging.remove(row, by=request.user))


@button("organization_account")
def organization_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave; the last administrator is asked once more."""
    organization = get_object_or_404(Organization, pk=pk)
    try:
        belonging.leave(organization, by=request.user, sure="sure" in request.POST)
    except LastOwner:
        return _account(request, organization, last_owner=True)
    messages.success(request, _("You have left. Thank you for your care."))
    return redirect("my_pages")


@open_form
@signed_links.signed("member_invitation", now=INVITE_AGAIN)
def member_invitation(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail: an organization invites you."""
    rows = Membership.objects.filter(pk=about["membership"], user=None)
    row = rows.select_related("organization").first()
    if row is None:
        raise signed_links.Ended
    context: dict[str, Any] = {"invitation": row, "name": localized(row.organization, "name")}
    person = request.user if request.user.is_authenticated else None
    if request.method == "POST" and person:
        try:
            return _answer(request, row)
        except MembershipRefused as why:
            context["why"] = str(why)
    return render(request, "curation/keeping/member_invitation.html", context)


def _answer(request: HttpRequest, row: Membership) -> HttpResponse:
    """What follows yes or no. Raises MembershipRefused."""
    if request.POST.get("answer") != "yes":
        membership.turn_down(row, by=request.user)
        messages.success(request, _("Turned down. The invitation is gone."))
        return redirect("my_pages")
    membership.accept(row, by=request.user)
    messages.success(request, _("Welcome. You belong to this organization from now on."))
    return redirect("organization_account", row.organization_id)


def _within(what: str, request: HttpRequest, limit: int) -> None:
    if not allowances.use(what, str(request.user.pk), limit=limit):
        raise MembershipRefused(_("That is enough for today. Please come back tomorrow."))


def _submitted(
    request: HttpRequest, pk: int, name: str, form: Any, act: Callable[[Organization], str]
) -> HttpResponse:
    """Do what a form asks; where it cannot be done, say why, and show all that the form held."""
    organization = get_object_or_404(Organization, pk=pk)
    if form.is_valid():
        organization.refresh_from_db()
        try:
            messages.success(request, act(organization))
        except (MembershipRefused, DomainRefused) as why:
            messages.error(request, str(why))
        else:
            return redirect("organization_account", pk)
    return _account(request, organization, **{name: form})


def _done(request: HttpRequest, pk: int, act: Callable[[Membership], Any]) -> HttpResponse:
    """Do what a button beside a person says; say why not, where it cannot be done."""
    value = request.POST.get("row", "")
    number = int(value) if value.isdecimal() and len(value) < 11 else 0
    row = get_object_or_404(Membership, organization=pk, pk=number)
    try:
        act(row)
    except MembershipRefused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Done."))
    return redirect("organization_account", pk)


def _account(request: HttpRequest, organization: Organization, **more: Any) -> HttpResponse:
    """The page, with a form that could not be taken in the place of its empty one."""
    person: Any = request.user
    rows = organization.memberships.select_related("user").order_by("role", "pk")
    mine = next((row for row in rows if row.user_id == person.pk), None)
    belongs = bool(mine and mine.granted_at)
    context = {
        "organization": organization,
        "name": localized(organization, "name"),
        "mine": mine,
        "belongs": belongs,
        "is_owner": belongs and mine and mine.role == Membership.Role.OWNER,
        "members": [row for row in rows if row.granted_at],
        "asking": [row for row in rows if row.user_id and not row.granted_at],
        "invited": [row for row in rows if not row.user_id],
        "has_owner": any(row.granted_at and row.role == Membership.Role.OWNER for row in rows),
        "domains": organization.domains.all(),
        "can_correct": bool(settings.CONTACT_EMAIL),
        "correction_form": CorrectionForm(instance=organization),
        **{name: form(initial={"language": reading_language()}) for name, form in FORMS.items()},
        **more,
    }
    return render(request, "curation/keeping/organization_account.html", context)
