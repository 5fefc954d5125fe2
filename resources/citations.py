"""Citing something from the library: a sentence, BibTeX, RIS and schema.org.

One plain style: *author (year). title [kind], version. publisher. address (read on day).* Its
elements and their order are those of the author–date style of ISO 690, which APA also follows.
Two things differ on purpose. Names stand as their owners write them: not every name has a last
part to turn to the front. And "et al." comes only after six authors. All four name the same
makers: `_credit()` says who they are. Why BibTeX is written here and RIS by a library:
docs/decisions/0020-citations.md.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import rispy
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import day_in_words
from resources.models.choices import Kind, Licence

MOST_AUTHORS = 6


@dataclass(frozen=True)
class Cited:
    """What a citation tells. Hidden names never come in here: `authors` and `publisher` are those
    that everybody may read, () and "" where they are hidden or not known.

    `publisher` names agencies, with "; " between. `journal` is that of an article, "" where we do
    not know which, None for what stands in none. `language` is that of the title; `kind` and
    `licence` are values of the choices; `version` counts from 1, and is None for something
    published elsewhere; `read_on` is the day on which the reader saw it.
    """

    id: int
    title: str
    kind: str
    url: str
    language: str = "en"
    authors: tuple[str, ...] = ()
    publisher: str = ""
    journal: str | None = None
    year: int | None = None
    licence: str = ""
    version: int | None = None
    read_on: dt.date | None = None

    @property
    def key(self) -> str:
        """A key for BibTeX and RIS that stays the same and needs no escaping."""
        return f"copdirectory{self.id}"


# ── Cleaning ────────────────────────────────────────────────────────────────────────────────────

# Line ends, tabs and runs of spaces; a no-break space stays.
SPACES = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, half characters, and signs that turn the direction of what follows.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def one_line(text: str) -> str:
    """The text in one line without control characters: nothing in it ends a field or a record."""
    return UNWANTED.sub("", SPACES.sub(" ", text)).strip()


def plain_url(url: str) -> str:
    """The address with everything quoted that no address holds: spaces, braces, backslashes."""
    return quote(one_line(url), safe="!#$%&'()*+,/:;=?@[]~-._")


def _licence(cited: Cited) -> str:
    """Its licence in English words; "" where none is said."""
    if cited.licence in ("", Licence.UNKNOWN):
        return ""
    with override("en"):
        return str(Licence(cited.licence).label)


# ── Names ───────────────────────────────────────────────────────────────────────────────────────

# Given names or initials in front; a family name at the end, "van" or "de la" before it.
GIVEN = r"(?:[^\W\d_][\w’'.-]*|\([^\W\d_]\w*\))"
FAMILY = r"(?:(?:al|bin|da|de|del|der|di|du|ibn|la|le|van|von) ){0,2}[^\W\d_][\w’'-]*"
PERSON = re.compile(rf"(?P<given>{GIVEN}(?: {GIVEN}){{0,2}}?) (?P<family>{FAMILY})")
# What stands in the name of an agency, a network or a journal, and hardly in a person's.
OF_AN_INSTITUTION = re.compile(
    r"\b(?:agency|agence|alliance|assoc\w*|canad\w*|cent(?:re|er)s?|city|coalition|college|collège|"
    r"communit\w*|communaut\w*|conseil|council|department|ministère|ministry|fondation|foundation|"
    r"government|gouvernement|group|groupe|immigr\w*|initiative|institut\w*|journal|network|"
    r"newcomers?|ontario|organi[sz]ation|partner\w*|partenariat|program\w*|project|projet|"
    r"refugees?|réfugiés?|research|recherche|réseau|school|services?|settlement|établissement|"
    r"societ\w*|société|solutions?|team|équipe|univers\w*|ville|and|et)\b|[&/,]",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-Z]{3,}\d*\b")
ET_AL = " et al."


@dataclass(frozen=True)
class Name:
    """A name. `family` is "" where it is not clearly a person's, `given` where it is not known."""

    whole: str
    given: str = ""
    family: str = ""

    @property
    def turned(self) -> str:
        """ "Campana, Marco", or the whole."""
        return ", ".join(filter(None, (self.family, self.given))) or self.whole


def name_of(text: str) -> Name:
    """A person's name in its parts. In doubt it is an institution's: that one prints whole."""
    whole = one_line(text)
    person = PERSON.fullmatch(whole)
    if not person or OF_AN_INSTITUTION.search(whole) or ACRONYM.search(whole):
        return Name(whole)
    if not _is_capitalized(person):
        return Name(whole)
    return Name(whole, person["given"], person["family"])


def _is_capitalized(person: re.Match) -> bool:
    words = [*person["given"].split(), person["family"].split()[-1]]
    return all(word.strip("(")[:1].isupper() for word in words)


@dataclass(frozen=True)
class Credit:
    """Who made it, in order; `and_others`: and more people, whom nobody names. `publisher` is ""
    where it stands among the makers."""

    makers: list[Name]
    and_others: bool
    publisher: str


def _credit(cited: Cited) -> Credit:
    """Its authors; without any, the agencies that published it. A journal makes nothing."""
    written = [line for line in map(one_line, cited.authors) if line]
    agencies = [name for name in map(one_line, cited.publisher.split(";")) if name]
    if not written:
        return Credit([Name(agency) for agency in agencies], and_others=False, publisher="")
    return Credit(
        makers=[_author(name) for name in written],
        and_others=any(name.endswith(ET_AL) for name in written),
        publisher="; ".join(agencies) if cited.journal is None else "",
    )


def _author(written: str) -> Name:
    """A name as it was written; what stands alone before "et al." is the name of a family."""
    name = name_of(written.removesuffix(ET_AL))
    is_family = written.endswith(ET_AL) and re.fullmatch(FAMILY, name.whole)
    if not is_family or OF_AN_INSTITUTION.search(name.whole) or ACRONYM.search(name.whole):
        return name
    return Name(name.whole, family=name.whole)


# ── A sentence ──────────────────────────────────────────────────────────────────────────────────


def sentence(cited: Cited, lang: str) -> str:
    """The citation in "en" or "fr", ready to be pasted; the title stays in its own language.

    A lesson that names nobody is by an anonymous agency; of anything else the title comes first.
    """
    with override(lang):
        credit = _credit(cited)
        makers = _in_words(credit)
        if not makers and cited.kind == Kind.LESSON:
            makers = _("Anonymous agency")
        year, title = str(cited.year or _("n.d.")), _title(cited)
        first = [f"{makers} ({year})", title] if makers else [f"{title} ({year})"]
        where = one_line(cited.journal or "") or credit.publisher
        said = " ".join(_stopped(part) for part in (*first, where) if part)
        return f"{said} {plain_url(cited.url)}{_read_on(cited)}".strip()


def _in_words(credit: Credit) -> str:
    names = [name.whole for name in credit.makers]
    if len(names) > MOST_AUTHORS:
        return names[0] + ET_AL
    if credit.and_others:
        return ", ".join(names) + ET_AL
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s and %(last)s") % {"several": ", ".join(names[:-1]), "last": names[-1]}


def _title(cited: Cited) -> str:
    """ "Title [Report], version 3": what it is, since a title alone does not say."""
    title = f"{one_line(cited.title)} [{Kind(cited.kind).label}]"
    if cited.version:
        title += ", " + _("version %(number)s") % {"number": cited.version}
    return title


def _stopped(part: str) -> str:
    return part if part.endswith((".", "!", "?", "…")) else f"{part}."


def _read_on(cited: Cited) -> str:
    if not cited.read_on:
        return ""
    return " " + _("(read on %(date)s)") % {"date": day_in_words(cited.read_on)}


# ── BibTeX ──────────────────────────────────────────────────────────────────────────────────────

# The ten characters that mean something to TeX. All others stay as they are: since 2018 LaTeX
# reads UTF-8, as every program that manages references does.
TEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
    }
)
BIBTEX_TYPE = {Kind.REPORT: "techreport", Kind.EVALUATION: "techreport"}
# In which field each type says where it was published.
PUBLISHED_IN = {"article": "journal", "techreport": "institution", "misc": "howpublished"}


def bibtex(cited: Cited) -> str:
    """A BibTeX record: UTF-8, everything that TeX would read as a command escaped."""
    credit, kind = _credit(cited), _bibtex_type(cited)
    others = ["others"] if credit.and_others else []
    # A report has to have an institution, even where that is its author.
    where = {"article": cited.journal or "", "techreport": cited.publisher}
    said = {
        "author": " and ".join([*map(_tex_name, credit.makers), *others]),
        # A second pair of braces keeps capital letters.
        "title": f"{{{_tex(cited.title)}}}",
        "year": str(cited.year or ""),
        PUBLISHED_IN[kind]: _tex(where.get(kind, credit.publisher)),
        "version": str(cited.version or ""),
        "language": {"en": "english", "fr": "french"}.get(cited.language, ""),
        "note": _tex(_licence(cited)),
        "url": plain_url(cited.url),
        "urldate": cited.read_on.isoformat() if cited.read_on else "",
    }
    lines = [f"  {field} = {{{value}}},\n" for field, value in said.items() if value]
    return f"@{kind}{{{cited.key},\n{''.join(lines)}}}\n"


def _bibtex_type(cited: Cited) -> str:
    if cited.journal is not None:
        return "article"
    return BIBTEX_TYPE.get(Kind(cited.kind), "misc")


def _tex(text: str) -> str:
    return one_line(text).translate(TEX)


def _tex_name(name: Name) -> str:
    """An institution stands in braces of its own: "and" or a comma in it divides nothing."""
    return _tex(name.turned) if name.family else f"{{{_tex(name.whole)}}}"


# ── RIS ─────────────────────────────────────────────────────────────────────────────────────────

RIS_TYPE = {Kind.REPORT: "RPRT", Kind.EVALUATION: "RPRT", Kind.RECORDING: "ADVS"}


class _RisWriter(rispy.RisWriter):
    def set_header(self, count: int) -> str:
        """Nothing: the number that stands in front by default is no part of the format."""
        return ""


def ris(cited: Cited) -> str:
    """A RIS record: each value is one line, so that nothing in it reads as a tag.

    RIS has no word for further authors whom nobody names: they are left out.
    """
    credit, in_journal = _credit(cited), cited.journal is not None
    day = f"{cited.read_on:%Y/%m/%d}/" if cited.read_on else ""
    said: dict[str, Any] = {
        "type_of_reference": "JOUR" if in_journal else RIS_TYPE.get(Kind(cited.kind), "ELEC"),
        "id": cited.key,
        "authors": [_ris_name(name) for name in credit.makers],
        "title": one_line(cited.title),
        "secondary_title": one_line(cited.journal or ""),
        "year": str(cited.year or ""),
        "publisher": credit.publisher,
        "edition": str(cited.version or ""),
        "language": cited.language,
        "notes": [licence] if (licence := _licence(cited)) else [],
        "urls": [plain_url(cited.url)],
        "access_date": day,
    }
    return rispy.dumps([{k: v for k, v in said.items() if v}], implementation=_RisWriter)


def _ris_name(name: Name) -> str:
    """A comma stands behind the name of a family: that of an institution goes without."""
    return name.turned if name.family else one_line(name.whole.replace(",", " "))


# ── schema.org ──────────────────────────────────────────────────────────────────────────────────

SCHEMA_TYPE: dict[str, str | list[str]] = {
    Kind.LESSON: ["Article", "LearningResource"],
    Kind.REPORT: "Report",
    Kind.EVALUATION: "Report",
    Kind.ARTICLE: "Article",
}
OTHERWISE = "LearningResource"
# Of what is born here we know the version of the licence; of other things only its name.
LICENCE_PAGES: dict[str, str] = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        code: f"https://creativecommons.org/licenses/{code.removeprefix('cc-')}/4.0/"
        for code in Licence.values
        if code.startswith("cc-")
    },
}


def schema(cited: Cited, *, about: str = "", here: str = "") -> dict[str, Any]:
    """What schema.org calls it, for JSON-LD. `about` is its description, `here` its page on this
    site; whoever prints it inside of a script element escapes "<".
    """
    credit, journal = _credit(cited), one_line(cited.journal or "")
    in_journal = cited.journal is not None
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle" if in_journal else SCHEMA_TYPE.get(cited.kind, OTHERWISE),
        "name": one_line(cited.title),
        "description": one_line(about),
        "author": [_schema_name(name) for name in credit.makers],
        "publisher": _schema_thing("Organization", credit.publisher),
        "isPartOf": _schema_thing("Periodical", journal),
        "datePublished": str(cited.year or ""),
        "inLanguage": cited.language,
        "license": _licence_page(cited),
        "version": cited.version,
        "url": plain_url(cited.url),
        "mainEntityOfPage": here,
    }
    if cited.kind == Kind.LESSON:
        said["headline"] = said["name"]
    else:
        with override("en"):
            said["learningResourceType"] = str(Kind(cited.kind).label)
    return {key: value for key, value in said.items() if value}


def _licence_page(cited: Cited) -> str:
    return LICENCE_PAGES.get(cited.licence, "") if cited.kind == Kind.LESSON else _licence(cited)


def _schema_thing(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _schema_name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"@type": "Organization", "name": name.whole}
    parts = {"givenName": name.given, "familyName": name.family}
    return {"@type": "Person", "name": name.whole, **{k: v for k, v in parts.items() if v}}
