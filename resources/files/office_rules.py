"""What may stand in the XML of a Word or Excel file, and what is left out of it."""

import re

from resources.files import links
from resources.files.refusals import Refused, Why
from resources.files.xml_parts import Rules, local

_FETCHED = re.compile(r"\w{2,}:|\\\\|//")
_OWN_DISK = re.compile(r"[A-Za-z]:\\|file:|\\\\", re.IGNORECASE)

# Fields of Word that count, date or lead within the file. All others wait for nobody's click.
_FIELDS = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF NOTEREF REF TOC TC XE INDEX SEQ STYLEREF HYPERLINK "
    "DATE TIME CREATEDATE SAVEDATE PRINTDATE TITLE SUBJECT FORMTEXT FORMCHECKBOX FORMDROPDOWN "
    "SYMBOL EQ LISTNUM AUTONUM BIBLIOGRAPHY CITATION =".split()
)
_LEADS_TO = re.compile(r'HYPERLINK\s+"?([^"\s\\]+)', re.IGNORECASE)

_FETCHES = re.compile(
    r"\b(?:DDE|WEBSERVICE|FILTERXML|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|SQL\.REQUEST"
    r"|IMPORT(?:XML|DATA|HTML|FEED|RANGE))\s*\(|\|\s*['\"\w]|(?:file:|\\\\)|'https?:[^']*'!",
    re.IGNORECASE,
)
_FORMULAS = frozenset(
    "f formula formula1 formula2 definedName calculatedColumnFormula totalsRowFormula".split()
)

_REFUSED = {
    **dict.fromkeys(("OLEObject", "oleObject", "altChunk", "externalData", "embed"), Why.INSIDE),
    **dict.fromkeys(("videoFile", "audioFile", "wavAudioFile", "quickTimeFile"), Why.INSIDE),
    **dict.fromkeys(("control", "controls"), Why.PROGRAMS),
    **dict.fromkeys(("subDoc", "mailMerge", "externalReference", "externalBook"), Why.ELSEWHERE),
    **dict.fromkeys(("ddeLink", "connection", "oleLink", "webPublishItem"), Why.ELSEWHERE),
    **dict.fromkeys(("comment", "threadedComment"), Why.COMMENTS),
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "rcc", "rrc"), Why.CHANGES),
}
# A picture of lines behind the one of points, which every program can show.
_DRAWN_TWICE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# Fonts, and elements that say who, on which machine, or under whose folder.
_LEFT_OUT = frozenset(
    "absPath permStart permEnd customWorkbookViews customSheetViews fileSharing docVars "
    "dataBinding attachedTemplate smartTagPr signatureline embedRegular embedBold embedItalic "
    "embedBoldItalic".split()
)
_BLANK = frozenset(
    "refreshedBy userName userId providerId securityDescriptor suggestedsigner suggestedsigner2 "
    "suggestedsigneremail".split()
)
_DRAWN = frozenset("imagedata fill stroke image background".split())


class OfficeRules(Rules):
    """For one part of a Word or Excel file."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[list[str]] = []
        self._text: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> bool:
        """Refuse, leave out or change an element."""
        if name in _REFUSED:
            raise Refused(_REFUSED[name])
        if name in _LEFT_OUT or attributes.get("uri") == _DRAWN_TWICE:
            return True
        self._check_attributes(name, attributes)
        if name == "fldChar":
            self._begin_or_end_field(attributes)
        if name == "instrText" or name in _FORMULAS:
            self._text = []
        return False

    def _check_attributes(self, name: str, attributes: dict[str, str]) -> None:
        for key in list(attributes):
            value, what = attributes[key], local(key)
            if what == "author":
                raise Refused(Why.CHANGES)
            if what in _BLANK or (name == "pageSetup" and what == "id"):
                del attributes[key]  # a printer's settings are left out too
            elif what in ("descr", "name", "title") and _OWN_DISK.search(value):
                attributes[key] = ""
            elif what in ("src", "althref") and name in _DRAWN and _FETCHED.search(value):
                raise Refused(Why.ELSEWHERE)
            elif what == "href" and value:
                if name in _DRAWN:
                    raise Refused(Why.ELSEWHERE)
                links.check(value)
            elif what == "instr":
                check_field(value)

    def read(self, text: str) -> None:
        """Keep the text of fields and formulas."""
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Look at a formula; a field goes on until it says so."""
        if self._text is None:
            return
        text = "".join(self._text)
        if name in _FORMULAS and _FETCHES.search(text):
            raise Refused(Why.FORMULAS)
        if name == "instrText":
            if not self._fields:
                raise Refused(Why.FIELDS)
            self._fields[-1].append(text)
        if name == "instrText" or name in _FORMULAS:
            self._text = None

    def _begin_or_end_field(self, attributes: dict[str, str]) -> None:
        does = next((value for key, value in attributes.items() if local(key) == "fldCharType"), "")
        if does == "begin":
            self._fields.append([])
        elif does in ("separate", "end") and self._fields:
            text = "".join(self._fields[-1])
            if text:
                check_field(text)
                self._fields[-1] = []
            if does == "end":
                self._fields.pop()


def check_field(text: str) -> None:
    """Raise Refused for a field that fetches something, runs something or names somebody."""
    words = text.split(maxsplit=1)
    if not words or not ({words[0].upper(), words[0][0]} & _FIELDS):
        raise Refused(Why.FIELDS)
    leads = _LEADS_TO.search(text)
    if leads:
        links.check(leads[1])


def check_reference(kind: str, target: str, *, is_outside: bool) -> None:
    """Raise Refused for a relation that leads out of the file and is no link for a reader."""
    if not is_outside and not _FETCHED.search(target):
        return
    if not kind.endswith("/hyperlink"):
        raise Refused(Why.ELSEWHERE)
    links.check(target)
