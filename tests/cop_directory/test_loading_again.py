"""Loading again: what people have touched stays, the rest follows the files, nothing is doubled."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError

from accounts.models import Organization
from cop_directory.models import Listing, Place
from curation import lifecycle
from curation.models import Decision, Relation, StartRow, Tag
from search import index
from tests.cop_directory import small_data
from tests.factories import make_superuser

pytestmark = pytest.mark.django_db

MODELS = (Tag, Place, Organization, Listing, Relation, Decision, StartRow)


@pytest.fixture
def load(tmp_path):
    """A function that writes tables as files, loads them, and gives what the command said."""

    def do(tables):
        said = StringIO()
        call_command("load_start_data", folder=small_data.write(tmp_path, tables), stdout=said)
        return said.getvalue()

    return do


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS} | {
        "sides": [
            sorted(str(row) for row in getattr(listing, side).all())
            for listing in Listing.objects.order_by("pk")
            for side in ("hosts", "languages", "provinces", "formats", "tags")
        ]
    }


def housing():
    return Listing.objects.get(source_key="housing-circle")


def test_first_load_gives_each_group_its_turns(load):
    load(small_data.copy())
    assert {
        listing.source_key: (listing.review, [d.verb for d in listing.decisions.order_by("pk")])
        for listing in Listing.objects.all()
    } == {
        "housing-circle": ("published", ["submit", "publish"]),
        "health-table": ("published", ["submit", "publish"]),
        "quiet-chat": ("submitted", ["submit"]),
    }


FIELDS = {
    "kind": "community-of-practice",
    "name_en": "Housing Circle",
    "acronym": "HC",
    "description_en": "People who help newcomers find homes compare what works.",
    "description_fr": "Des personnes qui aident à trouver un logement comparent leurs façons.",
    "text_status_en": "original",
    "text_status_fr": "machine",
    "activity": "active",
    "source": "page",
    "source_url": "https://agency.example.org/page",
    "source_year": 2019,
    "source_is_mirror": False,
    "website": "https://housing.example.org/",
    "place_id": "halifax-ns",
    "scope": "local",
    "platform_id": "website",
    "join": "unknown",
    "members": "unknown",
    "audience_fr": "personnel en logement",
    "confirmed_on": None,
    "confirmed_by": "",
    "last_activity_on": None,
}


def test_first_load_brings_every_field(load):
    load(small_data.copy())
    group = housing()
    assert {name: getattr(group, name) for name in FIELDS} == FIELDS
    assert (str(group.latitude), str(group.longitude)) == ("44.6488", "-63.5752")


def test_first_load_brings_every_many_sided_field(load):
    load(small_data.copy())
    group = housing()
    assert [host.source_key for host in group.hosts.all()] == ["harbour-agency"]
    assert [language.code for language in group.languages.all()] == ["en"]
    assert [row.province for row in group.provinces.all()] == ["NS"]
    assert [row.format for row in group.formats.all()] == ["online"]
    assert sorted(tag.key for tag in group.tags.all()) == ["role:housing-worker", "topic:housing"]


def test_second_load_changes_no_row(load):
    load(small_data.copy())
    before = everything()
    said = load(small_data.copy())
    assert everything() == before
    assert set(re.findall(r"(\d+) new, (\d+) changed", said)) == {("0", "0")}


def test_touched_field_stays_and_untouched_ones_follow(load):
    load(small_data.copy())
    Listing.objects.filter(source_key="housing-circle").update(name_en="Homes Circle")
    tables = small_data.copy()
    tables["groups.csv"][0].update(name="Housing Round", acronym="HR", source_year="2021")
    said = load(tables)
    group = housing()
    assert (group.name_en, group.acronym, group.source_year) == ("Homes Circle", "HR", 2021)
    assert "groups: 0 new, 1 changed, 2 as they were" in said


def test_touched_field_stays_for_good(load):
    load(small_data.copy())
    Listing.objects.filter(source_key="housing-circle").update(name_en="Homes Circle")
    for name in ("Housing Round", "Housing Ring", "Housing Circle"):
        tables = small_data.copy()
        tables["groups.csv"][0]["name"] = name
        load(tables)
        assert housing().name_en == "Homes Circle"


def test_touched_many_sided_fields_stay_and_untouched_ones_follow(load):
    load(small_data.copy())
    group = housing()
    group.tags.set([Tag.objects.get(slug="health")], clear=True)
    tables = small_data.copy()
    tables["groups.csv"][0].update(topics="housing;health", provinces="NS;NB", languages="en;fr")
    load(tables)
    assert [tag.slug for tag in group.tags.all()] == ["health"]
    assert sorted(row.province for row in group.provinces.all()) == ["NB", "NS"]
    assert sorted(group.languages.values_list("code", flat=True)) == ["en", "fr"]


def test_touched_text_and_its_status_stay_together(load):
    load(small_data.copy())
    Listing.objects.filter(source_key="housing-circle").update(
        description_fr="Une phrase revue par une personne.", text_status_fr="human"
    )
    tables = small_data.copy()
    tables["groups.csv"][0]["description_fr"] = ""
    load(tables)
    group = housing()
    assert (group.description_fr, group.text_status_fr) == (
        "Une phrase revue par une personne.",
        "human",
    )


def test_emptied_text_stays_empty_when_the_file_changes(load):
    load(small_data.copy())
    Listing.objects.filter(source_key="housing-circle").update(
        description_fr="", text_status_fr="missing"
    )
    tables = small_data.copy()
    tables["groups.csv"][0]["description_fr"] = "Une autre phrase."
    load(tables)
    assert (housing().description_fr, housing().text_status_fr) == ("", "missing")


def test_half_touched_text_does_not_break_the_load(load):
    load(small_data.copy())
    Listing.objects.filter(source_key="housing-circle").update(text_status_fr="human")
    tables = small_data.copy()
    tables["groups.csv"][0]["description_fr"] = ""
    load(tables)
    assert housing().text_status_fr == "human"
    assert housing().description_fr != ""


def test_text_that_a_person_checked_is_not_replaced_under_their_name(load):
    load(small_data.copy())
    checked = housing().description_fr
    Listing.objects.filter(source_key="housing-circle").update(text_status_fr="human")
    tables = small_data.copy()
    tables["groups.csv"][0]["description_fr"] = "Une phrase que personne n’a vue."
    load(tables)
    assert (housing().description_fr, housing().text_status_fr) == (checked, "human")


def test_deleted_organization_stays_deleted(load):
    load(small_data.copy())
    Organization.objects.all().delete()
    tables = small_data.copy()
    tables["organizations.csv"][0]["acronym"] = "HAS"
    load(tables)
    assert Organization.objects.count() == 0


def test_group_without_history_that_was_deleted_stays_deleted(load):
    load(small_data.copy())
    Decision.objects.filter(entry__source_key="housing-circle").delete()
    housing().delete()
    tables = small_data.copy()
    tables["groups.csv"][0]["acronym"] = "HR"
    load(tables)
    assert sorted(Listing.objects.values_list("source_key", flat=True)) == [
        "health-table",
        "quiet-chat",
    ]


def test_history_keeps_a_group_from_being_deleted(load):
    load(small_data.copy())
    with pytest.raises(ProtectedError):
        housing().delete()


def test_deleted_relation_stays_deleted(load):
    load(small_data.copy())
    assert Relation.objects.count() == 1
    Relation.objects.all().delete()
    load(small_data.copy())
    assert Relation.objects.count() == 0


def test_withdrawn_group_stays_withdrawn_and_out_of_the_index(load):
    load(small_data.copy())
    lifecycle.take(housing(), "withdraw", by=make_superuser(), note="asked to")
    tables = small_data.copy()
    tables["groups.csv"][0]["acronym"] = "HR"
    load(tables)
    assert housing().review == "withdrawn"
    assert housing().pk not in index.ask().keys


def test_group_once_at_the_desk_is_not_published_by_a_changed_file(load):
    load(small_data.copy())
    tables = small_data.copy()
    tables["groups.csv"][2]["publish"] = "yes"
    load(tables)
    assert Listing.objects.get(source_key="quiet-chat").review == "submitted"


def test_changed_file_reaches_the_search(load):
    load(small_data.copy())
    assert index.ask("marigold").total == 0 or not index.ask("marigold").exact
    tables = small_data.copy()
    tables["groups.csv"][0]["name"] = "Marigold Circle"
    load(tables)
    assert index.ask("marigold").keys == [housing().pk]


def test_new_row_is_added_beside_the_others(load):
    load(small_data.copy())
    before = set(Listing.objects.values_list("pk", flat=True))
    tables = small_data.copy()
    tables["groups.csv"].append({**small_data.GROUP, "key": "new-one", "name": "New One"})
    assert "groups: 1 new, 0 changed, 3 as they were" in load(tables)
    assert Listing.objects.get(source_key="new-one").review == "published"
    assert before < set(Listing.objects.values_list("pk", flat=True))


def test_row_taken_out_of_the_file_stays_on_the_site(load):
    load(small_data.copy())
    tables = small_data.copy()
    del tables["groups.csv"][1]
    load(tables)
    assert Listing.objects.filter(source_key="health-table", review="published").exists()


def test_broken_file_after_a_good_load_changes_nothing(load):
    load(small_data.copy())
    before = everything()
    tables = small_data.copy()
    tables["groups.csv"][0]["acronym"] = "HR"
    tables["groups.csv"][2]["kind"] = "club"
    with pytest.raises(Exception, match="row 4, column kind"):
        load(tables)
    assert everything() == before


def test_copy_of_somebody_elses_document_is_not_the_groups_address(load):
    tables = small_data.copy()
    tables["groups.csv"][0].update(
        source_is_mirror="yes",
        source_url="https://docs.example.com/copy",
        website="https://docs.example.com/copy/2",
    )
    load(tables)
    assert (housing().website, housing().source_is_mirror) == ("", True)


def test_groups_own_address_stays_though_the_source_is_a_copy(load):
    tables = small_data.copy()
    tables["groups.csv"][0].update(
        source_is_mirror="yes", source_url="https://docs.example.com/copy"
    )
    load(tables)
    assert housing().website == "https://housing.example.org/"


@pytest.mark.parametrize(
    ("text", "said", "status"),
    [
        ("Une phrase.", "machine", "machine"),
        ("Une phrase.", "human", "human"),
        ("", "machine", "missing"),
        ("", "", "missing"),
    ],
)
def test_status_of_a_text_is_honest(load, text, said, status):
    tables = small_data.copy()
    tables["groups.csv"][0].update(description_fr=text, text_status_fr=said)
    load(tables)
    assert housing().text_status_fr == status
