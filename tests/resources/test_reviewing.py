"""Lessons and answers on the desk: their files, their own words, checks that fit them."""

import datetime as dt

import pytest
from django.urls import reverse

from curation import changes, hiding, shelves
from curation.changes import Sender
from curation.desk import case_sheet
from curation.models import Case, Entry
from resources.models import Material, Resource
from tests.curation.sent import case_of_edit, case_of_report
from tests.factories import make_member, make_organization, make_person, make_reviewer, sign_in
from tests.flows.reading import read
from tests.library import make_answer, make_guide, make_lesson
from tests.resources.files.lessons import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
TELLTALE = "Notes of Smooth Rock Falls.png"


@pytest.fixture
def ana(client):
    """A reviewer, signed in with a second step."""
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def page_of(client, case):
    return read(client.get(reverse("case_page", args=[case.pk])))


def entry_of(row):
    return Entry.objects.get(pk=row.pk)


def files_on(page):
    return [link for link in page.links if "/files/" in link]


def test_reviewer_opens_the_file_of_an_edit_that_waits_and_nobody_else_does(client, ana):
    upload = sent("Plan.png")
    case = case_of_edit(entry_of(make_lesson()), materials=[f"file:{upload.key} How we asked"])

    page = page_of(client, case)
    [address] = files_on(page)
    answer = client.get(address)

    assert "How we asked (PNG, " in page.text.replace("\xa0", " ")
    assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
    client.logout()
    as_stranger = client.get(address).status_code
    sign_in(client, make_person("sam@example.org"))
    assert (as_stranger, client.get(address).status_code) == (404, 404)


def test_file_of_whoever_is_hidden_is_opened_by_its_number_alone(client, ana):
    upload = sent(TELLTALE)
    lesson = make_lesson(visibility="hidden")
    Material.objects.create(resource=lesson, upload=upload)
    case = case_of_report(entry_of(lesson), "wrong")
    edit = case_of_edit(entry_of(lesson), materials=[f"file:{upload.key}", "https://example.org/"])

    pages = [page_of(client, each) for each in (case, edit)]
    history = client.get(reverse("entry_history", args=[lesson.pk]))

    neutral = reverse("file_download", args=[upload.key, "1.png"])
    assert [files_on(page) for page in pages] == [[neutral], [neutral]]
    assert not any("Smooth Rock" in page.html for page in (*pages, read(history)))
    assert client.get(neutral).status_code == 200


def test_form_of_a_hidden_lesson_names_its_files_once_the_name_is_open(client):
    lesson = make_lesson()
    Material.objects.create(resource=lesson, upload=sent(TELLTALE))
    form = reverse("entry_edit", args=[lesson.pk])
    pages = [client.get(form)]
    Resource.objects.filter(pk=lesson.pk).update(visibility="agency")
    pages.append(client.get(form))
    sign_in(client, ana := make_reviewer("ana@example.org"))
    pages.append(client.get(form))
    hiding.open_name(entry_of(lesson), by=ana)
    pages.append(client.get(form))

    found = ["Smooth Rock" in page.content.decode() for page in pages]
    assert found == [True, False, False, True]


@pytest.mark.parametrize(
    ("before", "wanted", "shown"),
    [("agency", "agency", True), ("agency", "hidden", False), ("hidden", "agency", False)],
)
def test_organization_is_covered_only_where_readers_will_not_see_it(
    client, ana, before, wanted, shown
):
    lesson = make_lesson(visibility=before)
    said = {"authors": "Ida Quill", "publisher": "Prairie Newcomer Circle"}
    said |= {"visibility": wanted} if wanted != before else {}
    case = case_of_edit(entry_of(lesson), sender=Sender(email="ida@example.com"), **said)

    page = page_of(client, case).text
    hiding.open_name(entry_of(lesson), by=ana)
    opened = page_of(client, case).text

    covered = ("Ida Quill", "ida@example.com")
    assert [each in page for each in covered] == [False, False]
    assert ("Prairie Newcomer Circle" in page) is shown
    assert all(each in opened for each in (*covered, "Prairie Newcomer Circle"))


def test_history_covers_the_people_alone_where_the_organization_is_public(client, ana):
    lesson = entry_of(make_lesson(visibility="agency", review="submitted"))
    said = {"authors": "Ida Quill", "publisher": "Prairie Newcomer Circle"}
    changes.amend(lesson, said, by=None, role="sender", version=lesson.version)
    page = client.get(reverse("entry_history", args=[lesson.pk])).content.decode()
    assert ("Ida Quill" in page, "Prairie Newcomer Circle" in page) == (False, True)


def test_what_a_reviewer_cannot_mend_is_not_offered_for_publication(client, ana):
    lesson = make_lesson(organization=make_organization("Harbour Agency"))
    agency = lesson.organization
    own, other = (
        make_answer(lesson, agency="", organization=each, review="submitted")
        for each in (agency, make_organization("Prairie Newcomer Circle"))
    )
    urls = [reverse("entry_review", args=[each.pk]) for each in (own, other)]
    pages = [client.get(url).content.decode() for url in urls]
    assert ['value="publish"' in page for page in pages] == [False, True]
    assert ["cannot be published as long" in page for page in pages] == [True, False]
    assert all('value="reject"' in page for page in pages)


def test_words_of_fields_are_those_of_a_lesson_or_of_a_guide():
    lesson, guide = entry_of(make_lesson()), entry_of(make_guide())
    shelf = shelves.of(lesson)
    names = ("description_en", "name_fr", "topics")
    assert [shelf.label(name, lesson) for name in names] == [
        "What was tried, in English",
        "Headline, in French",
        "Topics",
    ]
    assert [shelf.label(name, guide) for name in names] == [
        "Longer text, in English",
        "Title, in French",
        "Topics",
    ]
    assert shelf.words("visibility", "hidden") == ["No name at all"]
    answers = shelves.named("corroboration")
    assert answers.words("visibility", "agency") == ["Organization only"]


def test_report_about_an_answer_asks_for_no_one_who_looks_after_it(ana):
    case = case_of_report(entry_of(make_answer(make_lesson())), "wrong")
    assert case_sheet.of_case(case_sheet.found(case.pk), ana).checks == []


# A reviewer's own edit ------------------------------------------------------------------------


def test_reviewer_decides_at_once_on_an_edit_of_their_own(client, ana):
    case = case_of_edit(
        entry_of(make_lesson()), sender=Sender(by=ana), description_en="We rang them."
    )

    page = read(client.get(reverse("sent_page", args=[case.change.token])))

    assert reverse("case_page", args=[case.pk]) in page.links
    assert "within a week" not in page.text


def test_whoever_must_leave_it_to_another_is_not_led_there(client, ana):
    agency = make_organization("Harbour Agency")
    own = make_member("rae@example.org", agency, is_moderator=True)
    others = [
        case_of_edit(
            entry_of(make_lesson("A", organization=agency)),
            sender=Sender(by=own),
            description_en="We rang them.",
        ),
        case_of_edit(
            entry_of(make_lesson("B")),
            sender=Sender(by=make_person("sam@example.org")),
            description_en="We rang them.",
        ),
        case_of_edit(
            entry_of(make_guide("C", confirmed_on=dt.date(2026, 1, 2), confirmed_by="volunteer")),
            sender=Sender(by=ana),
            link="https://example.org/other",
        ),
    ]
    for case in others:
        sign_in(client, case.change.by)
        links = read(client.get(reverse("sent_page", args=[case.change.token]))).links
        assert reverse("case_page", args=[case.pk]) not in links
    assert Case.objects.waiting().count() == len(others)
