"""Citing: what a program reads back is what was said, however hostile the title."""

import datetime as dt
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Organization
from resources.citations import TEX, Cited, bibtex, name_of, one_line, ris, schema, sentence
from resources.citing import cited
from resources.models import Resource

pytestmark = pytest.mark.once

REPORT = Cited(
    id=7,
    title="Bridging the Digital Divide",
    kind="report",
    url="https://example.org/a_b?c=1&d=50%25#e",
    authors=("Marco Campana", "OCASI"),
    publisher="Immigration, Refugees and Citizenship Canada",
    year=2024,
    licence="cc-by",
    read_on=dt.date(2026, 5, 1),
)
LESSON = Cited(
    id=12,
    title="Put a phone-in number beside every video link.",
    kind="lesson",
    url="https://example.org/en/library/12",
    version=3,
)


# ── A sentence ──────────────────────────────────────────────────────────────────────────────────

SENTENCES = [
    (
        REPORT,
        "en",
        "Marco Campana and OCASI (2024). Bridging the Digital Divide [Report]. Immigration, "
        "Refugees and Citizenship Canada. https://example.org/a_b?c=1&d=50%25#e "
        "(read on 1 May 2026)",
    ),
    (
        LESSON,
        "en",
        "Anonymous agency (n.d.). Put a phone-in number beside every video link. [Lesson], "
        "version 3. https://example.org/en/library/12",
    ),
    (
        replace(LESSON, publisher="YMCA of Hope", year=2026, version=None),
        "en",
        "YMCA of Hope (2026). Put a phone-in number beside every video link. [Lesson]. "
        "https://example.org/en/library/12",
    ),
    (
        replace(REPORT, authors=(), publisher="", year=None, read_on=None),
        "en",
        "Bridging the Digital Divide [Report] (n.d.). https://example.org/a_b?c=1&d=50%25#e",
    ),
    (
        replace(REPORT, authors=tuple("ABCDEFG"), publisher="", read_on=None),
        "en",
        "A et al. (2024). Bridging the Digital Divide [Report]. "
        "https://example.org/a_b?c=1&d=50%25#e",
    ),
    (
        replace(REPORT, authors=("A", "B", "C"), publisher="", read_on=None),
        "en",
        "A, B and C (2024). Bridging the Digital Divide [Report]. "
        "https://example.org/a_b?c=1&d=50%25#e",
    ),
    (
        replace(REPORT, year=None, publisher=""),
        "fr",
        "Marco Campana et OCASI (s.\u00a0d.). Bridging the Digital Divide [Rapport]. "
        "https://example.org/a_b?c=1&d=50%25#e (consulté le 1er mai 2026)",
    ),
    (
        LESSON,
        "fr",
        "Organisme anonyme (s.\u00a0d.). Put a phone-in number beside every video link. "
        "[Leçon du terrain], version 3. https://example.org/en/library/12",
    ),
]


@pytest.mark.parametrize(("what", "lang", "said"), SENTENCES)
def test_citation_is_ready_to_be_pasted(what, lang, said):
    assert sentence(what, lang) == said


# ── Names ───────────────────────────────────────────────────────────────────────────────────────

NAMES = [
    ("Marco Campana", "Campana, Marco"),
    ("C. S. Johnson", "Johnson, C. S."),
    ("M.J. Masoodi", "Masoodi, M.J."),
    ("Jingzhou (Jo) Liu", "Liu, Jingzhou (Jo)"),
    ("Jayesh D'Souza", "D'Souza, Jayesh"),
    ("Ana de la Cruz", "de la Cruz, Ana"),
    ("Aurélie Lacassagne", "Lacassagne, Aurélie"),
    ("Magdalene Cooman-Maxwell", "Cooman-Maxwell, Magdalene"),
    ("Haight et al.", None),
    ("OCASI", None),
    ("YMCA Hope", None),
    ("Immigration, Refugees and Citizenship Canada", None),
    ("Refugee 613", None),
    ("Marco Campana (post)", None),
    ("Calgary Catholic Immigration Society", None),
    ("New Language Solutions", None),
    ("réseau en immigration", None),
]


@pytest.mark.parametrize(("written", "turned"), NAMES)
def test_only_what_is_clearly_a_person_is_turned(written, turned):
    assert name_of(written).turned == (turned or written)


# ── What is cited ───────────────────────────────────────────────────────────────────────────────

OURS = Organization(name_en="Refugee 613", name_fr="Réfugié 613")
ROWS = [
    ({"kind": "article"}, ((), "Refugee 613; Public Health", None)),
    ({"kind": "article", "peer_reviewed": True}, ((), "Refugee 613", "Public Health")),
    ({"kind": "report", "peer_reviewed": True}, ((), "Refugee 613; Public Health", None)),
    ({"kind": "lesson", "visibility": "agency", "authors": "Ana Roy"},
     ((), "Refugee 613; Public Health", None)),
    ({"kind": "lesson", "visibility": "hidden", "authors": "Ana Roy"}, ((), "", None)),
    ({"kind": "article", "peer_reviewed": True, "visibility": "hidden"}, ((), "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("values", "expected"), ROWS)
def test_reviewed_article_stands_in_a_journal_and_hidden_names_in_nothing(values, expected):
    row = Resource(name_en="Ring first", organization=OURS, publisher="Public Health", **values)
    what = cited(row, "https://example.org/")
    assert (what.authors, what.publisher, what.journal) == expected


# ── Read back ───────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "a } b",
    "{{{",
    "50 $ et 60 $, 100 % of #1 & x_y ^ ~ \\ end",
    "\\input{/etc/passwd}\\",
    'two\nlines\r\nand "three"\ttabs',
    "@article{x, title={y}}",
    "x\nTY  - JOUR\nER  - \nTY  - BOOK",
    "ER  - ",
    "«\u00a0Été ’ 中文 العربية\u00a0»",
    "nul\x00 bell\x07 turned\u202e",
    "</script><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
]


def read_bibtex(text):
    """The one record of it, its fields decoded."""
    library = bibtexparser.parse_string(text, append_middleware=[DECODE])
    assert [len(library.entries), library.failed_blocks, len(library.blocks)] == [1, [], 1]
    return {field.key: field.value for field in library.entries[0].fields}


DECODE = LatexDecodingMiddleware(keep_braced_groups=False)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_comes_back_from_bibtex_and_ris_as_one_line(title):
    what = replace(REPORT, title=title, authors=(title,), publisher=title)

    (read,) = rispy.loads(ris(what))

    assert [read["title"], read["authors"], read["publisher"]] == [
        one_line(title),
        [one_line(title.replace(",", " "))],
        one_line(title),
    ]
    # The reader knows \\textasciicircum as the circumflex that modifies letters.
    assert read_bibtex(bibtex(what))["title"].replace("ˆ", "^") == one_line(title)


def test_bibtex_is_what_programs_expect():
    assert bibtex(REPORT) == (
        "@techreport{copdirectory7,\n"
        "  author = {Campana, Marco and {OCASI}},\n"
        "  title = {{Bridging the Digital Divide}},\n"
        "  year = {2024},\n"
        "  institution = {Immigration, Refugees and Citizenship Canada},\n"
        "  language = {english},\n"
        "  note = {CC BY},\n"
        "  url = {https://example.org/a_b?c=1&d=50%25#e},\n"
        "  urldate = {2026-05-01},\n"
        "}\n"
    )


ARTICLE = replace(
    REPORT, kind="article", authors=("Haight et al.",), publisher="", journal="Public Health"
)
# What is cited → who the sentence says made it, then what stands in BibTeX and in RIS for that
# and for where it was published, and schema.org's authors.
MADE_BY = [
    (
        ARTICLE,
        "Haight et al. (2024)",
        ["@article", "author = {Haight and others}", "journal = {Public Health}"],
        ["TY  - JOUR", "AU  - Haight", "T2  - Public Health"],
        [("Person", "Haight")],
    ),
    (
        replace(ARTICLE, authors=(), publisher="OCASI", journal=""),
        "OCASI (2024)",
        ["@article", "author = {{OCASI}}"],
        ["TY  - JOUR", "AU  - OCASI"],
        [("Organization", "OCASI")],
    ),
    (
        replace(ARTICLE, authors=()),
        "Bridging the Digital Divide [Article] (2024)",
        ["@article", "journal = {Public Health}"],
        ["TY  - JOUR", "T2  - Public Health"],
        [],
    ),
    (
        replace(LESSON, publisher="Welcome House"),
        "Welcome House (n.d.)",
        ["@misc", "author = {{Welcome House}}"],
        ["TY  - ELEC", "AU  - Welcome House"],
        [("Organization", "Welcome House")],
    ),
    (
        replace(REPORT, authors=(), publisher="Roe & Co; Immigration, Refugees Canada"),
        "Roe & Co and Immigration, Refugees Canada (2024)",
        [
            "@techreport",
            "author = {{Roe \\& Co} and {Immigration, Refugees Canada}}",
            "institution = {Roe \\& Co; Immigration, Refugees Canada}",
        ],
        ["TY  - RPRT", "AU  - Roe & Co", "AU  - Immigration Refugees Canada"],
        [("Organization", "Roe & Co"), ("Organization", "Immigration, Refugees Canada")],
    ),
    (LESSON, "Anonymous agency (n.d.)", ["@misc"], ["TY  - ELEC"], []),
]


@pytest.mark.parametrize(("what", "said", "tex", "lines", "people"), MADE_BY)
def test_sentence_and_files_name_the_same_makers(what, said, tex, lines, people):
    assert sentence(what, "en").startswith(f"{said}. ")
    kept = r"@\w+|(?:author|journal|institution|howpublished) = .*}"
    assert re.findall(kept, bibtex(what)) == tex
    assert re.findall(r"(?m)^(?:TY|AU|T2|PB)  - .*", ris(what)) == lines
    assert [(each["@type"], each["name"]) for each in schema(what).get("author", [])] == people


def test_journal_article_is_scholarly_and_part_of_its_journal():
    data = schema(ARTICLE)

    assert data["@type"] == "ScholarlyArticle"
    assert data["isPartOf"] == {"@type": "Periodical", "name": "Public Health"}


def test_ris_is_what_programs_expect():
    assert ris(REPORT) == (
        "TY  - RPRT\n"
        "ID  - copdirectory7\n"
        "AU  - Campana, Marco\n"
        "AU  - OCASI\n"
        "TI  - Bridging the Digital Divide\n"
        "PY  - 2024\n"
        "PB  - Immigration, Refugees and Citizenship Canada\n"
        "LA  - en\n"
        "N1  - CC BY\n"
        "UR  - https://example.org/a_b?c=1&d=50%25#e\n"
        "Y2  - 2026/05/01/\n"
        "ER  - \n"
    )


SIGNS = "ab Z{}\\$&#%_~^\"'@,=\n\r\x85\u2028-TYER\x00é中"


def test_whatever_is_written_stays_one_record():
    @settings(max_examples=150, deadline=None, database=None)
    @given(text=st.text(st.sampled_from(SIGNS), max_size=30))
    def whatever(text):
        what = replace(REPORT, title=text, authors=(text,), publisher=text, url=f"https://x/{text}")
        tex, lines = bibtex(what), ris(what).splitlines()
        bare = re.sub(r"\\[{}]", "", tex)
        assert bare.count("{") == bare.count("}")
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        assert [line[:2] for line in lines].count("ER") == 1
        assert len(rispy.loads(ris(what))) == 1

    whatever()


def test_check_of_escaping_sees_a_character_left_alone():
    left_alone = {k: v for k, v in TEX.items() if k != ord("}")}

    with pytest.raises(AssertionError):
        read_bibtex("@misc{a,\n  title = {{" + "a } b".translate(left_alone) + "}},\n}\n")


# ── schema.org ──────────────────────────────────────────────────────────────────────────────────


def test_schema_of_a_report():
    assert schema(REPORT, about="Who is left out.", here="https://example.org/en/library/7") == {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": "Bridging the Digital Divide",
        "description": "Who is left out.",
        "author": [
            {
                "@type": "Person",
                "name": "Marco Campana",
                "givenName": "Marco",
                "familyName": "Campana",
            },
            {"@type": "Organization", "name": "OCASI"},
        ],
        "publisher": {
            "@type": "Organization",
            "name": "Immigration, Refugees and Citizenship Canada",
        },
        "datePublished": "2024",
        "inLanguage": "en",
        "license": "CC BY",
        "url": "https://example.org/a_b?c=1&d=50%25#e",
        "mainEntityOfPage": "https://example.org/en/library/7",
        "learningResourceType": "Report",
    }


def test_schema_of_a_lesson_whose_agency_is_hidden_names_nobody():
    assert schema(replace(LESSON, licence="cc-by")) == {
        "@context": "https://schema.org",
        "@type": ["Article", "LearningResource"],
        "name": "Put a phone-in number beside every video link.",
        "headline": "Put a phone-in number beside every video link.",
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": 3,
        "url": "https://example.org/en/library/12",
    }
