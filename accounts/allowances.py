"""At most so many a day: one function for every limit that must hold across all workers."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Allowance

STRANGER_MAILS = 3  # that strangers may cause to one address in a day


def key_of(what: str, whose: str) -> str:
    """A keyed hash of an address or a person: 64 hexadecimal digits."""
    return salted_hmac(f"allowance.{what}", whose.strip().lower(), algorithm="sha256").hexdigest()


def use(what: str, whose: str, *, limit: int) -> bool:
    """Use one of today's `limit`; False when none is left.

    One UPDATE with its condition inside, so that two workers never both take the last one.
    """
    row = _today(what, whose)
    Allowance.objects.get_or_create(**row)
    left = Allowance.objects.filter(**row, used__lt=limit)
    return left.update(used=F("used") + 1) == 1


def stranger_may_mail(address: str) -> bool:
    """Whether a stranger may cause one more mail to an address today; it is counted."""
    return use("stranger-mail", address, limit=STRANGER_MAILS)


def no_stranger(address: str) -> None:
    """Somebody has shown that an address is theirs: its mails of today were no stranger's."""
    Allowance.objects.filter(**_today("stranger-mail", address)).delete()


def used(what: str, whose: str) -> int:
    """How many of today's have been used."""
    row = _today(what, whose)
    return Allowance.objects.filter(**row).values_list("used", flat=True).first() or 0


def _today(what: str, whose: str) -> dict[str, Any]:
    """What finds today's row."""
    return {"what": what, "key": key_of(what, whose), "day": timezone.localdate()}
