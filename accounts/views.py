"""What allauth does not have: a page, and a second step that counts from its first minute."""

from typing import Any, cast

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User


class SetUpApp(ActivateTOTPView):
    """Who has just typed the app's code is not asked for the next one on the next page."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _just_used(self.request, Authenticator.Type.TOTP)
        return response


class AddPasskey(AddWebAuthnView):
    """Who has just used the new passkey need not use it again on the next page."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _just_used(self.request, Authenticator.Type.WEBAUTHN)
        return response


def _just_used(request: HttpRequest, type: Authenticator.Type) -> None:
    person = cast(User, request.user)
    newest = Authenticator.objects.filter(user=person, type=type).latest("pk")
    post_authentication(request, newest, reauthenticated=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Before something that cannot be taken back, for people without a second step."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    wanted = wanted if safe else resolve_url("home")
    if request.method == "POST":
        logout(request)
        return redirect_to_login(wanted)
    return render(request, "accounts/sign_in_again.html", {"wanted": wanted})
