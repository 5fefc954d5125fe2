"""How much one address and one connection may send in a day."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts import allowances

OF_AN_ADDRESS = 20
OF_AN_ACCOUNT = 100
# An agency's whole staff may come from one connection.
OF_A_CONNECTION = 60


def may_send(email: str, connection: str) -> bool:
    """Use one of today's sendings of this address and this connection; False when none is left."""
    return allowances.use("sent, address", email, limit=OF_AN_ADDRESS) and allowances.use(
        "sent, connection", connection, limit=OF_A_CONNECTION
    )


def may_send_signed_in(person: Any) -> bool:
    """Use one of today's sendings of somebody with an account; False when none is left."""
    return allowances.use("sent, account", str(person.pk), limit=OF_AN_ACCOUNT)


def connection_of(request: HttpRequest) -> str:
    """From where a request comes; behind a proxy what the proxy says."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""
