"""Edits beside a published entry: proposed, compared, accepted in part, declined, restored."""

from uuid import uuid4

import pytest

from accounts.models import User
from cop_directory.editing import STORED
from cop_directory.models import Listing
from curation import changes, history
from curation.changes import Invalid, NothingNew, Sender
from curation.lifecycle import TurnRefused
from curation.models import Case, Change
from search import index
from tests.curation.proposals import mails_to, make_lists
from tests.factories import make_listing, make_organization, make_superuser, make_tag, reindex

pytestmark = pytest.mark.django_db

STRANGER = Sender(email="worker@example.org")


@pytest.fixture(autouse=True)
def words():
    """What the lists of the form offer."""
    make_lists()


@pytest.fixture
def group():
    """A public group."""
    return make_listing(
        tags=[make_tag("housing")], one_line_en="They meet.", website="https://old.example.org/"
    )


@pytest.fixture
def boss():
    """Somebody who reviews."""
    return make_superuser()


def propose(group, *, sender=STRANGER, seen=None, token=None, **wanted):
    """Propose an edit of a group as it is."""
    return changes.propose(
        group,
        wanted,
        sender=sender,
        token=token or uuid4(),
        base=group.version,
        seen=seen or STORED.values(group),
    )


def now(group):
    """The one line and the web page that everybody sees."""
    return Listing.objects.values_list("one_line_en", "website").get(pk=group.pk)


def version(group):
    """The version of a group in the database."""
    return Listing.objects.values_list("version", flat=True).get(pk=group.pk)


def test_edit_waits_beside_the_page(group):
    change = propose(group, one_line_en="They talk.")
    assert now(group)[0] == "They meet."
    assert (change.state, change.patch) == (
        "waiting",
        {"one_line_en": ["They meet.", "They talk."]},
    )
    assert list(Case.objects.values_list("reason", "change")) == [("change", change.pk)]


def test_same_token_is_the_same_edit(group):
    token = uuid4()
    first = propose(group, token=token, one_line_en="They talk.")
    assert propose(group, token=token, one_line_en="They sing.") == first
    assert Change.objects.count() == 1


def test_nothing_new_is_no_edit(group):
    with pytest.raises(NothingNew):
        propose(group, one_line_en="They meet.")


def test_edit_that_the_form_refuses_is_none(group):
    with pytest.raises(Invalid) as refused:
        propose(group, website="https://t.me/+AbCdEf")
    assert list(refused.value.errors) == ["website"]


def test_field_that_was_not_seen_is_not_changed(group):
    change = propose(group, seen={"one_line_en": "They meet."}, one_line_en="They talk.")
    assert list(change.patch) == ["one_line_en"]


def test_accepted_edit_is_public_found_and_written_down(group, boss):
    reindex()
    change = propose(group, one_line_en="They compare leases.")
    changes.accept(change, by=boss, version=version(group))
    assert now(group)[0] == "They compare leases."
    assert index.ask("leases").keys == [group.pk]
    decision = group.decisions.order_by("-number").first()
    assert (decision.verb, decision.before, decision.after) == (
        "edit",
        {"one_line_en": "They meet."},
        {"one_line_en": "They compare leases."},
    )
    assert Case.objects.filter(closed_at=None).count() == 0
    assert mails_to("worker@example.org")[-1] == (
        "Your edit of “Housing Workers of Halifax” is public"
    )


def test_edit_can_be_accepted_in_part(group, boss):
    change = propose(group, one_line_en="They talk.", website="https://new.example.org/")
    changes.accept(change, by=boss, version=version(group), fields={"one_line_en"})
    assert now(group) == ("They talk.", "https://old.example.org/")


def test_whoever_saw_an_older_version_cannot_accept(group, boss):
    change, other = propose(group, one_line_en="They talk."), propose(group, cost="free")
    seen = version(group)
    changes.accept(other, by=boss, version=seen)
    with pytest.raises(TurnRefused):
        changes.accept(change, by=boss, version=seen)
    assert now(group)[0] == "They meet."


def test_conflicts_are_fields_that_somebody_else_changed(group, boss):
    mine = propose(group, one_line_en="They talk.", cost="free", rhythm="weekly")
    other = propose(group, one_line_en="They sing.", cost="free", acronym="HW")
    changes.accept(other, by=boss, version=version(group))
    assert [(c.field, c.seen, c.now, c.wanted) for c in changes.conflicts(mine)] == [
        ("one_line_en", "They meet.", "They sing.", "They talk.")
    ]


def test_declined_edit_leaves_the_page_and_tells_why(group, boss):
    change = propose(group, one_line_en="They talk.")
    changes.decline(change, by=boss, note="They do not.")
    change.refresh_from_db()
    assert (now(group)[0], change.state, change.answer) == (
        "They meet.",
        "declined",
        "They do not.",
    )
    assert mails_to("worker@example.org")[-1].endswith("was not published")


@pytest.mark.parametrize("act", ["decline", "ask"])
def test_reviewers_say_why(group, boss, act):
    change = propose(group, one_line_en="They talk.")
    with pytest.raises(TurnRefused):
        getattr(changes, act)(change, by=boss, note=" ")


def test_question_and_answer_put_the_edit_back_on_the_desk(group, boss):
    change = propose(group, one_line_en="They talk.")
    changes.ask(change, by=boss, note="Do they?")
    assert Case.objects.filter(closed_at=None).count() == 0
    changes.answer(Change.objects.get(), words="They do.")
    change.refresh_from_db()
    assert (change.state, change.note) == ("waiting", "They do.")
    assert list(Case.objects.filter(closed_at=None).values_list("reason", flat=True)) == [
        "answered"
    ]


def test_edit_that_was_asked_about_waits_again_once_it_is_changed(group, boss):
    change = propose(group, one_line_en="They talk.")
    changes.ask(change, by=boss, note="Do they?")
    wanted, seen = {"one_line_en": "They walk."}, STORED.values(group)
    changes.rewrite(Change.objects.get(), wanted, base=version(group), seen=seen, note="Typo.")
    change.refresh_from_db()
    assert (change.state, change.patch) == (
        "waiting",
        {"one_line_en": ["They meet.", "They walk."]},
    )
    assert Case.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("act", ["take_back", "answer", "rewrite"])
def test_decided_edit_is_no_longer_the_senders(group, boss, act):
    change = propose(group, one_line_en="They talk.")
    changes.accept(change, by=boss, version=version(group))
    more = {
        "take_back": {},
        "answer": {"words": "No."},
        "rewrite": {"values": {}, "base": 1, "seen": {}, "note": ""},
    }
    with pytest.raises(TurnRefused):
        getattr(changes, act)(change, **more[act])


def test_nobody_but_a_reviewer_accepts(group):
    change = propose(group, one_line_en="They talk.")
    with pytest.raises(TurnRefused):
        changes.accept(change, by=User.objects.create_user("a@b.example"), version=version(group))


def test_reviewer_of_the_own_organization_steps_aside(group, boss):
    agency = make_organization()
    group.hosts.add(agency)
    agency.memberships.create(user=boss, granted_at=group.published_at)
    change = propose(group, one_line_en="They talk.")
    with pytest.raises(TurnRefused):
        changes.accept(change, by=boss, version=version(group))


# At once -----------------------------------------------------------------------------------------


@pytest.fixture
def member(group):
    """Somebody who speaks for a trusted organization that runs the group."""
    agency = make_organization(trusted=True)
    group.hosts.add(agency)
    user = User.objects.create_user("member@agency.example")
    agency.memberships.create(user=user, granted_at=group.published_at)
    return user


def test_trusted_organization_changes_its_text_at_once(group, member):
    change = propose(group, sender=Sender(by=member), one_line_en="They talk.")
    assert (now(group)[0], change.state, change.live) == ("They talk.", "accepted", True)
    assert list(Case.objects.values_list("reason", flat=True)) == ["live"]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("website", "https://new.example.org/"),
        ("contact_email", "new@example.org"),
        ("hosts", []),
        ("host_note_en", "Somebody else"),
        ("kind", "working-group"),
        ("platform", "whatsapp"),
        ("members", "mixed"),
        ("consent", "agreed"),
        ("archive_url", "https://archive.example.org/"),
    ],
)
def test_what_could_hurt_waits_whoever_sends_it(group, member, name, wanted):
    before = STORED.values(group)[name]
    change = propose(group, sender=Sender(by=member), **{name: wanted})
    assert (change.state, change.live) == ("waiting", False)
    assert STORED.values(group)[name] == before


def test_organization_that_is_not_trusted_waits(group, member):
    group.hosts.update(trusted=False)
    assert propose(group, sender=Sender(by=member), one_line_en="They talk.").state == "waiting"


def test_membership_that_is_not_granted_is_none(group, member):
    member.memberships.update(granted_at=None)
    assert propose(group, sender=Sender(by=member), one_line_en="They talk.").state == "waiting"


# Before it is public ------------------------------------------------------------------------------


def test_what_is_not_public_yet_is_changed_at_once():
    draft = make_listing("Draft Table", review="submitted")
    changes.amend(draft, {"cost": "free"}, by=None, role="sender", version=draft.version)
    assert Listing.objects.get().cost == "free"
    assert draft.decisions.order_by("-number").first().role == "sender"


def test_what_is_public_is_not(group):
    with pytest.raises(TurnRefused):
        changes.amend(group, {"cost": "free"}, by=None, role="sender", version=group.version)


# History -----------------------------------------------------------------------------------------


def test_any_version_comes_back(group, boss):
    first = version(group)
    for words in ("They talk.", "They sing."):
        change = propose(group, one_line_en=words, contact_email=f"{len(words)}@example.org")
        changes.accept(change, by=boss, version=version(group))
        group.refresh_from_db()
    held = changes.values_after(group, first + 1)
    assert (held["one_line_en"], held["contact_email"]) == ("They talk.", "10@example.org")

    changes.restore(group, first, by=boss, version=version(group))

    assert now(group)[0] == "They meet."
    assert Listing.objects.get().contact_email == ""
    assert history.broken(Listing.objects.get()) == []


def test_address_in_the_history_is_kept_apart(group, boss):
    change = propose(group, contact_email="group@example.org")
    changes.accept(change, by=boss, version=version(group))
    decision = group.decisions.order_by("-number").first()
    assert (decision.before, decision.after) == (
        {"contact_email": ""},
        {"contact_email": history.SEALED},
    )
