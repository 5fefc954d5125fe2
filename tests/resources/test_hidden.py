"""Hidden means hidden: planted names of a lesson and of an answer are looked for everywhere."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from curation import changes, hiding, lifecycle, shelves
from curation.changes import Sender
from curation.models import Entry, Submission
from curation.shelves import Preview
from tests.curation.forms import FilledForm
from tests.factories import (
    make_keeper,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    make_tag,
    sign_in,
)
from tests.library import make_collection, make_guide, make_lesson

pytestmark = pytest.mark.django_db

# Of the lesson: its author, its agency and that in words, its sender. Of the answer: the same.
PLANTED = (
    "Quillavane", "Zephyrine", "ZNHX", "Ostrander", "umbral.example",
    "Marrowstone", "Tansybrook", "vellum.example",
)  # fmt: skip
NEVER = "Others will not see this."
BRENDA = "Our manager Brenda"
OF_AGENCY = (
    "“Zephyrine Newcomer House” is from the name of your organization. Write “our agency” instead."
)
OF_PERSON = "“Ms. Tremblay” names a person. Say what they do instead: “a colleague”, “our manager”."


@pytest.fixture
def agency():
    return make_organization("Zephyrine Newcomer House", acronym="ZNHX", province="PE")


def values_of_lesson(agency, visibility):
    form = shelves.named("resource").form(
        {
            "kind": "lesson",
            "name_en": "Ring everybody up on the day before",
            "description_en": "We rang them up.",
            "outcome": "did-not",
            "no_client_recognized": True,
            "authors": "Quillavane Moss",
            "organization": agency.pk,
            "publisher": "Ostrander House",
            "visibility": visibility,
        },
        None,
    )
    assert form.is_valid(), form.errors
    return form.values()


def values_of_answer(lesson, visibility):
    make_tag("seniors", facet="client-group")
    form = shelves.named("corroboration").form(
        {
            "lesson": lesson.pk,
            "verdict": "did-not",
            "clients": ["seniors"],
            "place_size": "remote",
            "format": "phone-ok",
            "province": "NU",
            "name_en": "Nobody answered.",
            "organization": make_organization("Marrowstone Centre").pk,
            "agency": "Tansybrook",
            "visibility": visibility,
        },
        None,
    )
    assert form.is_valid(), form.errors
    return form.values()


def sent(shelf, values, email):
    """What somebody sent, and afterwards had changed."""
    entry = changes.propose_new(
        shelf, values, sender=Sender(email=email), stance="run", token=uuid4()
    )
    more = {"name_fr": "Une phrase en français."}
    changes.amend(entry, more, by=None, role="sender", version=entry.version)
    return Entry.objects.get(pk=entry.pk)


@pytest.fixture
def make_both(agency):
    """A lesson and an answer to it, waiting or public, sent by strangers."""

    def make(of_lesson="hidden", of_answer="hidden", public=True):
        lesson = sent("resource", values_of_lesson(agency, of_lesson), "moss@umbral.example")
        lifecycle.take(lesson, "publish", by=None)
        values = values_of_answer(lesson, of_answer)
        answer = sent("corroboration", values, "fen@vellum.example")
        if public:
            lifecycle.take(answer, "publish", by=None)
        return lesson, answer

    return make


def pages_for_readers(lesson, answer):
    """Every address at which a reader may meet them."""
    collection = make_collection(lesson, make_lesson("Another"))
    yield shelves.of(lesson).address(lesson)
    yield shelves.of(collection).address(collection)
    for name in ("library_home", "collection_list", "public_log", "sitemap", "home"):
        yield reverse(name)
    for query in ("", "?q=Zephyrine", "?q=ring+everybody", "?province=PE", "?sort=newest"):
        yield reverse("resource_list") + query
    for entry in (lesson, answer):
        yield reverse("entry_edit", args=[entry.pk])
        yield reverse("report", args=[entry.pk])
    slug = shelves.of(lesson).address(lesson).rstrip("/").rpartition("/")[2].partition("-")[2]
    for ending in ("resource_bib", "resource_ris"):
        yield reverse(ending, args=[lesson.pk, slug])


def found_on(client, *addresses):
    """Which of the planted names stand on these pages, each with the first page that has it."""
    found = {}
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        text = page.content.decode().replace(f"q={PLANTED[1]}", "").replace(f"“{PLANTED[1]}”", "")
        text = text.replace(f'value="{PLANTED[1]}"', "")
        for name in PLANTED:
            if name in text:
                found.setdefault(name, address)
    return found


def offered(text):
    """Names that a form offers of our list of organizations say nothing of a lesson."""
    return text.partition("<datalist")[0]


def test_readers_meet_none_of_the_names(client, make_both):
    lesson, answer = make_both()
    pages = list(pages_for_readers(lesson, answer))
    forms = [reverse("entry_edit", args=[each.pk]) for each in (lesson, answer)]
    assert found_on(client, *(page for page in pages if page not in forms)) == {}
    texts = [offered(client.get(each).content.decode()) for each in forms]
    assert [name for name in PLANTED for text in texts if name in text] == []
    row = shelves.of(lesson).rows([lesson.pk]).get()
    document = str(shelves.of(lesson).document(row))
    assert [name for name in PLANTED if name in document] == []
    assert [name for name in ("PE", "NU", "remote") if f"'{name}'" in document] == []


def test_the_same_pages_show_the_names_of_whoever_does_not_hide(client, make_both):
    lesson, answer = make_both("named", "agency")
    found = found_on(client, shelves.of(lesson).address(lesson))
    assert {"Quillavane", "Zephyrine", "Marrowstone"} <= set(found)
    row = shelves.of(lesson).rows([lesson.pk]).get()
    assert "ZNHX" in str(shelves.of(lesson).document(row))


def test_a_stranger_who_breaks_the_form_is_shown_nothing_more(client, make_both):
    """What was seen is signed; whoever sends nonsense in its place gets what strangers get."""
    lesson, answer = make_both()
    of_lesson = {
        "description_en": "We rang.", "outcome": "worked", "no_client_recognized": "on",
        "visibility": "hidden", "review_on": "", "kind": "lesson",
    }  # fmt: skip
    of_answer = {
        "verdict": "worked", "clients": ["seniors"], "place_size": "rural", "format": "online",
        "visibility": "hidden", "organization": "Somebody else",
    }  # fmt: skip
    for entry, typed in ((lesson, of_lesson), (answer, of_answer)):
        where = reverse("entry_edit", args=[entry.pk])
        broken = {"screen": "1", "seen": "nonsense", "name_en": "Other", **typed}
        pages = {go: client.post(where, broken | {"go": go}) for go in ("on", "send", "back")}
        assert pages["on"].context["screen"] == 2
        texts = {go: offered(page.content.decode()) for go, page in pages.items()}
        assert [(go, name) for go in texts for name in PLANTED if name in texts[go]] == []


def test_a_stranger_may_still_correct_what_is_public_of_a_guide(client):
    guide = make_guide(authors="Quillavane Moss")
    page = FilledForm(client.get(reverse("entry_edit", args=[guide.pk])).content.decode())
    typed = page.data | {"authors": "Ana Moss", "go": "on"}
    page = client.post(reverse("entry_edit", args=[guide.pk]), typed)
    assert [(row.before, row.after) for row in page.context["differences"]] == [
        (["Quillavane Moss"], ["Ana Moss"])
    ]


def test_a_colleague_of_the_same_organization_meets_neither_lesson_nor_answer(make_both, agency):
    lesson, answer = make_both()
    browser = Client()
    sign_in(browser, make_member("carl@x.ca", agency, role="owner"))
    for where in (reverse("my_pages"), reverse("organization_account", args=[agency.pk])):
        text = browser.get(where).content.decode()
        assert (lesson.name_en in text, answer.name_en in text) == (False, False)
    assert browser.get(reverse("entry_history", args=[lesson.pk])).status_code == 403


def test_the_desk_holds_the_names_back_until_somebody_opens_them(make_both):
    lesson, answer = make_both(public=False)
    browser, reviewer = Client(), make_reviewer()
    sign_in(browser, reviewer)
    cases = [case.pk for case in answer.cases.all()]
    pages = [reverse("desk"), reverse("several_list"), reverse("happened")]
    pages += [reverse("case_page", args=[case]) for case in cases]
    for entry in (lesson, answer):
        pages += [
            reverse(each, args=[entry.pk])
            for each in ("entry_review", "entry_history", "entry_correct", "keepers")
            if each != "entry_correct" or entry is answer
        ]
    found = {}
    for page in pages:
        text = offered(browser.get(page).content.decode())
        found |= {name: page for name in PLANTED if name in text}
    assert found == {}
    hiding.open_name(answer, by=reviewer)
    opened = browser.get(reverse("entry_review", args=[answer.pk])).content.decode()
    assert [name for name in PLANTED if name in opened] == [
        "Marrowstone", "Tansybrook", "vellum.example",
    ]  # fmt: skip


# Before it is sent -------------------------------------------------------------------------------


def test_whoever_hides_sees_first_what_others_will_see(client, agency):
    client.force_login(make_person())
    typed = {
        "go": "send", "screen": "1", "token": str(uuid4()), "kind": "lesson",
        "name_en": "At Zephyrine Newcomer House, ring everybody up", "outcome": "did-not",
        "description_en": "Ms. Tremblay rang them up.", "no_client_recognized": "on",
        "organization": "ZNHX", "visibility": "hidden",
    }  # fmt: skip
    page = client.post(reverse("add_lesson"), typed)
    assert page.context["seen"].hints == [OF_AGENCY, OF_PERSON]
    text = page.content.decode()
    assert text.index("names a person") < text.index("not shown")
    assert not Submission.objects.exists()
    client.post(reverse("add_lesson"), typed | {"screen": "3"})
    assert Submission.objects.count() == 1


def test_the_context_of_a_hidden_answer_is_shown_as_it_will_be(agency):
    lesson = make_lesson()
    for number in range(4):
        make_organization(f"Agency {number}", province="NU")
    preview = shelves.named("corroboration").preview(values_of_answer(lesson, "hidden"), "")
    seen = dict(preview.lines)
    assert seen["Where"] == ["Prairies and northern territories (you wrote: Nunavut)"]
    assert seen["Size of place"] == ["not shown (you wrote: Remote)"]
    never = dict.fromkeys(("organization", "agency", "clients", "place_size", "format"), NEVER)
    assert preview.instead == never | {
        "province": "Others will see: Prairies and northern territories"
    }


def test_nobody_is_asked_to_look_whose_name_is_shown(agency):
    lesson = make_lesson()
    named = shelves.named("resource").preview(values_of_lesson(agency, "named"), "")
    by_agency = shelves.named("corroboration").preview(values_of_answer(lesson, "agency"), "")
    assert (named, by_agency) == (Preview(), Preview())


def told(page):
    """What a page says of each field that is changed: its label, and what others see instead."""
    return {row.label: row.instead for row in page.context["differences"]}


def test_whoever_changes_what_they_sent_without_a_name_looks_again(client, make_both):
    lesson, answer = make_both(public=False)
    for entry, typed, told_of in (
        (answer, {"province": "ON", "name_en": f"{BRENDA} left."}, "Province or territory"),
        (lesson, {"place_size": "rural", "name_en": f"{BRENDA} left."}, "Size of the place"),
    ):  # fmt: skip
        if entry is lesson:
            lifecycle.take(lesson, "withdraw", by=None, role="sender", note="A name is in it.")
        where = reverse("sent_change", args=[Submission.objects.get(entry=entry).token])
        form = FilledForm(client.get(where).content.decode()).data
        page = client.post(where, form | typed | {"go": "on"})
        assert page.context["seen"].hints == [OF_PERSON.replace("Ms. Tremblay", BRENDA)]
        assert told(page)[told_of] in (NEVER, "Others will see: Somewhere in Canada")
        text = page.content.decode()
        assert text.index("names a person") < text.index("not shown, only") < text.index("<ins>")


def test_keeper_who_hides_what_is_public_sees_what_others_will_see(client, agency):
    lesson = make_lesson(organization=agency, authors="Quillavane Moss", description_en="We rang.")
    keeper, where = make_keeper(lesson), reverse("entry_edit", args=[lesson.pk])
    sign_in(client, keeper)
    form = FilledForm(client.get(where).content.decode()).data
    typed = {"visibility": "hidden", "publisher": "ZNHX House", "authors": "Q. Moss", "go": "on"}
    page = client.post(where, form | typed)
    assert ("Your organization", ["An agency that does not give its name"]) in page.context[
        "seen"
    ].lines
    assert told(page) == {
        "Names that readers see": "", "Organization in words": NEVER, "Authors": NEVER,
    }  # fmt: skip


def test_stranger_who_edits_what_is_hidden_is_told_nothing_of_it(client, make_both):
    lesson, answer = make_both()
    for entry in (lesson, answer):
        where = reverse("entry_edit", args=[entry.pk])
        form = FilledForm(client.get(where).content.decode()).data
        page = client.post(where, form | {"name_en": "At Zephyrine and Marrowstone", "go": "on"})
        assert (page.context["screen"], bool(page.context["seen"])) == (2, False)


# How it is asked ---------------------------------------------------------------------------------


def test_form_of_a_lesson_says_at_once_that_names_may_stay_hidden(client):
    page = client.get(reverse("add_lesson"))
    text = page.content.decode()
    said = text.index("Your name and your organization can stay hidden")
    assert said < text.index("<textarea")
    assert [len(each.rows) for each in page.context["sections"] if not each.folded] == [4]


@pytest.mark.parametrize(("lang", "other"), [("en", "fr"), ("fr", "en")])
def test_change_begins_with_the_readers_language_and_folds_the_empty_other(client, lang, other):
    lesson = make_lesson(description_en="Rang", description_fr="Appelé", text_status_fr="human")
    with override(lang):
        page = client.get(reverse("entry_edit", args=[lesson.pk]))
    sections = page.context["sections"]
    both = [[each.name for each in row] for row in sections[0].rows]
    assert both[0] == [f"description_{lang}", f"description_{other}"]
    assert [row[0].name for row in sections[-1].rows if row[0].name.startswith("planned")] == [
        f"planned_{other}"
    ]
    assert [each.name for each in sections[1].rows[0]] == [f"planned_{lang}"]
    assert sections[-1].folded
