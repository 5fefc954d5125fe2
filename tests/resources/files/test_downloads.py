"""A file is saved, never shown; what waits is there for those who may see it only."""

import pytest
from django.urls import reverse

from resources import shelf
from resources.files.views import disposition
from resources.models import Resource
from tests.factories import make_keeper, make_person, make_reviewer, sign_in
from tests.resources.files import made
from tests.resources.files.lessons import sent, with_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def address(upload):
    return reverse("file_download", args=[upload.key, upload.name])


def test_download_is_saved_as_what_it_is(client):
    upload = sent("Plan d’été.pdf", made.pdf())
    with_lesson(upload)

    answer = client.get(address(upload))

    assert b"".join(answer.streaming_content) == upload.file.read()
    wanted = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Plan d__t_.pdf"; '
        "filename*=UTF-8''Plan%20d%E2%80%99%C3%A9t%C3%A9.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
        "Content-Length": str(upload.size),
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "Cookie" not in answer.get("Vary", "")


def test_head_gives_the_same_without_the_file(client):
    upload = sent()
    with_lesson(upload)

    answer = client.head(address(upload))

    assert (answer.status_code, answer["Content-Length"]) == (200, str(upload.size))
    assert answer.getvalue() == b""


def test_file_that_a_reader_has_already_is_not_sent_again(client):
    upload = sent()
    with_lesson(upload)

    answer = client.get(address(upload), headers={"If-None-Match": f'"{upload.sha256}"'})

    assert answer.status_code == 304


@pytest.mark.parametrize("review", ["submitted", "rejected", "withdrawn"])
def test_file_of_what_is_not_public_is_nowhere_for_others(client, review):
    upload = sent()
    with_lesson(upload, review)
    as_stranger = client.get(address(upload)).status_code
    sign_in(client, make_person())

    assert (as_stranger, client.get(address(upload)).status_code) == (404, 404)


def test_file_of_nothing_is_nowhere(client):
    assert client.get(address(sent())).status_code == 404


def test_other_name_leads_nowhere(client):
    upload = sent()
    with_lesson(upload)

    assert client.get(reverse("file_download", args=[upload.key, "b.exe"])).status_code == 404


def test_reviewer_sees_a_waiting_file_after_the_second_step(client):
    upload = sent()
    with_lesson(upload, "submitted")
    reviewer = make_reviewer()
    sign_in(client, reviewer, second_step=False)
    before = client.get(address(upload)).status_code
    sign_in(client, reviewer)

    after = client.get(address(upload))

    assert (before, after.status_code) == (404, 200)
    assert after["Cache-Control"] == "private, no-store"


def test_keeper_sees_a_waiting_file(client):
    upload = sent()
    own = with_lesson(upload, "submitted")
    sign_in(client, make_keeper(own), second_step=False)

    assert client.get(address(upload)).status_code == 200


def test_file_that_is_gone_from_the_disk_is_not_found(client):
    upload = sent()
    with_lesson(upload)
    upload.file.storage.delete(upload.file.name)

    assert client.get(address(upload)).status_code == 404


@pytest.mark.once
def test_name_cannot_end_its_header():
    assert disposition('a";\\b.pdf') == (
        "attachment; filename=\"a_;_b.pdf\"; filename*=UTF-8''a%22%3B%5Cb.pdf"
    )


def test_file_of_a_lesson_that_hides_somebody_loses_the_name_that_its_author_gave_it(client):
    upload = sent("Notes of Smooth Rock Falls.pdf", made.pdf())
    lesson = with_lesson(upload)
    Resource.objects.filter(pk=lesson.pk).update(visibility="hidden")

    page = client.get(shelf.address(Resource.objects.get(pk=lesson.pk))).content.decode()
    neutral = reverse("file_download", args=[upload.key, "1.pdf"])

    assert ("Smooth Rock Falls" in page, neutral in page) == (False, True)
    assert 'filename="1.pdf"' in client.get(neutral)["Content-Disposition"]
    assert client.get(address(upload)).status_code == 404
