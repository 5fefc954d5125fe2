"""Nothing of the interface is left in English on a French page, nor waits in the .po file."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.flows.reading import Page

SOURCE = settings.BASE_DIR / "locale" / "fr" / "LC_MESSAGES" / "django.po"
APPS = ("accounts", "curation", "cop_directory", "outreach", "resources", "search")
GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")


@cache
def messages() -> polib.POFile:
    return polib.pofile(SOURCE)


def test_every_message_has_its_french():
    assert [
        entry.msgid for entry in messages() if not entry.obsolete and not entry.translated()
    ] == []


def test_no_message_is_fuzzy_or_left_over():
    assert [entry.msgid for entry in messages() if entry.fuzzy or entry.obsolete] == []


def test_compiled_messages_are_those_of_the_source():
    def said(entries):
        return {(e.msgctxt, e.msgid): e.msgstr or dict(e.msgstr_plural) for e in entries}

    assert said(polib.mofile(SOURCE.with_suffix(".mo"))) == said(messages().translated_entries())


def test_french_keeps_the_placeholders():
    wrong = []
    for entry in messages().translated_entries():
        ours = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)) - {"%%"}
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            theirs = set(PLACEHOLDER.findall(text)) - {"%%"}
            if theirs - ours or (ours - theirs and not entry.msgid_plural):
                wrong.append((entry.msgid, text))
    assert wrong == []


# Whatever the code says must be in the .po file ---------------------------------------------------


def said_in(source: str) -> Iterator[str]:
    """The first text of each gettext call in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = 1 if name in ("pgettext", "pgettext_lazy", "npgettext") else 0
            if name in GETTEXT and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                yield node.args[at].value


def said_in_template(source: str) -> Iterator[str]:
    """The messages of a template, as makemessages would find them."""
    text = re.sub(r"#.*", "", templatize(source))
    for call in re.finditer(r" (n?p?gettext)\((.*?)\)(?= |$)", text, re.DOTALL):
        try:
            words = ast.literal_eval(
                f"({re.sub(r',[^,]*count$', '', call[2]).replace('u', 'u', 1)},)"
            )
        except (SyntaxError, ValueError):
            continue
        yield words[1 if call[1].startswith("p") else 0]


def everything_said() -> set[str]:
    code = (
        path
        for app in APPS
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in path.parts
    )
    pages = [
        *(settings.BASE_DIR / "templates").rglob("*.html"),
        *(settings.BASE_DIR / "templates").rglob("*.txt"),
    ]
    return {text for path in code for text in said_in(path.read_text("utf-8"))} | {
        text for path in pages for text in said_in_template(path.read_text("utf-8"))
    }


def test_every_message_of_code_and_templates_is_in_the_source():
    known = {entry.msgid for entry in messages()}
    assert sorted(everything_said() - known) == []


def test_messages_are_looked_for_in_code_and_templates():
    assert list(said_in('x = _("One here")\ny = pgettext("where", "Two here")')) == [
        "One here",
        "Two here",
    ]
    template = (
        '{% load i18n %}{% translate "Three here" %}'
        "{% blocktranslate with a=b %}Four {{ a }} here{% endblocktranslate %}"
    )
    assert list(said_in_template(template)) == ["Three here", "Four %(a)s here"]
    assert {"Home page", "Sorted by name. Or by"} <= everything_said()


# What stands on the pages -------------------------------------------------------------------------


@cache
def english() -> list[tuple[str, re.Pattern]]:
    """Every message of three words or more whose French is not the same, as a pattern."""
    found = []
    for entry in messages():
        for text in filter(None, (entry.msgid, entry.msgid_plural)):
            words = PLACEHOLDER.sub(" ", text)
            if len(re.findall(r"\w{2,}", words)) < 3 or entry.msgctxt == "address":
                continue
            if text in (entry.msgstr, *entry.msgstr_plural.values()):
                continue
            parts = [re.escape(" ".join(p.split())) for p in PLACEHOLDER.split(text)]
            found.append((text, re.compile(r"\s*.{0,80}?\s*".join(p for p in parts if p))))
    return found


def english_on(page: Page) -> list[str]:
    """English messages of the interface on a French page, in text that is not marked as English."""
    text = "\n".join(page.texts(own_language=True))
    text = without_names(text)  # a title or an attribute cannot say that its name is English
    literal = [(m, p) for m, p in english() if longest(m).lower() in text.lower()]
    return [message for message, pattern in literal if pattern.search(text)]


def longest(message: str) -> str:
    """The longest part of a message without placeholders: looked for first, it is quick."""
    return max((" ".join(p.split()) for p in PLACEHOLDER.split(message)), key=len)


def french(pages):
    return {url: page for url, page in pages.items() if url.startswith("/fr/")}


@pytest.mark.once
def test_no_english_message_is_on_a_french_page(pages):
    assert {url: found for url, page in french(pages).items() if (found := english_on(page))} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "<p>How we keep it fresh</p>",
        "<p>Confirmed by the group on 1 juin 2026</p>",
        '<a aria-label="Filters in use" href="/">x</a>',
        '<meta name="description" content="The group has not confirmed it yet.">',
    ],
)
def test_planted_english_message_is_found(pages, planted):
    html = f'<html lang="fr-CA"><body><p>Bonjour.</p>{planted}</body></html>'
    assert english_on(Page(html)) != []


def test_english_that_is_marked_as_english_is_let_be():
    html = '<html lang="fr-CA"><body><p lang="en">How we keep it fresh</p></body></html>'
    assert english_on(Page(html)) == []


def same_in_both(one: Page, other: Page) -> set[str]:
    """Sentences that stand unchanged, and unmarked, on a page and on its twin."""

    def sentences(page):
        texts = page.texts(own_language=True, without=("pre", "code"))
        return {text for text in texts if is_a_sentence(text)}

    return sentences(one) & sentences(other)


def is_a_sentence(text: str) -> bool:
    return text.count(" ") >= 3 and len(re.findall(r"[^\W\d_]{2,}", text)) >= 4


def without_names(text: str) -> str:
    """A text without the names in it."""
    for name in names_of_things():
        text = text.replace(name, "")
    return text


def test_no_sentence_stands_unchanged_on_both_twins(pages):
    twins = {url: page for url, page in pages.items() if url.startswith("/en/")}
    found = {}
    for url, page in twins.items():
        links = page.all("link", rel="alternate", hreflang="fr")
        twin = pages.get("/" + links[0]["href"].split("/", 3)[3]) if links else None
        same = same_in_both(page, twin) if twin else ()
        if said := {text for text in same if is_a_sentence(without_names(text))}:
            found[url] = said
    assert found == {}


@cache
def names_of_things() -> list[str]:
    """Names have one form where nobody gave them two; the longest ones first."""
    from accounts.models import Organization
    from cop_directory.models import Listing
    from resources.models import Resource

    names = [
        *Organization.objects.values_list("name_en", "name_fr", "acronym"),
        *Listing.objects.values_list("name_en", "name_fr", "acronym"),
        *Resource.objects.values_list("name_en", "name_fr", "publisher", "authors"),
    ]
    long = {name for row in names for name in row if len(name) > 9}
    parts = {part.strip() for name in long for part in name.split(";") if len(part) > 9}
    titles = {f"{name}{end}" for name in long | parts for end in ("", " – CoP Directory")}
    return sorted(titles, key=len, reverse=True)


def test_planted_sentence_on_both_twins_is_found():
    one = Page('<html lang="en-CA"><p>This was never put into French</p></html>')
    other = Page('<html lang="fr-CA"><p>This was never put into French</p></html>')
    assert same_in_both(one, other) == {"This was never put into French"}
