"""The language of the page is a button of a long form: nothing typed is lost by pressing it."""

import re
from uuid import uuid4

import pytest

from curation.models import Draft
from curation.proposing.manners import opened
from tests.curation.forms import FilledForm
from tests.curation.proposals import ADD, FIRST, SECOND, make_lists
from tests.factories import make_listing, make_place, make_tag

pytestmark = pytest.mark.django_db
CSRF = "csrfmiddlewaretoken"


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


def held(response):
    """What the form of a page holds."""
    return FilledForm(response.content.decode()).data


def on(**changes):
    """The first screen, filled in."""
    given = {"go": "on", "screen": "1", "token": str(uuid4()), "opened_at": opened(60)}
    return {**given, **FIRST, **changes}


def typed_on(response):
    """The same, without what is new on every page."""
    return {name: value for name, value in held(response).items() if name != CSRF}


def in_the_other_language(client, page):
    """The page after its button for the language was pressed, with what its form holds."""
    button = re.search(r'<button[^>]* value="language"[^>]*>', page.content.decode())[0]
    there = re.search(r'formaction="([^"]+)"', button)[1]
    return client.post(there, held(page) | {"go": "language"})


@pytest.mark.parametrize("screen", [1, 2])
def test_language_is_changed_and_changed_back_without_losing_a_letter(client, screen):
    make_place("halifax-ns")
    typed = {"place": "Halifax, Nova Scotia", "email": "half an addre", "words": "tea, bikes"}
    step = on(**SECOND, **typed, go="on" if screen == 2 else "")
    english = client.post(ADD, step)
    french = in_the_other_language(client, english)
    assert (french.status_code, french["Content-Language"], french.context["screen"]) == (
        200,
        "fr",
        screen,
    )
    assert typed_on(french) == typed_on(english)
    assert typed_on(in_the_other_language(client, french)) == typed_on(english)
    sent = client.post("/fr/ajouter/groupe/", held(french) | {"go": "send", "email": "a@b.ca"})
    assert sent.status_code == 302
    assert Draft.objects.get().data["place"] == ["Halifax, Nova Scotia"]


def test_enter_key_goes_on_and_does_not_change_the_language(client):
    for step, goes_on in ((on(go=""), "on"), (on(**SECOND), "send")):
        page = client.post(ADD, step).content.decode()
        first = re.search(r'<button[^>]* form="paper"[^>]*>', page)[0]
        assert f'value="{goes_on}"' in first


def test_language_is_changed_while_one_looks_at_the_changes(client):
    group = make_listing(tags=[make_tag("housing")], website="https://old.example.org/")
    where = f"/en/add/change/{group.pk}/"
    first = held(client.get(where)) | {"go": "on", "acronym": "TT"}
    second = held(client.post(where, first)) | {"note": "I asked them.", "go": "language"}
    french = client.post(f"/fr/ajouter/modifier/{group.pk}/", second)
    assert (french.context["screen"], len(french.context["differences"])) == (2, 1)
    assert held(french)["note"] == "I asked them."
