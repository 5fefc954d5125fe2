"""The form on which a reviewer mends something before deciding on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.second_factor import second_factor_required
from curation.desk.correcting import Correction, may_correct
from curation.models import Entry
from curation.proposing.late import keeps_text


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
@never_cache
@keeps_text
def entry_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits, in the form of those who look after a page; what is public has that already."""
    entry = get_object_or_404(Entry.objects.select_related("name_own_language"), pk=pk)
    if may_correct(request, entry):
        return Correction(request, entry).answer()
    published = entry.review == Entry.Review.PUBLISHED
    return redirect("entry_edit" if published else "entry_review", pk)
