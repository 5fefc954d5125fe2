"""“I run this group”, from the form to the answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.codes import CodeRefused
from curation import shelves, signed_links
from curation.keeping import claiming, claims, keepers
from curation.keeping.doors import open_form
from curation.keeping.forms import ClaimForm, CodeForm, ObjectionForm
from curation.models import Claim, Entry

SEND_AGAIN = gettext_lazy(
    "What nobody confirmed by its code is deleted after a week. Please send it once more."
)


@open_form
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one runs a group, and how one knows it."""
    entry = claiming.visible(pk)
    if entry is None:
        raise Http404(_("There is no such group."))
    person = request.user if request.user.is_authenticated else None
    form = ClaimForm(
        request.POST or None, organizations=shelves.of(entry).organizations(entry), person=person
    )
    if form.is_valid():
        try:
            return redirect(claiming.start(entry, form.cleaned_data, person=person))
        except claiming.TooMany as why:
            form.add_error(None, str(why))
    keeps = keepers.keeps(keepers.sender_of(request), entry)
    context = {"entry": entry, "form": form, "keeps": keeps}
    return render(request, "curation/keeping/claim.html", {**context, "url": _page(entry)})


@open_form
@signed_links.by_token(now=SEND_AGAIN)
def claim_confirm(request: HttpRequest, token: UUID) -> HttpResponse:
    """Type the code that came by mail; then the claim goes to the reviewers."""
    draft = claiming.waiting(token)
    if draft is None:
        get_object_or_404(Claim, token=token)
        return redirect("claim_sent", token)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        try:
            return redirect("claim_sent", claiming.finish(draft, form.cleaned_data["code"]).token)
        except CodeRefused as why:
            form.add_error("code", str(why))
    elif "again" in request.POST:
        _say_whether(request, claiming.code_again(draft))
    context = {"draft": draft, "entry": draft.entry, "form": form}
    return render(request, "curation/keeping/claim_confirm.html", context)


@open_form
@signed_links.by_token(now=SEND_AGAIN)
def claim_sent(request: HttpRequest, token: UUID) -> HttpResponse:
    """Where a claim stands, for whoever has its address; the POST takes it back."""
    row = get_object_or_404(Claim.objects.select_related("entry"), token=token)
    if request.method == "POST":
        claims.take_back(row)
        messages.success(request, _("Taken back. Nobody will look at it."))
        return redirect(_page(row.entry))
    context = {"claim": row, "entry": row.entry, "url": _page(row.entry)}
    context["why"] = claims.why_declined(row)
    return render(request, "curation/keeping/claim_sent.html", context)


@open_form
@signed_links.signed(
    "claim_object",
    now=gettext_lazy(
        "Do you know something about it? Choose “Something is wrong here” on the group’s page."
    ),
)
def claim_object(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail to those who look after a page: what speaks against somebody's claim."""
    row = Claim.objects.filter(pk=about["claim"], state=Claim.State.WAITING).first()
    if row is None:
        raise signed_links.Ended
    form = ObjectionForm(request.POST or None, initial={"words": row.objection})
    done = form.is_valid() and claims.object_to(row, words=form.cleaned_data["words"])
    context = {"claim": row, "entry": row.entry, "form": form, "done": done}
    return render(request, "curation/keeping/claim_object.html", context)


def _page(entry: Entry) -> str:
    return shelves.of(entry).address(entry)


def _say_whether(request: HttpRequest, sent: bool) -> None:
    """Say whether a mail has gone out."""
    if sent:
        messages.success(request, _("A new code is on its way. The old one no longer works."))
    else:
        messages.error(request, _("This address had three codes today. Please wait a day."))
