"""Collections: what to read first, in order, groups and lessons alike."""

from uuid import uuid4

import pytest
from django.urls import reverse

from curation import lifecycle, shelves
from resources.collecting import browse
from resources.collecting.items import NOT_PUBLIC
from resources.collecting.near import near
from resources.models import Collection
from search import index
from tests.curation.proposals import as_typed, opened
from tests.factories import make_listing, make_person, make_reviewer, reindex
from tests.library import make_answer, make_collection, make_guide, make_lesson

pytestmark = pytest.mark.django_db

shelf = shelves.named("collection")


def typed(*rows, **more):
    """What a browser sends: four boxes a row."""
    boxes = [str(box) for row in rows for box in (*row, "", "", "")[:4]]
    return {"name_en": "First steps", "one_line_en": "For new colleagues.", "items": boxes, **more}


def checked(*rows, before=None, **more):
    form = shelf.form(as_typed(typed(*rows, **more)), before)
    form.is_valid()
    return form


def pages_of(form):
    return [row["page"] for row in form.values()["items"]]


def names(collection):
    return [str(each.name) for each in browse.items(collection)]


# The form ----------------------------------------------------------------------------------------


def test_pages_are_named_by_address_or_name_and_stand_in_the_order_of_their_numbers():
    lesson, guide, group = make_lesson("Ring first"), make_guide(), make_listing()
    address = "https://cop.example" + shelves.of(group).address(group)
    form = checked(
        (1, lesson.name_en, "It is short"), (2, guide.name_en, "Numbers"), (1, address, "Ask there")
    )
    assert form.errors == {}
    assert pages_of(form) == [group.pk, lesson.pk, guide.pk]


def test_a_page_moves_down_by_a_larger_number_and_out_by_an_empty_line():
    rows = [make_lesson("One"), make_lesson("Two"), make_lesson("Three"), make_lesson("Four")]
    collection = make_collection(*rows)
    one, two, three, four = (row.pk for row in rows)
    form = checked((3, one, "a"), (2, two, "b"), (3, three, ""), (4, four, "d"), before=collection)
    assert pages_of(form) == [two, one, four]


REFUSED = {
    "nothing but why": ((1, "", "Because"), "Name the page, or empty the row to take it out."),
    "no why": (
        (1, "Ring first", ""),
        "Say in one line why “Ring first” is there, or empty the row.",
    ),
    "unknown": ((1, "No such page", "x"), "We have no page called “No such page”."),
    "not public": ((1, "Waiting", "x"), "We have no page called “Waiting”."),
    "an answer": ((1, "Seniors prefer it", "x"), "Choose groups, lessons and guides."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_cannot_be_kept_is_refused_with_a_sentence(case):
    make_answer(make_lesson("Ring first"))
    make_lesson("Waiting", review="submitted")
    row, words = REFUSED[case]
    assert checked(row).errors["items"][0].startswith(f"Row 1: {words}")


def test_all_rows_are_judged_at_once_and_each_sentence_names_its_row():
    lesson = make_lesson("Ring people first")
    make_lesson("Twice"), make_guide("Twice")
    form = checked(
        (1, "Ring people frst", "Short"), (2, lesson.name_en, ""), (3, "Twice", "x"),
        (4, "qwxz", "é" * 201), (5, "", "Left over"),
    )  # fmt: skip
    assert form.errors["items"] == [
        "Row 1: We have no page called “Ring people frst”. Choose one of those in this row, or "
        "paste the address.",
        "Row 2: Say in one line why “Ring people first” is there, or empty the row.",
        "Row 3: Several pages are called “Twice”. Choose the right one in this row.",
        "Row 4: We have no page called “qwxz”. Paste its address here.",
        "Row 4: This is 201 characters long. Please say it in 200.",
        "Row 5: Name the page, or empty the row to take it out.",
    ]


def test_page_given_by_its_address_is_shown_by_its_name():
    lesson, twin = make_lesson("Ring first"), make_lesson("Twice")
    make_guide("Twice")
    alone, shared = (shelves.of(row).address(row) for row in (lesson, twin))
    form = checked((1, "qwxz", "x"), (2, alone, "x"), (3, shared, "x"))
    _wrong, first, second = form["items"].value()
    assert (first["page"], first.get("name")) == ("Ring first", None)
    assert (second["page"], second["name"]) == (shared, "Twice")
    assert f'value="{shared}" autocomplete="off"><b>Twice</b>' in str(form["items"])


def test_a_number_of_an_entry_that_was_not_in_it_tells_nothing_of_that_entry():
    secret = make_lesson("Nobody may read this", review="submitted")
    form = checked((1, secret.pk, "x"))
    assert form.errors["items"][0].startswith(f"Row 1: We have no page called “{secret.pk}”.")
    assert "Nobody may read this" not in str(form["items"])


def test_name_of_no_page_offers_those_that_are_near_and_the_chosen_one_is_taken():
    lesson, guide, group = make_lesson("Ring people first"), make_guide(), make_listing("Circle")
    make_lesson("Ring people at first", review="submitted")
    form = checked((1, "Ring the people frst", "Short"), (2, guide.name_en, "Numbers"))
    first, second = form["items"].value()[:2]
    address = shelves.of(lesson).address(lesson)
    assert [(each.name.plain, each.kind, each.url) for each in first["near"]] == [
        ("Ring people first", "Lesson", address)
    ]
    assert (first["page"], first["en"], second["near"]) == ("Ring the people frst", "Short", [])
    assert f'name="items-1" value="{address}"' in str(form["items"])
    rows = (1, "Ring the people frst", "Short"), (2, group.name_en, "Ask there")
    assert pages_of(checked(*rows, **{"items-1": address})) == [lesson.pk, group.pk]


def test_page_called_as_another_is_chosen_and_words_find_what_is_about_them():
    same = [make_lesson("Ring first"), make_guide("Ring first")]
    make_answer(same[0])
    assert {each.kind for each in near("Ring first")} == {"Lesson", "Report"}
    reindex()
    assert [each.name.plain for each in near("sessions by video, one phone")] == ["Ring first"]
    assert (near("https://cop.example/en/library/1-x/"), near("?!")) == ([], [])


def test_twenty_one_pages_or_one_are_refused():
    pages = [make_lesson(f"Lesson {number}") for number in range(21)]
    many = checked(*((n, page.name_en, "x") for n, page in enumerate(pages, start=1)))
    assert many.errors["items"] == ["Name at most 20."]
    assert checked((1, "Lesson 1", "x")).errors["items"] == ["Name at least two pages."]


def test_anybody_suggests_a_collection_and_a_reviewer_publishes_it(client):
    first, second = make_lesson("Ring first"), make_listing()
    client.force_login(make_person())
    rows = ((1, first.name_en, "Short"), (2, second.name_en, "Ask there"))
    more = {"go": "send", "screen": "1", "token": str(uuid4()), "opened_at": opened(60)}
    client.post(reverse("add_collection"), typed(*rows, **more))
    collection = Collection.objects.get()
    assert (collection.review, names(collection)) == (
        "submitted", ["Ring first", second.name_en],
    )  # fmt: skip
    lifecycle.take(collection, "publish", by=make_reviewer())
    assert [row.label.plain for row in browse.collections()] == ["First steps"]


# The pages ---------------------------------------------------------------------------------------


def test_what_is_not_public_is_not_shown_and_comes_back_with_its_place():
    rows = [make_lesson("One"), make_listing("Two"), make_guide("Three")]
    collection, reviewer = make_collection(*rows), make_reviewer()
    lifecycle.take(rows[1], "withdraw", by=reviewer, note="They asked.")
    assert names(collection) == ["One", "Three"]
    assert [row.count for row in browse.collections()] == [2]
    lines = shelf.words("items", shelf.values(collection)["items"])
    assert lines == ["1. One: Why 1", f"2. {NOT_PUBLIC}: Why 2", "3. Three: Why 3"]
    assert "Two" not in str(shelf.form({}, collection)["items"])
    kept = checked((1, rows[0].pk, "a"), (2, rows[1].pk, "b"), before=collection)
    assert pages_of(kept) == [rows[0].pk, rows[1].pk]
    lifecycle.take(rows[1], "reopen", by=None, role="sender")
    lifecycle.take(rows[1], "publish", by=reviewer)
    assert names(collection) == ["One", "Two", "Three"]


def test_the_page_names_what_each_thing_is_and_why_it_is_there(client):
    collection = make_collection(make_lesson("One"), make_listing("Two"))
    page = client.get(shelf.address(collection))
    shown = [(each.kind, str(each.why)) for each in page.context["items"]]
    assert shown == [("Lesson", "Why 1"), ("Community of practice", "Why 2")]
    assert page.cookies == {}


def test_an_old_title_leads_to_the_page_and_what_waits_has_none(client):
    pages = make_lesson("One"), make_lesson("Two")
    collection, waiting = make_collection(*pages), make_collection(*pages, review="submitted")
    moved = client.get(reverse("collection_page", args=[collection.pk, "old"]))
    assert (moved.status_code, moved.url) == (301, shelf.address(collection))
    assert client.get(shelf.address(waiting)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_and_a_page_ask_as_much_for_many_as_for_one(
    client, django_assert_num_queries, number
):
    pages = [make_lesson(f"Lesson {n}") for n in range(2 * number)]
    pages += [make_listing(f"Group {n}") for n in range(number)]
    found = [make_collection(*pages, name_en=f"Collection {n}") for n in range(number)]
    with django_assert_num_queries(1):
        client.get(reverse("collection_list"))
    with django_assert_num_queries(15):
        client.get(shelf.address(found[0]))


def test_a_collection_is_found_among_collections_alone():
    collection = make_collection(make_lesson("One"), make_listing("Two"))
    asked = {
        name: index.ask("hybrid service starting", within={"shelf": [name]}, limit=5).keys
        for name in ("collection", "resource", "listing")
    }
    assert asked["collection"] == [collection.pk]
    assert collection.pk not in asked["resource"] + asked["listing"]
