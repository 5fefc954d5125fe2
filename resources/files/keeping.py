"""Files are kept under a key of their own, and go when they have been part of nothing for long."""

import datetime as dt
import json
import re
from itertools import chain
from typing import BinaryIO
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from curation.models import Change, Decision, Draft
from curation.nights import Done, Hour, Step
from resources.files.checking import look_at
from resources.models import Upload

# A day more than a decision can be undone.
KEPT_FOR = dt.timedelta(days=8)
_KEY = re.compile(r"file:([0-9a-f-]{36})")


def take_in(name: str, content: BinaryIO, size: int) -> Upload:
    """Check a file, clean it, keep it. It is part of nothing yet, and nobody can fetch it.

    `size` counts bytes. Raises Refused; then nothing is kept.
    """
    checked = look_at(name, content, size)
    key = uuid4()
    return Upload.objects.create(
        key=key,
        name=checked.name,
        kind=checked.kind,
        size=checked.size,
        sha256=checked.sha256,
        file=ContentFile(checked.content, name=f"{key}.{checked.kind}"),
    )


def forget_orphans(now: dt.datetime) -> int:
    """Delete the files that have been part of nothing for eight days; how many they were.

    What an edit that waits, a draft, or a decision of these days names is not forgotten: the edit
    may be accepted, the draft sent, the decision undone.
    """
    old = Upload.objects.filter(uploaded_at__lt=now - KEPT_FOR, materials=None)
    named = _named(now) if old.exists() else set()
    number = 0
    for upload in old:
        if upload.pk not in named:
            number += _forget(upload)
    return number


def _forget(upload: Upload) -> int:
    """Delete a row unless somebody was faster and attached it; its file once that is certain."""
    file = upload.file
    gone, _rows = Upload.objects.filter(pk=upload.pk, materials=None).delete()
    if gone:
        transaction.on_commit(lambda: file.delete(save=False))
    return gone


def _named(now: dt.datetime) -> set[UUID]:
    """The keys that stand in what may still be taken over into a lesson."""
    waiting = Change.objects.filter(decided_at=None).values_list("patch")
    drafts = Draft.objects.values_list("data")
    decided = Decision.objects.filter(at__gte=now - KEPT_FOR).values_list("before", "after")
    found = chain(waiting.iterator(), drafts.iterator(), decided.iterator())
    return {UUID(key) for row in found for key in _KEY.findall(json.dumps(row)) if _is_key(key)}


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def orphans(now: dt.datetime, dry_run: bool) -> Done:
    """The step of the night."""
    return forget_orphans(now), "files that were part of nothing"


STEPS = (Step("files", Hour.FORGET, orphans),)
