"""A group as values: what is worked out, found by name, saved, and said in words."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from cop_directory.editing import STORED
from cop_directory.forms import FIELDS, GroupForm
from cop_directory.models import Listing, Partnership
from curation.models import Stance, Tag
from tests.cop_directory.filled import cleaned, make_lists, typed, wrong
from tests.factories import make_listing, make_organization, make_place, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


# What is worked out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "changes", "statuses"),
    [
        ("en", {}, ("original", "missing")),
        ("fr", {}, ("original", "missing")),
        ("en", {"one_line_fr": "Ici."}, ("original", "human")),
        ("fr", {"one_line_fr": "Ici."}, ("human", "original")),
        (
            "en",
            {"one_line_fr": "Ici.", "text_status_fr": "machine"},
            ("original", "machine"),
        ),
        ("en", {"text_status_fr": "human"}, ("original", "missing")),
    ],
)
def test_status_of_each_text_is_worked_out(lang, changes, statuses):
    with override(lang):
        values = cleaned(**changes)
    assert (values["text_status_en"], values["text_status_fr"]) == statuses


@pytest.mark.parametrize(
    ("there", "written", "status"),
    [
        ({"description_fr": "Ils rencontrent."}, {"one_line_fr": "Ici."}, "machine"),
        (
            {"description_fr": "Ils rencontrent.", "one_line_fr": "Là."},
            {"one_line_fr": "Ici."},
            "machine",
        ),
        (
            {"description_fr": "Ils rencontrent.", "one_line_fr": "Là."},
            {"description_fr": "Ils se réunissent."},
            "human",
        ),
        ({"one_line_fr": "Là."}, {"one_line_fr": "Ici."}, "human"),
        ({"one_line_fr": "Là."}, {}, "machine"),
        (
            {"description_fr": "Ils rencontrent.", "one_line_fr": "Là."},
            {"description_fr": ""},
            "machine",
        ),
    ],
)
def test_text_of_a_machine_is_read_where_its_description_was_touched(there, written, status):
    make_lists()
    entry = make_listing(description_en="They meet.", text_status_fr="machine", **there)
    held = {name: there.get(name, "") for name in ("one_line_fr", "description_fr")}
    form = STORED.form(typed(**{**held, **written}, text_status_fr="machine"), entry)
    assert form.errors == {}
    assert form.values()["text_status_fr"] == status


def test_text_of_a_machine_that_somebody_mended_is_theirs():
    group = make_listing(
        description_en="They meet.", description_fr="Ils rencontrent.", text_status_fr="machine"
    )
    held = STORED.values(group)
    form = STORED.form(typed(**{**held, "description_fr": "On se rencontre."}), group)
    assert (wrong(form), form.values()["text_status_fr"]) == ([], "human")


@pytest.mark.parametrize(
    ("stance", "consent", "activity"),
    [
        (Stance.RUN, "agreed", "active"),
        (Stance.ASKED, "agreed", "active"),
        (Stance.TIP, "not-asked", "unknown"),
    ],
)
def test_whoever_runs_a_group_agrees_by_sending_it(stance, consent, activity):
    values = cleaned(stance=stance)
    assert (values["consent"], values["activity"]) == (consent, activity)


def test_stranger_cannot_agree_for_a_group_that_is_here():
    group = make_listing()
    form = STORED.form({"stance": "run"}, group)
    assert (wrong(form), form.values()["consent"]) == ([], "not-asked")


def test_part_of_another_kind_is_left_out():
    values = cleaned(domain_en="Homes", plan_title="Plan", other_way_en="Ask.")
    assert (values["domain_en"], values["plan_title"], values["other_way_en"]) == ("Homes", "", "")


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Halifax", "halifax", "Halifax, Nova Scotia", "HALIFAX NS"])
def test_town_is_found_by_its_name(name):
    make_place("halifax-ns")
    assert cleaned(place=name)["place"] == "halifax-ns"


@pytest.mark.parametrize("name", ["Halifax, Nova Scotia", "Halifax, Nouvelle-Écosse"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_town_is_found_by_its_province_in_either_language(name, lang):
    make_place("halifax-ns")
    with override(lang):
        assert cleaned(place=name)["place"] == "halifax-ns"


def test_town_of_two_provinces_is_asked_for():
    make_place("windsor-ns")
    make_place("windsor-on", "ON")
    form = STORED.form(typed(place="Windsor"), None)
    assert form.errors["place"] == [
        "Which one? Write the province too: Windsor, Nova Scotia, Windsor, Ontario"
    ]


def test_town_that_we_do_not_have_is_kept_in_words():
    values = cleaned(place="Meaford", area_en="the bay")
    assert (values["place"], values["area_en"]) == ("", "Meaford, the bay")


def test_organizations_are_found_by_name_and_acronym_and_others_kept_in_words():
    agency = make_organization("Harbour Agency", acronym="HA")
    other = make_organization("", name_fr="Maison d’accueil")
    with override("fr"):
        values = cleaned(hosts=["ha", "Maison d'accueil", "New Agency", ""])
    assert values["hosts"] == [agency.pk, other.pk]
    assert (values["host_note_fr"], values["host_note_en"]) == ("New Agency", "")


def test_free_words_are_written_once_and_as_they_are_here_already():
    Tag.objects.create(name="Bike repair", slug="bike-repair", facet="free")
    assert cleaned(words="bike repair, Tea; tea,, Bike  Repair")["words"] == ["Bike repair", "tea"]


# Saving ------------------------------------------------------------------------------------------


def test_new_group_is_a_draft_told_by_a_person():
    entry = STORED.write(None, cleaned())
    assert (entry.review, entry.source, entry.shelf, str(entry)) == (
        "draft",
        "person",
        "listing",
        "Housing Circle",
    )


def test_values_come_back_as_they_were_saved():
    agency = make_organization()
    make_place("halifax-ns")
    values = cleaned(
        hosts=[agency.name_en],
        place="Halifax",
        formats=["online", "in-person"],
        words="tea, bikes",
        clients=["refugees"],
        domain_en="Homes\nand rooms",
        facilitator_paid="true",
        core_group_size="4",
        established="2019",
        captions="false",
    )
    assert STORED.values(STORED.write(None, values)) == values


@pytest.mark.usefixtures("site")
def test_round_trip_changes_nothing(site):
    for group in site.groups:
        values = STORED.values(group)
        form = STORED.form(values, group)
        assert (wrong(form), form.values()) == ([], values)
        before = Listing.objects.filter(pk=group.pk).values().get()
        STORED.write(group, values)
        assert Listing.objects.filter(pk=group.pk).values().get() == before
        assert STORED.values(group) == values


@pytest.mark.usefixtures("site")
def test_untouched_form_of_a_browser_changes_nothing(client, site):
    from tests.curation.forms import FilledForm

    for group in site.groups:
        page = client.get(f"/en/add/change/{group.pk}/").content.decode()
        sent = QueryDict(mutable=True)
        for name, values in FilledForm(page).values.items():
            sent.setlist(name, values)
        form = STORED.form(sent, group)
        assert (group.pk, wrong(form), form.values()) == (group.pk, [], STORED.values(group))


def test_terms_that_the_form_does_not_hold_stay():
    group = make_listing(tags=[make_tag("barrier-time", facet="barrier"), make_tag("housing")])
    STORED.write(group, {"topics": ["health"]})
    assert sorted(group.tagged.values_list("tag__slug", flat=True)) == ["barrier-time", "health"]


def test_free_word_that_was_mapped_becomes_the_term():
    health = make_tag("health")
    Tag.objects.create(name="wellness", slug="wellness", facet="free", merged_into=health)
    entry = STORED.write(None, cleaned(words="wellness"))
    assert STORED.values(entry)["topics"] == ["health", "housing"]


def test_moving_to_another_town_forgets_the_point_on_the_map():
    make_place("halifax-ns")
    group = make_listing(place=make_place("gander-nl", "NL"), latitude=48, longitude=-54)
    STORED.write(group, {"place": "halifax-ns"})
    moved = Listing.objects.get(pk=group.pk)
    assert (moved.place_id, moved.latitude, moved.longitude) == ("halifax-ns", None, None)


def test_part_is_made_only_for_what_is_said():
    entry = STORED.write(None, cleaned(kind="lip"))
    assert not Partnership.objects.filter(pk=entry.pk).exists()
    STORED.write(entry, {"plan_title": "Plan"})
    assert Partnership.objects.get(pk=entry.pk).plan_title == "Plan"


# Words for people --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("kind", "lip", ["Local Immigration Partnership"]),
        ("provinces", ["NS", "BC"], ["British Columbia", "Nova Scotia"]),
        ("topics", ["housing", "gone"], ["Housing", "gone"]),
        ("platform", "none", []),
        ("platform", "whatsapp", ["Whatsapp"]),
        ("captions", True, ["Yes"]),
        ("captions", None, []),
        ("description_en", "a\nb", ["a", "b"]),
        ("closed_on", "2026-05-01", ["1 May 2026"]),
        ("hosts", [999_999], ["999999"]),
        ("review_months", 6, ["Every six months"]),
        ("text_status_fr", "missing", []),
        ("cost", "unknown", []),
        ("gone", "x", []),
    ],
)
def test_values_are_said_in_words(name, value, said):
    assert STORED.words(name, value) == said


def test_every_field_has_a_name_in_both_languages():
    for lang in ("en", "fr"):
        with override(lang):
            labels = {name: STORED.label(name) for name in FIELDS}
        assert [name for name, label in labels.items() if not label or label == name] == []


def test_nothing_said_is_no_words():
    said = {name: STORED.words(name, value) for name, value in GroupForm.blank().items()}
    del said["app_only"], said["consent"], said["review_months"]
    assert {name: words for name, words in said.items() if words} == {}
