"""The admin, behind a second step: every page of it, not its sign-in alone."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.second_factor import hurdle

# Secrets and machinery: nobody needs to see or change them by hand.
NOT_SHOWN = frozenset({"account", "mfa", "post_office", "socialaccount", "usersessions"})


def is_staff(person: User) -> bool:
    """Whether somebody may enter the admin at all."""
    return person.is_active and person.is_staff


class BackRoom(AdminSite):
    """Django's admin; people come in through the sign-in that everybody uses."""

    def register(self, model_or_iterable: Any, *args: Any, **kwargs: Any) -> None:
        """Leave out the models of machinery, which register themselves."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        shown = [
            model
            for model in models or [model_or_iterable]
            if model._meta.app_label not in NOT_SHOWN
        ]
        super().register(shown, *args, **kwargs)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """The view, behind the second step."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return hurdle(request, is_staff) or inner(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """No form of its own: whoever has passed goes on, everybody else signs in first."""
        return hurdle(request, is_staff) or redirect("admin:index")
