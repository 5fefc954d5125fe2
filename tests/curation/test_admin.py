"""The back room: superusers see everything and get round no rule."""

import pytest
from django.contrib import admin
from django.urls import reverse

from cop_directory.models import Listing
from curation import changes, history, lifecycle
from curation.models import Decision, Entry, Relation
from resources.models import Upload
from search import index
from tests.curation.forms import FilledForm
from tests.factories import (
    make_listing,
    make_reviewer,
    make_staff,
    make_superuser,
    make_tag,
    sign_in,
)
from tests.library import make_answer, make_collection, make_lesson

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
LIST = "/admin/cop_directory/listing/"


@pytest.fixture
def boss(client):
    person = make_superuser()
    sign_in(client, person)
    return person


@pytest.fixture
def library():
    """What the small site lacks: something of every kind that the library keeps."""
    lesson = make_lesson()
    make_answer(lesson)
    make_collection(lesson)
    Upload.objects.create(name="flyer.pdf", kind="pdf", size=1, sha256="0", file="files/flyer.pdf")


def change_url(thing):
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


def form_of(client, thing):
    """What a browser would send back from the change page of a thing, untouched."""
    data = FilledForm(client.get(change_url(thing)).content.decode()).data
    return {k: v for k, v in data.items() if "__prefix__" not in k and k != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_superuser_opens_every_list(client, site, boss, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_superuser_opens_a_page_of_every_kind(client, site, library, boss, model):
    thing = model._default_manager.first()
    if thing is None:
        pytest.skip("the small site has none")
    assert client.get(change_url(thing)).status_code == 200


def test_small_site_has_something_of_every_kind_of_ours(site, library, boss):
    without = [m._meta.label for m in MODELS if not m._default_manager.exists()]
    assert [label for label in without if label.split(".")[0] not in ("auth", "taggit")] == []


def test_search_field_of_each_list_works(client, site, boss):
    for model in MODELS:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        assert (model, client.get(url, {"q": "harbour"}).status_code) == (model, 200)


def test_reader_and_staff_see_no_group_in_the_back_room(client, site):
    assert client.get(LIST).status_code == 302
    sign_in(client, make_staff())
    assert client.get(LIST).status_code == 403


# Statuses change by turns -------------------------------------------------------------------------


def test_posting_a_review_status_changes_none(client, site, boss):
    listing = make_listing(review="submitted")
    answer = client.post(
        change_url(listing),
        {**form_of(client, listing), "review": "published", "published_at_0": "2026-01-01"},
    )
    assert answer.status_code == 302
    assert Entry.objects.get(pk=listing.pk).review == "submitted"


def test_status_cannot_be_edited_in_the_list(client, site, boss):
    listing = make_listing(review="submitted")
    client.post(
        LIST,
        {
            "form-TOTAL_FORMS": 1,
            "form-INITIAL_FORMS": 1,
            "form-0-review": "published",
            "form-0-entry_ptr": listing.pk,
            "_save": "Save",
        },
    )
    assert Entry.objects.get(pk=listing.pk).review == "submitted"


def act(client, verb, *listings, note=""):
    return client.post(
        LIST,
        {"action": f"take_{verb}", "_selected_action": [row.pk for row in listings], "note": note},
        follow=True,
    )


def test_action_takes_the_turn_and_writes_it_down(client, site, boss):
    listing = make_listing(review="submitted")
    act(client, "publish", listing)
    decision = Decision.objects.filter(entry=listing).first()
    assert (decision.verb, decision.by, decision.before, decision.after) == (
        "publish",
        boss,
        {"review": "submitted"},
        {"review": "published"},
    )
    assert listing.pk in index.ask().keys


def test_action_gives_the_reason_that_was_written(client, site, boss):
    listing = make_listing(review="submitted")
    act(client, "reject", listing, note="It is there already.")
    assert Decision.objects.filter(entry=listing).first().note == "It is there already."


def test_action_without_a_needed_reason_changes_nothing_and_says_so(client, site, boss):
    listing = make_listing(review="submitted")
    answer = act(client, "reject", listing)
    assert Entry.objects.get(pk=listing.pk).review == "submitted"
    assert "Say why" in answer.content.decode()


def test_action_takes_each_row_for_itself(client, site, boss):
    ready, draft = make_listing(review="submitted"), make_listing("Draft", review="draft")
    answer = act(client, "publish", ready, draft)
    assert [Entry.objects.get(pk=row.pk).review for row in (ready, draft)] == ["published", "draft"]
    assert "This cannot be done while it is “Draft”" in answer.content.decode()


@pytest.mark.parametrize("verb", lifecycle.TURNS)
def test_every_turn_is_an_action(client, site, boss, verb):
    assert f'value="take_{verb}"' in client.get(LIST).content.decode()


def test_staff_with_every_right_takes_no_turn(client, site):
    from django.contrib.auth.models import Permission

    staff = make_staff()
    staff.user_permissions.set(Permission.objects.all())
    sign_in(client, staff)
    listing = make_listing(review="submitted")
    answer = act(client, "publish", listing)
    assert Entry.objects.get(pk=listing.pk).review == "submitted"
    assert "You may not do this here" in answer.content.decode()


# Nothing is deleted, nothing is added past the lifecycle ------------------------------------------


def test_group_cannot_be_deleted(client, site, boss):
    listing = make_listing()
    url = reverse("admin:cop_directory_listing_delete", args=[listing.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    client.post(
        LIST, {"action": "delete_selected", "_selected_action": [listing.pk], "post": "yes"}
    )
    assert Entry.objects.filter(pk=listing.pk).exists()


def test_group_cannot_be_added_past_the_lifecycle(client, site, boss):
    assert client.get(reverse("admin:cop_directory_listing_add")).status_code == 403


def test_decisions_cannot_be_added_changed_or_deleted(client, site, boss):
    decision = Decision.objects.first()
    assert client.get(reverse("admin:curation_decision_add")).status_code == 403
    delete = reverse("admin:curation_decision_delete", args=[decision.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(change_url(decision), {"note": "other"}).status_code == 403
    client.post(
        "/admin/curation/decision/",
        {"action": "delete_selected", "post": "yes", "_selected_action": [decision.pk]},
    )
    assert Decision.objects.get(pk=decision.pk).note == decision.note


def test_person_who_is_deleted_leaves_a_pseudonym_in_the_history(client, site, boss):
    other, listing = make_superuser("other@example.org"), make_listing(review="submitted")
    lifecycle.take(listing, "publish", by=other)
    client.post(reverse("admin:accounts_user_delete", args=[other.pk]), {"post": "yes"})
    decision = Decision.objects.get(entry=listing, verb="publish")
    assert (decision.by, decision.actor) == (None, other.pseudonym)
    assert history.broken(Entry.objects.get(pk=listing.pk)) == []


# Edits --------------------------------------------------------------------------------------------


def test_edit_writes_one_decision_with_before_and_after(client, site, boss):
    listing = make_listing("Old Name")
    count = Decision.objects.count()
    answer = client.post(
        change_url(listing), {**form_of(client, listing), "name_en": "Marigold Circle"}
    )
    assert answer.status_code == 302
    assert Decision.objects.count() == count + 1
    decision = Decision.objects.filter(entry=listing).first()
    assert (decision.verb, decision.by, decision.before, decision.after) == (
        "edit",
        boss,
        {"name_en": "Old Name"},
        {"name_en": "Marigold Circle"},
    )


def test_edit_reaches_the_index(client, site, boss):
    listing = make_listing("Old Name")
    client.post(change_url(listing), {**form_of(client, listing), "name_en": "Marigold Circle"})
    assert index.ask("marigold").keys == [listing.pk]


def test_edit_of_tags_and_languages_is_written_down(client, site, boss):
    listing = make_listing(languages=("en",))
    data = {**form_of(client, listing), "languages": ["en", "fr"]}
    client.post(change_url(listing), data)
    decision = Decision.objects.filter(entry=listing).first()
    assert (decision.verb, decision.before, decision.after) == (
        "edit",
        {"languages": ["en"]},
        {"languages": ["en", "fr"]},
    )
    assert listing.pk in index.ask(filters={"language": ["fr"]}).keys


def test_edit_of_the_provinces_is_written_down_and_reaches_the_index(client, site, boss):
    listing = make_listing(provinces=("NS",))
    data = {**form_of(client, listing), "provinces-0-province": "QC"}
    assert client.post(change_url(listing), data).status_code == 302
    assert listing.pk in index.ask(filters={"province": ["QC"]}).keys
    decision = Decision.objects.filter(entry=listing).first()
    assert (decision.verb, decision.before, decision.after) == (
        "edit",
        {"provinces": ["NS"]},
        {"provinces": ["QC"]},
    )


def test_edit_in_the_back_room_can_be_put_back(client, site, boss):
    listing = make_listing("Old Name", provinces=("NS",))
    held = changes.values_after(listing, 0)
    data = {**form_of(client, listing), "provinces-0-province": "QC", "name_en": "Marigold"}
    client.post(change_url(listing), data)
    listing = Entry.objects.get(pk=listing.pk)
    changes.restore(listing, listing.version - 1, by=make_reviewer(), version=listing.version)
    assert changes.values_after(listing, listing.version + 1) == held


def test_saving_without_a_change_writes_nothing(client, site, boss):
    listing = make_listing()
    count = Decision.objects.count()
    assert client.post(change_url(listing), form_of(client, listing)).status_code == 302
    assert Decision.objects.count() == count


def test_saving_the_full_group_without_a_change_writes_nothing(client, site, boss):
    before = Entry.objects.values().get(pk=site.full.pk)
    count = Decision.objects.count()
    answer = client.post(change_url(site.full), form_of(client, site.full))
    assert answer.status_code == 302, answer.context["errors"]
    assert (Entry.objects.values().get(pk=site.full.pk), Decision.objects.count()) == (
        before,
        count,
    )


AGAINST_A_RULE = [
    {"name_en": ""},
    {"description_en": "No status."},
    {"confirmed_on": "2026-01-01"},
    {"review_months": "5"},
    {"latitude": "1"},
    {"website": "javascript:alert(1)"},
    {"name_own": "اسم"},
]


def test_edit_against_a_rule_is_refused_in_words(client, site, boss):
    listing = make_listing()
    before, form = Entry.objects.values().get(pk=listing.pk), form_of(client, listing)
    for change in AGAINST_A_RULE:
        answer = client.post(change_url(listing), {**form, **change})
        assert (change, answer.status_code) == (change, 200)
        assert answer.context["errors"]
    assert Entry.objects.values().get(pk=listing.pk) == before


@pytest.mark.parametrize("facets", [["client-group"], ["topic"], ["client-group", "topic"]])
def test_saving_keeps_terms_whose_word_another_facet_has_too(client, site, boss, facets):
    tags = {f: make_tag("claimants", facet=f) for f in ("client-group", "topic", "word")}
    listing = make_listing(tags=[tags[facet] for facet in facets])
    data = {**form_of(client, listing), "acronym": "ACR"}
    assert client.post(change_url(listing), data).status_code == 302
    assert sorted(tag.key for tag in listing.tags.all()) == [f"{f}:claimants" for f in facets]


def test_link_of_a_confirmed_page_is_not_changed_by_one_person_alone(client, site, boss):
    confirmed = make_listing("Confirmed", confirmed_on="2026-01-02", confirmed_by="group")
    other = make_listing("Not confirmed")
    for listing in (confirmed, other):
        data = {**form_of(client, listing), "website": "https://new.example.org/", "acronym": "A"}
        assert client.post(change_url(listing), data).status_code == 302
    held = Listing.objects.filter(pk__in=(confirmed.pk, other.pk)).order_by("pk")
    assert [(row.website, row.acronym) for row in held] == [
        ("", "A"),
        ("https://new.example.org/", "A"),
    ]


def test_edited_name_moves_the_page_and_the_old_address_leads_there(client, site, boss):
    listing = make_listing("Old Name")
    client.post(change_url(listing), {**form_of(client, listing), "name_en": "Marigold Circle"})
    answer = client.get(f"/en/directory/{listing.pk}-old-name/")
    assert answer.headers["Location"] == f"/en/directory/{listing.pk}-marigold-circle/"


def test_relation_made_in_the_back_room_is_kept(client, site, boss):
    listing = make_listing()
    data = {
        **form_of(client, listing),
        "relations-TOTAL_FORMS": "1",
        "relations-0-to_entry": site.full.pk,
        "relations-0-kind": "part_of",
        "relations-0-from_entry": listing.pk,
    }
    assert client.post(change_url(listing), data).status_code == 302
    assert Relation.objects.get(from_entry=listing).to_entry_id == site.full.pk
    decision = Decision.objects.filter(entry=listing).first()
    assert (decision.before, list(decision.after)) == ({"related": []}, ["related"])
