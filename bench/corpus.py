"""Invented documents for measuring the search: as many as wanted, always the same for one seed.

Words are made of syllables, English-like and French-like ones from two lists; how often each is
used follows Zipf's law, as in real text. Some documents are in Chinese or Arabic. Each has five
topics out of 33 and values in eleven facets, about 130 values together.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from search.documents import Document
from search.thesaurus import Concept

_ENGLISH = [
    (
        "ba con der est for gra hol ing ker lan mor nes ou pro qua ret sho ter ust ver wil yer ack "
        "bri cho"
    ).split(),
    "ment er ing tion ly ness ed al ship ward age less ful land ity".split(),
]
_FRENCH = [
    "ac bou ché dé en fra gé hau im jou lé mé non or pré qué ré so tra ur vé éc ai cré".split(),
    "tion ment eur euse ité age isme able ique oire eau ette ière".split(),
]
_CHINESE = (
    "移民服务社区新来者语言培训住房就业家庭健康教育网络支持城市多伦温哥华渥太蒙特利尔中文小组"
)
_ARABIC = (
    "مجموعة دعم القادمين الجدد سكن عمل تعليم لغة صحة عائلة مدرسة خدمات مجتمع كندا تورونتو شبكة"
).split()
FACETS = {
    "kind": (9, 1, 1), "province": (13, 1, 1), "language": (12, 1, 2), "topic": (33, 5, 5),
    "client-group": (15, 1, 3), "role": (12, 1, 2), "platform": (17, 1, 1), "format": (5, 1, 2),
    "join": (6, 1, 1), "freshness": (5, 1, 1), "shelf": (1, 1, 1),
}  # fmt: skip  # values, least and most per document


@dataclass(frozen=True)
class Question:
    """Words and filters."""

    words: str
    filters: dict[str, list[str]]


class Corpus:
    """`size` documents and questions about them."""

    def __init__(self, size: int, seed: int = 7) -> None:
        self.size, self.seed = size, seed
        draw = random.Random(seed)
        count = max(4000, min(120_000, int(size**0.85 * 3)))
        self.english = _vocabulary(draw, _ENGLISH, count)
        self.french = _vocabulary(draw, _FRENCH, count // 2)
        self._weights = {id(words): _zipf(len(words)) for words in (self.english, self.french)}
        # Topics are named with words of middling frequency.
        self.topics = [
            (
                " ".join(draw.sample(self.english[200:2000], 2)),
                " ".join(draw.sample(self.french[200:1500], 2)),
            )
            for _ in range(FACETS["topic"][0])
        ]

    def concepts(self) -> list[Concept]:
        """The topics, with labels in both languages and an acronym."""
        return [
            Concept(f"topic:{n}", {"en": english, "fr": french}, (f"T{n}Q",))
            for n, (english, french) in enumerate(self.topics)
        ]

    def documents(self) -> Iterator[tuple[int, Document]]:
        """(key, document); keys with gaps and in no order."""
        draw = random.Random(self.seed + 1)
        # A prime larger than all sizes: no key comes twice.
        span, step = 4_000_037, 1_299_709
        for number in range(self.size):
            yield number * step % span + 1, self._one(draw)

    def _one(self, draw: random.Random) -> Document:
        kind = draw.random()
        name, text = self._words(draw, kind)
        facets = {facet: _values(draw, *bounds) for facet, bounds in FACETS.items()}
        tags = tuple(label for value in facets["topic"] for label in self.topics[int(value)])
        return Document(
            names=(name,),
            tags=tags,
            text=(text,),
            facets=facets,
            concepts=tuple(f"topic:{value}" for value in facets["topic"]),
            titles={"en": name, "fr": name},
            newest=draw.randrange(15_000, 20_000),
            standing=draw.randrange(10),
        )

    def _words(self, draw: random.Random, kind: float) -> tuple[str, str]:
        if kind < 0.05:
            pick = lambda n: "".join(draw.choices(_CHINESE, k=n))  # noqa: E731
            return pick(8), pick(60)
        if kind < 0.10:
            return " ".join(draw.choices(_ARABIC, k=4)), " ".join(draw.choices(_ARABIC, k=40))
        words = self.french if kind < 0.40 else self.english
        weights = self._weights[id(words)]
        name = draw.choices(words, cum_weights=weights, k=draw.randint(3, 6))
        text = draw.choices(words, cum_weights=weights, k=draw.randint(25, 55))
        return " ".join(name).capitalize(), " ".join(text) + "."

    def questions(self, count: int, seed: int = 11) -> list[Question]:
        """Mixed questions of one to five words with up to three filters.

        Words are taken from documents, so frequent words are asked for often; the 40 most frequent
        ones of each language stand for stop words and are not. A third names a topic.
        """
        draw = random.Random(seed)
        return [Question(self._asked(draw), _filters(draw)) for _ in range(count)]

    def _asked(self, draw: random.Random) -> str:
        kind = draw.random()
        if kind < 0.04:
            at = draw.randrange(len(_CHINESE) - 4)
            return _CHINESE[at : at + draw.randint(2, 4)]
        if kind < 0.08:
            return " ".join(draw.sample(_ARABIC, draw.randint(1, 3)))
        words = self.french if kind < 0.38 else self.english
        chosen: list[str] = []
        wanted = draw.randint(1, 5)
        if draw.random() < 1 / 3:
            chosen.append(draw.choice(self.topics)[0 if words is self.english else 1])
            wanted -= 2
        while len(chosen) < wanted or not chosen:
            word = draw.choices(words, cum_weights=self._weights[id(words)])[0]
            if word not in words[:40]:
                chosen.append(word)
        return " ".join(chosen)

    def misspelled(self, count: int, seed: int = 13) -> list[Question]:
        """The like, each with one word that has one slip of the pen and stands in no document."""
        draw = random.Random(seed)
        known = {*self.english, *self.french}
        asked = []
        while len(asked) < count:
            word = draw.choices(self.english[40:20_000])[0]
            if len(word) < 7:
                continue
            at = draw.randrange(1, len(word) - 1)
            wrong = draw.choice(
                (
                    word[:at] + word[at + 1 :],
                    word[:at] + draw.choice("aeiourst") + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                )
            )
            if wrong not in known:
                asked.append(Question(f"{wrong} {self._asked(draw)}", _filters(draw)))
        return asked


def _vocabulary(draw: random.Random, parts: list[list[str]], count: int) -> list[str]:
    starts, ends = parts
    found: dict[str, None] = {}
    while len(found) < count:
        length = draw.choices((1, 2, 3), (2, 5, 3))[0]
        found["".join(draw.choices(starts, k=length)) + draw.choice(ends)] = None
    return list(found)


def _zipf(count: int) -> list[float]:
    total, sums = 0.0, []
    for rank in range(1, count + 1):
        total += 1 / (rank + 2.7)
        sums.append(total)
    return sums


def _values(draw: random.Random, values: int, least: int, most: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    wanted = draw.randint(least, most)
    while len(found) < wanted:
        # Some values are much more common than others.
        found[str(min(int(draw.expovariate(3.0 / values)), values - 1))] = None
    return tuple(found)


def _filters(draw: random.Random) -> dict[str, list[str]]:
    chosen = draw.sample(
        [facet for facet in FACETS if facet != "shelf"], draw.choice((0, 0, 1, 1, 2, 3))
    )
    return {facet: sorted({*_values(draw, FACETS[facet][0], 1, 2)}) for facet in chosen}
