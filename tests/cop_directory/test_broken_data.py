"""A broken file loads nothing, and says in which file, row and column, and why."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organization
from cop_directory import loading
from cop_directory.models import Listing, Place, Platform, PlatformFact
from curation.loading import BrokenData
from curation.models import Decision, Entry, Language, StartRow, Tag
from resources.models import Resource
from search import index
from tests.cop_directory import small_data

LOADED = (
    Language,
    Tag,
    Place,
    Platform,
    PlatformFact,
    Organization,
    Entry,
    Listing,
    Resource,
    StartRow,
    Decision,
)

LONG = "a" * 301
# (file, row as numbered in the file, column, what stands there)
WRONG_CELLS = [
    ("groups.csv", 2, "kind", "club"),
    ("groups.csv", 2, "kind", ""),
    ("groups.csv", 2, "name", ""),
    ("groups.csv", 2, "name", LONG),
    ("groups.csv", 2, "name", "Housing\0Circle"),
    ("groups.csv", 2, "name_fr", LONG),
    ("groups.csv", 2, "acronym", "A" * 41),
    ("groups.csv", 4, "key", ""),
    ("groups.csv", 4, "key", "k" * 121),
    ("groups.csv", 4, "key", "housing-circle"),
    ("groups.csv", 2, "provinces", "NS;XX"),
    ("groups.csv", 2, "provinces", "ns"),
    ("groups.csv", 2, "languages", "en;tlh"),
    ("groups.csv", 2, "hosts", "nobody"),
    ("groups.csv", 2, "city", "Atlantis"),
    ("groups.csv", 2, "city", "Gander"),
    ("groups.csv", 2, "scope", "galactic"),
    ("groups.csv", 2, "platform", "carrier-pigeon"),
    ("groups.csv", 2, "join_method", "perhaps"),
    ("groups.csv", 2, "meeting_format", "telepathy"),
    ("groups.csv", 2, "topics", "housing;dragons"),
    ("groups.csv", 2, "audience", "wizards"),
    ("groups.csv", 2, "audience_fr", "a" * 201),
    ("groups.csv", 2, "latitude", "north"),
    ("groups.csv", 2, "latitude", "nan"),
    ("groups.csv", 2, "latitude", "99.5"),
    ("groups.csv", 2, "latitude", "0"),
    ("groups.csv", 2, "latitude", ""),
    ("groups.csv", 2, "longitude", "1e400"),
    ("groups.csv", 2, "longitude", ""),
    ("groups.csv", 2, "website", "housing.example.org"),
    ("groups.csv", 2, "website", "javascript:alert(1)"),
    ("groups.csv", 2, "website", "https://example.org/" + "a" * 500),
    ("groups.csv", 2, "source_url", "see the page"),
    ("groups.csv", 2, "source_year", "last year"),
    ("groups.csv", 2, "source_year", "-5"),
    ("groups.csv", 2, "source_year", "20190"),
    ("groups.csv", 2, "source_year", "2019.5"),
    ("groups.csv", 2, "source_is_mirror", "perhaps"),
    ("groups.csv", 2, "verified", "no"),
    ("groups.csv", 2, "status", "alive"),
    ("groups.csv", 2, "members", "everybody"),
    ("groups.csv", 4, "publish", "maybe"),
    ("groups.csv", 4, "publish", ""),
    ("groups.csv", 2, "text_status_fr", "perfect"),
    ("groups.csv", 2, "description_en", "One\0two"),
    ("groups.csv", 3, "part_of", "nobody"),
    ("groups.csv", 3, "part_of", "health-table"),
    ("groups.csv", 3, "replaced_by", "nobody"),
    ("languages.csv", 3, "code", ""),
    ("languages.csv", 3, "code", "english"),
    ("languages.csv", 3, "code", "en"),
    ("languages.csv", 3, "name_en", "English"),
    ("languages.csv", 2, "name_native", ""),
    ("languages.csv", 2, "direction", "up"),
    ("vocabulary.csv", 2, "facet", "mood"),
    ("vocabulary.csv", 4, "slug", "housing"),
    ("vocabulary.csv", 4, "slug", ""),
    ("vocabulary.csv", 4, "slug", "not a slug"),
    ("vocabulary.csv", 2, "label_en", ""),
    ("vocabulary.csv", 4, "label_en", "Housing"),
    ("vocabulary.csv", 2, "label_fr", "a" * 121),
    ("lexicon.csv", 2, "slug", ""),
    ("mapping.csv", 7, "slug", "dragons"),
    ("mapping.csv", 7, "facet", "topci"),
    ("places.csv", 2, "province", "XX"),
    ("places.csv", 2, "within", "atlantis"),
    ("places.csv", 2, "name_en", ""),
    ("places.csv", 3, "key", "halifax-ns"),
    ("platforms.csv", 2, "shows_number", "often"),
    ("platforms.csv", 2, "is_app", "2"),
    ("platforms.csv", 2, "website", "nowhere"),
    ("platform_facts.csv", 2, "platform", "telegraph"),
    ("platform_facts.csv", 2, "fact", "gossip"),
    ("platform_facts.csv", 2, "checked_on", "yesterday"),
    ("platform_facts.csv", 2, "checked_on", "2025-02-30"),
    ("platform_facts.csv", 2, "strength", "strong"),
    ("platform_facts.csv", 2, "source_url", ""),
    ("organizations.csv", 2, "type", "club"),
    ("organizations.csv", 2, "province", "XX"),
    ("organizations.csv", 2, "name_en", ""),
    ("organizations.csv", 2, "website", "nowhere"),
]


def why_refused(folder) -> str:
    """What the command says; it fails where the command loads, or breaks in another way."""
    with pytest.raises(CommandError) as refusal:
        call_command("load_start_data", folder=folder)
    return str(refusal.value)


def rows_in_the_database() -> dict[str, int]:
    return {m.__name__: m._default_manager.count() for m in LOADED if m._default_manager.exists()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "row", "column", "cell"),
    WRONG_CELLS,
    ids=[f"{f}-{c}-{cell[:20]!r}" for f, _, c, cell in WRONG_CELLS],
)
def test_wrong_cell_loads_nothing_and_is_named(tmp_path, file, row, column, cell):
    tables = small_data.copy()
    tables[file][row - 2][column] = cell
    said = why_refused(small_data.write(tmp_path, tables))
    assert said.startswith(f"Nothing was loaded. {file}, row {row}, column {column}: ")
    assert rows_in_the_database() == {}
    assert index.ask().total == 0


@pytest.mark.django_db
def test_right_cells_load_everything(tmp_path):
    call_command("load_start_data", folder=small_data.write(tmp_path, small_data.copy()))
    assert set(rows_in_the_database()) == {model.__name__ for model in LOADED}
    assert index.ask().total == 3


@pytest.mark.once
def test_every_file_is_broken_somewhere():
    assert {file for file, *_ in WRONG_CELLS} == set(small_data.SMALL)


@pytest.mark.django_db
@pytest.mark.parametrize("cell", ["topic:dragons", "housing", "topic:housing;mood:good"])
def test_unknown_term_in_a_column_of_terms_loads_nothing_and_is_named(tmp_path, cell):
    folder = small_data.write(tmp_path, small_data.copy())
    rows = small_data.copy()["groups.csv"]
    rows[1]["tags"] = cell
    small_data.write_file(folder / "groups.csv", [*small_data.header("groups.csv"), "tags"], rows)
    said = why_refused(folder)
    assert said.startswith("Nothing was loaded. groups.csv, row 3, column tags: ")
    assert rows_in_the_database() == {}


# What is wrong with a whole file ----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("file", sorted(small_data.SMALL))
def test_missing_file_loads_nothing_and_is_named(tmp_path, file):
    folder = small_data.write(tmp_path, small_data.copy())
    (folder / file).unlink()
    assert why_refused(folder) == f"Nothing was loaded. {file}: the file is not there"
    assert rows_in_the_database() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("file", sorted(small_data.SMALL))
def test_broken_utf8_loads_nothing_and_is_named(tmp_path, file):
    folder = small_data.write(tmp_path, small_data.copy())
    with (folder / file).open("ab") as end:
        end.write(b"caf\xe9,x\n")
    assert why_refused(folder).startswith(f"Nothing was loaded. {file}: it is not UTF-8")
    assert rows_in_the_database() == {}


ROWS = {
    "one cell too many": (b"too,many", "more or fewer cells"),
    "one cell too few": (b"too-few", "more or fewer cells"),
    "a quote that never ends": (b'"open', ""),
    "a quote inside a word": (b'"x"y,', ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("file", sorted(small_data.SMALL))
@pytest.mark.parametrize(("line", "reason"), ROWS.values(), ids=ROWS)
def test_row_that_is_no_row_loads_nothing_and_is_named(tmp_path, file, line, reason):
    folder = small_data.write(tmp_path, small_data.copy())
    commas = b"," * len(small_data.header(file)) if b"many" in line else b""
    with (folder / file).open("ab") as end:
        end.write(line + commas + b"\n")
    said = why_refused(folder)
    row = len(small_data.SMALL[file]) + 2
    assert said.startswith(f"Nothing was loaded. {file}, row {row}")
    assert reason in said
    assert rows_in_the_database() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("file", sorted(small_data.SMALL))
def test_empty_file_loads_nothing_and_is_named(tmp_path, file):
    folder = small_data.write(tmp_path, small_data.copy())
    (folder / file).write_bytes(b"")
    assert why_refused(folder).startswith(f"Nothing was loaded. {file}")
    assert rows_in_the_database() == {}


# Columns that nothing reads: what was gathered is kept as evidence, or only the demo has them.
NOT_READ = {
    "groups.csv": {"host_organization", "publish_reason"},
    "lexicon.csv": {"note", "quiet"},
    "mapping.csv": {"note"},
    "vocabulary.csv": {"note"},
}
COLUMNS = [(file, column) for file in small_data.SMALL for column in small_data.header(file)]


@pytest.mark.once
@pytest.mark.parametrize(("file", "column"), COLUMNS)
def test_missing_column_is_named_unless_nothing_reads_it(tmp_path, file, column):
    folder = small_data.write(tmp_path, small_data.copy())
    left = [name for name in small_data.header(file) if name != column]
    rows = [{k: v for k, v in row.items() if k in left} for row in small_data.SMALL[file]]
    small_data.write_file(folder / file, left, rows)
    if column in NOT_READ.get(file, ()):
        assert callable(loading.plan_all(folder))
        return
    with pytest.raises(BrokenData) as refusal:
        loading.plan_all(folder)
    assert str(refusal.value).startswith(f"{file}, row 1, column {column}: ")


@pytest.mark.once
def test_column_more_than_expected_is_no_harm(tmp_path):
    folder = small_data.write(tmp_path, small_data.copy())
    rows = [{**row, "remark": "kept"} for row in small_data.SMALL["places.csv"]]
    small_data.write_file(folder / "places.csv", [*small_data.header("places.csv"), "remark"], rows)
    assert callable(loading.plan_all(folder))


@pytest.mark.once
def test_byte_order_mark_of_a_spreadsheet_is_no_harm(tmp_path):
    folder = small_data.write(tmp_path, small_data.copy())
    path = folder / "groups.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert callable(loading.plan_all(folder))
