"""What is kept of a form that was not sent: for whom, and for nobody else."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import User
from curation.models import Draft, Entry
from curation.proposing import drafts
from curation.proposing.drafts import drafts_of
from tests.curation.forms import FilledForm
from tests.curation.proposals import ADD, FIRST, SECOND, make_lists, whole
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


@pytest.fixture
def person(client):
    """Somebody who is signed in."""
    user = User.objects.create_user("person@example.org")
    client.force_login(user)
    return user


def held(response):
    """What the form of a page holds."""
    return FilledForm(response.content.decode()).data


def test_nothing_is_kept_of_a_stranger_who_has_not_sent(client):
    client.post(ADD, whole(go="on"))
    client.post(ADD, whole(go="save"))
    assert Draft.objects.count() == 0


def test_form_is_kept_as_it_was_typed_right_or_wrong(client, person):
    client.post(ADD, whole(go="save", website="not a link", name_en="a\0b"))
    draft = drafts_of(person).get()
    assert (draft.data["website"], draft.data["name_en"]) == (["not a link"], ["ab"])
    page = held(client.get(f"{ADD}?draft={draft.token}"))
    assert (page["name_en"], page["website"], page["token"]) == (
        "ab",
        "not a link",
        str(draft.token),
    )


def test_saving_again_is_the_same_draft(client, person):
    token = str(uuid4())
    client.post(ADD, whole(go="save", token=token))
    client.post(ADD, whole(go="save", token=token, name_en="Another name"))
    assert drafts_of(person).get().data["name_en"] == ["Another name"]


def test_script_saves_without_a_page(client, person):
    answer = client.post(ADD, whole(go="save"), headers={"X-Quiet": "1"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_draft_of_somebody_else_stays_shut(client, person):
    other = User.objects.create_user("other@example.org")
    draft = Draft.objects.create(
        by=other, purpose="propose", shelf="listing", data={"name_en": ["Secret"]}
    )
    assert held(client.get(f"{ADD}?draft={draft.token}"))["name_en"] == ""
    client.post(ADD, whole(go="save", token=str(draft.token)))
    assert Draft.objects.get().data == {"name_en": ["Secret"]}


@pytest.mark.parametrize("token", ["", "x", "0" * 400, str(UUID(int=7))])
def test_odd_name_of_a_draft_is_an_empty_form(client, token):
    page = client.get(ADD, {"draft": token})
    assert (page.status_code, held(page)["name_en"]) == (200, "")


def test_sent_draft_is_gone(client, person):
    sent = whole(email=None)
    client.post(ADD, sent | {"go": "save"})
    client.post(ADD, sent)
    assert (Draft.objects.count(), Entry.objects.count()) == (0, 1)


def test_session_that_ended_loses_nothing(client, person):
    sent = whole(email="", account="1")
    client.logout()
    page = client.post(ADD, sent)
    assert (held(page)["website"], Entry.objects.count()) == (SECOND["website"], 0)
    draft = Draft.objects.get()
    assert (draft.by, f"draft%3D{draft.token}" in page.content.decode()) == (None, True)

    client.force_login(person)
    again = held(client.get(f"{ADD}?draft={draft.token}"))
    assert {name: again[name] for name in FIRST} == FIRST
    assert again["website"] == SECOND["website"]


def test_somebody_whose_session_ended_goes_on_without_an_account(client, person):
    sent = whole(email="", account="1")
    client.logout()
    page = held(client.post(ADD, sent))
    assert "account" not in page
    again = page | {"go": "send", "email": "worker@example.org", "opened_at": sent["opened_at"]}
    assert client.post(ADD, again).url == f"/en/add/confirm/{sent['token']}/"


def test_edit_is_kept_with_what_was_seen(client, person):
    group = make_listing(one_line_en="They meet.")
    where = f"/en/add/change/{group.pk}/"
    typed = held(client.get(where)) | {"go": "save", "one_line_en": "They talk."}
    client.post(where, typed)
    draft = drafts_of(person).get()
    assert (draft.purpose, draft.entry_id) == ("edit", group.pk)
    page = held(client.get(f"{where}?draft={draft.token}"))
    assert (page["one_line_en"], page["seen"]) == ("They talk.", typed["seen"])


def test_more_than_anybody_writes_is_not_kept(client, person):
    page = client.post(ADD, whole(go="save", description_en="x" * drafts.LARGEST))
    assert (Draft.objects.count(), page.status_code) == (0, 200)
    assert b"too much to be kept" in page.content


def test_draft_of_a_stranger_is_no_page_of_somebody_signed_in(client):
    answer = Client().post(ADD, whole())
    user = User.objects.create_user("person@example.org")
    client.force_login(user)
    assert list(drafts_of(user)) == []
    assert client.get(answer.url).status_code == 200  # the address itself is the key
