"""The library's starting data: a broken cell is refused by name, the real ones are all there."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Organization
from curation.loading import BrokenData
from curation.models import Entry, StartRow, Tag
from resources import loading
from resources.models import Kind, Resource
from search import index
from tests.cop_directory import small_data

# (column, what stands there)
WRONG_CELLS = [
    ("key", ""),
    ("key", "k" * 121),
    ("kind", "lesson"),
    ("kind", "webinar"),
    ("title_en", "a" * 301),
    ("authors", "a" * 301),
    ("publisher", "a" * 201),
    ("organization", "nobody"),
    ("year", "1066"),
    ("year", "last year"),
    ("link", "press.example.org"),
    ("link", "https://chat.whatsapp.com/abc"),
    ("languages", ""),
    ("languages", "en;tlh"),
    ("topics", ""),
    ("topics", "housing;dragons"),
    ("clients", "wizards"),
    ("roles", "housing"),
    ("barriers", "weather"),
    ("formats", "telepathy"),
    ("provinces", "XX"),
    ("national", "perhaps"),
    ("national", "yes"),
    ("method", "hearsay"),
    ("method_count", "many"),
    ("method_count", "0"),
    ("published_research", "perhaps"),
    ("words", "w" * 121),
    ("about_en", "a" * 141),
    ("about_fr", "a" * 141),
    ("text_status_fr", "perfect"),
    ("source_url", ""),
    ("source_is_mirror", "perhaps"),
    ("verified", "no"),
    ("licence", "free"),
]


def rows():
    with (loading.DATA / "resources.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def folder_with(tmp_path, *resources):
    return small_data.write(tmp_path, {**small_data.copy(), "resources.csv": list(resources)})


@pytest.mark.once
@pytest.mark.parametrize(("column", "cell"), WRONG_CELLS)
def test_wrong_cell_is_named(tmp_path, column, cell):
    broken = {**small_data.RESOURCE, "key": "res-two", column: cell}
    folder = folder_with(tmp_path, small_data.RESOURCE, broken)
    with pytest.raises(BrokenData) as refusal:
        loading.plan_all(folder)
    assert str(refusal.value).startswith(f"resources.csv, row 3, column {column}: ")


@pytest.mark.once
def test_key_twice_and_title_in_no_language_are_named(tmp_path):
    nameless = {**small_data.RESOURCE, "key": "res-two", "title_en": "", "title_fr": ""}
    for broken, column in ((small_data.RESOURCE, "key"), (nameless, "title_en")):
        with pytest.raises(BrokenData, match=f"resources.csv, row 3, column {column}: "):
            loading.plan_all(folder_with(tmp_path, small_data.RESOURCE, broken))


@pytest.mark.django_db
def test_broken_cell_of_the_library_loads_no_group_either(tmp_path):
    with pytest.raises(Exception, match="Nothing was loaded. resources.csv, row 2, column kind: "):
        call_command(
            "load_start_data", folder=folder_with(tmp_path, {**small_data.RESOURCE, "kind": "?"})
        )
    assert (Entry.objects.count(), StartRow.objects.count(), index.ask().total) == (0, 0, 0)


@pytest.mark.django_db
def test_row_becomes_what_it_says(tmp_path):
    row = {
        **small_data.RESOURCE,
        "organization": "harbour-agency",
        "words": "eligibility|admissibilité",
        "formats": "online;hybrid",
        "method": "study",
        "published_research": "yes",
        "licence": "cc-by",
    }
    call_command("load_start_data", folder=folder_with(tmp_path, row), stdout=StringIO())
    resource = Resource.objects.get(source_key="res-first-month")
    assert (resource.kind, resource.name_en, resource.name_fr, resource.one_line_en) == (
        "guide",
        "The First Month",
        "Le premier mois",
        "What to do about a home in the first month.",
    )
    assert (resource.review, resource.source, resource.text_status_en, resource.text_status_fr) == (
        "published",
        "page",
        "original",
        "machine",
    )
    assert (resource.method, resource.peer_reviewed, resource.licence, resource.national) == (
        "study",
        True,
        "cc-by",
        False,
    )
    assert resource.organization == Organization.objects.get(source_key="harbour-agency")
    assert sorted(tag.key for tag in resource.tags.all()) == ["free:eligibility", "topic:housing"]
    assert Tag.objects.get(facet="free").name_fr == "admissibilité"
    assert sorted(each.format for each in resource.formats.all()) == ["hybrid", "online"]
    assert [decision.verb for decision in resource.decisions.order_by("pk")] == [
        "submit",
        "publish",
    ]
    assert resource.pk in index.ask("first month").keys


@pytest.mark.django_db
def test_what_a_person_touched_stays_and_the_rest_follows_the_file(tmp_path):
    say = {"stdout": StringIO()}
    row = {**small_data.RESOURCE, "organization": "harbour-agency"}
    call_command("load_start_data", folder=folder_with(tmp_path, row), **say)
    Resource.objects.update(organization=None, publisher="Lighthouse Press")
    changed = {**row, "publisher": "Other Press", "authors": "B. Author"}
    call_command("load_start_data", folder=folder_with(tmp_path, changed), **say)
    resource = Resource.objects.get()
    assert (resource.organization, resource.publisher, resource.authors) == (
        None,
        "Lighthouse Press",
        "B. Author",
    )


@pytest.mark.once
def test_real_rows_say_no_more_than_they_know():
    real = rows()
    assert len(real) == len({row["key"] for row in real}) == 91
    assert [row["key"] for row in real if row["kind"] == Kind.LESSON] == []
    assert [row["key"] for row in real if not 1 <= len(row["topics"].split(";")) <= 4] == []
    assert [row["key"] for row in real if row["national"] == "yes" and row["provinces"]] == []
    assert [row["key"] for row in real if row["verified"] == "named" and row["link"]] == []
    assert {row["text_status_fr"] for row in real} == {"machine"}
