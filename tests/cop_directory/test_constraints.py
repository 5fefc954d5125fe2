"""The database keeps the promise: each constraint is broken once, with everything else right."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from accounts.models import Organization, User
from cop_directory.models import (
    Chat,
    Listing,
    ListingFormat,
    ListingProvince,
    Meeting,
    Place,
    PlatformFact,
)
from curation.models import Entry, Language, Relation, StartRow, Tag, TaggedEntry
from tests import broken_rows
from tests.factories import (
    make_language,
    make_listing,
    make_organization,
    make_place,
    make_platform,
    make_tag,
)

DAY = dt.date(2025, 5, 1)
NOON = dt.datetime(2025, 5, 1, 12, tzinfo=dt.UTC)


def entry(**fields):
    return lambda: Entry.objects.filter(pk=make_listing().pk).update(**fields)


def entry_with_language_alone():
    entry(name_own_language=make_language("ar"))()


def group(**fields):
    return lambda: Listing.objects.filter(pk=make_listing().pk).update(**fields)


def twice(make):
    """Making the same row a second time."""

    def do():
        make()
        make()

    return do


def fact(**fields):
    plain = {
        "about": "members-see",
        "text_en": "Seen.",
        "text_fr": "Vu.",
        "strength": "primary",
        "source_url": "https://example.org/",
        "checked_on": DAY,
    }
    return PlatformFact.objects.create(platform=make_platform(), **{**plain, **fields})


def merge_into_itself():
    tag = make_tag()
    Tag.objects.filter(pk=tag.pk).update(merged_into=tag)


def tag_twice():
    listing, tag = make_listing(), make_tag()
    for _ in range(2):
        TaggedEntry.objects.create(content_object=listing, tag=tag)


def relate_to_itself():
    listing = make_listing()
    Relation.objects.create(from_entry=listing, to_entry=listing, kind="similar")


def relate_twice():
    one, other = make_listing(), make_listing("Another group")
    for _ in range(2):
        Relation.objects.create(from_entry=one, to_entry=other, kind="similar")


def child_twice(model, **fields):
    def do():
        listing = make_listing(provinces=())
        for _ in range(2):
            model.objects.create(listing=listing, **fields)

    return do


def child(model, **fields):
    return lambda: model.objects.create(listing=make_listing(provinces=()), **fields)


BROKEN = [
    ("organization_has_a_name", lambda: make_organization("")),
    ("organization_province_exists", lambda: make_organization(province="XX")),
    (
        "language_direction_exists",
        lambda: Language.objects.create(
            code="xx", name_en="X", name_fr="X", name_native="X", direction="up"
        ),
    ),
    (
        "language_has_a_code",
        lambda: Language.objects.create(code="", name_en="X", name_fr="X", name_native="X"),
    ),
    (
        "tag_slug_unique_in_facet",
        lambda: [Tag.objects.create(facet="topic", slug="a", name=name) for name in ("A", "B")],
    ),
    (
        "tag_name_unique_in_facet",
        lambda: [Tag.objects.create(facet="topic", slug=slug, name="A") for slug in ("a", "b")],
    ),
    ("tag_not_merged_into_itself", merge_into_itself),
    ("entry_tagged_once", tag_twice),
    ("entry_has_a_name", entry(name_en="")),
    ("entry_own_name_has_its_language", entry(name_own="اسم")),
    ("entry_own_name_has_its_language", entry_with_language_alone),
    ("entry_text_status_is_honest_en", entry(text_status_en="original")),
    ("entry_text_status_is_honest_en", entry(description_en="Text.")),
    ("entry_text_status_is_honest_en", entry(one_line_en="Text.")),
    ("entry_text_status_is_honest_fr", entry(text_status_fr="machine")),
    ("entry_text_status_is_honest_fr", entry(description_fr="Texte.")),
    ("entry_confirmed_by_somebody_on_a_day", entry(confirmed_on=DAY)),
    ("entry_confirmed_by_somebody_on_a_day", entry(confirmed_by="group")),
    ("entry_review_rhythm_exists", entry(review_months=5)),
    ("entry_closing_day_only_when_closing", entry(closed_on=DAY)),
    ("entry_link_answer_has_a_day", entry(link_answered=True)),
    ("entry_published_at_some_time", entry(published_at=None)),
    ("entry_key_fits_the_index", lambda: make_listing(pk=2**32)),
    ("relation_written_once", relate_twice),
    ("relation_between_two_entries", relate_to_itself),
    ("start_row_once", twice(lambda: StartRow.objects.create(table="groups", key="a"))),
    ("place_province_exists", lambda: make_place(province="XX")),
    ("platform_fact_once", twice(fact)),
    ("platform_fact_has_a_source", lambda: fact(source_url="")),
    ("platform_fact_has_a_source", lambda: fact(strength="unknown")),
    ("listing_kind_exists", group(kind="club")),
    ("listing_scope_exists", group(scope="galaxy")),
    ("listing_join_exists", group(join="maybe")),
    ("listing_lies_in_canada", group(latitude=0, longitude=0)),
    ("listing_lies_in_canada", group(latitude=45)),
    ("listing_lies_in_canada", group(longitude=-75)),
    ("listing_lies_in_canada", group(latitude=48, longitude=2)),
    ("listing_since_a_real_year", group(established=1799)),
    ("listing_since_a_real_year", group(established=2101)),
    ("listing_province_once", child_twice(ListingProvince, province="NS")),
    ("listing_province_exists", child(ListingProvince, province="XX")),
    ("listing_format_once", child_twice(ListingFormat, format="online")),
    ("listing_format_exists", child(ListingFormat, format="telepathy")),
    ("meeting_once", child_twice(Meeting, starts_at=NOON)),
    ("meeting_takes_time", child(Meeting, starts_at=NOON, minutes=0)),
    ("chat_app_only_or_another_way", child(Chat, app_only=True, other_way_en="By phone.")),
    ("chat_app_only_or_another_way", child(Chat, app_only=True, other_way_fr="Par téléphone.")),
    *broken_rows.ROWS,
]


def our_constraints(kind=models.CheckConstraint | models.UniqueConstraint) -> set[str]:
    return {
        constraint.name
        for app in ("accounts", "curation", "cop_directory")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    }


@pytest.mark.once
def test_table_of_broken_rows_has_every_constraint():
    assert {name for name, _ in BROKEN} == our_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(("constraint", "break_it"), BROKEN, ids=[name for name, _ in BROKEN])
def test_constraint_refuses_the_row(constraint, break_it):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it()
    # SQLite names the columns of a broken unique constraint, not the constraint.
    nameless = connection.vendor == "sqlite" and constraint in our_constraints(
        models.UniqueConstraint
    )
    assert nameless or constraint in str(refusal.value)


UNIQUE_FIELDS = [
    twice(lambda: User.objects.create_user("ana@example.org", "x")),
    twice(lambda: make_organization(source_key="agency")),
    twice(lambda: make_listing(source_key="group")),
    lambda: [
        Language.objects.create(code=code, name_en="Cree", name_fr=code, name_native="x")
        for code in ("cr", "cw")
    ],
    lambda: [
        Language.objects.create(code=code, name_en=code, name_fr="cri", name_native="x")
        for code in ("cr", "cw")
    ],
]


@pytest.mark.django_db
@pytest.mark.parametrize("make_two", UNIQUE_FIELDS)
def test_unique_field_refuses_a_second_row(make_two):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_two()


GOOD = [
    entry(link_checked_on=DAY),
    entry(link_checked_on=DAY, link_answered=False),
    entry(confirmed_on=DAY, confirmed_by="group", review_months=12),
    entry(activity="closed", closed_on=DAY),
    entry(name_en="", name_fr="Réseau"),
    entry(text_status_en="original", one_line_en="One line."),
    group(latitude=45.5, longitude=-73.6, established=1999),
    lambda: fact(strength="unknown", source_url=""),
    child(Chat, app_only=True),
    child(Chat, other_way_en="By phone.", other_way_fr="Par téléphone."),
]


@pytest.mark.django_db
@pytest.mark.parametrize("write_it", GOOD)
def test_rows_just_within_the_rules_are_kept(write_it):
    assert write_it() is not None


@pytest.mark.django_db
def test_same_source_key_may_be_missing_twice():
    make_organization()
    make_organization()
    assert Organization.objects.filter(source_key=None).count() == 2


@pytest.mark.django_db
def test_province_of_a_place_is_asked_of_the_database_too():
    place = make_place()
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=place.pk).update(province="")
