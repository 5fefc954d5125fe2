"""The answers to judged questions: good enough, and the same on both databases."""

import json

import pytest

from bench.relevance import measure


@pytest.fixture(scope="module", params=measure.LEAST, ids="-".join)
def judged(request, loaded, django_db_blocker):
    """What must be reached, the questions of one file about one shelf, and their answers."""
    file, corpus = request.param
    asked = measure.questions(file, corpus)
    with django_db_blocker.unblock():
        return measure.LEAST[request.param], asked, measure.answers(asked, corpus)


def test_useful_answer_is_among_the_first_three(judged):
    least, asked, found = judged
    assert measure.measure(asked, found)["first 3"] >= least["first 3"]


def test_order_of_the_first_ten_is_good(judged):
    least, asked, found = judged
    assert measure.measure(asked, found)["nDCG@10"] >= least["nDCG@10"]


def test_nothing_fits_is_said_when_nothing_fits(judged):
    least, asked, found = judged
    assert measure.measure(asked, found)["says no"] >= least["says no"]


def test_no_question_that_has_an_answer_comes_back_empty(judged):
    _least, asked, found = judged
    assert measure.measure(asked, found)["empty"] == 0


def test_answers_are_those_written_down_item_for_item(judged):
    """Both databases are held to one file; `measure.py --answers` writes it anew."""
    _least, _asked, found = judged
    written = json.loads(measure.ANSWERS.read_text(encoding="utf-8"))
    assert {key: [names, exact] for key, (names, exact) in found.items()} == {
        key: written[key] for key in found
    }


def test_planted_bad_order_is_found():
    asked = [{"id": "x", "relevant": {"Right": 3, "Related": 1}}]
    good = measure.measure(asked, {"x": (["Right", "Related"], True)})
    bad = measure.measure(asked, {"x": (["Other", "Related", "More", "Right"], True)})
    assert (good["nDCG@10"], good["first 3"]) == (1, 1)
    assert (bad["nDCG@10"] < 0.7, bad["first 3"]) == (True, 0)
