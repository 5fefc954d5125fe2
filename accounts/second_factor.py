"""Doors that ask for more than a sign-in: a second step, or a recent proof of who it is."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User

View = Callable[..., HttpResponseBase]
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where somebody wanted to go who had to set up a second step first.
WANTED = "wanted_before_second_step"


def reviews(person: User) -> bool:
    """Whether the desk is open to somebody."""
    return person.reviews


def has_second_step(person: User) -> bool:
    """Whether a passkey or an app is set up; recovery codes alone do not count."""
    return is_mfa_enabled(person, SECOND_STEPS)


def used_second_step(request: HttpRequest) -> bool:
    """Whether this session was opened, or proven since, with more than a code by mail."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record["method"] == "mfa" for record in records)


def hurdle(request: HttpRequest, allowed: Callable[[User], bool]) -> HttpResponse | None:
    """What stands between this request and a door with a second step; None when nothing does.

    Raises allauth's ReauthenticationRequired, which its middleware answers, for a session that
    was opened without the second step that its owner has.
    """
    person = request.user
    if not isinstance(person, User):
        return redirect_to_login(request.get_full_path())
    if not allowed(person):
        return render(request, "accounts/not_for_you.html", status=403)
    if not has_second_step(person):
        request.session[WANTED] = request.get_full_path()
        return render(request, "accounts/second_step_needed.html", status=403)
    if not used_second_step(request):
        raise ReauthenticationRequired
    return None


def second_factor_required(
    view: View | None = None, *, allowed: Callable[[User], bool] = reviews
) -> Any:
    """Let in only people with a right (volunteer reviewers unless told otherwise) and a second
    step; with or without arguments, above a view."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return hurdle(request, allowed) or view(request, *args, **kwargs)

        return guarded

    return decorate if view is None else decorate(view)


def proved_recently(request: HttpRequest) -> bool:
    """Whether a code, a passkey or a password was given within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    latest = max((record["at"] for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def recently_signed_in(view: View) -> View:
    """Before something that cannot be taken back: prove once more who it is.

    With a second step allauth asks for it, and a form that was being sent is sent afterwards.
    Without one, people sign in again; so put this on the page that shows the form as well.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if proved_recently(request):
            return view(request, *args, **kwargs)
        if get_adapter().get_reauthentication_methods(request.user):
            raise ReauthenticationRequired
        return redirect_to_login(request.get_full_path(), reverse("sign_in_again"))

    return guarded
