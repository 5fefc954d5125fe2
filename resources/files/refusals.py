"""Why a file is not taken, in words that say what to do."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from curation.arriving import LARGEST, MEGABYTE

PAGES = 500
POINTS = 50 * MEGABYTE


class Why(StrEnum):
    """What is wrong with a file."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    OTHER = "other"
    OLD = "old"
    AROUND = "around"
    BROKEN = "broken"
    PASSWORD = "password"
    SIZE = "size"
    SLOW = "slow"
    PROGRAMS = "programs"
    INSIDE = "inside"
    ELSEWHERE = "elsewhere"
    LINKS = "links"
    FIELDS = "fields"
    FORMULAS = "formulas"
    COMMENTS = "comments"
    CHANGES = "changes"
    PICTURE = "picture"
    UNKNOWN = "unknown"
    POINTS = "points"
    SEVERAL = "several"
    STARTS = "starts"
    SIGNED = "signed"
    FORM = "form"
    PLAYS = "plays"
    PAGES = "pages"
    MANY = "many"


SENTENCES = {
    Why.EMPTY: _("This file is empty. Choose another."),
    Why.LARGE: _(
        "This file is larger than %(size)s megabytes. Make its pictures smaller, or put it on a "
        "website and add a link."
    ),
    Why.KIND: _(
        "We take PDF, Word (.docx), OpenDocument (.odt), Excel (.xlsx), PNG and JPG. Save your "
        "file as one of these, and send that."
    ),
    Why.OTHER: _(
        "This file is called .%(ending)s but is something else. Save it as %(kind)s once more."
    ),
    Why.OLD: _(
        "This is an old Word or Excel file, or one with a password. Save it as %(kind)s, without "
        "a password."
    ),
    Why.AROUND: _(
        "There is something in front of or behind the contents of this file. Open it, save it "
        "under a new name, and send that."
    ),
    Why.BROKEN: _("This file is damaged. Open it, save it under a new name, and send that."),
    Why.PASSWORD: _("This file is protected by a password. Save it without one."),
    Why.SIZE: _("Unpacked, this file is far too large. Split it into several."),
    Why.SLOW: _(
        "It takes us too long to look through this file. Split it into several, or use smaller "
        "pictures."
    ),
    Why.PROGRAMS: _(
        "There are macros or other programs in this file. Save it without them, or as PDF."
    ),
    Why.INSIDE: _(
        "There is another file inside this one, such as a table or a sound. Paste it as a "
        "picture, or attach it by itself."
    ),
    Why.ELSEWHERE: _(
        "This file fetches something from elsewhere: a template, another file, a linked picture. "
        "Put it into the file itself, or save the file as PDF."
    ),
    Why.LINKS: _(
        "A link in this file leads to no web page, e-mail address or telephone number. Take it "
        "out, and save."
    ),
    Why.FIELDS: _(
        "There are fields in this file that change by themselves. Select everything, press "
        "Ctrl+Shift+F9 to make plain text of them, and save; or save the file as PDF."
    ),
    Why.FORMULAS: _(
        "A formula in this table fetches something from elsewhere or starts a program. Copy the "
        "cell, and paste it as a value."
    ),
    Why.COMMENTS: _(
        "There are comments in this file, and they carry names. Delete them all, and save."
    ),
    Why.CHANGES: _(
        "There are tracked changes in this file, and they carry names. Accept or reject them all, "
        "and save."
    ),
    Why.PICTURE: _(
        "A picture in this file is of a kind that we cannot check. Replace it by a PNG or JPG, or "
        "save the file as PDF."
    ),
    Why.UNKNOWN: _(
        "There is something in this file that we cannot check. Save it as PDF, and send that."
    ),
    Why.POINTS: _(
        "There are more than %(points)s million points in this picture. Make it smaller: 2,000 in "
        "width are enough."
    ),
    Why.SEVERAL: _(
        "There are several pictures in this file, or one that moves. Save the one that you need "
        "by itself."
    ),
    Why.STARTS: _(
        "There is a program in this PDF, or something that starts by itself. Print it into a new "
        "PDF, and send that."
    ),
    Why.SIGNED: _(
        "This PDF is signed, and signatures carry names. Print it into a new PDF, and send that."
    ),
    Why.FORM: _(
        "This PDF is a form that few programs can open. Print it into a new PDF, and send that."
    ),
    Why.PLAYS: _(
        "There is sound, film or a model in this PDF. Take it out, or put it on a website and add "
        "a link."
    ),
    Why.PAGES: _("There are more than %(pages)s pages in this PDF. Split it into several."),
    Why.MANY: _("Many files have come from your connection today. Please go on tomorrow."),
}
_ALWAYS = {"size": LARGEST // MEGABYTE, "points": POINTS // MEGABYTE, "pages": PAGES}


class Refused(Exception):
    """A file is not taken; the text says why and what to do, and can be shown to a person."""

    def __init__(self, why: Why, **named: Any) -> None:
        self.why = why
        self.named = named
        super().__init__(why.value)

    def __str__(self) -> str:
        return str(SENTENCES[self.why]) % {**_ALWAYS, **self.named}
