"""We tried this too: an agency answers a lesson once, and its lesson becomes surer at once."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from curation import changes, lifecycle, shelves
from curation.changes import Invalid, Sender
from curation.models import Submission
from resources.answers import places
from resources.models import Corroboration
from search import index
from tests.curation import proposals
from tests.factories import make_member, make_organization, make_reviewer, make_tag, sign_in
from tests.library import make_answer, make_guide, make_lesson

pytestmark = pytest.mark.django_db


def typed(lesson, **more):
    return {
        "lesson": lesson.pk,
        "verdict": "worked",
        "clients": ["seniors"],
        "place_size": "small-centre",
        "format": "phone-ok",
        "name_en": "They all have a telephone.",
        "agency": "Prairie Newcomer Centre",
    } | more


def given(lesson, **more):
    """Cleaned values of an answer to a lesson."""
    make_tag("seniors", facet="client-group")
    form = shelves.named("corroboration").form(typed(lesson, **more), None)
    assert form.errors == {}
    return form.values()


def sent(lesson, **more):
    """An answer that somebody has sent, and the values that it holds."""
    return changes.propose_new(
        "corroboration",
        given(lesson, **more),
        sender=Sender(email="ana@x.ca"),
        stance="run",
        token=uuid4(),
    )


def refusals(lesson, **more):
    make_tag("seniors", facet="client-group")
    form = shelves.named("corroboration").form(typed(lesson, **more), None)
    return {name: [str(each) for each in words] for name, words in form.errors.items()}


def surely(*rungs):
    """How many public lessons stand on each of these steps."""
    counts = index.ask(within={"shelf": ["resource"]}, limit=1).counts["evidence"]
    return [counts.get(rung, 0) for rung in rungs]


# One an agency -----------------------------------------------------------------------------------


def test_an_answer_is_kept_with_its_lesson_its_day_and_the_place_of_its_agency():
    lesson = make_lesson()
    answer = Corroboration.objects.get(pk=sent(lesson).pk)
    assert (answer.lesson, answer.said_on, answer.agency_key, answer.review) == (
        lesson, timezone.localdate(), "prairie newcomer centre", "submitted",
    )  # fmt: skip


def test_a_second_answer_of_the_same_agency_is_refused_with_a_sentence():
    lesson = make_lesson()
    sent(lesson)
    again = refusals(lesson, agency="PRAIRIE  newcomer-centre")
    assert again == {"organization": [str(places.TWICE)]}
    assert refusals(lesson, agency="Another Centre") == {}
    assert refusals(make_lesson("Another lesson")) == {}


def test_nobody_learns_by_trying_names_that_a_hidden_agency_answered_or_wrote_the_lesson():
    lesson = make_lesson(publisher="Harbour Agency", visibility="hidden")
    make_answer(lesson, visibility="hidden", agency="Prairie Newcomer Centre")
    assert refusals(lesson, agency="Prairie Newcomer Centre") == {}
    assert refusals(lesson, agency="Harbour Agency") == {}


def test_a_second_answer_of_a_hidden_agency_cannot_become_public_as_well():
    lesson = make_lesson()
    make_answer(lesson, visibility="hidden")
    second = sent(lesson)
    assert Corroboration.objects.get(pk=second.pk).agency_key is None
    with pytest.raises(lifecycle.TurnRefused, match="spoken here already"):
        lifecycle.take(second, "publish", by=make_reviewer())


def test_the_agency_of_a_lesson_does_not_answer_itself():
    agency = make_organization()
    lesson = make_lesson(organization=agency)
    own = refusals(lesson, organization=agency.pk, agency="")
    assert own == {"organization": [str(places.OWN)]}


@pytest.mark.parametrize("verb", ["reject", "withdraw"])
def test_an_answer_that_is_gone_gives_its_place_back(verb):
    lesson = make_lesson()
    first = sent(lesson)
    lifecycle.take(first, verb, by=None, role="sender", note="It was a mistake.")
    second = sent(lesson)
    keys = dict(Corroboration.objects.values_list("pk", "agency_key"))
    assert keys == {first.pk: None, second.pk: "prairie newcomer centre"}


def test_two_colleagues_at_once_are_one_answer_and_one_sentence(client):
    """Both forms were checked before either was written."""
    lesson, person = make_lesson(), make_member("bo@x.ca", make_organization("Elsewhere"))
    client.force_login(person)
    values = given(lesson)
    sent(lesson)
    with pytest.raises(Invalid):
        changes.propose_new(
            "corroboration", values, sender=Sender(by=person), stance="run", token=uuid4()
        )
    page = client.post(f"/en/add/we-tried-this-too/?lesson={lesson.pk}", form_of(lesson))
    assert page.status_code == 422
    assert str(places.TWICE) in page.content.decode()
    assert Corroboration.objects.count() == 1


# The form ----------------------------------------------------------------------------------------


def form_of(lesson, **changes):
    make_tag("seniors", facet="client-group")
    answers = {"go": "send", "screen": "1", "token": str(uuid4()), "visibility": "agency"}
    answers |= {"opened_at": proposals.opened(60), "email": "worker@example.org"}
    whole = {**answers, **typed(lesson), "organization": "Prairie Newcomer Centre", **changes}
    return {name: value for name, value in whole.items() if name not in ("agency", "lesson")}


def test_a_stranger_answers_on_one_screen_and_proves_the_address_by_a_code(client):
    lesson = make_lesson()
    where = f"{reverse('add_answer')}?lesson={lesson.pk}"
    assert lesson.name_en in client.get(where).content.decode()
    asked = client.post(where, form_of(lesson))
    done = client.post(asked.url, {"go": "code", "code": proposals.last_code()})
    answer = Corroboration.objects.get()
    assert (answer.lesson, answer.agency, answer.name_en) == (
        lesson, "Prairie Newcomer Centre", "They all have a telephone.",
    )  # fmt: skip
    assert client.get(done.url).status_code == 200


def test_whoever_is_too_late_with_the_code_reads_why(client):
    lesson = make_lesson()
    asked = client.post(f"{reverse('add_answer')}?lesson={lesson.pk}", form_of(lesson))
    sent(lesson)
    late = client.post(asked.url, {"go": "code", "code": proposals.last_code()}, follow=True)
    assert str(places.TWICE) in late.content.decode()
    assert "They all have a telephone." in late.content.decode()
    assert Corroboration.objects.count() == 1


@pytest.mark.parametrize("which", ["guide", "waiting", "nothing", "٣", "9" * 40, ""])
def test_only_a_public_lesson_can_be_answered(client, which):
    keys = {"guide": make_guide().pk, "waiting": make_lesson(review="submitted").pk}
    key = keys.get(which, which)
    assert client.get(f"{reverse('add_answer')}?lesson={key}").status_code == 404


def test_what_the_ladder_needs_is_asked_for():
    nothing = {"verdict": "", "clients": [], "place_size": "unknown", "format": "", "name_en": ""}
    assert set(refusals(make_lesson(), **nothing, agency="…")) == {
        "verdict", "place_size", "name_en", "organization",
    }  # fmt: skip


def test_form_opens_with_what_is_needed_and_says_why_it_asks_who(client):
    page = client.get(f"{reverse('add_answer')}?lesson={make_lesson().pk}")
    open_ones = [each for each in page.context["sections"] if not each.folded]
    names = [[row[0].name for row in each.rows] for each in open_ones]
    assert names == [["verdict", "place_size", "name_en"], ["organization", "visibility"]]
    assert "each organization counts once" in str(open_ones[1].words)


def test_the_last_day_on_which_something_changed_is_the_day_it_was_said():
    answer = make_answer(make_lesson(), said_on=dt.date(2025, 1, 5))
    held = shelves.of(answer).values(answer)
    shelves.of(answer).write(answer, held)
    answer.refresh_from_db()
    assert answer.said_on == dt.date(2025, 1, 5)
    make_tag("women", facet="client-group")
    shelves.of(answer).write(answer, {**held, "clients": ["women"]})
    answer.refresh_from_db()
    assert answer.said_on == timezone.localdate()


# Its lesson --------------------------------------------------------------------------------------


def test_the_lesson_is_surer_while_an_answer_is_public_and_as_it_says():
    lesson = make_lesson(publisher="Harbour Agency")
    answer, reviewer = sent(lesson), make_reviewer()
    steps = ("practice-wisdom", "tried-elsewhere")
    assert surely(*steps) == [1, 0]
    lifecycle.take(answer, "publish", by=reviewer)
    assert surely(*steps) == [0, 1]
    could_not = {"verdict": "could-not-try"}
    changes.write(answer, could_not, by=reviewer, role="reviewer")
    assert surely(*steps) == [1, 0]
    changes.write(answer, {"verdict": "did-not"}, by=reviewer, role="reviewer")
    assert surely(*steps) == [0, 1]
    answer.refresh_from_db()
    lifecycle.take(answer, "withdraw", by=reviewer, note="They asked for it.")
    assert surely(*steps) == [1, 0]


def test_an_answer_is_found_as_its_lesson_and_has_no_page_or_document_of_its_own():
    answer = make_answer(make_lesson(), "Only Zanzibar explains it")
    assert [key for key, _document in shelves.documents()] == [answer.lesson_id]
    lesson = shelves.named("resource").address(answer.lesson)
    assert shelves.of(answer).address(answer) == f"{lesson}#answer-{answer.pk}"


def test_what_was_sent_leads_to_its_line_on_the_page_of_the_lesson(client):
    lesson = make_lesson()
    answer = sent(lesson)
    lifecycle.take(answer, "publish", by=make_reviewer())
    token = Submission.objects.get(entry=answer).token
    page = client.get(reverse("sent_page", args=[token])).content.decode()
    assert f'#answer-{answer.pk}"' in page
    lines = client.get(shelves.named("resource").address(lesson)).content.decode()
    assert f'id="answer-{answer.pk}"' in lines


def test_reviewers_of_the_same_organization_step_aside():
    agency = make_organization()
    answer = make_answer(make_lesson(), organization=agency, agency="", review="submitted")
    colleague = make_member("carl@x.ca", agency, is_moderator=True)
    assert lifecycle.role_of(colleague, answer) != "reviewer"
    assert lifecycle.role_of(make_reviewer(), answer) == "reviewer"


def test_the_desk_shows_which_lesson_is_answered():
    reviewer, browser = make_reviewer(), Client()
    sign_in(browser, reviewer)
    answer = sent(make_lesson("Ring them up first"))
    page = browser.get(reverse("entry_review", args=[answer.pk])).content.decode()
    assert "Ring them up first" in page


def test_lesson_that_others_have_answered_is_not_merged_away():
    answered, other = make_lesson(), make_lesson("Print the number large on the flyer")
    make_answer(answered)
    boss = make_reviewer("merging@example.org")
    with pytest.raises(lifecycle.TurnRefused, match="Merge the other one into this"):
        lifecycle.take(answered, "merge", by=boss, into=other)
    lifecycle.take(other, "merge", by=boss, into=answered)
    other.refresh_from_db()
    assert other.review == "merged"


def test_answer_of_the_agency_that_a_lesson_hides_does_not_become_public():
    lesson = make_lesson(publisher="Far North Welcome House", visibility="hidden")
    answer = make_answer(lesson, agency="Far North Welcome House", review="submitted")
    with pytest.raises(lifecycle.TurnRefused, match="spoken here already"):
        lifecycle.take(answer, "publish", by=make_reviewer("publishing@example.org"))
