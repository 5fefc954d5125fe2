"""Who runs the site and how to write to them, for every page."""

from django.conf import settings
from django.http import HttpRequest


def contact(request: HttpRequest) -> dict[str, str]:
    """Each value is "" where the operator has given none; a production site gives all."""
    return {
        "contact_email": settings.CONTACT_EMAIL,
        "operator_name": settings.OPERATOR_NAME,
        "operator_address": settings.OPERATOR_ADDRESS,
        "privacy_officer": settings.PRIVACY_OFFICER,
    }
