"""The history shows what somebody changed past the site, and forgets people without breaking."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from curation import history, lifecycle
from curation.models import Decision, Entry, PersonalValue
from tests.factories import make_listing, make_person, make_reviewer

pytestmark = pytest.mark.django_db

NOTE = "Sam from Halifax asked for it."
MAIL = "group@example.org"


@pytest.fixture
def entry():
    """An entry with five decisions: two of the loader, an edit, one about a person, a removal."""
    listing, person = make_listing(), make_reviewer()
    lifecycle.record_edit(
        listing, by=person, before={"acronym": ""}, after={"acronym": "HWH"}, note="As on its page."
    )
    lifecycle.record_edit(
        listing,
        by=person,
        before={"contact_email": ""},
        after={"contact_email": MAIL},
    )
    lifecycle.take(listing, "withdraw", by=person, note=NOTE, public_reason="host-asked")
    return Entry.objects.get(pk=listing.pk)


def test_untouched_history_holds(entry):
    assert [row.number for row in entry.decisions.order_by("number")] == [1, 2, 3, 4, 5]
    assert history.broken(entry) == []


def other_value(row, name):
    """The value of a column with one small thing changed."""
    value = getattr(row, name)
    if isinstance(value, dict):
        return {**value, "x": 1}
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(microseconds=1)
    if isinstance(value, int):
        return value + 100
    return "0" + value[1:] if value[:1] != "0" else "1" + value[1:]


COLUMNS = ("number", "verb", "role", "at", "note", "before", "after", "seals", "digest")


@pytest.mark.parametrize("name", COLUMNS)
def test_change_of_any_column_of_a_decision_shows(entry, name):
    row = entry.decisions.get(number=5)
    Decision.objects.filter(pk=row.pk).update(**{name: other_value(row, name)})
    assert history.broken(entry) != []


@pytest.mark.parametrize("name", COLUMNS)
def test_change_in_the_middle_shows_where_it_is(entry, name):
    row = entry.decisions.get(number=3)
    Decision.objects.filter(pk=row.pk).update(**{name: other_value(row, name)})
    assert 3 in history.broken(entry) or 103 in history.broken(entry)


def test_change_of_who_did_it_shows(entry):
    other = make_person("other@example.org")
    entry.decisions.filter(number=4).update(by=other)
    assert history.broken(entry) == [4]
    entry.decisions.filter(number=4).update(by=other, actor=other.pseudonym)
    assert history.broken(entry) == [4]


def test_account_that_is_gone_leaves_its_pseudonym_and_breaks_nothing(entry):
    entry.decisions.update(by=None)
    assert history.broken(entry) == []
    assert entry.decisions.get(number=5).actor is not None


@pytest.mark.parametrize("number", [1, 3, 5])
def test_decision_that_was_taken_out_shows(entry, number):
    PersonalValue.objects.filter(decision__entry=entry, decision__number=number).delete()
    entry.decisions.filter(number=number).delete()
    assert history.broken(entry) != []


def test_decision_that_was_put_in_shows(entry):
    row = entry.decisions.get(number=5)
    row.pk, row.number = None, 6
    row.save()
    assert history.broken(entry) != []
    Entry.objects.filter(pk=entry.pk).update(version=6)
    assert history.broken(Entry.objects.get(pk=entry.pk)) == [6]


@pytest.mark.parametrize("name", ["name", "salt", "value"])
def test_change_of_a_value_about_a_person_shows(entry, name):
    row = PersonalValue.objects.get(decision__entry=entry, name="after.contact_email")
    PersonalValue.objects.filter(pk=row.pk).update(**{name: other_value(row, name)})
    assert history.broken(entry) == [4]


def test_value_about_a_person_is_not_in_the_row_itself(entry):
    row = entry.decisions.get(number=4)
    assert row.after == {"contact_email": history.SEALED}
    assert history.both_sides(row) == ({"contact_email": ""}, {"contact_email": MAIL})


def test_erasing_a_value_about_a_person_leaves_no_trace_and_the_chain_holds(entry):
    row = entry.decisions.get(number=4)
    history.erase(row, ["after.contact_email"])
    assert history.both_sides(Decision.objects.get(pk=row.pk))[1] == {
        "contact_email": history.SEALED
    }
    assert not PersonalValue.objects.filter(value=MAIL).exists()
    assert history.broken(entry) == []


def test_erasing_a_note_leaves_no_trace_and_the_chain_holds(entry):
    row = entry.decisions.get(number=5)
    history.erase(row, ["note"])
    assert Decision.objects.get(pk=row.pk).note == ""
    assert history.broken(entry) == []


def test_note_written_where_one_was_erased_shows(entry):
    row = entry.decisions.get(number=5)
    history.erase(row, ["note"])
    Decision.objects.filter(pk=row.pk).update(note="Something else.")
    assert history.broken(entry) == [5]


# The command and the seal ------------------------------------------------------------------------


def checked(*words):
    """What the command prints."""
    out = io.StringIO()
    call_command("check_history", *words, stdout=out)
    return out.getvalue()


def test_command_says_that_the_history_holds_and_gives_its_seal(entry):
    seal, count = history.seal()
    assert checked() == f"The history holds. Seal: {count}:{seal}\n"


def test_command_names_the_entry_and_ends_with_an_error(entry):
    make_listing("Another one, untouched")
    Decision.objects.filter(entry=entry, number=3).update(verb="confirm")
    out = io.StringIO()
    with pytest.raises(CommandError, match="The history does not hold"):
        call_command("check_history", stdout=out)
    assert out.getvalue() == f"{entry.pk} “{entry}”: changed at step 3\n"


def test_seal_of_a_mail_still_fits_after_further_decisions(entry):
    seal, count = history.seal()
    make_listing("Later")
    assert "The history holds." in checked("--seal", f"{count}:{seal}")


def test_seal_shows_a_past_that_was_rewritten_digests_and_all(entry):
    seal, count = history.seal()
    rows = list(entry.decisions.order_by("number"))
    last = ""
    for row in rows:
        row.verb = "edit" if row.verb == "withdraw" else row.verb
        row.digest = history.digest(row, last)
        row.save()
        last = row.digest
    assert history.broken(entry) == []
    with pytest.raises(CommandError):
        checked("--seal", f"{count}:{seal}")


def test_seal_that_cannot_be_read_is_refused_in_words(entry):
    with pytest.raises(CommandError, match="Write the seal as in the mail"):
        checked("--seal", "abc")
