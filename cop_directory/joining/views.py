"""Asking to join: the form, the code, the host's answer, the way in. Each page stands alone."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import codes
from accounts.languages import reading_language
from cop_directory import invites
from cop_directory.joining import asking, mails
from cop_directory.joining.asking import Refused
from cop_directory.joining.forms import AnswerForm, AskForm, CodeForm
from cop_directory.joining.ways import ways_in
from cop_directory.models import JoinRequest, Listing
from cop_directory.shelf import address
from curation import signed_links
from curation.models import Keeper
from curation.reporting import doors

form_page = require_http_methods(["GET", "HEAD", "POST"])
FOLDER = "cop_directory/joining"
State = JoinRequest.State


@form_page
@never_cache
def join_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the hosts of a group to be let in; where nobody answers, the other ways in."""
    listing = get_object_or_404(Listing.objects.visible(), pk=pk)
    context: dict[str, Any] = {"listing": listing, "page": address(listing)}
    if not asking.can_be_asked(listing):
        context["danger"] = invites.WHY["shut"] if doors.is_shut(listing) else ""
        return render(request, f"{FOLDER}/no_host.html", {**context, "ways": ways_in(listing)})
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token = form.cleaned_data["token"]
            row = asking.ask(listing, form.words, token=token, language=reading_language())
            return redirect("join_code", row.token)
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return render(request, f"{FOLDER}/ask.html", {**context, "form": form})


@form_page
@never_cache
@signed_links.by_token(
    now=_("Requests to join are deleted after a month. You can ask once more, on the group’s page.")
)
def join_code(request: HttpRequest, token: UUID) -> HttpResponse:
    """The code that proves the address; afterwards, where the request stands."""
    row = get_object_or_404(JoinRequest.objects.select_related("listing"), token=token)
    form = CodeForm(request.POST if "code" in request.POST else None)
    again = None
    if "again" in request.POST:
        again = asking.code_again(row)
    elif request.method == "POST" and form.is_valid():
        try:
            asking.confirm(row, form.cleaned_data["code"])
            return redirect("join_code", row.token)
        except (codes.CodeRefused, Refused) as refusal:
            form.add_error("code", str(refusal))
    context = {"row": row, "listing": row.listing, "form": form, "again": again}
    return render(request, f"{FOLDER}/code.html", {**context, "page": address(row.listing)})


@form_page
@never_cache
@signed_links.signed(
    "join_answer",
    now=_("You need not do anything. Whoever still would like to join can ask once more."),
)
def join_answer(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """A host reads who asks, and lets in or not. The GET only shows; the first POST counts."""
    row = _request(about)
    keeper = Keeper.objects.filter(pk=about["host"], entry=row.listing_id).first()
    if keeper is None or row.state == State.UNCONFIRMED:
        raise signed_links.Ended
    form = AnswerForm(request.POST or None)
    refusal = ""
    verdict = request.POST.get("answer", "")
    if verdict in asking.ANSWERS and form.is_valid():
        try:
            asking.answer(row, keeper, verdict, form.cleaned_data["words"])
            return redirect(request.path)
        except Refused as refused:
            refusal = str(refused)
    row.refresh_from_db()
    context = {"row": row, "listing": row.listing, "form": form, "refusal": refusal}
    more = {"owner": mails.owner_of(row.email), "page": address(row.listing)}
    return render(request, f"{FOLDER}/answer.html", {**context, **more})


@form_page
@never_cache
@signed_links.signed(
    "join_way_in", now=_("Ask the hosts once more: on the page of the group it says how.")
)
def join_way_in(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """The way in, for whoever was let in: a GET explains, one POST opens it."""
    row = _request(about)
    if row.state != State.LET_IN:
        raise signed_links.Ended
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    context: dict[str, Any] = {"row": row, "listing": row.listing, "page": address(row.listing)}
    context["is_opened"] = asking.is_opened(row, browser=browser)
    if request.method == "POST":
        try:
            context["way"] = asking.open_way_in(row, browser=browser)
        except asking.Opened:
            row.refresh_from_db()
            context["is_opened"] = True
        except Refused as refusal:
            context["refusal"] = str(refusal)
    return render(request, f"{FOLDER}/way_in.html", context)


def _request(about: dict[str, Any]) -> JoinRequest:
    """The request that a link is about, unless it was deleted. Raises Ended."""
    rows = JoinRequest.objects.select_related("listing", "listing__chat")
    row = rows.filter(token=about["request"]).first()
    if row is None:
        raise signed_links.Ended
    return row
