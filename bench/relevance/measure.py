"""How good are the answers? Prints nDCG@10 and the shares of useful answers on judged questions.

    .venv/bin/python bench/relevance/measure.py [--each] [--answers]

`questions.jsonl` (given) and `more.jsonl` (written without seeing any answer of the site) hold
questions of front-line workers with graded answers: 3 the best, 2 useful, 1 related. Groups stand
there by name, what is in the library by key. A question counts only if its answers are public.
Gain 2^grade − 1, discount 1/log2(rank + 1). "first 3" is the share with a useful answer among the
first three, "empty" the share with no answer at all, "says no" the share of questions that nothing
fits for which the site says so, "wrongly no" the share for which it says so although something
fits.

Three figures of each file: the questions about groups among the groups, those about the library
within the library, and both where groups and library are searched together. There the other
kind's answers, which nobody judged, are left out, and so are the questions that nothing fits: on
the other shelf something may. --answers writes the first ten of each question, to which the tests
hold both databases item for item.
"""

import argparse
import json
import math
import os
import sys
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_directory.settings")

TOP = 10
FILES = ("questions.jsonl", "more.jsonl")
ANSWERS = HERE / "answers.json"
GROUPS, RESOURCES = "groups", "resources"
SHELVES = {GROUPS: "listing", RESOURCES: "resource"}
# Deep enough to find ten of one kind where both are mixed.
DEEP = 200

# Question id → (first ten, exact).
Found = dict[str, tuple[list[str], bool]]

# What each must reach in the tests: the first file was given with its goal, the second is ours.
LEAST = {
    ("questions.jsonl", GROUPS): {"nDCG@10": 0.95, "first 3": 0.98, "says no": 1.0},
    ("questions.jsonl", RESOURCES): {"nDCG@10": 0.94, "first 3": 0.98, "says no": 1.0},
    ("more.jsonl", GROUPS): {"nDCG@10": 0.88, "first 3": 0.95, "says no": 1.0},
    ("more.jsonl", RESOURCES): {"nDCG@10": 0.88, "first 3": 0.95, "says no": 0.75},
}


def questions(file: str, corpus: str = GROUPS) -> list[dict]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [q for q in map(json.loads, lines) if q["corpus"] == corpus]


def same(name: str) -> str:
    """Names are compared without regard to case, spacing and kind of apostrophe."""
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split()).casefold()


def answers(asked: list[dict], corpus: str = GROUPS) -> Found:
    """Question id → (first ten, exact): groups through the public API, by name."""
    if corpus != GROUPS:
        return answers_of_the_index(asked, [corpus])
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    found = {}
    for question in asked:
        query = {"q": question["query"], "lang": question["lang"], "limit": TOP}
        body = client.get("/api/v1/listings", query).json()
        found[question["id"]] = ([item["name"] for item in body["items"]], body["exact"])
    return found


def answers_of_the_index(asked: list[dict], corpora: Collection[str]) -> Found:
    """Question id → (first ten, exact), searched on these shelves; only what each asks for."""
    from search import index

    within = {"shelf": [SHELVES[corpus] for corpus in corpora]}
    limit = TOP if len(corpora) == 1 else DEEP
    found = {}
    for question in asked:
        lang = question["lang"]
        answer = index.ask(question["query"], within=within, lang=lang, limit=limit)
        found[question["id"]] = (labels(answer.keys, question["corpus"])[:TOP], answer.exact)
    return found


def labels(keys: list[int], corpus: str) -> list[str]:
    """What the questions call the entries of one shelf: groups by name, the others by key."""
    from curation.models import Entry

    rows = Entry.objects.filter(shelf=SHELVES[corpus]).in_bulk(keys)
    mine = [rows[key] for key in keys if key in rows]
    if corpus == RESOURCES:
        return [row.source_key or str(row.pk) for row in mine]
    return [row.name_en or row.name_fr for row in mine]


def score(question: dict, names: list[str], exact: bool) -> dict[str, float]:
    grades = {same(name): grade for name, grade in question["relevant"].items()}
    if not grades:
        return {"says no": float(not exact or not names)}
    got = [grades.get(same(name), 0) for name in names[:TOP]]
    best = sorted(grades.values(), reverse=True)[:TOP]
    return {
        "nDCG@10": gain(got) / gain(best),
        "first": float(any(g >= 2 for g in got[:1])),
        "first 3": float(any(g >= 2 for g in got[:3])),
        "empty": float(not names),
        "wrongly no": float(not exact and max(grades.values()) == 3),
    }


def gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def measure(asked: list[dict], found: Found) -> dict[str, float]:
    """Each figure, as the mean over the questions that it is about."""
    sums: dict[str, list[float]] = {}
    for question in asked:
        for name, value in score(question, *found[question["id"]]).items():
            sums.setdefault(name, []).append(value)
    return {name: sum(values) / len(values) for name, values in sums.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", action="store_true", help="every question below full marks")
    parser.add_argument("--answers", action="store_true", help=f"write them to {ANSWERS.name}")
    args = parser.parse_args()

    import django

    django.setup()
    everything: Found = {}
    for file in FILES:
        for what, asked, found in searched(file):
            print(f"{file}, {what}, {len(asked)} questions")
            for name, value in measure(asked, found).items():
                print(f"{name:>12} {value:.3f}")
            if args.each:
                for question in asked:
                    tell(question, *found[question["id"]])
            if what != "both":
                everything |= found
    if args.answers:
        text = json.dumps(everything, ensure_ascii=False, indent=1)
        ANSWERS.write_text(text + "\n", encoding="utf-8")


def searched(file: str) -> Iterator[tuple[str, list[dict], Found]]:
    """(what was searched, its questions, their answers)"""
    of_groups, of_resources = questions(file), questions(file, RESOURCES)
    yield GROUPS, of_groups, answers(of_groups)
    yield RESOURCES, of_resources, answers(of_resources, RESOURCES)
    fitting = [question for question in of_groups + of_resources if question["relevant"]]
    yield "both", fitting, answers_of_the_index(fitting, list(SHELVES))


def tell(question: dict, names: list[str], exact: bool) -> None:
    """One line for a question whose answers are not the best there are."""
    figures = score(question, names, exact)
    figure = figures.get("nDCG@10", figures.get("says no", 1.0))
    if figure < 0.999 or figures.get("wrongly no"):
        graded = [(name, question["relevant"].get(name, 0)) for name in names[:6]]
        print(f"  {figure:.2f} {question['id']} {question['query']!r} exact={exact} {graded}")


if __name__ == "__main__":
    main()
