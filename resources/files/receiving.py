"""The files that come with a form: kept, or refused in a sentence that names the file."""

import io

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts import allowances
from curation.proposing.limits import connection_of
from resources.files.keeping import take_in
from resources.files.refusals import Refused, Why
from resources.models import Upload

# An agency's whole staff may come from one connection.
OF_A_CONNECTION = 60
FIELD = "materials"
Received = tuple[MultiValueDict, dict[str, list[str]]]


def receive(request: HttpRequest, data: MultiValueDict) -> Received:
    """Keep the files that came along, as `Shelf.receive` says: the data with their keys, and a
    sentence for each that is not taken, by the field that it came with."""
    data, said = data.copy(), []
    for sent in request.FILES.getlist(f"{FIELD}_files"):
        try:
            upload = _taken_in(request, sent)
        except Refused as refused:
            said.append(_("“%(name)s”: %(why)s") % {"name": (sent.name or "")[:60], "why": refused})
        else:
            data.appendlist(f"{FIELD}_kept", f"file:{upload.pk}")
    return data, {FIELD: said} if said else {}


def _taken_in(request: HttpRequest, sent: UploadedFile) -> Upload:
    """One file. It is counted before it is looked at, which is what costs us something."""
    connection = connection_of(request)
    if not allowances.use("files, connection", connection, limit=OF_A_CONNECTION):
        raise Refused(Why.MANY)
    return take_in(sent.name or "", io.BytesIO(sent.read()), sent.size or 0)
