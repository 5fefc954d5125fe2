"""The starting list: one tap for each group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from curation.desk import starting
from curation.desk.doors import reviewer_or_umbrella
from curation.lifecycle import TurnRefused
from curation.models import Entry


@require_safe
@reviewer_or_umbrella
def starting_list(request: HttpRequest, provinces: list[str] | None) -> HttpResponse:
    """Twenty groups that nobody has looked up yet."""
    return _show(request, provinces)


@require_POST
@reviewer_or_umbrella
def starting_answer(request: HttpRequest, provinces: list[str] | None) -> HttpResponse:
    """Write one answer down; a second tap of the same changes nothing."""
    key, version = request.POST.get("entry", ""), request.POST.get("version", "")
    entry = get_object_or_404(Entry, pk=key if key.isdecimal() and len(key) < 11 else 0)
    try:
        starting.say(
            entry,
            request.POST.get("v", ""),
            by=request.user,
            version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            provinces=provinces,
        )
    except TurnRefused as why:
        return _show(request, provinces, problem=str(why), status=409)
    place = request.POST.get("province", "")
    return redirect(f"{reverse('starting_list')}?province={place}&said={entry.pk}#list")


@require_POST
@reviewer_or_umbrella
def starting_undo(request: HttpRequest, provinces: list[str] | None) -> HttpResponse:
    """Take one's own last answer about a group back."""
    key = request.POST.get("entry", "")
    entry = get_object_or_404(Entry, pk=key if key.isdecimal() and len(key) < 11 else 0)
    try:
        starting.take_back(entry, by=request.user, provinces=provinces)
    except TurnRefused as why:
        return _show(request, provinces, problem=str(why), status=409)
    return redirect(f"{reverse('starting_list')}?province={request.POST.get('province', '')}#list")


def _show(
    request: HttpRequest, provinces: list[str] | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    page = asked.get("page", "1")
    context = {
        "page": starting.starting_list(
            request.user,
            province=asked.get("province", ""),
            page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
            provinces=provinces,
        ),
        "answers": starting.ANSWERS.items(),
        "said": starting.last_answer(asked.get("said", ""), request.user),
        "reviewer": provinces is None,
        "problem": problem,
        "twins": starting.twins(),
    }
    return render(request, "curation/desk/starting.html", context, status=status)
