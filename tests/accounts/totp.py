"""What an app that shows codes would show."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_of_app(secret: str) -> str:
    """The six digits of this half minute."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
