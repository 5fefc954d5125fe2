"""What is looked up for a reviewer: differences word by word, and the checks beside them."""

import pytest

from accounts.models import Domain
from curation import lifecycle, shelves
from curation.desk import case_sheet, checks, comparison, duplicates
from curation.desk.checks import Sent
from curation.models import Entry
from tests.curation.sent import case_of_claim, case_of_edit, make_entry, send_edit, send_new
from tests.factories import make_keeper, make_listing, make_organization, make_person, make_reviewer


def marked(pieces):
    """A text with its marks: [-gone-], {+come+}."""
    shapes = {"": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    return "".join(shapes[piece.mark].format(piece.text) for piece in pieces)


@pytest.mark.once
@pytest.mark.parametrize(
    ("before", "after", "first", "second"),
    [
        ("They meet.", "They meet.", "They meet.", "They meet."),
        ("They meet often.", "They meet.", "They [-meet often.-]", "They {+meet.+}"),
        (
            "plans for community welcome.",
            "plans for community belonging; a table meets.",
            "plans for community [-welcome.-]",
            "plans for community {+belonging; a table meets.+}",
        ),
        ("English", "English, French", "English", "English, {+French+}"),
        ("a b c", "a x c", "a [-b-] c", "a {+x+} c"),
        ("", "new", "", "{+new+}"),
        ("old", "", "[-old-]", ""),
        ("one\ntwo", "one\nthree", "one\n[-two-]", "one\n{+three+}"),
        ("مرحبا بكم", "مرحبا جميعا", "مرحبا [-بكم-]", "مرحبا {+جميعا+}"),
    ],
)
def test_difference_is_word_by_word(before, after, first, second):
    assert tuple(map(marked, comparison.difference(before, after))) == (first, second)


@pytest.mark.once
def test_pieces_together_are_the_texts():
    before, after = "a  b\tc \n d", "a b c\n\n d e "
    first, second = comparison.difference(before, after)
    assert "".join(piece.text for piece in first) == before
    assert "".join(piece.text for piece in second) == after


@pytest.mark.once
def test_long_texts_are_compared_line_by_line_and_quickly():
    before = "word " * 30_000 + "\nlast line"
    first, second = comparison.difference(before, before.replace("last", "other"))
    assert (marked(first[-1:]), marked(second[-1:])) == ("[-last line-]", "{+other line+}")


def words(found):
    return [(check.fine, check.words) for check in found]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "fine", "said"),
    [
        ("sam@harbour.example.org", True, "Sender’s work address confirmed, harbour.example.org"),
        (
            "sam@web.example.org",
            True,
            "The sender’s address is at the web page of who runs it, web.example.org",
        ),
        (
            "sam@gmail.com",
            False,
            "The sender’s address says nothing of who runs it: gmail.com",
        ),
        (
            "sam@waiting.example.org",
            False,
            "The sender’s address says nothing of who runs it: waiting.example.org",
        ),
    ],
)
def test_senders_address_is_compared_with_who_runs_it(address, fine, said):
    agency = make_organization(website="https://www.web.example.org/")
    Domain.objects.create(
        organization=agency, name="harbour.example.org", confirmed_at="2026-01-01T00:00Z"
    )
    Domain.objects.create(organization=agency, name="waiting.example.org")
    entry = make_entry(hosts=[agency])
    assert words(checks.sender(entry, Sent(address))) == [(fine, said)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "values", "found"),
    [
        ({"website": ""}, {}, [(False, "There is no link to a page of its own")]),
        ({}, {}, [(False, "Nobody has tried the link yet, housing.example.org")]),
        (
            {"link_checked_on": "2026-01-02", "link_answered": True},
            {},
            [(True, "The link answered on 2 January 2026, housing.example.org")],
        ),
        (
            {"link_checked_on": "2026-01-02", "link_answered": False},
            {},
            [(False, "The link did not answer on 2 January 2026, housing.example.org")],
        ),
        (
            {"link_checked_on": "2026-01-02", "link_answered": True},
            {"website": "https://housing.example.org.evil.example.net/x"},
            [
                (
                    False,
                    "A link that was not there before leads to "
                    "housing.example.org.evil.example.net: open it and look",
                ),
                (True, "The link answered on 2 January 2026, housing.example.org"),
            ],
        ),
    ],
)
def test_links_say_their_real_domain_and_whether_they_answer(fields, values, found):
    assert words(checks.links(make_entry(**fields), values)) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "fine", "said"),
    [
        ("They meet on Tuesdays.", True, "No phone number or invitation in the text"),
        ("Call 902 555 0199.", False, "In the text: A telephone number: 902 555 0199"),
        (
            "See chat.whatsapp.com/AbC123 now",
            False,
            "In the text: An invitation link: chat.whatsapp.com/AbC123",
        ),
    ],
)
def test_text_is_searched_for_what_must_not_be_public(text, fine, said):
    check = checks.in_the_text(make_entry(), {"description_en": text})
    assert (check.fine, check.words) == (fine, said)


@pytest.mark.django_db
def test_both_texts_say_how_far_they_can_be_relied_on():
    entry = make_entry(description_fr="Un texte.", text_status_fr="machine")
    assert words(checks.languages(entry, {})) == [
        (False, "The French text is a machine translation; nobody has read it")
    ]
    other = make_entry("Other")
    assert words(checks.languages(other, {})) == [(False, "There is no French text yet")]
    both = {"text_status_en": "original", "text_status_fr": "human"}
    assert words(checks.languages(other, both)) == [
        (True, "Both texts were written or read by people")
    ]


@pytest.mark.django_db
def test_likely_duplicates_are_found_public_and_waiting():
    for number in range(6):
        make_listing(f"Local Immigration Partnership {'abcdef'[number] * 5}")
    public = make_entry("Tech Workers of Calgary")
    waiting = send_new("Calgary Tech Workers").entry
    make_entry("Nurses of Calgary")
    make_entry("Tech Workers of Calgary 2", review="withdrawn")
    asked = send_new("Tech Worker of Calgary").entry
    assert set(duplicates.of(Entry.objects.get(pk=asked.pk))) == {
        Entry.objects.get(pk=public.pk),
        Entry.objects.get(pk=waiting.pk),
    }
    lip = make_entry("Local Immigration Partnership of Gander")
    assert duplicates.of(lip) == []


@pytest.mark.django_db
def test_second_person_who_looks_after_a_page_is_missed():
    entry = make_entry()
    said = [checks.keepers_of(entry).words]
    for name in ("a", "b"):
        make_keeper(entry, f"{name}@example.org")
        said.append(checks.keepers_of(entry).words)
    assert said == [
        "Nobody looks after this page yet",
        "A second person looks after this page: none yet",
        "2 people look after this page",
    ]


@pytest.mark.django_db
def test_senders_past_is_counted_by_account_or_address():
    ana, person = make_reviewer(), make_person("sam@example.org")
    assert words(checks.past(Sent(person.email, person))) == [
        (False, "Nothing from this sender has been decided before")
    ]
    from curation.changes import Sender

    for name, verb in (("One", "publish"), ("Two", "publish"), ("Three", "reject")):
        entry = send_new(name, sender=Sender(by=person)).entry
        lifecycle.take(entry, verb, by=ana, note="x")
    send_new("By another")
    (check,) = checks.past(Sent(person.email, person))
    assert check.words.startswith("From this sender before: 2 accepted, 1 refused; known since ")
    assert check.fine
    send_edit(make_entry(), sender=Sender(by=person), acronym="X")
    assert next(iter(checks.past(Sent(person.email, person)))).words == check.words


@pytest.mark.django_db
def test_claim_says_whether_the_organization_runs_it_and_who_objects():
    agency = make_organization("Other Agency")
    case = case_of_claim(make_entry(), organization=agency)
    case.claim.objection = "We do not know them."
    said = [check.words for check in checks.of_claim(case.claim)]
    assert (
        "The organization that they name, Other Agency, does not run it as far as we know" in said
    )
    assert "Somebody who looks after the page says: “We do not know them.”" in said


# What a page says ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_new_group_shows_the_fields_of_its_kind_in_the_order_of_the_form():
    entry = make_entry(kind="community-of-practice", review="submitted", acronym="HWH")
    rows, empty = comparison.whole(entry, shelves.of(entry).values(entry))
    assert [row.field for row in rows][:4] == ["kind", "name_en", "one_line_en", "text_status_en"]
    shown = {row.field for row in rows}
    assert (shown & {"acronym", "consent", "app_only"}) == {"acronym", "consent"}
    assert "Secretariat" not in " ".join(empty)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"description_en": "New."}, ["The French text was not changed along"]),
        ({"one_line_fr": "Neuf."}, ["The English text was not changed along"]),
        ({"description_en": "New.", "description_fr": "Neuf."}, []),
        ({"acronym": "HWH"}, []),
        ({"audience_en": "Nurses"}, []),
    ],
)
def test_text_that_changes_in_one_language_only_is_named(wanted, said):
    entry = make_entry(
        description_en="Old.", description_fr="Vieux.", one_line_fr="Une ligne.",
        text_status_fr="human",
    )  # fmt: skip
    assert [check.words for check in checks.other_language(entry, wanted)] == said
    case = case_of_edit(entry, **wanted)
    shown = case_sheet.of_case(case_sheet.found(case.pk), make_reviewer())
    assert [c.words for c in shown.checks if "not changed along" in c.words] == said


@pytest.mark.django_db
def test_links_of_the_checks_can_be_opened():
    entry = make_entry(link_checked_on="2026-01-02", link_answered=True)
    new = {"website": "https://other.example.net/"}
    assert [check.out for check in checks.links(entry, new)] == [
        "https://other.example.net/",
        "https://housing.example.org/",
    ]
