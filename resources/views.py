"""The pages of the library. Each view reads the request, makes one call, answers."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curation.finding.asking import Asked, read
from curation.finding.facets import Words
from resources import browse
from resources.citing import download
from resources.facets import FACETS, UNOFFERED
from resources.results import results
from resources.sheet import sheet
from resources.shelf import NAME, address


def _asked(request: HttpRequest, words: Words) -> Asked:
    return read(request.GET, words, (*FACETS, *UNOFFERED), NAME)


@require_safe
def library_home(request: HttpRequest) -> HttpResponse:
    """The door of the library: one search box, short ways in, what is here."""
    return render(request, "resources/library_home.html", browse.home())


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """Lessons and guides that answer a question, with filters; every address can be shared."""
    words = Words()
    page = results(_asked(request, words), words)
    status = 404 if page.beyond_the_end else 200
    return render(request, "resources/resource_list.html", {"page": page}, status=status)


@require_safe
def resource_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One lesson or guide; an old headline in the address leads to the present one."""
    resource = get_object_or_404(browse.whole(), pk=pk)
    if request.path != address(resource):
        return HttpResponsePermanentRedirect(address(resource))
    return render(request, "resources/resource_page.html", sheet(resource, request))


@require_safe
def citation_file(request: HttpRequest, pk: int, slug: str, ending: str) -> HttpResponse:
    """The citation of one lesson or guide as a file, for programs that keep references."""
    return download(get_object_or_404(browse.to_cite(), pk=pk), ending, request)
