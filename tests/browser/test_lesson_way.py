"""The whole way of a lesson, on a phone: shared, read, answered, completed with a file.

Three minutes for whoever shares it, also where the line is cut; no name for whoever hides it.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from playwright.sync_api import Error, Locator, Route, expect

from accounts.languages import day_in_words
from curation import hiding
from curation.models import Decision, Submission
from resources.models import Resource
from resources.shelf import address
from tests.browser.test_joining import as_person
from tests.browser.visitors import NARROW, PHONE, Visitor, in_each_way, leaving_nothing
from tests.curation.proposals import last_code
from tests.factories import make_reviewer
from tests.library import make_lesson
from tests.resources.files import hostile, made

REVIEWER = "looks@review.example"
WORKER = "shares@harbour.example"
TRIED = "We rang everybody up on the evening before."
HEADLINE = "Ring people up the evening before, and twice as many come."
AUTHOR, AGENCY = "Quillavane Moss", "Zephyrine Newcomer House"
OUTCOME = "did-not"
OTHERS, OTHER = "Marrowstone Centre", "tries@marrowstone.example"
WHY_SO = "Half of the numbers were out of service."
SAFE = {
    "content-disposition": "attachment; filename=\"handout.pdf\"; filename*=UTF-8''handout.pdf",
    "content-type": "application/pdf",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
}
CITATIONS_AWAY = (
    "document.querySelectorAll('.inprint, .inprint + details').forEach(x => x.remove())"
)
# All that a lesson needs, in the order of the page; then the code and its button.
TOUCHED = ["description", "name", "outcome", "no_client_recognized", "email", "go", "code", "go"]
IN_SIGHT = """form => [...new Set([...form.elements]
    .filter(each => each.name && each.type !== "hidden" && each.closest("main"))
    .filter(each => each.checkVisibility() && !each.closest(".hide"))
    .map(each => each.name))]"""


@pytest.fixture(autouse=True)
def _django_db_marker(site, django_db_blocker, settings, tmp_path):
    """In place of pytest-django's own: a transaction around the test would lock the server out."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    with django_db_blocker.unblock(), leaving_nothing():
        yield


@pytest.fixture
def visitor(reader, lang, script):
    """A new person with a phone of their own: a narrow one where it runs no script."""
    width = PHONE if script else NARROW
    return lambda: Visitor(reader(width=width, java_script_enabled=script), lang)


def one_way(lang: str, *, script: bool) -> Any:
    """A test that goes its way once: in this language, with script or without."""
    return pytest.mark.parametrize(("lang", "script"), [(lang, script)])


@pytest.fixture
def reviewer(visitor):
    """Somebody who signed in, with a second step, on this phone."""
    person = visitor()
    as_person(person.page, make_reviewer(REVIEWER, language=person.lang))
    return person


def write(person: Visitor, **more: str) -> None:
    """Answer the two questions, say how it went, tick the box."""
    lang = person.lang
    person.fill(**{f"description_{lang}": TRIED, f"name_{lang}": HEADLINE}, **more)
    person.page.check(f"[name=outcome][value={OUTCOME}]")
    person.page.check("[name=no_client_recognized]")


def written(person: Visitor) -> list[object]:
    """What stands in the form."""
    page, lang = person.page, person.lang
    texts = [page.input_value(f"[name={name}_{lang}]") for name in ("description", "name")]
    ticked = page.is_checked("[name=no_client_recognized]")
    return [*texts, page.input_value("[name=outcome]:checked"), ticked]


ALL = [TRIED, HEADLINE, OUTCOME, True]


def confirm(person: Visitor) -> None:
    """Type the code that went to the sender's address."""
    person.fill(code=last_code(WORKER))
    person.press("code")
    expect(person.page.locator(".steps .on")).to_have_count(1)


def shared() -> Resource:
    """The one lesson that was sent."""
    return Resource.objects.get(Q(name_en=HEADLINE) | Q(name_fr=HEADLINE))


def public(person: Visitor, lesson: Resource) -> str:
    with override(person.lang):
        return address(lesson)


# Three minutes ------------------------------------------------------------------------------------


@in_each_way
def test_lesson_is_shared_with_two_fields_one_choice_a_tick_and_an_address(visitor, lang, script):
    worker = visitor()
    worker.go(worker.at("add_lesson"))
    asked = worker.page.locator("#paper").evaluate(IN_SIGHT)
    write(worker, email=WORKER)
    worker.press("send")
    asked += worker.page.locator("main form").first.evaluate(IN_SIGHT)
    confirm(worker)
    assert [name.removesuffix(f"_{lang}") for name in asked] == TOUCHED
    lesson = shared()
    assert (lesson.review, lesson.outcome, lesson.visibility) == ("submitted", OUTCOME, "named")


# The line is cut ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "script"), [("fr", True), ("en", False)])
def test_lesson_whose_line_is_cut_is_whole_and_is_sent_once(visitor, lang, script):
    worker = visitor()
    page = worker.page
    worker.go(worker.at("add_lesson"))
    write(worker, email=WORKER)
    page.context.set_offline(True)
    press_in_vain(worker)
    page.context.set_offline(False)
    return_to_the_form(worker, script)
    assert written(worker) == ALL

    # Now the line is cut when it has arrived, and before the answer is back.
    page.route("**/*", answer_is_lost)
    press_in_vain(worker)
    page.unroute("**/*")
    return_to_the_form(worker, script)
    assert written(worker) == ALL
    worker.press("send")
    confirm(worker)
    assert Submission.objects.filter(entry=shared()).count() == 1


def test_whoever_hides_their_name_leaves_none_on_a_shared_computer(reader):
    writer = Visitor(reader(width=PHONE), "en")
    page = writer.page
    writer.go(writer.at("add_lesson"))
    write(writer, email=WORKER)
    kept = [WORKER in page.evaluate("JSON.stringify(localStorage)")]
    page.locator("details:has([name=visibility]) > summary").click()
    page.check("[name=visibility][value=hidden]")
    writer.fill(authors=WORKER)
    kept += [name in page.evaluate("JSON.stringify(localStorage)") for name in (WORKER, TRIED)]
    assert kept == [True, False, True]


def press_in_vain(person: Visitor) -> None:
    """Press "Send", and see the browser's own page that nothing came back."""
    with contextlib.suppress(Error):
        person.page.locator("main button[value=send]").click()
    person.page.wait_for_url("chrome-error://**")


def answer_is_lost(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort()


def return_to_the_form(person: Visitor, script: bool) -> None:
    """With script the draft is on the phone; without, there is the browser's button to go back."""
    if script:
        person.page.goto(person.at("add_lesson"))
    else:
        person.page.go_back()


# Nobody is named ----------------------------------------------------------------------------------


@one_way("fr", script=False)
def test_lesson_that_did_not_work_is_published_and_answered_without_a_name(visitor, lang, script):
    worker, reviewer, reader = visitor(), visitor(), visitor()
    make_reviewer(REVIEWER, language=lang)
    send_without_a_name(worker)
    publish_behind_the_name(reviewer)
    lesson = shared()
    reader.go(public(reader, lesson))
    expect(reader.page.locator("h1")).to_have_text(HEADLINE)
    expect(step(reader, 0)).to_have_attribute("aria-current", "step")
    assert told(reader) == []
    answer(reader, lesson)
    reviewer.open_waiting(WHY_SO)
    reviewer.says(HEADLINE)
    reviewer.decide("publish")
    reader.go(public(reader, lesson))
    expect(reader.page.locator("#too ~ ul li")).to_have_count(1)
    reader.says(WHY_SO)
    expect(step(reader, 1)).to_have_attribute("aria-current", "step")
    assert told(reader) == []


def step(reader: Visitor, number: int) -> Locator:
    """A step of "How sure is this?", from 0."""
    return reader.page.locator("aside .steps").first.locator("li").nth(number)


def told(reader: Visitor) -> list[str]:
    """What a page tells of who sent the lesson, and when. Its citation holds the day of reading."""
    source = reader.page.content()
    reader.page.evaluate(CITATIONS_AWAY)
    beside = reader.page.content()
    found = [words for words in (AUTHOR, AGENCY, WORKER) if words in source]
    return [*found, *(day for day in days(reader.lang) if day in beside)]


def days(lang: str) -> list[str]:
    """Today, as pages write it."""
    today = timezone.localdate()
    with override(lang):
        return [today.isoformat(), day_in_words(today), date_format(today, "F Y")]


def send_without_a_name(worker: Visitor) -> None:
    """They see what others will see; going back loses nothing; then they send it."""
    worker.go(worker.at("add_lesson"))
    write(worker)
    worker.page.locator("#paper summary").first.click()
    worker.page.check("[name=visibility][value=hidden]")
    worker.fill(authors=AUTHOR, organization=AGENCY, email=WORKER)
    worker.press("send")
    assert not Resource.objects.filter(name_fr=HEADLINE).exists()
    expect(worker.page.locator("main dd").first).to_be_visible()
    worker.press("back")
    assert written(worker) == ALL
    assert worker.page.input_value("[name=organization]") == AGENCY
    worker.press("send")
    worker.press("send")
    confirm(worker)


def publish_behind_the_name(reviewer: Visitor) -> None:
    """A reviewer meets no sender until they open the name, which is written down."""
    reviewer.go(reviewer.at("desk"))
    reviewer.sign_in(REVIEWER)
    reviewer.set_up_app(reviewer.at("desk"))
    reviewer.open_waiting(HEADLINE)
    reviewer.says(TRIED)
    waiting = reviewer.page.content()
    assert [words for words in (AUTHOR, AGENCY, WORKER) if words in waiting] == []
    lesson = shared()
    opens = reviewer.at("name_open", lesson.pk)
    reviewer.tap(reviewer.page.locator(f"form[action='{opens}'] button"))
    reviewer.says(AGENCY)
    assert Decision.objects.filter(entry=lesson.pk, verb=hiding.VERB).count() == 1
    reviewer.decide("publish")


def answer(other: Visitor, lesson: Resource) -> None:
    """Another agency says how it went there: four questions, and a code."""
    other.follow(f"{other.at('add_answer')}?lesson={lesson.pk}")
    other.page.check("[name=verdict][value=did-not]")
    other.page.select_option("[name=place_size]", "small-centre")
    other.fill(**{f"name_{other.lang}": WHY_SO}, organization=OTHERS, email=OTHER)
    other.press("send")
    other.fill(code=last_code(OTHER))
    other.press("code")
    expect(other.page.locator(".steps .on")).to_have_count(1)


# A file -------------------------------------------------------------------------------------------


@one_way("en", script=True)
def test_file_comes_with_an_edit_and_a_hostile_one_does_not(visitor, reviewer, lang, script):
    lesson = make_lesson(HEADLINE)
    stranger = visitor()
    page = stranger.page
    stranger.go(public(stranger, lesson))
    stranger.follow(stranger.at("entry_edit", lesson.pk))
    stranger.fill(happened_en="Half came by phone.")
    page.check("[name=not_reached_unknown]")
    attach(stranger, ("photo.png", hostile.SVG), ("handout.pdf", made.pdf()))
    stranger.press("on")
    expect(page.locator("#problems")).to_contain_text("photo.png")
    expect(page.locator("#id_materials_error")).to_contain_text("called .png but is something")
    expect(page.locator("[name=materials_kept]:checked")).to_have_count(1)
    assert page.input_value("[name=happened_en]") == "Half came by phone."
    stranger.press("on")
    expect(page.locator("main ins")).to_have_text(["Half came by phone.", "Yes", "handout.pdf"])
    stranger.fill(email=WORKER)
    stranger.press("send")
    confirm(stranger)
    stranger.go(public(stranger, lesson))
    expect(page.locator("a[href*=handout]")).to_have_count(0)

    reviewer.open_waiting(HEADLINE)
    reviewer.decide("publish-edit")
    stranger.go(public(stranger, lesson))
    given = page.context.request.get(page.get_attribute("a[href*=handout]", "href"))
    headers = {name: given.headers[name] for name in SAFE}
    assert (given.status, headers, given.body()[:5]) == (200, SAFE, b"%PDF-")


def attach(person: Visitor, *files: tuple[str, bytes]) -> None:
    """Open the drawer of files, and choose some."""
    box = person.page.locator("[name=materials_files]")
    person.page.locator("details:has([name=materials_files]) > summary").click()
    box.set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )


# Taken along --------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [0, 1])
def test_citation_and_text_are_copied_by_a_tap(reader, site, of):
    page = reader(width=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.goto(site.path("lesson", "en"))
    drawer = page.locator("details:has([data-copied])").nth(of)
    drawer.locator("summary").click()
    drawer.locator("[data-copied]").click()
    expect(drawer.locator("[data-copied]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == drawer.locator("pre").text_content()
