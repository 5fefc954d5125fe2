"""Those who look after a page that was taken off see it differently: it is looked at again."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from curation import lifecycle, mails, signed_links, taken_off
from curation.lifecycle import Role, TurnRefused
from curation.models import Decision, Entry


class ObjectionForm(forms.Form):
    """Why it should come back."""

    words = forms.CharField(
        label=_("What should the reviewers know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def standing(key: int) -> Decision:
    """The removal that somebody may object to. Raises signed_links.Ended once it is over."""
    rows = Decision.objects.select_related("entry__name_own_language")
    removal = rows.filter(pk=key).first()
    if removal is None or not taken_off.was_public(removal):
        raise signed_links.Ended
    entry = removal.entry
    if entry.review != Entry.Review.WITHDRAWN or entry.version != removal.number:
        raise signed_links.Ended
    return removal


def in_words(removal: Decision) -> list[str]:
    """Why it was taken off: what everybody reads, and what the reviewer wrote."""
    note = "" if taken_off.is_a_reason(removal.note) else removal.note
    return [line for line in (mails.in_public(removal), note) if line]


@transaction.atomic
def object_to(removal: Decision, words: str) -> bool:
    """Put it on the desk again, with what they say; another reviewer decides where there is one.

    Raises signed_links.Ended where somebody was faster.
    """
    try:
        lifecycle.take(
            removal.entry,
            "reopen",
            by=None,
            role=Role.KEEPER,
            note=words,
            version=removal.number,
        )
    except TurnRefused as no:
        raise signed_links.Ended from no
    return True
