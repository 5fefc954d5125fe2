"""The invitation: shown to people of the sector, kept by the hosts, looked at by a reviewer."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.second_factor import second_factor_required
from cop_directory import invites
from cop_directory.joining import deciding
from cop_directory.joining.forms import InvitationForm
from cop_directory.joining.ways import ways_in
from cop_directory.models import Listing
from cop_directory.shelf import address
from curation.lifecycle import TurnRefused

form_page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "cop_directory/joining"


@form_page
@never_cache
def invitation_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation of a group: a GET explains, a POST shows it to people of the sector."""
    listing = get_object_or_404(Listing.objects.visible(), pk=pk)
    context: dict[str, Any] = {"listing": listing, "page": address(listing)}
    if request.method == "POST":
        try:
            context["link"] = invites.show(listing, request.user)
            return render(request, f"{FOLDER}/shown.html", context)
        except invites.NotShown as refusal:
            context |= {"why": refusal.why, "words": str(refusal)}
    else:
        why = invites.hindrance(listing, request.user)
        context |= {"why": why, "words": str(invites.WHY[why]) if why else ""}
    context["ways"] = [way for way in ways_in(listing) if way.kind != "show"]
    status = 403 if request.method == "POST" else 200
    return render(request, f"{FOLDER}/show.html", context, status=status)


@form_page
@never_cache
@login_required
def invitation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hosts say how one gets in; every change of it waits for a reviewer, but taking it away."""
    listing = get_object_or_404(Listing.objects.kept_by(request.user), pk=pk)
    present = invites.current(listing)
    form = InvitationForm(request.POST or None, listing=listing, present=present)
    if "remove" in request.POST:
        invites.remove(listing, by=request.user)
        return redirect("invitation_edit", pk)
    if request.method == "POST" and form.is_valid():
        try:
            invites.propose(listing, form.wish, by=request.user)
            return redirect("invitation_edit", pk)
        except ValidationError as error:
            form.refuse(error)
    context = {"listing": listing, "page": address(listing), "form": form}
    return render(request, f"{FOLDER}/edit.html", {**context, **deciding.for_host(listing)})


@form_page
@never_cache
@second_factor_required
def invitation_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reviewer needs about the door of a group, and the decision on what waits."""
    listing = get_object_or_404(Listing, pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            deciding.decide(listing, request.POST, by=request.user)
            return redirect("invitation_review", pk)
        except TurnRefused as refused:
            refusal = str(refused)
    context = {"listing": listing, "refusal": refusal, "note": request.POST.get("note", "")}
    return render(request, f"{FOLDER}/review.html", {**context, **deciding.for_reviewer(listing)})
