"""How good are the answers? Prints nDCG@10 and the shares of useful answers on judged questions.

    .venv/bin/python bench/relevance/measure.py [--each] [--answers]

`questions.jsonl` (given) and `more.jsonl` (written without seeing any answer of the site) hold
questions of front-line workers with graded answers: 3 the best, 2 useful, 1 related. A question
counts only if its answers are public. Gain 2^grade − 1, discount 1/log2(rank + 1). "first 3" is
the share with a useful answer among the first three, "empty" the share with no answer at all,
"says no" the share of questions that nothing fits for which the site says so, "wrongly no" the
share for which it says so although something fits. --answers writes the first ten names of each
question, to which the tests hold both databases item for item.
"""

import argparse
import json
import math
import os
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_directory.settings")

TOP = 10
FILES = ("questions.jsonl", "more.jsonl")
ANSWERS = HERE / "answers.json"

# What each file must reach in the tests: the first was given with its goal, the second is ours.
LEAST = {
    "questions.jsonl": {"nDCG@10": 0.95, "first 3": 0.98},
    "more.jsonl": {"nDCG@10": 0.88, "first 3": 0.95},
}


def questions(file: str) -> list[dict]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [q for q in map(json.loads, lines) if q["corpus"] == "groups"]


def same(name: str) -> str:
    """Names are compared without regard to case, spacing and kind of apostrophe."""
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split()).casefold()


def answers(asked: list[dict]) -> dict[str, tuple[list[str], bool]]:
    """Question id → (first ten names, exact), through the public API."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    found = {}
    for question in asked:
        query = {"q": question["query"], "lang": question["lang"], "limit": TOP}
        body = client.get("/api/v1/listings", query).json()
        found[question["id"]] = ([item["name"] for item in body["items"]], body["exact"])
    return found


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


def measure(asked: list[dict], found: dict[str, tuple[list[str], bool]]) -> dict[str, float]:
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
    everything = {}
    for file in FILES:
        asked = questions(file)
        found = answers(asked)
        everything |= found
        print(f"{file}, {len(asked)} questions")
        for name, value in measure(asked, found).items():
            print(f"{name:>12} {value:.3f}")
        if args.each:
            for question in asked:
                tell(question, *found[question["id"]])
    if args.answers:
        text = json.dumps(everything, ensure_ascii=False, indent=1)
        ANSWERS.write_text(text + "\n", encoding="utf-8")


def tell(question: dict, names: list[str], exact: bool) -> None:
    """One line for a question whose answers are not the best there are."""
    figures = score(question, names, exact)
    figure = figures.get("nDCG@10", figures.get("says no", 1.0))
    if figure < 0.999 or figures.get("wrongly no"):
        graded = [(name, question["relevant"].get(name, 0)) for name in names[:6]]
        print(f"  {figure:.2f} {question['id']} {question['query']!r} exact={exact} {graded}")


if __name__ == "__main__":
    main()
