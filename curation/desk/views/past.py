"""What happened, to one page or to all, and how it comes back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.second_factor import second_factor_required
from curation import changes, hiding, shelves
from curation.changes import Invalid
from curation.desk import edits, notices, past
from curation.desk.doors import reviewer_or_keeper
from curation.lifecycle import TurnRefused
from curation.models import Decision, Entry


@require_safe
@second_factor_required
def happened(request: HttpRequest) -> HttpResponse:
    """What reviewers decided, newest first, with "Undo" where that can still be done."""
    context = {"page": past.happened(request.GET, request.user), "notice": notices.read(request)}
    return render(request, "curation/desk/happened.html", context)


@require_safe
@reviewer_or_keeper
def entry_history(request: HttpRequest, pk: int, reviewer: bool) -> HttpResponse:
    """Everything that happened to one page: each field's past, and every version of it."""
    entry = get_object_or_404(Entry.objects.select_related("name_own_language"), pk=pk)
    sealed = reviewer and hiding.is_closed(entry, request.user)
    context = {
        "entry": entry,
        "address": shelves.of(entry).address(entry),
        "page": past.of_entry(entry, request.GET, reviewer=reviewer, sealed=sealed),
        "reviewer": reviewer,
        "notice": notices.read(request) if reviewer else None,
    }
    return render(request, "curation/desk/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def entry_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version of a page beside today's; a POST puts it back."""
    entry = get_object_or_404(Entry.objects.select_related("name_own_language"), pk=pk)
    decision = get_object_or_404(Decision, entry=entry, number=number)
    problem = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        seen = int(version) if version.isdecimal() and len(version) < 10 else -1
        try:
            done = changes.restore(entry, number, by=request.user, version=seen)
        except (TurnRefused, Invalid) as why:
            problem = edits.in_words(entry, why) if isinstance(why, Invalid) else str(why)
        else:
            here = reverse("entry_history", args=[pk])
            return redirect(notices.after(here, "restored" if done else "nothing-new", done))
    context = {
        "entry": entry,
        "on": timezone.localdate(decision.at),
        "rows": past.version(entry, number, request.user),
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "curation/desk/restore.html", context, status=status)
