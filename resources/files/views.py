"""A file is given out as what it is, to be saved: never shown within the site."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.second_factor import used_second_step
from curation import lifecycle
from resources.files.along import is_name_of
from resources.files.kinds import KINDS
from resources.models import Resource, Upload
from resources.shown import file_name

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def file_download(request: HttpRequest, key: UUID, name: str) -> FileResponse:
    """A file of something public; what waits is there for reviewers and for its keepers only."""
    upload = get_object_or_404(Upload, pk=key)
    public = Resource.objects.visible()
    rows = upload.materials.filter(resource__in=public).select_related("resource", "upload")
    names = {file_name(row) for row in rows}
    if name not in names and not (is_name_of(upload, name) and _may_see(request, upload)):
        raise Http404
    return _given_out(upload, name, is_public=name in names)


def _may_see(request: HttpRequest, upload: Upload) -> bool:
    """Whether somebody may see a file of what is not public."""
    person = request.user
    if not person.is_authenticated:
        return False
    with_it = Resource.objects.filter(materials__upload=upload)
    roles = {lifecycle.role_of(person, resource) for resource in with_it}
    if "reviewer" in roles or (not roles and person.reviews):  # it may be part of a waiting edit
        return used_second_step(request)
    return bool(roles - {None})


def _given_out(upload: Upload, name: str, *, is_public: bool) -> FileResponse:
    try:
        file = upload.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=KINDS[upload.kind].served_as, headers=HEADERS)
    response["Content-Disposition"] = disposition(name)
    response["Content-Length"] = str(upload.size)
    response["ETag"] = f'"{upload.sha256}"'
    # What is withdrawn must be gone: whoever has it asks each time whether it is still there.
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    return response


def disposition(name: str) -> str:
    """To be saved under this name; programs that know no other letters get plain ones."""
    plain = "".join(char if char.isascii() and char not in '"\\' else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
