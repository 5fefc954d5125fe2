"""Whoever is not named gets mails whose subject gives nothing away in a busy inbox."""

from uuid import uuid4

import pytest
from django.template.loader import get_template
from post_office.models import Email

from curation import changes, lifecycle, mails, shelves
from curation.changes import Sender
from tests.factories import make_reviewer

TO_SENDERS = {
    *mails.TO_SENDER.values(), *mails.ABOUT_CHANGE.values(), "received", "edit_received",
    "taken_back",
}  # fmt: skip


def subjects_that_tell(*, is_hidden):
    """The mails to senders whose subject quotes the headline, in either language."""
    said = {"title": "Planted headline", "is_hidden": is_hidden}
    return {
        name
        for name in TO_SENDERS
        for lang in ("en", "fr")
        for left_out in ("", "Languages")
        if "Planted"
        in get_template(f"mails/{name}.{lang}.txt")
        .render(said | {"left_out": left_out})
        .partition("\n")[0]
    }


@pytest.mark.once
def test_no_subject_quotes_what_somebody_shared_without_a_name():
    assert subjects_that_tell(is_hidden=True) == set()


@pytest.mark.once
def test_other_subjects_do_which_the_same_look_sees():
    assert subjects_that_tell(is_hidden=False) == TO_SENDERS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("visibility", "language", "received", "public"),
    [
        ("hidden", "en", "We have received what you sent", "What you sent is now public"),
        ("agency", "fr", "Nous avons bien reçu votre envoi", "Votre envoi est maintenant en ligne"),
        ("named", "en", "We have received “Ring them up.”", "“Ring them up.” is now public"),
    ],
)
def test_mails_about_a_lesson_are_quiet_unless_it_shows_its_sender(
    visibility, language, received, public
):
    form = shelves.named("resource").form(
        {
            "kind": "lesson",
            "name_en": "Ring them up.",
            "description_en": "We rang them up.",
            "outcome": "did-not",
            "no_client_recognized": True,
            "publisher": "Harbour House",
            "visibility": visibility,
        },
        None,
    )
    assert form.errors == {}
    lesson = changes.propose_new(
        "resource",
        form.values(),
        sender=Sender(email="ana@x.ca", language=language),
        stance="run",
        token=uuid4(),
    )
    lifecycle.take(lesson, "publish", by=make_reviewer())
    assert [row.subject for row in Email.objects.order_by("pk")] == [received, public]
