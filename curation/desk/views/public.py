"""What everybody may read of the desk: the log of removals."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation import removals
from curation.desk import public_lines

PAGE = 50


@require_safe
def public_log(request: HttpRequest) -> HttpResponse:
    """What was taken off or not accepted, and why; no name, no person, no form."""
    page = Paginator(removals.log(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": public_lines.of(page.object_list)}
    return render(request, "curation/desk/public_log.html", context)
