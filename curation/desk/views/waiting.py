"""What waits: the whole queue, one thing of it, and what a reviewer looks after first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import second_factor_required
from curation import cases
from curation.desk import beats, case_sheet, notices, queue, unanswered
from curation.desk.case_sheet import CaseSheet
from curation.desk.figures import figures
from curation.models import Case, Entry


@require_safe
@second_factor_required
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits, in one list."""
    context = {
        "page": queue.page(queue.read(request.GET), request.user),
        "figures": figures(request.user),
        "notice": notices.read(request),
        "has_beats": beats.has_any(request.user),
        "asked": unanswered.number(),
    }
    return render(request, "curation/desk/queue.html", context)


@require_safe
@second_factor_required
def asked_list(request: HttpRequest) -> HttpResponse:
    """What senders were asked and have not answered."""
    return render(request, "curation/desk/asked.html", {"lines": unanswered.lines()})


@require_safe
@second_factor_required
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing that waits. Looking changes nothing, not even who has taken it."""
    try:
        case = case_sheet.found(pk)
    except Case.DoesNotExist:
        return redirect("desk")
    return show(request, case_sheet.of_case(case, request.user))


@require_safe
@second_factor_required
def entry_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Any entry as a reviewer sees it, even if nothing about it waits."""
    get_object_or_404(Entry, pk=pk)
    return show(request, case_sheet.of_entry(case_sheet.found_entry(pk), request.user))


@require_POST
@second_factor_required
def case_take(request: HttpRequest, pk: int) -> HttpResponse:
    """ "I take this one", or "Put it back"."""
    case = get_object_or_404(Case, pk=pk, closed_at=None)
    if request.POST.get("v") == "back":
        cases.put_back(case, by=request.user)
    else:
        cases.take_up(case, by=request.user)
    return redirect("case_page", pk)


@require_safe
@second_factor_required
def beat_list(request: HttpRequest) -> HttpResponse:
    """The provinces and topics that a reviewer looks after first."""
    return render(request, "curation/desk/beats.html", {"choices": beats.choices(request.user)})


@require_POST
@second_factor_required
def beat_save(request: HttpRequest) -> HttpResponse:
    """Keep what a reviewer has ticked."""
    beats.save(
        request.user,
        provinces=request.POST.getlist("province"),
        topics=request.POST.getlist("topic"),
    )
    return redirect(f"{reverse('desk')}?whose=mine")


def show(request: HttpRequest, page: CaseSheet, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a case or an entry; `more` is what was typed, where it comes back."""
    context = {
        "page": page,
        "figures": figures(request.user),
        "notice": notices.read(request),
        "next": "next" in request.GET,
        "twins": notices.twins(page),
        **more,
    }
    return render(request, "curation/desk/case.html", context, status=status)
