"""Share a lesson in three minutes: two questions, how it went, a tick; a code at the end."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override
from post_office.models import Email

from curation import lifecycle
from curation.models import Submission
from curation.proposing.manners import opened
from resources import shown
from resources.models import Resource
from resources.shelf import address, rows
from tests.curation.forms import FilledForm
from tests.curation.proposals import last_code
from tests.factories import make_keeper, make_language, make_reviewer, sign_in
from tests.library import make_lesson

pytestmark = pytest.mark.django_db

ADD = "/en/add/lesson/"
SHORT = {
    "description_en": "We moved our sessions to video and lost the people with one shared phone.",
    "name_en": "Put a phone-in number beside every video link.",
    "outcome": "did-not",
    "no_client_recognized": "on",
    "visibility": "named",
    "email": "worker@example.org",
}


@pytest.fixture(autouse=True)
def words():
    for code in ("en", "fr"):
        make_language(code)


def french():
    """The address of the same form in French."""
    with override("fr"):
        return reverse("add_lesson")


def typed(**changes):
    """The form, filled in with two fields and one choice."""
    given = {"go": "send", "screen": "2", "token": str(uuid4()), "opened_at": opened(60)}
    return {**given, "kind": "lesson", **SHORT, **changes}


def sent(client, **changes):
    """The lesson that somebody sent and whose code they typed."""
    answer = client.post(ADD, typed(**changes))
    client.post(answer.url, {"go": "code", "code": last_code()})
    return Resource.objects.get()


def test_two_fields_a_choice_and_a_tick_are_a_lesson_that_waits(client):
    lesson = sent(client)
    assert (lesson.review, lesson.kind, lesson.outcome, lesson.name_en, lesson.description_en) == (
        "submitted", "lesson", "did-not", SHORT["name_en"], SHORT["description_en"]
    )  # fmt: skip


def test_new_lesson_is_asked_for_in_the_readers_language_alone(client):
    page = client.get(french()).content.decode()
    assert ('name="name_fr"' in page, 'name="name_en"' in page) == (True, False)


def test_what_was_typed_in_the_other_language_stays_in_sight(client):
    page = client.post(french(), typed(go="language")).content.decode()
    assert SHORT["name_en"] in page


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("description_en", "Write what you tried, in a few words."),
        ("name_en", "Write what you would tell a colleague."),
        ("outcome", "Choose how it went."),
        (
            "no_client_recognized",
            "Tick this. If somebody could be recognized, change the text first.",
        ),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, field, sentence):
    given = typed()
    del given[field]
    page = client.post(ADD, given)
    problems = [(each.field, str(each.words)) for each in page.context["problems"]]
    assert (page.status_code, problems) == (422, [(f"id_{field}", sentence)])


def test_questions_keep_their_words_beside_what_is_missing(client):
    page = client.post(ADD, typed(name_en="", description_en=""))
    labels = [str(each.label) for each in page.context["problems"]]
    assert labels == ["What did you try?", "What would you tell a colleague?"]


def test_edit_of_a_lesson_from_its_own_form_is_an_edit(client):
    """The form of a lesson does not ask what it is; without that it is a lesson all the same."""
    edit = reverse("entry_edit", args=[make_lesson().pk])
    form = FilledForm(client.get(edit).content.decode())
    page = client.post(edit, form.data | {"name_en": "Ring them up.", "go": "on"})
    assert [row.after for row in page.context["differences"]] == [["Ring them up."]]


def test_headline_is_at_most_280_characters(client):
    page = client.post(ADD, typed(name_en="x" * 281))
    assert (page.status_code, Resource.objects.count()) == (422, 0)


def test_lesson_that_did_not_work_is_thanked_for(client):
    sent(client)
    thanks = Email.objects.filter(to="worker@example.org").latest("pk").message
    assert "it spares colleagues the same road" in " ".join(thanks.split())


def test_published_lesson_is_a_short_note_until_somebody_completes_it(client):
    lesson = sent(client)
    lifecycle.take(lesson, "publish", by=make_reviewer())
    page = client.get(address(rows([lesson.pk]).get())).content.decode()
    assert (SHORT["name_en"] in page, "Short note" in page) == (True, True)


def test_completed_lesson_is_no_short_note(client):
    from resources.editing import STORED
    from tests.factories import make_tag

    make_tag("hybrid-services")
    lesson = sent(client)
    STORED.write(
        lesson,
        {"topics": ["hybrid-services"], "happened_en": "Half came by phone.",
         "place_size": "rural", "agency_size": "under-10", "formats": ["phone-ok"],
         "not_reached_unknown": True, "method": "observation"},
    )  # fmt: skip
    lifecycle.take(lesson, "publish", by=make_reviewer())
    assert shown.is_full(rows([lesson.pk]).get())


def test_sender_may_take_it_back_when_it_is_public(client):
    lesson = sent(client)
    lifecycle.take(lesson, "publish", by=make_reviewer())
    token = Submission.objects.get(entry=lesson).token
    client.post(f"/en/add/sent/{token}/", {"go": "take-back"})
    assert Resource.objects.get().review == "withdrawn"


def test_sender_may_hide_who_it_was_when_it_is_public(client):
    lesson = sent(client, organization="Harbour Agency", visibility="agency", screen="3")
    lifecycle.take(lesson, "publish", by=make_reviewer())
    page = f"/en/add/sent/{Submission.objects.get(entry=lesson).token}/"

    def looks():
        public = client.get(address(Resource.objects.get())).content.decode()
        offered = 'value="hide"' in client.get(page).content.decode()
        return offered, "Harbour Agency" in public

    before = looks()
    client.post(page, {"go": "hide"})
    assert (before, looks()) == ((True, True), (False, False))


def test_nobody_hides_a_lesson_that_waits(client):
    lesson = sent(client, organization="Harbour Agency", visibility="agency", screen="3")
    client.post(f"/en/add/sent/{Submission.objects.get(entry=lesson).token}/", {"go": "hide"})
    assert Resource.objects.get().visibility == "agency"


def test_funders_words_are_said_by_reviewers_alone(client):
    lesson = make_lesson()
    page = reverse("entry_edit", args=[lesson.pk])
    seen = []
    for person in (make_keeper(lesson), make_reviewer()):
        sign_in(client, person)
        seen.append('name="impact"' in client.get(page).content.decode())
    assert seen == [False, True]
