"""Who looks after a page: see, invite, accept, take off, leave."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.languages import reading_language
from accounts.second_factor import hurdle, reviews
from curation import hiding, lifecycle, shelves, signed_links
from curation.changes import Sender
from curation.keeping import handing_over
from curation.keeping import keepers as looking_after
from curation.keeping.doors import button, open_form, private_page
from curation.keeping.forms import InviteKeeperForm
from curation.keeping.handing_over import HandingRefused
from curation.models import Entry, Keeper, KeeperInvitation

INVITE_AGAIN = gettext_lazy(
    "If you would still like to, ask whoever invited you to do so once more."
)


@private_page
def keepers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looks after a page; for them, and for reviewers with a second step."""
    entry = get_object_or_404(Entry, pk=pk)
    sender = Sender(by=request.user, language=reading_language())
    keeps = looking_after.keeps(sender, entry)
    if not keeps:
        reviews_it = lifecycle.role_of(request.user, entry) == lifecycle.Role.REVIEWER
        if not reviews_it or hiding.is_closed(entry, request.user):
            raise Http404(_("You do not look after this page."))
        blocked = hurdle(request, reviews)
        if blocked:
            return blocked
    form = InviteKeeperForm(initial={"language": reading_language()})
    return render(request, "curation/keeping/keepers.html", _context(entry, sender, keeps, form))


@button("keepers")
def keeper_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to look after a page as well, or instead."""
    sender, entry = _mine(request, pk)
    form = InviteKeeperForm(request.POST)
    if form.is_valid():
        try:
            handing_over.invite(entry, by=sender, **form.cleaned_data)
        except HandingRefused as why:
            form.add_error("email", str(why))
        else:
            messages.success(request, _("Sent. The mail is good for 30 days."))
            return redirect("keepers", pk)
    context = _context(entry, sender, True, form)
    return render(request, "curation/keeping/keepers.html", context)


@button("keepers")
def keeper_uninvite(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    sender, entry = _mine(request, pk)
    row = KeeperInvitation.objects.filter(entry=entry, pk=_number(request)).first()
    if row:
        handing_over.take_back(row, by=sender)
        messages.success(request, _("Taken back. The link in the mail no longer works."))
    return redirect("keepers", pk)


@button("keepers")
def keeper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off a page; they are told."""
    sender, entry = _mine(request, pk)
    row = Keeper.objects.filter(entry=entry, pk=_number(request)).first()
    if row:
        try:
            handing_over.remove(row, by=sender)
            messages.success(request, _("Done. We have told them."))
        except HandingRefused as why:
            messages.error(request, str(why))
    still_there = looking_after.keeps(sender, entry)
    return redirect("keepers", pk) if still_there else redirect("my_pages")


@button("keepers")
def keeper_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Look after a page no longer."""
    sender, entry = _mine(request, pk)
    if handing_over.leave(entry, by=sender):
        messages.success(request, _("You no longer look after this page. Thank you for your care."))
        return redirect("my_pages")
    messages.error(
        request,
        _("You look after it for an organization. You can leave on the organization’s page."),
    )
    return redirect("keepers", pk)


@open_form
@signed_links.signed("keeper_invitation", now=INVITE_AGAIN)
def keeper_invitation(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail: would you look after this page?"""
    row = KeeperInvitation.objects.filter(pk=about["invitation"]).select_related("entry").first()
    if row is None:
        raise signed_links.Ended
    context = {"invitation": row, "entry": row.entry, "url": _page(row.entry)}
    if request.method == "POST":
        return _answer(request, row, context)
    return render(request, "curation/keeping/keeper_invitation.html", context)


def _answer(request: HttpRequest, row: KeeperInvitation, context: dict[str, Any]) -> HttpResponse:
    """What follows yes or no."""
    if request.POST.get("answer") != "yes":
        handing_over.turn_down(row)
        return render(request, "curation/keeping/invitation_declined.html", context)
    person = request.user if request.user.is_authenticated else None
    try:
        keeper = handing_over.accept(row, by=person, language=reading_language())
    except HandingRefused as why:
        context["why"] = str(why)
        return render(request, "curation/keeping/keeper_invitation.html", context)
    messages.success(request, _("Thank you. You look after this page from now on."))
    return redirect("my_pages" if keeper.user_id else "mailbox_link")


def _mine(request: HttpRequest, pk: int) -> tuple[Sender, Entry]:
    """Who acts, and the page, if they look after it; else it is not there."""
    sender = Sender(by=request.user, language=reading_language())
    return sender, looking_after.kept_entry(sender, pk)


def _number(request: HttpRequest) -> int:
    """The row that a button is about; 0 for what is no number."""
    value = request.POST.get("row", "")
    return int(value) if value.isdecimal() and len(value) < 11 else 0


def _context(entry: Entry, sender: Sender, keeps: bool, form: InviteKeeperForm) -> dict[str, Any]:
    there = looking_after.hands(entry)
    return {
        "entry": entry,
        "url": _page(entry),
        "keeps": keeps,
        "hands": there,
        "longer_there": handing_over.longer_there(sender, entry),
        "second_wanted": len(there) < looking_after.WANTED,
        "invitations": entry.keeper_invitations.order_by("pk"),
        "form": form,
    }


def _page(entry: Entry) -> str:
    return shelves.of(entry).address(entry)
