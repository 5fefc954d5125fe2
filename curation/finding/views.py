"""Looking through all shelves at once."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.finding import together
from search.language import clean


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The first answers of every shelf to one question, each with its count."""
    words, as_typed = clean(request.GET.get("q", "")), request.GET.get("exactly") == "1"
    page = together.search(words, as_typed=as_typed)
    return render(request, "curation/finding/search.html", {"page": page})


@require_safe
def suggest(request: HttpRequest, shelf: str = "") -> JsonResponse:
    """Words that begin like those typed so far, for a search box: of one shelf or of all."""
    return JsonResponse({"words": together.suggestions(request.GET.get("q", ""), shelf)})
