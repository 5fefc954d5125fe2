"""What the forms of all shelves have in common, on one that has a single screen."""

import pytest
from django.utils.translation import override

from curation.forms.base import EntryForm
from curation.forms.fields import Number, Text, TextStatus, in_two
from curation.forms.layout import Section
from curation.forms.rules import Needed, one_of

pytestmark = pytest.mark.once
NOTE = {
    **in_two("tried", "Tried", 80),
    **in_two("advice", "Advice", 40),
    "source": Text("Source", 40),
    "review_months": Number("Months", 1, 12),
    "text_status_en": TextStatus("English"),
    "text_status_fr": TextStatus("French"),
}


class NoteForm(EntryForm):
    base_fields = NOTE
    screens = (
        (
            Section("Note", ("tried", "advice")),
            Section("More", ("source", "text_status"), known=True),
            Section("Keepers", ("review_months",), known=True, keepers_only=True),
        ),
    )
    needed = (Needed("tried_en", one_of("tried_en", "tried_fr"), "Say what you tried."),)
    texts = ("advice", "tried")
    long_text = "tried"


class OtherForm(EntryForm):
    base_fields = {"source": NOTE["source"]}


WRITTEN = ["tried_en", "tried_fr", "advice_en", "advice_fr"]
HELD = {**NoteForm.blank(), "tried_en": "Tea.", "advice_en": "Do."}


@pytest.mark.parametrize(
    ("before", "sent", "names"),
    [
        (None, {"tried_en": "Tea."}, WRITTEN),
        (HELD, {"source": "A"}, [*WRITTEN, "source", "text_status_en", "text_status_fr",
                                 "review_months"]),
    ],
)  # fmt: skip
def test_form_of_one_screen_has_nothing_on_a_second(before, sent, names):
    form = NoteForm(sent, before)
    assert (form.names(), form.names(1), form.names(2)) == (names, names, [])


def test_stranger_is_not_shown_what_keepers_see():
    form = NoteForm({}, HELD)
    assert (form.not_shown(), "review_months" in form.names()) == ({"review_months"}, False)


@pytest.mark.parametrize(
    ("before", "sent", "wrong"),
    [
        (None, {"advice_en": "Do."}, ["tried_en"]),
        (HELD, {"tried_en": ""}, ["tried_en"]),
        ({**HELD, "tried_en": ""}, {"advice_en": "Do it."}, []),
    ],
)
def test_what_was_missing_before_may_still_be_missing(before, sent, wrong):
    assert sorted(NoteForm(sent, before).errors) == wrong


def test_text_status_is_worked_out_from_the_texts_of_the_shelf():
    form = NoteForm({"tried_en": "Tea.", "advice_fr": "Oui."})
    with override("en"):
        assert form.errors == {}
    assert [form.values()[f"text_status_{lang}"] for lang in ("en", "fr")] == ["original", "human"]


def test_each_form_knows_what_is_blank_in_it():
    assert (OtherForm.blank(), list(NoteForm.blank())) == ({"source": ""}, list(NOTE))
