"""What an edit changes, field by field and word by word, as a reviewer reads it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from accounts.languages import OTHER, reading_language
from curation import shelves
from curation.models import Entry

WORDS = re.compile(r"\S+\s*|\s+")
# Comparing takes time with the square of the length; longer texts are compared line by line.
MOST_WORDS = 2000
SHORT_LINE = 60


@dataclass(frozen=True)
class Piece:
    """Some words; `mark` is "ins", "del" or nothing."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Row:
    """One field: as it is, as it would become, and as the sender saw it if it changed since."""

    field: str
    label: str
    now: list[Piece]
    wanted: list[Piece]
    seen: tuple[Piece, ...] = ()
    lang: str = ""
    waits: bool = False


def rows_of(
    entry: Entry,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
) -> list[Row]:
    """The fields of `after` beside those of `before`; `seen` holds what the sender saw, where
    somebody else has changed it since."""
    return [_row(entry, name, before.get(name), value, seen or {}) for name, value in after.items()]


def not_shown(rows: Iterable[Row], fields: Collection[str]) -> list[Row]:
    """The same rows, without the values of these fields: that there is one is all they say."""
    nothing = [Piece(_("not shown"))]
    return [
        replace(row, now=nothing, wanted=nothing, seen=()) if row.field in fields else row
        for row in rows
    ]


def whole(entry: Entry, values: Mapping[str, Any]) -> tuple[list[Row], list[str]]:
    """A new entry: what each field holds, and the labels of the fields that hold nothing.

    Only the fields that an entry of its kind has, in the order of the form.
    """
    shelf = shelves.of(entry)
    rows, empty = [], []
    for name in shelf.fields(values):
        text = in_words(entry, name, values[name])
        if text:
            label = shelf.label(name, entry)
            rows.append(Row(name, label, [], [Piece(text)], lang=_lang(name)))
        else:
            empty.append(shelf.label(name, entry))
    return rows, empty


def in_words(entry: Entry, name: str, value: Any) -> str:
    """A value as people read it: short lines one after the other, long ones each on its own."""
    lines = [str(line) for line in shelves.of(entry).words(name, value) if str(line).strip()]
    short = all(len(line) <= SHORT_LINE and "\n" not in line for line in lines)
    return (", " if short else "\n").join(lines)


def difference(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts in pieces: what went is marked in the first, what came in the second."""
    old, new = _tokens(before), _tokens(after)
    first, second = [], []
    for tag, a, b, c, d in SequenceMatcher(None, _bare(old), _bare(new), False).get_opcodes():
        first += _piece(old[a:b], "" if tag == "equal" else "del")
        second += _piece(new[c:d], "" if tag == "equal" else "ins")
    return first, second


def _row(entry: Entry, name: str, now: Any, wanted: Any, seen: Mapping[str, Any]) -> Row:
    shelf = shelves.of(entry)
    nothing = _("Not known")
    texts = [in_words(entry, name, value) or nothing for value in (now, wanted)]
    first, second = difference(*texts)
    then = in_words(entry, name, seen[name]) or nothing if name in seen else ""
    return Row(
        name,
        shelf.label(name, entry),
        first,
        second,
        (Piece(then),) if then else (),
        lang=_lang(name),
        waits=name in shelf.waits,
    )


def _lang(name: str) -> str:
    """The language of a field's text, where it is not that of the page."""
    lang = name.rpartition("_")[2]
    return lang if lang in OTHER and lang != reading_language() else ""


def _tokens(text: str) -> list[str]:
    words = WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _bare(tokens: Iterable[str]) -> list[str]:
    """The words without the space after them, so that "English," and "English, " are one."""
    return [token.strip().rstrip(",") for token in tokens]


def _piece(tokens: Sequence[str], mark: str) -> list[Piece]:
    """The tokens as one piece; the space after marked words stands outside the mark."""
    text = "".join(tokens)
    if not text:
        return []
    bare = text.rstrip()
    if not mark or bare == text:
        return [Piece(text, mark)]
    return [Piece(bare, mark), Piece(text[len(bare) :])]
