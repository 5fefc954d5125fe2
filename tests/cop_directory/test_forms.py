"""The form of a group: what it asks for, and what it refuses with a sentence."""

import pytest

from cop_directory.editing import STORED
from tests.cop_directory.filled import chat, cleaned, make_lists, typed, wrong
from tests.factories import make_listing, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


# What is required ---------------------------------------------------------------------------------


def test_short_list_is_all_that_a_new_group_needs():
    assert wrong(STORED.form(typed(), None)) == []


@pytest.mark.parametrize(
    ("missing", "asked_at"),
    [
        ("kind", "kind"),
        ("name_en", "name_en"),
        ("one_line_en", "one_line_en"),
        ("provinces", "provinces"),
        ("topics", "topics"),
        ("languages", "languages"),
        ("platform", "platform"),
        ("website", "website"),
    ],
)
def test_each_of_the_short_list_is_missed(missing, asked_at):
    assert wrong(STORED.form(typed(**{missing: None}), None)) == [asked_at]


def test_nothing_sent_is_told_everything_that_is_missing():
    form = STORED.form({"acronym": "HC"}, None)
    assert wrong(form) == sorted(
        "kind name_en one_line_en provinces topics languages platform website".split()
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"name_en": None, "name_fr": "Cercle du logement"},
        {"one_line_en": None, "one_line_fr": "On cherche des logements."},
        {"provinces": None, "scope": "national"},
        {"provinces": None, "scope": "international"},
        {"platform": "none"},
        {"website": None, "contact_email": "group@example.org"},
    ],
)
def test_either_way_is_enough(changes):
    assert wrong(STORED.form(typed(**changes), None)) == []


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"platform": "none"}, ["platform"]),
        ({"website": None}, ["website"]),
        ({"website": None, "other_way_en": "Write to the office."}, []),
        ({"website": None, "app_only": "on"}, []),
        ({"app_only": "on", "other_way_fr": "Au bureau."}, ["app_only"]),
    ],
)
def test_chat_group_has_an_app_and_a_way_in(changes, refused):
    assert wrong(chat(**changes)) == refused


def test_whoever_only_heard_of_a_chat_group_need_not_know_the_way_in():
    refused = {each: wrong(chat(website=None, stance=each)) for each in ("run", "asked", "tip")}
    assert refused == {"run": ["website"], "asked": ["website"], "tip": []}


@pytest.mark.parametrize("field", ["one_line_en", "description_fr", "name_fr"])
def test_telephone_number_does_not_become_public(field):
    form = STORED.form(typed(**{field: "Call 416-555-0199"}), None)
    assert wrong(form) == [field]


def test_sign_that_turns_what_follows_around_is_left_out():
    assert cleaned(one_line_en="pay\u202eload")["one_line_en"] == "payload"


def test_group_from_a_time_when_less_was_asked_can_be_edited_field_by_field():
    old = make_listing("Old Table", provinces=(), languages=())
    form = STORED.form({"name_fr": "Vieille table"}, old)
    assert (wrong(form), form.values()["name_fr"]) == ([], "Vieille table")


@pytest.mark.parametrize(
    ("name", "empty"), [("name_en", ""), ("provinces", []), ("languages", []), ("topics", [])]
)
def test_edit_may_not_empty_what_is_required(name, empty):
    group = make_listing("Full Table", tags=[make_tag("housing")], website="https://a.example/")
    assert wrong(STORED.form({name: empty}, group)) == [name]


# What is refused ----------------------------------------------------------------------------------

LINKS = [
    "mailto:group@example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.org/",
    "https://",
    "https://localhost/",
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://[broken/",
    "https://bank.example@evil.example/",
    "https://user:word@example.org/",
    "not a link",
    "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
    "chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
    "https://t.me/+AbCdEf",
    "https://t.me/joinchat/AbCdEf",
    "https://signal.group/#CjQ",
    "https://discord.gg/abc",
    "https://wa.me/19025551234",
    "https://example.org/" + "a" * 500,
    "https://example.org/\0",
]


@pytest.mark.parametrize("link", LINKS, ids=[link[:40].replace("\0", "0") for link in LINKS])
def test_link_that_may_not_be_public_is_refused(link):
    assert wrong(STORED.form(typed(website=link), None)) == ["website"]


def test_refused_invitation_says_where_invitations_belong():
    form = STORED.form(typed(website="https://t.me/+AbCdEf"), None)
    assert "on a page of its own" in form.errors["website"][0]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("example.org", "https://example.org"),
        ("http://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("https://t.me/housing_circle", "https://t.me/housing_circle"),
        ("https://exämple.org/é", "https://exämple.org/é"),
    ],
)
def test_public_link_is_kept(given, kept):
    assert cleaned(website=given)["website"] == kept


HOSTILE = {
    "nul": "a\0b",
    "half a character": "a\ud800b",
    "300,000 characters": "a" * 300_000,
    "invitation": "Join: chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "name", ["name_en", "one_line_fr", "description_en", "acronym", "place", "hosts", "words"]
)
def test_text_that_cannot_be_kept_is_refused_with_a_sentence(name, text):
    form = STORED.form(typed(**{name: text}), None)
    assert wrong(form) == [name]
    assert len(form.errors[name][0]) < 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "club"),
        ("provinces", ["XX"]),
        ("topics", ["dragons"]),
        ("languages", ["tlh"]),
        ("platform", "pigeon"),
        ("scope", "galaxy"),
        ("reading_along_ok", "perhaps"),
        ("minutes_per_month", "many"),
        ("minutes_per_month", "-1"),
        ("minutes_per_month", "9" * 5_000),
        ("established", "2999"),
        ("established", "1492"),
        ("contact_email", "somebody"),
        ("facilitator_paid", "x"),
        ("text_status_en", "divine"),
    ],
)
def test_value_outside_the_list_is_refused(name, value):
    assert wrong(STORED.form(typed(**{name: value}), None)) == [name]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"name_own": "دائرة"}, ["name_own_language"]),
        ({"name_own_language": "ar"}, ["name_own_language"]),
        ({"name_own": "دائرة", "name_own_language": "ar"}, []),
    ],
)
def test_own_name_comes_with_its_language(changes, refused):
    assert wrong(STORED.form(typed(**changes), None)) == refused


def test_day_of_closing_needs_a_group_that_closes():
    group = make_listing(activity="active")
    assert wrong(STORED.form({"closed_on": "2026-01-31"}, group)) == ["closed_on"]
    closing = {"closed_on": "2026-01-31", "activity": "closing"}
    assert wrong(STORED.form(closing, group)) == []
