"""The index after any changes is the index built anew; what is rolled back never was."""

from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import caches, changes, index, storage
from search.index import ask, suggest
from search.models import Base, Delta, Posting, State
from tests.search.samples import CONCEPTS, GROUPS, QUESTIONS, doc

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = [
    "housing",
    "logement",
    "vernon",
    "Ottawa",
    "teacher",
    "écoles",
    "mental health",
    "移民服务",
    "tutela",
    "network",
    "asylum seekers",
    "LIP",
    "hybrid",
    "café",
]
DOCUMENTS = st.builds(
    lambda name, text, tag, topics, languages, standing, newest: doc(
        " ".join(name),
        " ".join(text),
        tags=tuple(tag),
        topics=tuple(topics),
        languages=tuple(languages),
        standing=standing,
        newest=newest,
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.lists(st.sampled_from(WORDS), max_size=1),
    st.lists(st.sampled_from(["housing", "claimants"]), max_size=2, unique=True),
    st.sampled_from([["en"], ["fr"], ["en", "fr"]]),
    st.integers(0, 9),
    st.integers(0, 3),
)
KEYS = st.integers(1, 6)
CHANGE = st.tuples(KEYS, st.one_of(st.none(), DOCUMENTS))
STEP = st.one_of(
    st.tuples(st.just("change"), st.lists(CHANGE, min_size=1, max_size=1)),
    st.tuples(
        st.sampled_from(["batch", "undo", "undo inside", "compact", "ask"]),
        st.lists(CHANGE, max_size=3),
    ),
)


class Undone(Exception):
    """Raised to roll a transaction back."""


def apply(key, document):
    """One put or drop."""
    if document is None:
        index.drop(key)
    else:
        index.put(key, document)


def take(step, truth):
    """Take one step on the index and on the dictionary that says what should be there."""
    kind, changed = step
    if kind == "compact":
        index.compact()
    elif kind == "ask":
        ask("housing vernon")
    elif kind == "undo":
        with suppress(Undone), transaction.atomic():
            for change in changed:
                apply(*change)
            ask("housing vernon")
            raise Undone
    elif kind == "undo inside":
        with transaction.atomic(), suppress(Undone), transaction.atomic():
            for change in changed:
                apply(*change)
            ask("")
            raise Undone
    else:
        with transaction.atomic(), index.batch():
            for change in changed:
                apply(*change)
        for key, document in changed:
            truth[key] = document


def everything():
    """All that can be asked of the index."""
    answers = []
    for words in QUESTIONS + tuple(WORDS):
        answer = ask(words, limit=99, filters={"topic": ["housing", "unknown"]}, lang="fr")
        answers.append(
            (
                answer.keys,
                answer.total,
                answer.counts,
                answer.exact,
                answer.corrected,
                answer.because,
                answer.reasons,
            )
        )
    answers += [
        ask("", order=order, lang=lang, limit=99).keys
        for order in ("best", "name", "newest")
        for lang in ("en", "fr")
    ]
    return answers, [suggest(p, lang="fr") for p in ("h", "ver", "éc", "ott")]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(start=st.dictionaries(KEYS, DOCUMENTS, max_size=4), steps=st.lists(STEP, max_size=7))
def test_index_after_changes_is_the_index_built_anew(transactional_db, start, steps):
    truth = dict(start)
    index.rebuild(start.items(), CONCEPTS)
    for step in steps:
        take(step, truth)
    changed = everything()
    index.compact()
    compacted = everything()

    index.rebuild([(k, d) for k, d in sorted(truth.items()) if d], CONCEPTS)

    assert changed == everything()
    assert compacted == everything()


def rows_of_the_base():
    """The rows of the present base, without its random id."""
    return dict(storage.read_postings(State.objects.get().base_id))


def test_compacted_base_has_the_rows_of_a_rebuilt_one(db):
    index.rebuild(list(GROUPS.items())[:6], CONCEPTS)
    for key, document in list(GROUPS.items())[4:]:
        index.put(key, document)
    index.drop(2)
    index.compact()
    compacted = rows_of_the_base()

    index.rebuild([(k, d) for k, d in GROUPS.items() if k != 2], CONCEPTS)

    assert compacted == rows_of_the_base()


def test_rolled_back_change_never_shows_even_after_another_commit(groups):
    with suppress(Undone), transaction.atomic():
        index.put(1, doc("Weavers"))
        inside = ask("weavers").keys
        raise Undone
    index.put(2, doc("Potters"))

    assert (inside, ask("weavers").total, ask("potters").keys) == ([1], 0, [2])


def test_transaction_that_has_written_fills_no_shared_cache(groups):
    ask("vernon")
    before = dict(caches._shared.snapshots)
    with transaction.atomic():
        index.put(1, doc("Weavers"))
        ask("weavers")

        assert caches._shared.snapshots == before


def test_token_is_random_and_new_with_every_change(groups):
    tokens = [State.objects.get().token]
    for number in range(3):
        index.put(50, doc(f"Weavers {number}"))
        tokens.append(State.objects.get().token)

    differences = {after - before for before, after in zip(tokens, tokens[1:], strict=False)}
    assert len(set(tokens)) == 4
    assert len(differences) == 3


def test_commit_in_the_middle_of_a_question_gives_one_state_or_the_other(groups, monkeypatch):
    before = ask("vernon weavers", limit=99)
    read = index.question.read

    def meanwhile(*args, **options):
        if not meanwhile.done:
            meanwhile.done = True
            index.put(1, doc("Weavers"))
        return read(*args, **options)

    meanwhile.done = False
    monkeypatch.setattr(index.question, "read", meanwhile)
    middle = ask("vernon weavers", limit=99)

    assert middle == before
    assert ask("vernon weavers", limit=99).keys[0] == 1


def test_compaction_in_the_middle_of_a_question_begins_it_again(groups, monkeypatch):
    index.put(1, doc("Weavers"))
    caches._shared.bases.clear()
    caches._shared.snapshots.clear()
    read = index.question.read

    def meanwhile(*args, **options):
        if not meanwhile.done:
            meanwhile.done = True
            index.compact()
        return read(*args, **options)

    meanwhile.done = False
    monkeypatch.setattr(index.question, "read", meanwhile)

    assert (ask("weavers").keys, ask("tutela").keys) == ([1], [6])


def test_change_written_during_a_rebuild_is_carried_over(groups):
    def slowly():
        for key, document in GROUPS.items():
            if key == 5:
                index.put(2, doc("Potters"))
                index.drop(3)
                index.put(99, doc("Weavers"))
            yield key, document

    index.rebuild(slowly(), CONCEPTS)

    assert (ask("potters").keys, ask("weavers").keys, ask("").total) == ([2], [99], 10)


def test_second_rebuild_that_was_overtaken_changes_nothing(groups):
    def slowly():
        yield 1, doc("Weavers")
        index.rebuild(GROUPS.items(), CONCEPTS)

    with pytest.raises(index.Overtaken):
        index.rebuild(slowly(), ())

    assert (ask("weavers").total, ask("vernon lip").keys[0]) == (0, 1)


def test_base_before_last_is_deleted_and_the_last_kept(groups):
    first = State.objects.get().base_id
    index.put(1, doc("Weavers"))
    index.compact()
    second = State.objects.get().base_id
    index.put(1, doc("Potters"))
    index.compact()

    bases = set(Base.objects.values_list("pk", flat=True))
    assert bases == {second, State.objects.get().base_id}
    assert Posting.objects.filter(base_id=first).count() == 0


def test_changed_entry_is_one_small_row(groups):
    for _ in range(3):
        index.put(1, doc("Weavers"))

    delta = Delta.objects.get()
    assert (delta.key, delta.gone, len(delta.record) < 1000) == (1, False, True)


def test_batch_that_fails_writes_nothing(groups):
    with suppress(Undone), index.batch():
        index.put(1, doc("Weavers"))
        raise Undone

    assert Delta.objects.count() == 0


def test_many_waiting_changes_give_the_answers_of_a_rebuilt_index(groups):
    many = {
        key: doc(
            f"Weavers {key} of quarter{key % 7}",
            f"loom{key}x housing",
            standing=key % 10,
            topics=("housing",),
        )
        for key in range(1, 700)
    }
    with index.batch():
        for key, document in many.items():
            index.put(key, document)
    for key in range(3, 700, 5):
        many.pop(key)
    with index.batch():
        for key in range(3, 700, 5):
            index.drop(key)
    words = ("weavers", "quarter3 housing", "loom44x", "weevers", "quartre")
    asked = [ask(q, limit=999, lang="fr") for q in words] + [ask("", order="name", limit=999)]

    index.rebuild(many.items(), CONCEPTS)

    again = [ask(q, limit=999, lang="fr") for q in words] + [ask("", order="name", limit=999)]
    assert [(a.keys, a.counts, a.corrected, a.exact) for a in asked] == [
        (a.keys, a.counts, a.corrected, a.exact) for a in again
    ]


def test_compacting_without_changes_keeps_the_base(groups):
    before = State.objects.get().base_id
    index.compact()

    assert State.objects.get().base_id == before


@pytest.mark.parametrize("key", [-1, 2**32, "1", None, True, 1.5])
def test_impossible_key_is_refused(db, key):
    with pytest.raises(ValueError, match="A key is a whole number"):
        index.put(key, doc("Weavers"))


def test_largest_key_is_kept_and_found(db):
    index.put(2**32 - 1, doc("Weavers"))
    index.compact()

    assert ask("weavers").keys == [2**32 - 1]


def test_database_refuses_a_key_that_does_not_fit(groups):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delta.objects.create(base=State.objects.get().base, key=2**32, stamp=1)


def test_database_refuses_a_second_state(groups):
    with pytest.raises(IntegrityError), transaction.atomic():
        State.objects.create(pk=2, base=State.objects.get().base, token=1)


def test_key_given_twice_is_refused_and_changes_nothing(groups):
    with pytest.raises(ValueError, match="twice"):
        index.rebuild([(1, doc("Weavers")), (1, doc("Potters"))], ())

    assert ask("vernon lip").keys[0] == 1


def test_state_says_when_a_reindex_is_due(groups, monkeypatch):
    index.put(99, doc("Weavers"))
    fresh = index.state(CONCEPTS)
    assert (fresh.documents, fresh.deltas, fresh.current) == (11, 1, True)
    assert index.state(CONCEPTS[1:]).current is False

    monkeypatch.setattr(changes, "RECIPE", "another")
    assert index.state().current is False


def test_compact_command_waits_for_enough_changes(groups, capsys):
    index.put(1, doc("Weavers"))
    before = State.objects.get().base_id
    call_command("compact", more_than=1)
    waited = State.objects.get().base_id
    call_command("compact")

    assert (waited, index.state().deltas) == (before, 0)
    assert capsys.readouterr().out == (
        "Waiting changes: 1. Nothing to do.\nWaiting changes: 1. They are now part of the base.\n"
    )
