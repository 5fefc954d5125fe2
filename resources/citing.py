"""What a citation may tell of a lesson or guide, and the files of it to take along."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from curation.finding.phrases import words_of_address
from curation.freshness import today
from resources import shown
from resources.citations import Cited, bibtex, ris
from resources.models import Kind, Resource

# How a file ends → what it is called on the way, and what writes it.
FILES: dict[str, tuple[str, Callable[[Cited], str]]] = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
}


def cited(resource: Resource, here: str) -> Cited:
    """Of something public; `here` is the address of its page, read today. No hidden name."""
    ours, other = shown.institutions(resource)
    journal = other if in_a_journal(resource) else None
    publishers = (str(ours), other if journal is None else "")
    return Cited(
        id=resource.pk,
        title=resource.name.plain,
        kind=resource.kind,
        url=resource.link or here,
        language=resource.name.lang,
        authors=tuple(filter(None, map(str.strip, shown.authors(resource).split(";")))),
        publisher="; ".join(filter(None, publishers)),
        journal=journal,
        year=shown.year(resource),
        licence=resource.licence,
        version=resource.version if resource.is_lesson else None,
        read_on=today(),
    )


def in_a_journal(resource: Resource) -> bool:
    """Whether it is an article that other researchers reviewed: then who published it, in words,
    is the journal. Nothing else tells a journal from an agency that publishes."""
    return resource.kind == Kind.ARTICLE and bool(resource.peer_reviewed)


def download(resource: Resource, ending: str, request: HttpRequest) -> HttpResponse:
    """Its citation as a file that ends so, a key of FILES."""
    content_type, write = FILES[ending]
    slug = words_of_address(str(resource.name))
    page = reverse("resource_page", args=[resource.pk, slug])
    text = write(cited(resource, request.build_absolute_uri(page)))
    name = f"{slug.strip('-') or resource.pk}.{ending}"
    return HttpResponse(
        text,
        content_type=f"{content_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
