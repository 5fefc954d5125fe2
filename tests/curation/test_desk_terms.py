"""The vocabulary in order: renamed, merged with a preview, free words made topics, and undone."""

import pytest
from django.urls import reverse

from curation.desk import terms
from curation.lifecycle import TurnRefused
from curation.models import Decision, Tag, TaggedEntry
from search import index
from tests.curation.forms import FilledForm
from tests.curation.sent import make_entry
from tests.factories import make_reviewer, make_tag, sign_in
from tests.flows.reading import read

pytestmark = pytest.mark.django_db

WORDS = "/en/to-review/words/"


@pytest.fixture
def ana(client):
    person = make_reviewer("ana@example.org")
    sign_in(client, person)
    return person


def tagged():
    """slug → how many groups have it."""
    return {tag.slug: terms.number_of(tag) for tag in Tag.objects.order_by("slug")}


def undo_note(client, answer):
    """What the page after a step would send to undo it."""
    return FilledForm(client.get(answer.headers["Location"]).content.decode()).data["note"]


def test_list_counts_by_facet_and_leaves_out_what_is_merged_or_untagged(client, ana):
    housing, old = make_tag("housing"), make_tag("homes")
    make_tag("nurse", facet="role")
    make_tag("word", facet="word")
    make_entry("One", tags=[housing])
    make_entry("Two", tags=[housing])
    terms.merge(old, housing, by=ana)
    groups = client.get(WORDS).context["groups"]
    assert [(g.facet, [(t.slug, t.number) for t in g.terms]) for g in groups] == [
        ("topic", [("housing", 2)]),
        ("role", [("nurse", 0)]),
    ]


def test_list_is_searched_by_any_word_of_a_term(client, ana):
    make_tag("housing", synonyms="homes\nflats")
    make_tag("health")
    groups = client.get(f"{WORDS}?q=FLATS").context["groups"]
    assert [[t.slug for t in g.terms] for g in groups] == [["housing"]]
    assert "No word fits." in read(client.get(f"{WORDS}?q=zzz")).text


def test_term_is_renamed_its_address_stays_and_that_is_undone(client, ana):
    tag = make_tag("housing")
    url = reverse("term_rename", args=[tag.pk])
    done = client.post(url, {"name": "Homes", "name_fr": "Logis", "synonyms": "flats"})
    tag.refresh_from_db()
    assert (tag.name, tag.name_fr, tag.synonyms, tag.slug) == ("Homes", "Logis", "flats", "housing")
    client.post(reverse("term_undo"), {"note": undo_note(client, done)})
    tag.refresh_from_db()
    assert (tag.name, tag.name_fr, tag.synonyms) == ("Housing", "Housing (fr)", "")


def test_name_that_another_term_has_is_refused_beside_its_field(client, ana):
    tag = make_tag("housing")
    make_tag("health")
    back = client.post(reverse("term_rename", args=[tag.pk]), {"name": "Health", "name_fr": "x"})
    assert back.status_code == 422
    assert FilledForm(back.content.decode()).data["name"] == "Health"
    assert Tag.objects.get(pk=tag.pk).name == "Housing"


def test_merge_is_shown_before_it_is_taken(client, ana):
    old, new = make_tag("homes"), make_tag("housing")
    make_entry("One", tags=[old])
    make_entry("Two", tags=[old])
    page = client.post(reverse("term_merge", args=[old.pk]), {"into": new.pk})
    assert "2 pages move from “Homes” to “Housing”" in read(page).text
    assert tagged() == {"homes": 2, "housing": 0}


def test_merged_term_leads_on_and_each_group_remembers(client, ana):
    old, new = make_tag("homes"), make_tag("housing")
    one, both = make_entry("One", tags=[old]), make_entry("Both", tags=[old, new])
    make_entry("Neither")
    done = client.post(reverse("term_merge", args=[old.pk]), {"into": new.pk, "sure": "1"})
    assert tagged() == {"homes": 0, "housing": 2}
    assert set(index.ask(filters={"topic": ["housing"]}).keys) == {one.pk, both.pk}
    moved = client.get("/en/topics/homes/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/topics/housing/")
    written = Decision.objects.filter(verb="terms").order_by("entry")
    assert [(d.entry_id, d.by, d.before, d.after) for d in written] == [
        (pk, ana, {"terms": "Homes"}, {"terms": "Housing"}) for pk in (one.pk, both.pk)
    ]
    client.post(reverse("term_undo"), {"note": undo_note(client, done)})
    assert tagged() == {"homes": 2, "housing": 1}
    assert index.ask(filters={"topic": ["housing"]}).keys == [both.pk]
    assert client.get("/en/topics/homes/").status_code == 200


def test_free_word_becomes_a_topic_and_a_topic_becomes_nothing_else(client, ana):
    free, topic = make_tag("flats", facet="free"), make_tag("housing")
    role = make_tag("nurse", facet="role")
    assert terms.may_lead_to(free) == [topic]
    assert terms.may_lead_to(topic) == []
    make_entry("One", tags=[free])
    client.post(reverse("term_merge", args=[free.pk]), {"into": topic.pk, "sure": "1"})
    assert tagged()["housing"] == 1
    with pytest.raises(TurnRefused):
        terms.merge(topic, role, by=ana)


@pytest.mark.parametrize("into", ["", "0", "x", "9" * 20])
def test_merge_into_nothing_is_refused_in_words(client, ana, into):
    tag = make_tag("homes")
    make_tag("housing")
    back = client.post(reverse("term_merge", args=[tag.pk]), {"into": into, "sure": "1"})
    assert back.status_code == 422
    assert "Choose the word that stays." in read(back).text


def test_merge_after_somebody_elses_is_refused(client, ana):
    old, new, third = (make_tag(slug) for slug in ("homes", "housing", "flats"))
    terms.merge(new, third, by=ana)
    url = reverse("term_merge", args=[old.pk])
    back = client.post(url, {"into": new.pk, "sure": "1"})
    assert (back.status_code, Tag.objects.get(pk=old.pk).merged_into) == (409, None)


def test_undo_needs_our_own_note_and_that_nothing_has_followed(client, ana):
    old, new, third = (make_tag(slug) for slug in ("homes", "housing", "flats"))
    make_entry("One", tags=[old])
    note = terms.merge(old, new, by=ana)
    for wrong in ("", "x", note[:-1] + ("A" if note[-1] != "A" else "B")):
        assert client.post(reverse("term_undo"), {"note": wrong}).status_code == 409
    Tag.objects.filter(pk=old.pk).update(merged_into=third)
    assert client.post(reverse("term_undo"), {"note": note}).status_code == 409
    assert TaggedEntry.objects.get().tag == new


def test_word_of_the_search_alone_is_no_page_here(client, ana):
    tag = make_tag("lip", facet="word")
    assert client.get(reverse("term_page", args=[tag.pk])).status_code == 404
