"""The address to which readers may write, for every page."""

from django.conf import settings
from django.http import HttpRequest


def contact(request: HttpRequest) -> dict[str, str]:
    """`contact_email`, or "" where the operator has given none."""
    return {"contact_email": settings.CONTACT_EMAIL}
