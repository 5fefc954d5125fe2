"""The life of an entry: which turns there are, what each writes, and that nothing else does."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from cop_directory.models import Listing
from curation import lifecycle, shelves
from curation.models import Decision, Entry
from search import index
from tests.factories import TURNS_TO, make_listing, make_staff, make_superuser

REVIEWS = ("draft", "submitted", "needs_answer", "published", "rejected", "withdrawn", "merged")

# verb → where from, where to, whether a reason must be given; written out a second time by hand.
TABLE = {
    "submit": ({"draft", "needs_answer"}, "submitted", False),
    "ask": ({"submitted"}, "needs_answer", True),
    "publish": ({"submitted", "needs_answer"}, "published", False),
    "reject": ({"submitted", "needs_answer"}, "rejected", True),
    "withdraw": ({"draft", "submitted", "needs_answer", "published"}, "withdrawn", True),
    "reopen": ({"rejected", "withdrawn"}, "submitted", False),
    "merge": ({"submitted", "published"}, "merged", False),
}
# verb → who may take it, written out a second time by hand as well.
WHO = {
    "submit": {"sender", "keeper", "reviewer"},
    "ask": {"reviewer"},
    "publish": {"reviewer"},
    "reject": {"reviewer"},
    "withdraw": {"sender", "keeper", "reviewer"},
    "reopen": {"reviewer"},
    "merge": {"reviewer"},
}
# What a decision says beside the status, where everybody may read why.
SAID = {
    "reject": {"public_reason": "other", "public_kind": "community-of-practice"},
    "withdraw": {"public_reason": "other", "public_kind": "community-of-practice"},
    "merge": {"public_reason": "twice", "public_kind": "community-of-practice"},
}
OPEN = [(verb, source) for verb, (sources, _, _) in TABLE.items() for source in sorted(sources)]
SHUT = [(verb, r) for verb, (sources, _, _) in TABLE.items() for r in REVIEWS if r not in sources]


def make(review):
    """A group at a status; one that was merged leads to another."""
    if review != "merged":
        return make_listing(review=review)
    listing = make_listing()
    lifecycle.take(listing, "merge", by=None, into=make_listing("The one that stays"))
    return Listing.objects.get(pk=listing.pk)


def take(listing, verb, **given):
    """A turn with everything that any turn may ask for."""
    if verb == "merge" and "into" not in given:
        given["into"] = make_listing("The one that stays")
    return lifecycle.take(listing, verb, **{"note": "because", **given})


def state_of(listing):
    """Everything that a refused turn must leave alone."""
    return (
        Entry.objects.values().get(pk=listing.pk),
        list(Decision.objects.order_by("pk").values()),
        index.ask().keys,
    )


@pytest.mark.once
def test_turns_are_those_of_the_table():
    assert {
        verb: (set(turn.sources), turn.target, turn.needs_note)
        for verb, turn in lifecycle.TURNS.items()
    } == TABLE


@pytest.mark.once
def test_every_verb_stands_under_its_own_name():
    assert [turn.verb for turn in lifecycle.TURNS.values()] == list(lifecycle.TURNS)


@pytest.mark.once
def test_turns_are_taken_by_those_of_the_table():
    assert {verb: set(turn.who) for verb, turn in lifecycle.TURNS.items()} == WHO


@pytest.mark.once
def test_every_status_can_be_reached_from_a_draft():
    reached = {"draft"}
    for _ in REVIEWS:
        reached |= {turn.target for turn in lifecycle.TURNS.values() if reached & {*turn.sources}}
    assert reached == set(Entry.Review.values)


@pytest.mark.once
def test_no_status_but_merged_is_a_dead_end():
    left = {str(source) for turn in lifecycle.TURNS.values() for source in turn.sources}
    assert left == set(Entry.Review.values) - {"merged"}


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "source"), OPEN)
def test_turn_leads_where_the_table_says(verb, source):
    listing = make(source)
    take(listing, verb, by=make_superuser())
    assert listing.review == TABLE[verb][1]
    assert Entry.objects.get(pk=listing.pk).review == TABLE[verb][1]


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "source"), OPEN)
def test_turn_writes_who_what_why_and_both_statuses(verb, source):
    listing, person = make(source), make_superuser()
    other = make_listing("The one that stays")
    decision = take(listing, verb, by=person, into=other if verb == "merge" else None)
    written = Decision.objects.values(
        "pk", "entry", "number", "verb", "by", "actor", "role", "note", "before", "after"
    )
    said = {**SAID.get(verb, {}), **({"merged_into": other.pk} if verb == "merge" else {})}
    assert written.order_by("pk").last() == {
        "pk": decision.pk,
        "entry": listing.pk,
        "number": listing.version,
        "verb": verb,
        "by": person.pk,
        "actor": person.pseudonym,
        "role": "reviewer",
        "note": "because",
        "before": {"review": source},
        "after": {"review": TABLE[verb][1], **said},
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "source"), SHUT)
def test_turn_from_elsewhere_is_refused_and_changes_nothing(verb, source):
    listing, person, other = make(source), make_superuser(), make_listing("The one that stays")
    before = state_of(listing)
    with pytest.raises(lifecycle.TurnRefused, match="This cannot be done while it is"):
        take(listing, verb, by=person, into=other if verb == "merge" else None)
    assert state_of(listing) == before
    assert listing.review == source


@pytest.mark.django_db
def test_turn_after_somebody_elses_is_refused_and_says_so():
    listing, person = make_listing(review="submitted"), make_superuser()
    seen_by_another = Listing.objects.get(pk=listing.pk)
    lifecycle.take(listing, "publish", by=person)
    with pytest.raises(lifecycle.TurnRefused, match="Somebody was faster than you"):
        lifecycle.take(seen_by_another, "reject", by=person, note="because")
    assert Listing.objects.get(pk=listing.pk).review == "published"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "members", "consent", "shown"),
    [
        ("chat-group", "newcomers", "not-asked", False),
        ("chat-group", "mixed", "not-asked", False),
        ("chat-group", "unknown", "not-asked", False),
        ("chat-group", "unknown", "agreed", True),
        ("chat-group", "newcomers", "agreed", True),
        ("chat-group", "sector", "not-asked", True),
        ("mailing-list", "unknown", "not-asked", True),
    ],
)
def test_chat_group_is_published_only_when_its_members_are_known_or_agree(
    kind, members, consent, shown
):
    listing = make_listing(review="submitted", kind=kind, members=members, consent=consent)
    person = make_superuser()
    if shown:
        lifecycle.take(listing, "publish", by=person)
    else:
        with pytest.raises(lifecycle.TurnRefused, match="Its members may be newcomers"):
            lifecycle.take(listing, "publish", by=person)
    assert Listing.objects.visible().filter(pk=listing.pk).exists() is shown


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [verb for verb, row in TABLE.items() if row[2]])
@pytest.mark.parametrize("note", ["", " \n\t"])
def test_turn_without_a_reason_is_refused_and_changes_nothing(verb, note):
    listing = make_listing(review="submitted")
    before = state_of(listing)
    with pytest.raises(lifecycle.TurnRefused, match="Say why"):
        lifecycle.take(listing, verb, by=make_superuser(), note=note)
    assert state_of(listing) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("verb", "source"), OPEN)
def test_turn_by_staff_without_rights_is_refused_and_changes_nothing(verb, source):
    listing, person, other = make(source), make_staff(), make_listing("The one that stays")
    before = state_of(listing)
    with pytest.raises(lifecycle.TurnRefused, match="You may not do this here"):
        take(listing, verb, by=person, into=other if verb == "merge" else None)
    assert state_of(listing) == before


@pytest.mark.django_db
def test_turn_by_a_person_who_left_is_refused():
    listing, person = make_listing(review="submitted"), make_superuser()
    person.is_active = False
    with pytest.raises(lifecycle.TurnRefused):
        lifecycle.take(listing, "publish", by=person)


@pytest.mark.django_db
def test_second_of_two_people_is_refused_though_the_first_look_was_right():
    mine = make_listing(review="submitted")
    theirs = Entry.objects.get(pk=mine.pk)
    lifecycle.take(theirs, "reject", by=make_superuser(), note="twice there")
    with pytest.raises(lifecycle.TurnRefused, match="Nothing was changed"):
        lifecycle.take(mine, "publish", by=make_superuser("other@example.org"))
    assert Entry.objects.get(pk=mine.pk).review == "rejected"


@pytest.mark.django_db
@pytest.mark.parametrize("review", REVIEWS)
def test_open_turns_are_those_of_the_table(review):
    listing = make(review)
    assert set(lifecycle.open_turns(listing)) == {v for v, row in TABLE.items() if review in row[0]}


@pytest.mark.django_db
def test_publishing_sets_the_day_and_withdrawing_keeps_it():
    listing = make_listing(review="submitted")
    assert listing.published_at is None
    lifecycle.take(listing, "publish", by=None)
    day = Entry.objects.get(pk=listing.pk).published_at
    lifecycle.take(listing, "withdraw", by=None, note="asked to")
    assert day is not None
    assert Entry.objects.get(pk=listing.pk).published_at == day


@pytest.mark.django_db
@pytest.mark.parametrize("review", REVIEWS)
def test_index_holds_published_entries_and_no_other(review):
    listing = make(review)
    public = {make_listing("A public group").pk}
    public |= set(Entry.objects.filter(review="published").values_list("pk", flat=True))
    assert set(index.ask().keys) == public
    assert (listing.pk in public) is (review == "published")


@pytest.mark.django_db
@pytest.mark.parametrize("members", ["mixed", "newcomers"])
def test_index_leaves_out_a_group_with_newcomers_until_it_agreed(members):
    make_listing("Not asked", members=members)
    agreed = make_listing("Agreed", members=members, consent="agreed")
    assert index.ask().keys == [agreed.pk]


@pytest.mark.django_db
def test_index_entry_is_rolled_back_with_the_turn():
    listing = make_listing(review="submitted")
    seen = []

    def publish_and_fail():
        with transaction.atomic():
            lifecycle.take(listing, "publish", by=None)
            seen.extend(index.ask().keys)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert seen == [listing.pk]
    assert index.ask().keys == []
    assert Entry.objects.get(pk=listing.pk).review == "submitted"
    assert list(Decision.objects.values_list("verb", flat=True)) == ["submit"]


@pytest.mark.django_db
def test_turn_and_decision_are_rolled_back_when_the_index_fails(monkeypatch):
    listing = make_listing(review="submitted")

    def full_disk(key, document):
        raise OSError("no space left")

    monkeypatch.setattr(index, "put", full_disk)
    with pytest.raises(OSError, match="no space left"):
        lifecycle.take(listing, "publish", by=None)
    assert Entry.objects.get(pk=listing.pk).review == "submitted"
    assert list(Decision.objects.values_list("verb", flat=True)) == ["submit"]


@pytest.mark.django_db
def test_edit_writes_the_changed_fields_only_and_reaches_the_index():
    listing, person = make_listing("Old Name"), make_superuser()
    listing.name_en = "Marigold Circle"
    listing.save()
    decision = lifecycle.record_edit(
        listing,
        by=person,
        before={"name_en": "Old Name", "kind": "lip"},
        after={"name_en": "Marigold Circle", "kind": "lip"},
    )
    assert (decision.verb, decision.by, decision.before, decision.after) == (
        "edit",
        person,
        {"name_en": "Old Name"},
        {"name_en": "Marigold Circle"},
    )
    assert index.ask("marigold").keys == [listing.pk]


@pytest.mark.django_db
def test_edit_that_changes_nothing_writes_no_decision():
    listing = make_listing()
    count = Decision.objects.count()
    assert lifecycle.record_edit(listing, by=None, before={"a": 1}, after={"a": 1}) is None
    assert Decision.objects.count() == count


@pytest.mark.django_db
def test_factories_lead_to_the_status_they_name():
    made = {make_listing(review=review).review for review in TURNS_TO}
    assert made == set(REVIEWS) - {"merged"}


@pytest.mark.django_db
def test_shelf_of_a_group_is_the_directory():
    assert shelves.of(make_listing()).name == "listing"


# Only the lifecycle changes a review status ------------------------------------------------------


def writes_of_review(source: str) -> list[int]:
    """Lines that set `review`: an assignment, update(review=…), create(review=…), setattr."""
    found = []
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AugAssign) else targets
        flat = [part for t in targets for part in (t.elts if isinstance(t, ast.Tuple) else [t])]
        if any(isinstance(t, ast.Attribute) and t.attr == "review" for t in flat):
            found.append(node.lineno)
        if (
            isinstance(node, ast.Call)
            and name_of(node.func) in WRITERS
            and (
                any(
                    word.arg in ("review", "defaults") and names_review(word)
                    for word in node.keywords
                )
                or any(isinstance(a, ast.Constant) and a.value == "review" for a in node.args)
            )
        ):
            found.append(node.lineno)
    return found


WRITERS = {"update", "create", "update_or_create", "get_or_create", "setattr", "Entry", "Listing"}


def name_of(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def names_review(word: ast.keyword) -> bool:
    if word.arg == "review":
        return True
    return any(isinstance(n, ast.Constant) and n.value == "review" for n in ast.walk(word.value))


@pytest.mark.once
def test_nothing_but_the_lifecycle_sets_a_review_status():
    ours = ("accounts", "search", "curation", "cop_directory", "outreach")
    assert {
        f"{app}/{path.relative_to(folder).as_posix()}"
        for app in ours
        for folder in [Path(apps.get_app_config(app).path)]
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and writes_of_review(path.read_text("utf-8"))
    } == {"curation/lifecycle.py"}


@pytest.mark.once
@pytest.mark.parametrize(
    "line",
    [
        'listing.review = "published"',
        'listing.review, x = "published", 1',
        'Entry.objects.filter(pk=1).update(review="published")',
        'Listing.objects.create(review="published")',
        'Listing(review="published")',
        'setattr(listing, "review", "published")',
        'Listing.objects.update_or_create(pk=1, defaults={"review": "published"})',
    ],
)
def test_planted_change_of_a_review_status_is_seen(line):
    assert writes_of_review(line) == [1]
