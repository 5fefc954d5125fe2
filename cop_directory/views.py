"""The pages of the directory. Each view reads the request, makes one call, answers."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.languages import in_both_languages, localized, reading_language
from accounts.models import Organization
from cop_directory import browse, cards
from cop_directory.facets import FACETS, Words
from cop_directory.results import cards_of, results
from cop_directory.sheet import sheet
from cop_directory.shelf import NAME, address
from curation.finding import together
from curation.finding.asking import Asked, read
from curation.freshness import today
from curation.models import Tag


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: one search box, short ways in, what is here and where."""
    doors = together.doors(beside=NAME)
    return render(request, "cop_directory/home.html", {"doors": doors, **browse.overview()})


@require_safe
def listing_list(request: HttpRequest) -> HttpResponse:
    """Groups that answer a question, with filters; every address can be shared."""
    words = Words()
    page = results(read(request.GET, words, FACETS, NAME), words)
    status = 404 if page.beyond_the_end else 200
    return render(request, "cop_directory/listing_list.html", {"page": page}, status=status)


@require_safe
def listing_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One group; an old name in the address leads to the present one."""
    listing = get_object_or_404(browse.whole(), pk=pk)
    if request.path != address(listing):
        return HttpResponsePermanentRedirect(address(listing))
    return render(request, "cop_directory/listing_page.html", sheet(listing, request))


@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What every shelf has on a topic; a merged one leads to the one that took its place."""
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), facet="topic", slug=slug)
    if tag.merged_into:
        return HttpResponsePermanentRedirect(browse.topic_address(tag.merged_into.slug))
    shown = _shelf(request, {"topic": [slug]})
    beside = together.on_topic(slug, beside=NAME)
    context = {"tag": tag, "beside": beside, **shown}
    return render(request, "cop_directory/topic_page.html", context)


@require_safe
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    """The groups of a province or territory, or of all Canada."""
    place = browse.place(code)
    shown = _shelf(request, {"province": [place.code]})
    return render(request, "cop_directory/place_page.html", {"place": place, **shown})


@require_safe
def place_text(request: HttpRequest, code: str) -> HttpResponse:
    """All groups of a province as one small file of plain text, to keep or to print."""
    place = browse.place(code)
    asked = Asked(NAME, filters={"province": [place.code]}, order="name")
    answer = asked.answer(reading_language(), offset=0, limit=browse.WHOLE_PLACE)
    lines = {"place": place, "cards": cards_of(answer), "request": request, "today": today()}
    return render(
        request, "cop_directory/place.txt", lines, content_type="text/plain; charset=utf-8"
    )


@require_safe
def organization_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The groups that an organization runs."""
    organization = get_object_or_404(Organization, pk=pk)
    found = browse.run_by(organization)
    if not found:
        raise Http404(_("We list no group of this organization."))
    if request.path != browse.organization_address(organization):
        return HttpResponsePermanentRedirect(browse.organization_address(organization))
    context = {
        "organization": organization,
        "name": localized(organization, "name"),
        "cards": found,
        "twins": in_both_languages(browse.organization_address, organization),
    }
    return render(request, "cop_directory/organization_page.html", context)


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """The provinces and territories with their counts."""
    return render(request, "cop_directory/place_list.html", browse.overview())


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """The topics that something has, on any shelf, with counts."""
    return render(request, "cop_directory/topic_list.html", {"rows": browse.topics()})


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """The jobs that some group is for, with counts."""
    return render(request, "cop_directory/role_list.html", {"rows": browse.roles()})


@require_safe
def page_az(request: HttpRequest) -> HttpResponse:
    """Every group by name."""
    return render(request, "cop_directory/page_az.html", {"letters": browse.letters()})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of text, written once in each language."""
    return render(request, f"pages/{name}.{reading_language()}.html")


def _shelf(request: HttpRequest, filters: dict[str, list[str]]) -> dict[str, Any]:
    """All groups with some filters, paged, best first."""
    words = Words()
    asked = read(request.GET, words, FACETS, NAME)
    found = results(asked.changed(words="", filters=filters, page=asked.page), words)
    if found.beyond_the_end:
        raise Http404(_("There are not that many pages."))
    return {"page": found, "count": cards.group_count(found.total)}
