"""The addresses of accounts: allauth's own, under our path, but for those about passwords.

Nobody has a password to sign in with; a superuser made on the command line may have one, and is
asked for it once, before a second step is set up.
"""

from allauth.account.urls import urlpatterns as account_urls
from allauth.socialaccount import urls as social_urls
from allauth.urls import build_provider_urlpatterns
from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    # The mistake of a hand that knows other sites; and allauth's own way out of a lost step.
    path("", RedirectView.as_view(pattern_name="account_email"), name="account"),
    *(each for each in account_urls if "password" not in str(each.pattern)),
    path("again/", views.sign_in_again, name="sign_in_again"),
    path("2fa/totp/activate/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("3rdparty/", include(social_urls)),
    *build_provider_urlpatterns(),
]
