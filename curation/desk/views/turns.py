"""Every answer of a reviewer comes in here: one view for all turns, one to undo, one for many."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import second_factor_required
from curation import hiding
from curation.desk import (
    answering,
    case_sheet,
    notices,
    past,
    posted,
    rulings,
    several,
    undoing,
)
from curation.desk.views.waiting import show
from curation.lifecycle import TurnRefused
from curation.models import Case, Decision, Entry, Ruling


@require_POST
@second_factor_required
def take_turn(request: HttpRequest) -> HttpResponse:
    """Take one answer; where it cannot be taken, the page again, with all that was typed."""
    form, page = posted.read(request), posted.page_of(request)
    try:
        outcome = answering.answer(page, form, by=request.user)
    except TurnRefused as why:
        answering.fill_again(page, why)
        status = 422 if page.missing else 409
        return show(request, page, status=status, given=form, next=form.next)
    if outcome is None:
        return show(request, page, given=form, next=form.next)
    return redirect(outcome.leads_to(page, form, request.user))


@require_POST
@second_factor_required
def name_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the name of a sender who asked not to be named; the history says who did."""
    entry = get_object_or_404(Entry, pk=pk)
    case = Case.objects.filter(pk=_key(request, "case"), entry=entry).first()
    try:
        hiding.open_name(entry, by=request.user)
    except TurnRefused as why:
        page = case_sheet.of_entry(case_sheet.found_entry(pk), request.user)
        page.problem = str(why)
        return show(request, page, status=409)
    return redirect("case_page", case.pk) if case else redirect("entry_review", pk)


@require_POST
@second_factor_required
def undo_turn(request: HttpRequest) -> HttpResponse:
    """Take a decision back: about a page, or about an organization."""
    try:
        if "ruling" in request.POST:
            ruling = get_object_or_404(Ruling, pk=_key(request, "ruling"))
            rulings.undo(ruling, by=request.user)
            return redirect(notices.after(notices.home(), "undone"))
        decision = get_object_or_404(Decision, pk=_key(request, "decision"))
        undoing.undo(decision, by=request.user)
    except TurnRefused as why:
        context = {"page": past.happened(request.GET, request.user), "problem": why}
        return render(request, "curation/desk/happened.html", context, status=409)
    return redirect(notices.after(reverse("entry_review", args=[decision.entry_id]), "undone"))


def _key(request: HttpRequest, name: str) -> int:
    key = request.POST.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 11 else 0


@require_safe
@second_factor_required
def several_list(request: HttpRequest) -> HttpResponse:
    """What can be answered several at a time without harm."""
    context = {"page": several.page(request.GET.get("reason", ""), request.user)}
    return render(request, "curation/desk/several.html", context)


@require_POST
@second_factor_required
def take_several(request: HttpRequest) -> HttpResponse:
    """Take one harmless answer for all that are ticked; what became of each."""
    reason = request.POST.get("reason", "")
    results = several.take(
        request.POST.getlist("case"), reason, request.POST.get("v", ""), by=request.user
    )
    context = {"page": several.page(reason, request.user), "results": results}
    context["nothing"] = not results
    return render(request, "curation/desk/several.html", context)
