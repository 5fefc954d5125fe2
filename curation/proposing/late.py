"""Forms that keep what was typed, however late or large it comes.

Elsewhere a post without its token gets an error page, and the text is gone. Here the view is
told, does nothing, and shows the form again with everything in it and a fresh token.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


class _Check(CsrfViewMiddleware):
    """Django's own check, which gives its reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def keeps_text(view: View) -> View:
    """Call the view with `request.came_late` True where its post must not be acted upon."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check = _Check(lambda _request: HttpResponse())
        try:
            request.POST  # noqa: B018  (reads it, where a form may prove too large)
            check.process_request(request)
            reason = check.process_view(request, view, (), {})
        except (
            RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError,
        ):  # fmt: skip
            return render(request, "curation/proposing/too_much.html", status=413)
        request.came_late = bool(reason)  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if request.came_late and response.status_code == 200:  # type: ignore[attr-defined]
            response.status_code = 403
        return response

    return checked
