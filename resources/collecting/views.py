"""The pages of the collections. Each view reads the request, makes one call, answers."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.languages import in_both_languages, localized
from resources.collecting import browse
from resources.collecting.shelf import address, rows


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    """Every public collection."""
    return render(request, "resources/collection_list.html", {"rows": browse.collections()})


@require_safe
def collection_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One collection in its order; an old title in the address leads to the present one."""
    collection = get_object_or_404(rows().select_related("name_own_language"), pk=pk)
    if request.path != address(collection):
        return HttpResponsePermanentRedirect(address(collection))
    context = {
        "collection": collection,
        "one_line": localized(collection, "one_line"),
        "items": browse.items(collection),
        "twins": in_both_languages(address, collection),
    }
    return render(request, "resources/collection_page.html", context)
