"""Doors for machines, and the pages shown when something went wrong."""

from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
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


def forbidden(request: HttpRequest, exception: Any = None, reason: str = "") -> HttpResponse:
    """The page for a form that did not come from us."""
    return _page(request, "400.html", 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page for an address where nothing is, with ways on."""
    return _page(request, "404.html", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Made without the database or the request: either may be what broke."""
    with override(_language(request)):
        return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Such a page has no twin: in its language, and with a way home in both."""
    lang = _language(request)
    with override(lang):
        twins = {"en": "/en/", "fr": "/fr/"}
        return render(request, template, {"twins": twins, "is_error": True}, status=status)


def _language(request: HttpRequest) -> str:
    return get_language_from_path(request.path_info) or get_language_from_request(request)
