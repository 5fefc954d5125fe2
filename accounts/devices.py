"""Browsers in which somebody has signed in before.

They have a cookie of their own, set at sign-in only. It opens nothing. It keeps a stranger who
asks for codes all day from using up those of the person whose address it is, and it tells a
sign-in from a new device, which is announced by mail.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts import allowances
from accounts.models import User

COOKIE = "known"
SALT = "accounts.devices"
GOOD_FOR = dt.timedelta(days=180)
CODES_A_DAY = 10  # for strangers together, and as many for the person's own browsers


def is_known(request: HttpRequest, person: User) -> bool:
    """Whether this person has signed in with this browser within half a year."""
    try:
        whose = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return whose == str(person.pseudonym)


def remember(response: HttpResponse, person: User) -> None:
    """Give the browser its cookie; at each sign-in anew, so that it lasts while it is used."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(person.pseudonym), salt=SALT),
        max_age=GOOD_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def use_code(request: HttpRequest, person: User) -> bool:
    """Use one of today's sign-in codes; False when none is left for a browser like this one.

    Where nobody has confirmed the address yet, a stranger may have made the account: its codes
    are among the three mails that strangers can cause.
    """
    addresses = person.emailaddress_set.all()  # none for a superuser of the command line
    if addresses and not any(each.verified for each in addresses):
        return allowances.stranger_may_mail(person.email)
    what = "code, known browser" if is_known(request, person) else "code, unknown browser"
    return allowances.use(what, str(person.pseudonym), limit=CODES_A_DAY)
