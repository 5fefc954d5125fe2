"""Answers about addresses take the same time, whether an address has an account or not.

With an account there is a code to write, without one a person to make or a different mail: some
milliseconds more or less, enough to find out who has an account. So those answers leave at full
steps of the clock only, counted from when the question came in.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

STEP = 0.25  # seconds; the slowest of these answers takes a tenth of it
TOO_MANY = 429
# Every page that looks at a sign-in or sign-up that has begun: it looks for its person, too.
PAGES = frozenset(
    {
        "account_login",
        "mailbox_link",
        "account_logout",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_signup",
        "account_signup_by_passkey",
        "account_email",
        "account_email_verification_sent",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_signup_webauthn",
        "socialaccount_signup",
    }
)


class EvenTime:
    """The outermost middleware: what others do with such an answer must not be seen either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.monotonic()
        response = self.get_response(request)
        if _may_tell(request) and response.status_code != TOO_MANY:
            time.sleep(STEP - (time.monotonic() - start) % STEP)
        return response


def _may_tell(request: HttpRequest) -> bool:
    """Not the empty form that everybody gets first: nothing has been asked yet."""
    match = request.resolver_match
    asked = request.method == "POST" or settings.SESSION_COOKIE_NAME in request.COOKIES
    return bool(asked and match and match.url_name in PAGES)
