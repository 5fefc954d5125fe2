"""Doors for machines, and the pages shown when something went wrong."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from search import index


@require_safe
@vary_on_headers("Accept-Language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the language that the browser asks for."""
    return redirect("/fr/" if get_language_from_request(request) == "fr" else "/en/")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the index answer, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state = index.state()
    except DatabaseError:
        return JsonResponse({"database": "no answer", "index": "no answer"}, status=503)
    ready = state.base is not None
    answer = {"database": "ok", "index": "ok" if ready else "empty", "documents": state.documents}
    return JsonResponse(answer, status=200 if ready else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the admin and the suggestions are of no use to a machine."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/suggestions",
        "Disallow: /fr/suggestions",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for an address that cannot be read."""
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for what somebody may not do."""
    return _page(request, "400.html", 403)


def unsent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without its token, or with one too old: nothing is done or lost.

    A stranger sends it once more with a button. Whoever is signed in goes back to the form: no
    other site may lay a filled-in form of ours before them.
    """
    stranger = settings.SESSION_COOKIE_NAME not in request.COOKIES
    typed = list(_typed(request)) if stranger and _is_from_here(request) else []
    return _page(request, "unsent.html", 403, typed=typed)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for an address where nothing is, with ways on."""
    return _page(request, "404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Made without the database or the request: either may be what broke."""
    with override(_language(request)):
        return HttpResponse(render_to_string("500.html"), status=500)


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The names and values of a form that was sent, without its token."""
    try:
        fields = request.POST.lists()
    except (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError):
        return
    for name, values in fields:
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", "") == here


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """Such a page has no twin: in its language, and with a way home in both."""
    lang = _language(request)
    with override(lang):
        context |= {"twins": {"en": "/en/", "fr": "/fr/"}, "is_error": True}
        return render(request, template, context, status=status)


def _language(request: HttpRequest) -> str:
    return get_language_from_path(request.path_info) or get_language_from_request(request)
