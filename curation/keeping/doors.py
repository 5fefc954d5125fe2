"""How one gets to the pages of this part: signed in, never kept by a cache, by the right method."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

View = Callable[..., HttpResponse]
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def private_page(view: View) -> View:
    """A page to read, for people who are signed in."""
    return require_safe(never_cache(login_required(view)))


def private_form(view: View) -> View:
    """A page with a form, for people who are signed in."""
    return get_or_post(never_cache(login_required(view)))


def open_form(view: View) -> View:
    """A page with a form that needs no account."""
    return get_or_post(never_cache(view))


def button(back: str) -> Callable[[View], View]:
    """A button on the page `back`; whoever is no longer signed in comes back there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def pressed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                pk = kwargs.get("pk")
                return redirect_to_login(reverse(back, args=[pk] if back != "my_pages" else []))
            return view(request, *args, **kwargs)

        return require_POST(pressed)

    return decorate
