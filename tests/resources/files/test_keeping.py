"""Only cleaned files are kept, and those that are part of nothing go after eight days."""

import datetime as dt
import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts import allowances
from curation.models import Change, Draft
from resources.files.keeping import forget_orphans
from resources.files.receiving import OF_A_CONNECTION, receive
from resources.files.refusals import Refused
from resources.models import Upload
from tests.library import make_lesson
from tests.resources.files import made
from tests.resources.files.lessons import sent, with_lesson

pytestmark = pytest.mark.django_db

NINE_DAYS = dt.timedelta(days=9)


def received(*files, data=None):
    """What becomes of files that come with a form."""
    sent_files = [SimpleUploadedFile(name, content) for name, content in files]
    request = RequestFactory().post("/", {"materials_files": sent_files})
    return receive(request, MultiValueDict(data or {}))


def test_file_is_kept_cleaned_under_its_key(kept):
    upload = sent("a.pdf", made.named_pdf())
    content = upload.file.read()

    assert kept() == [f"{upload.key}.pdf"]
    assert (upload.size, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert made.PLANTED.encode() not in content


def test_nothing_is_kept_of_a_file_that_is_refused(kept):
    with pytest.raises(Refused):
        sent("a.pdf", made.opening(S="/Launch", F="a.exe"))

    assert (kept(), Upload.objects.count()) == ([], 0)


def test_form_gets_the_keys_of_what_is_kept_and_sentences_for_the_rest(folder):
    files = [("a.png", made.png()), ("b.svg", b"<svg/>"), ("c.jpg", made.jpg())]

    data, said = received(*files, data={"name": ["Two phones"]})

    keys = {upload.name: f"file:{upload.pk}" for upload in Upload.objects.all()}
    assert data.getlist("materials_kept") == [keys["a.png"], keys["c.jpg"]]
    assert data["name"] == "Two phones"
    assert [line[:20] for line in said["materials"]] == ["“b.svg”: We take PDF"]


def test_one_connection_sends_so_many_files_a_day(kept):
    for _ in range(OF_A_CONNECTION):
        allowances.use("files, connection", "127.0.0.1", limit=OF_A_CONNECTION)

    data, said = received(("a.png", made.png()))

    assert (kept(), "materials_kept" in data) == ([], False)
    assert said["materials"] == [
        "“a.png”: Many files have come from your connection today. Please go on tomorrow."
    ]


def test_file_of_nothing_goes_after_eight_days(kept, django_capture_on_commit_callbacks):
    orphan, part = sent(), sent()
    with_lesson(part)
    later = timezone.now() + NINE_DAYS

    with django_capture_on_commit_callbacks(execute=True):
        early = forget_orphans(timezone.now() + dt.timedelta(days=7))
        late = forget_orphans(later)

    assert (early, late, kept()) == (0, 1, [f"{part.key}.png"])
    assert not Upload.objects.filter(pk=orphan.pk).exists()


def test_file_that_a_waiting_edit_or_a_draft_names_stays(kept):
    edited, drafted = sent(), sent()
    patch = {"materials": [[], [f"file:{edited.pk} Map"]]}
    Change.objects.create(entry=make_lesson(), patch=patch, base=1)
    data = {"materials_kept": [f"file:{drafted.pk}"]}
    Draft.objects.create(purpose="propose", shelf="resource", data=data)

    assert forget_orphans(timezone.now() + NINE_DAYS) == 0
    assert len(kept()) == 2


def test_file_too_large_for_the_form_is_refused_in_a_sentence(client, folder):
    """Through the site's own way of receiving files: what is typed beside it arrives."""
    big = SimpleUploadedFile("film.pdf", b"%PDF-" + b"0" * 8_000_000)
    request = RequestFactory().post("/", {"name": "Two phones", "materials_files": [big]})

    arrived = request.FILES["materials_files"]
    data, said = receive(request, request.POST)

    assert (arrived.size, arrived.read(), data["name"]) == (8_000_005, b"", "Two phones")
    assert said["materials"] == [
        "“film.pdf”: This file is larger than 5 megabytes. Make its pictures smaller, or put it "
        "on a website and add a link."
    ]


def test_small_file_arrives_whole():
    small = io.BytesIO(bytes(range(256)) * 9000)
    small.name = "a.bin"

    request = RequestFactory().post("/", {"file": small})

    assert request.FILES["file"].read() == small.getvalue()
