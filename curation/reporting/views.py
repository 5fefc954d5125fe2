"""Something is wrong here: a form of its own, and a word of thanks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from curation import shelves
from curation.models import Entry
from curation.reporting import reports
from curation.reporting.forms import ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong with a page; anyone may say it, without an account or an address."""
    row = _visible(pk)
    manners = shelves.of(row).manners
    form = ReportForm(request.POST or None, reasons=manners.reasons)
    if request.method == "POST" and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        reports.report(row, form.cleaned_data["reason"], words=form.cleaned_data["words"], by=by)
        return redirect("report_thanks", pk)
    context = {"row": row, "page": shelves.of(row).address(row), "form": form, "manners": manners}
    return render(request, "curation/reporting/report.html", context)


@require_safe
def report_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens with a report."""
    row = _visible(pk)
    shelf = shelves.of(row)
    context = {"row": row, "page": shelf.address(row), "manners": shelf.manners}
    return render(request, "curation/reporting/thanks.html", context)


def _visible(pk: int) -> Any:
    """A public row of any shelf."""
    entry = get_object_or_404(Entry, pk=pk)
    row = shelves.of(entry).rows([pk]).first()
    if row is None:
        raise Http404
    return row
