"""Who gets into the desk: reviewers with a second step; others to little of it; all to its log."""

import pytest
from django.test import Client
from django.urls import reverse

from cop_directory import urls as _registers_keys  # noqa: F401
from curation.desk import urls
from curation.models import Decision, Entry
from tests.curation.sent import make_entry, send_new
from tests.factories import (
    make_keeper,
    make_member,
    make_organization,
    make_person,
    make_reviewer,
    make_tag,
    sign_in,
)

pytestmark = pytest.mark.django_db

# The doors that are not for reviewers alone, and whom else they let in.
ALSO = {
    "entry_history": "keeper",
    "starting_list": "umbrella",
    "starting_answer": "umbrella",
    "starting_undo": "umbrella",
    "public_log": "everybody",
    "taken_off_object": "whoever has the link of a mail",
}
NAMES = [pattern.name for pattern in urls.urlpatterns]
OPEN = ("public_log", "taken_off_object")


@pytest.fixture
def keys():
    """The number that each address of the desk needs."""
    case, tag = send_new(), make_tag("housing")
    return {"case": case.pk, "entry": case.entry_id, "term": tag.pk}


def address(name, keys):
    if name in ("case_page", "case_take"):
        return reverse(name, args=[keys["case"]])
    if name == "taken_off_object":
        return reverse(name, args=["unsigned"])
    if name in ("entry_review", "entry_history", "entry_correct", "name_open"):
        return reverse(name, args=[keys["entry"]])
    if name == "entry_restore":
        return reverse(name, args=[keys["entry"], 1])
    return reverse(name, args=[keys["term"]] if name.startswith("term_") else [])


def address_of_terms(name):
    return name == "term_undo"


def statuses(client, name, keys):
    url = reverse(name) if address_of_terms(name) else address(name, keys)
    return {client.get(url).status_code, client.post(url).status_code}


def test_every_address_of_the_desk_is_walked():
    assert len(NAMES) == len(set(NAMES)) > 15
    assert set(ALSO) <= set(NAMES)


@pytest.mark.parametrize("name", [n for n in NAMES if n not in OPEN])
def test_stranger_is_led_to_sign_in_or_refused(keys, name):
    assert statuses(Client(), name, keys) <= {302, 405}


@pytest.mark.parametrize("name", [n for n in NAMES if n not in OPEN])
def test_person_without_the_right_is_refused(client, keys, name):
    sign_in(client, make_person())
    assert statuses(client, name, keys) <= {403, 405}


@pytest.mark.parametrize("name", [n for n in NAMES if n not in OPEN])
def test_reviewer_without_a_second_step_is_refused(client, keys, name):
    sign_in(client, make_reviewer(), second_step=False)
    assert statuses(client, name, keys) <= {403, 405}


@pytest.mark.parametrize("name", NAMES)
def test_refused_people_change_nothing(client, keys, name):
    before = (list(Entry.objects.values()), Decision.objects.count())
    sign_in(client, make_person())
    statuses(client, name, keys)
    assert (list(Entry.objects.values()), Decision.objects.count()) == before


@pytest.mark.parametrize("name", NAMES)
def test_reviewer_gets_in(client, keys, name):
    sign_in(client, make_reviewer())
    assert not statuses(client, name, keys) & {403, 500}


def test_keeper_reads_what_happened_to_their_page_only(client):
    mine, other = make_entry("Mine"), make_entry("Other")
    sign_in(client, make_keeper(mine), second_step=False)
    answers = [client.get(reverse("entry_history", args=[e.pk])).status_code for e in (mine, other)]
    assert answers == [200, 403]
    assert client.get(reverse("entry_history", args=[99999])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "province", "status"),
    [("umbrella", "ON", 200), ("umbrella", "", 403), ("agency", "ON", 403)],
)
def test_starting_list_opens_to_umbrella_organizations_with_a_province(
    client, kind, province, status
):
    organization = make_organization("OCASI", type=kind, province=province)
    sign_in(client, make_member("a@ocasi.example.org", organization), second_step=False)
    assert client.get(reverse("starting_list")).status_code == status


def test_public_log_sets_no_cookie_and_holds_no_form(client):
    answer = client.get(reverse("public_log"))
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "<form" not in answer.content.decode()
