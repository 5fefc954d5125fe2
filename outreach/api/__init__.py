"""The read-only JSON API: public records only, and a refusal in words for what it cannot read."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError

from outreach.api import listings, resources, search
from outreach.api.asking import NotThere

api = NinjaAPI(
    title="CoP Directory",
    version="1",
    description="Communities of practice, Local Immigration Partnerships and chat groups of "
    "Canada's immigrant- and refugee-serving sector, and a library of lessons and guides. "
    "Read only. Our descriptions are CC BY 4.0.",
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(NotThere)
def not_there(request: HttpRequest, error: NotThere) -> Any:
    """404, with the name of the field that named nothing."""
    return api.create_response(
        request, {"detail": [{"field": error.field, "reason": error.reason}]}, status=404
    )


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> Any:
    """Say which field is wrong and why, as flat as it can be said."""
    detail = [{"field": str(e["loc"][-1]), "reason": e["msg"]} for e in error.errors]
    return api.create_response(request, {"detail": detail}, status=422)


api.add_router("", listings.router)
api.add_router("", resources.router)
api.add_router("", search.router)
