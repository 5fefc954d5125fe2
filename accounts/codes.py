"""Is this address yours? A code proves it, without an account.

Used at the end of what a stranger sends in: nothing of it is acted upon before.
"""

import datetime as dt
import hmac
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

from accounts import allowances, letters
from accounts.models import AddressCheck

GOOD_FOR = dt.timedelta(hours=24)
TRIES = 5


class CodeRefused(Exception):
    """The code is not right; the text says what to do and can be shown to a person."""


def ask(email: str, *, language: str) -> tuple[AddressCheck, bool]:
    """Write a code to an address. The second value says whether a mail was written.

    It is not where the address has had its three mails today.
    """
    code = get_random_string(6, "0123456789")
    check = AddressCheck(
        email=email.strip().lower(), language=language, expires_at=timezone.now() + GOOD_FOR
    )
    check.code_hash = _hash(check.key, code)
    check.save()
    return check, _send(check, code)


def again(check: AddressCheck) -> bool:
    """Write a fresh code for the same question; the old one is void. False: no mail today."""
    code = get_random_string(6, "0123456789")
    check.code_hash, check.tries = _hash(check.key, code), 0
    check.expires_at = timezone.now() + GOOD_FOR
    if not _send(check, code):
        return False
    check.save(update_fields=["code_hash", "tries", "expires_at"])
    return True


def confirm(key: UUID, code: str) -> AddressCheck:
    """Confirm an address with the code that was sent there.

    Raises CodeRefused for a wrong or late code, and after five tries. Confirming twice is no
    error: a double tap must not lose what was sent.
    """
    check = AddressCheck.objects.filter(pk=key).first()
    if check is None or check.expires_at < timezone.now():
        raise CodeRefused(_("This code is too old. Ask for a new one; nothing you wrote is lost."))
    if check.confirmed_at:
        return check
    if not AddressCheck.objects.filter(pk=key, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise CodeRefused(_("That was the fifth try. Ask for a new code; nothing is lost."))
    digits = "".join(sign for sign in code if sign.isdecimal())
    if not hmac.compare_digest(check.code_hash, _hash(key, digits)):
        raise CodeRefused(_("This is not the code that we sent. Look at the newest mail."))
    check.confirmed_at = timezone.now()
    check.save(update_fields=["confirmed_at"])
    allowances.no_stranger(check.email)
    return check


def _hash(key: UUID, code: str) -> str:
    return salted_hmac("accounts.codes", f"{key}:{code}", algorithm="sha256").hexdigest()


def _send(check: AddressCheck, code: str) -> bool:
    if not allowances.stranger_may_mail(check.email):
        return False
    letters.write(
        "code",
        to=check.email,
        language=check.language,
        urgent=True,
        good_for=GOOD_FOR,
        code=code,
    )
    return True
