"""Doors of the desk that open to others beside reviewers, each to little."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.models import Organization, Province
from accounts.second_factor import second_factor_required
from curation import shelves
from curation.models import Entry

View = Callable[..., HttpResponseBase]


def umbrella_provinces(user: Any) -> list[str]:
    """The provinces whose umbrella organizations somebody speaks for."""
    if not user.is_authenticated:
        return []
    rows = user.memberships.granted().filter(
        organization__type=Organization.Type.UMBRELLA, organization__province__in=Province.values
    )
    return sorted(set(rows.values_list("organization__province", flat=True)))


def reviewer_or_umbrella(view: View) -> View:
    """The starting list: for reviewers with their second step, and for an umbrella organization's
    people, who see their province. The view gets `provinces`, None for all of them."""
    for_reviewers = second_factor_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.reviews:
            return for_reviewers(request, *args, provinces=None, **kwargs)
        provinces = umbrella_provinces(request.user)
        if not provinces:
            raise PermissionDenied
        return view(request, *args, provinces=provinces, **kwargs)

    return guarded


def reviewer_or_keeper(view: View) -> View:
    """What happened to a page: for reviewers with their second step, and for those who look
    after it. The view gets `reviewer`, whether it may name people."""
    for_reviewers = second_factor_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.reviews:
            return for_reviewers(request, pk, reviewer=True)
        entry = get_object_or_404(Entry, pk=pk)
        if not shelves.of(entry).kept_by(request.user).filter(pk=pk).exists():
            raise PermissionDenied
        return view(request, pk, reviewer=False)

    return guarded
