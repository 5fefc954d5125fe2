"""Language work of the search: one way to fold, cut and stem, for entries and for questions alike.

Everything here is pure Python over plain strings, so both databases give the same answers.
`RECIPE` changes whenever a change in this module changes what the index holds.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from .words import QUIET, STOP, STOP_ENGLISH, STOP_FRENCH

RECIPE = "language-2"
LONGEST_QUESTION = 200
LONGEST_WORD = 40
SAFE_PART = 0.6

_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ی": "ي",
        "ى": "ي",
        "ې": "ي",
        "ک": "ك",
        "ګ": "گ",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ـ": None,
        "٠": "0",
        "١": "1",
        "٢": "2",
        "٣": "3",
        "٤": "4",
        "٥": "5",
        "٦": "6",
        "٧": "7",
        "٨": "8",
        "٩": "9",
        "۰": "0",
        "۱": "1",
        "۲": "2",
        "۳": "3",
        "۴": "4",
        "۵": "5",
        "۶": "6",
        "۷": "7",
        "۸": "8",
        "۹": "9",
    }
)
# Combining classes that are letters of their own script (nukta, kana voicing, virama) stay.
_KEPT_MARKS = frozenset({0, 7, 8, 9})
_CJK = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Vowel signs of South Asian scripts are marks and not letters to `re`: they belong to their word.
_SIGNS = (
    "\u0300-\u036f\u064b-\u0655\u0670\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1000-\u109f\u1780-\u17d3"
)
_LETTER = rf"(?:[^\W_]|[{_SIGNS}])"
_WORD = re.compile(
    rf"(?P<dotted>(?<!\w)[^\W\d_](?:\.-?[^\W\d_])+(?!\w)\.?)|(?P<word>{_LETTER}+(?:['’ʼ‘´`]{_LETTER}+)*)"
)
_APOSTROPHE = re.compile("['’ʼ‘´`]")
_CJK_OR_NOT = re.compile(rf"[{_CJK}]+|[^{_CJK}]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
_HYPHENS = "-‐‑"
_ELIDED = frozenset("l d j m n s t c qu jusqu lorsqu puisqu quoiqu presqu quelqu".split())
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its folded form, where it stands, and how it was written."""

    word: str
    start: int
    end: int
    upper: bool = False  # written in capitals, as acronyms are
    hyphen: bool = False  # tied to the word before by a hyphen
    cjk: bool = False


def clean(text: str, longest: int = LONGEST_QUESTION) -> str:
    """The question as it is read: no unseen characters, single blanks, at most `longest` long."""
    text = unicodedata.normalize("NFC", text[: longest * 4])
    kept = [
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _UNSEEN
    ]
    return " ".join("".join(kept).split())[:longest].strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, the letter variants of one script made one."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in text if unicodedata.combining(c) in _KEPT_MARKS)
    return unicodedata.normalize("NFC", kept)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; Chinese, Japanese and Korean runs become overlapping pairs."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match.lastgroup == "dotted":
            letters = re.sub(r"[.\-]", "", match.group())
            found.append(Token(fold(letters), start, end, letters.isupper()))
            continue
        run = match.group()
        tied = (
            start > 0 and bool(found) and found[-1].end == start - 1 and text[start - 1] in _HYPHENS
        )
        if run.isascii() and run.isalnum():
            found.append(Token(run.lower()[:LONGEST_WORD], start, end, run.isupper(), tied))
        else:
            found.extend(_cut(run, start, tied))
    return found


def _cut(run: str, start: int, tied: bool) -> list[Token]:
    found: list[Token] = []
    parts = _APOSTROPHE.split(run)
    while len(parts) > 1 and fold(parts[0]) in _ELIDED:
        start += len(parts[0]) + 1
        run, dropped = run[len(parts[0]) + 1 :], fold(parts[0])
        parts = parts[1:]
        # "j'ai" is a verb, never artificial intelligence.
        if dropped in ("j", "n", "m", "t") and fold(parts[0]) in ("ai", "as"):
            return []
    if len(parts) > 1 and fold(parts[-1]) == "s":
        parts = parts[:-1]
    for piece in _CJK_OR_NOT.finditer("".join(parts)):
        text = piece.group()
        at = start + min(piece.start(), len(run) - 1)
        if _IS_CJK.match(text):
            found.extend(_pairs(fold(text), at))
        else:
            word = fold(text)[:LONGEST_WORD]
            if word:
                end = start + len(run) if piece.end() == len("".join(parts)) else at + len(text)
                found.append(Token(word, at, end, text.isupper(), tied))
    return found


def _pairs(run: str, start: int) -> list[Token]:
    if len(run) == 1:
        return [Token(run, start, start + 1, cjk=True)]
    return [Token(run[i : i + 2], start + i, start + i + 2, cjk=True) for i in range(len(run) - 1)]


_english = snowballstemmer.stemmer("english")
_french = snowballstemmer.stemmer("french")
# The stemmers keep the word they work on in themselves: one thread at a time.
_stemming = Lock()


@lru_cache(maxsize=262144)
def stems(word: str) -> tuple[str, ...]:
    """The English and the French stem of a folded word: one or two, sorted."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return (word,)
    english, french = english_stem(word), french_stem(word)
    # One stem for British and American spelling: organise and organize, labour and labor.
    if len(english) > 5 and english.endswith("is"):
        english = english[:-2] + "iz"
    elif len(english) > 4 and english.endswith("our"):
        english = english[:-3] + "or"
    return (english,) if english == french else tuple(sorted((english, french)))


def safe_stems(word: str) -> tuple[str, ...]:
    """The stems that keep most of the word: a shorter one may well be another word's."""
    return tuple(stem for stem in stems(word) if len(stem) >= SAFE_PART * len(word))


# Endings of plural and feminine with what they become, the longest first. Verbs and derived words
# keep theirs: a development is no developer, and employment no employer.
_INFLECTED = (
    ("trices", "teur"),
    ("euses", "eur"),
    ("trice", "teur"),
    ("elles", "el"),
    ("ennes", "en"),
    ("euse", "eur"),
    ("elle", "el"),
    ("enne", "en"),
    ("ives", "if"),
    ("iees", "ie"),
    ("ies", "y"),
    ("aux", "al"),
    ("ive", "if"),
    ("iee", "ie"),
)
SHORTEST_INFLECTED = 4
_NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=65536)
def uninflected(word: str) -> str:
    """A folded word without the endings of plural and feminine, English or French."""
    if len(word) < SHORTEST_INFLECTED or not word.isascii() or not word.isalpha():
        return word
    for ending, instead in _INFLECTED:
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            return word[: -len(ending)] + instead
    if word[-1] in "sx" and not word.endswith(_NO_PLURAL):
        word = word[:-1]
    # Short words without their e are other words: forme, form.
    if len(word) > 5 and word[-1] == "e" and word[-2] not in "aeiou":
        word = word[:-1]
    return word


@lru_cache(maxsize=65536)
def english_stem(word: str) -> str:
    """The English stem; short words and acronyms stay whole."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    with _stemming:
        return _english.stemWord(word)


@lru_cache(maxsize=65536)
def french_stem(word: str) -> str:
    """The French stem; short words and acronyms stay whole."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    with _stemming:
        return _french.stemWord(word)


def joined(found: list[Token]) -> list[str]:
    """The words that hyphens tie together, written as one: anti-racism → antiracism."""
    words: list[str] = []
    for before, after in zip(found, found[1:], strict=False):
        if after.hyphen:
            words.append((before.word + after.word)[:LONGEST_WORD])
    return words


@lru_cache(maxsize=65536)
def is_stop(word: str) -> bool:
    """Whether a folded word says nothing: articles, pronouns, single Latin letters."""
    return word in STOP or (len(word) == 1 and word.isascii() and word.isalpha())


def small_words(found: list[Token], lang: str) -> frozenset[str]:
    """The small words of the language that a question is asked in; the reader's when in doubt."""
    english = sum(t.word in STOP_ENGLISH and t.word not in STOP_FRENCH for t in found)
    french = sum(t.word in STOP_FRENCH and t.word not in STOP_ENGLISH for t in found)
    if lang == "fr":
        return STOP_ENGLISH if english > french else STOP_FRENCH
    return STOP_FRENCH if french > english else STOP_ENGLISH


@lru_cache(maxsize=65536)
def is_quiet(word: str) -> bool:
    """Whether a folded word says little here: group, network, looking."""
    return word in QUIET


@lru_cache(maxsize=4096)
def sort_key(title: str) -> str:
    """What a title is sorted by: its folded words."""
    return " ".join(token.word for token in tokens(title))
