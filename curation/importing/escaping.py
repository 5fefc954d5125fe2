"""Text that a spreadsheet program must not take for a formula, there and back again.

A program looks at the first character it sees: so invisible ones are passed over, and the
full-width forms count as well. What could be taken for a formula gets an apostrophe in front;
`plain()` takes it away again, and only there, so nothing is lost on the way back.
"""

import unicodedata

APOSTROPHE = "'"
# Controls, formats, surrogates, private use, unassigned; spaces and line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
# Letters and marks by their category, and yet nothing to see.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_AT_ONCE = frozenset("\t\r\n")
_STARTS = frozenset("=+-@\u2212")


def cell(text: str) -> str:
    """The text as it may stand in a cell."""
    return APOSTROPHE + text if _needs_it(text) else text


def plain(text: str) -> str:
    """The text that `cell()` was given."""
    rest = text[1:]
    return rest if text[:1] == APOSTROPHE and _needs_it(rest) else text


def _needs_it(text: str) -> bool:
    """Whether it looks like a formula, or like a text that was escaped already."""
    for sign in text.lstrip(APOSTROPHE):
        if sign in _AT_ONCE:
            return True
        if not _is_unseen(sign):
            return bool(set(_folded(sign)) & _STARTS)
    return False


def _folded(sign: str) -> str:
    """Full-width, small and raised forms as the plain sign."""
    return unicodedata.normalize("NFKC", sign)[:1]


def _is_unseen(sign: str) -> bool:
    if unicodedata.category(sign) in _UNSEEN or sign in _BLANK:
        return True
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef"
