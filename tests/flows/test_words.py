"""Readers meet people's words, never the code's: looked for on every page, in both languages.

Where the lists come from: the code words of the interface glossary (listing, entry, resource,
steward, moderator, desk, turn, facet, reveal, corroboration …), the slugs of kinds and statuses,
and for French what the sector's own writing rules leave out.
"""

import re
from gettext import translation

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from cop_directory.shelf import address
from curation.models import Change, Entry
from tests.flows.reading import Page
from tests.flows.site import LANGUAGES, addresses

pytestmark = pytest.mark.django_db

ENGLISH = (
    "listing listings entry entries resource resources steward stewards moderator moderators desk "
    "verb verbs facet facets corroboration corroborations corroborate reveal revealed "
    "lifecycle slug slugs taxonomy vocabulary metadata queryset backend frontend database query "
    "needs_answer evidence-ladder claimant-of-page freshness dormant stale unconfirmed "
    "community-of-practice chat-group mailing-list working-group source_key text_status "
    "undefined boolean workflow"
).split()
FRENCH = (
    "facette facettes corroboration corroborations clavardage clavarder modérateur modératrice "
    "modérateurs slug slugs taxonomie métadonnées inscription-fiche intendant intendante listing "
    "listings entry steward desk facet workflow"
).split()
# "Turn it off" is plain English; a turn that one takes is a word of the code.
TURN = re.compile(r"\b(?:an?|the|this|that|your|each|every|next|takes?|taken)\s+(turns?)\b", re.I)
MIDDLE_DOT = re.compile(r"\w[·•‧∙]\w")
INCLUSIVE_BRACKETS = re.compile(r"\w\((?:e|es|ne|trice|ve)\)")


def forbidden_on(page: Page) -> list[str]:
    """Words of the code among the words that a page shows; field names in <code> are no matter."""
    lang = page.lang[:2]
    words = {"en": ENGLISH, "fr": FRENCH}[lang]
    texts = page.texts(own_language=True, without=("code", "pre", "@content"))
    text = "\n".join(texts)
    found = [
        w for w in words if re.search(rf"(?<![\w/.-]){re.escape(w)}(?![\w/-]|\.\w)", text, re.I)
    ]
    found += sorted({each for each in texts if each in ("None", "True", "False", "null", "nan")})
    if lang == "en":
        found += TURN.findall(text)
    if lang == "fr":
        found += MIDDLE_DOT.findall(text) + INCLUSIVE_BRACKETS.findall(text)
    return found


QUERIES = (
    "?q=housing",
    "?q=hosing",
    "?q=xyzzy+plugh",
    "?q=nothing+here+housing&kind=lip",
    "?kind=club",
    "?page=99",
    "?sort=name",
    "?sort=newest",
    "?kind=lip&province=NS",
    "?state=unconfirmed&join=unknown",
    "?scope=unknown&platform=unknown&app=needed",
    "?q=logement&language=fr",
    "?exactly=1&q=hosing",
)


@pytest.fixture(scope="module")
def pages(made_site):
    """address → page: every kind of page, and what one meets when something is wrong."""
    client = Client(raise_request_exception=False)
    found = {}
    for lang in LANGUAGES:
        with override(lang):
            urls = [url for urls in addresses(made_site, lang).values() for url in urls]
        home = {"en": "/en/directory/", "fr": "/fr/repertoire/"}[lang]
        urls += [f"{home}{query}" for query in QUERIES] + [f"/{lang}/nowhere/"]
        found |= {url: Page(client.get(url).content.decode()) for url in urls}
        many = "&".join(f"x{n}=1" for n in range(2000))
        found[f"/{lang}/ 400"] = Page(client.get(f"{home}?{many}").content.decode())
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_code_is_on_a_page(pages, lang):
    mine = {url: page for url, page in pages.items() if url.startswith(f"/{lang}/")}
    assert {url: found for url, page in mine.items() if (found := forbidden_on(page))} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_code_is_on_the_page_of_a_breakdown(made_site, db, lang, monkeypatch):
    monkeypatch.setattr("cop_directory.browse.overview", None)
    page = Page(Client(raise_request_exception=False).get(f"/{lang}/").content.decode())
    assert (page.lang, forbidden_on(page)) == (f"{lang}-CA", [])


def test_no_word_of_the_code_is_in_a_text_list(client, site):
    for lang, path in (("en", "places"), ("fr", "lieux")):
        text = client.get(f"/{lang}/{path}/ns.txt").content.decode()
        assert forbidden_on(Page(f'<html lang="{lang}-CA"><p>{text}</p></html>')) == []


@pytest.mark.parametrize(
    ("lang", "html", "found"),
    [
        ("en", "<p>Your listing waits.</p>", ["listing"]),
        ("en", "<button>Take a turn</button>", ["turn"]),
        ("en", '<a aria-label="Choose a facet">x</a>', ["facet"]),
        ("en", "<p>None</p>", ["None"]),
        ("en", "<h2>community-of-practice</h2>", ["community-of-practice"]),
        ("fr", "<p>Un groupe de clavardage</p>", ["clavardage"]),
        ("fr", "<p>les intervenant·e·s</p>", ["t·e"]),
        ("fr", "<p>un(e) intervenant(e)</p>", ["n(e)", "t(e)"]),
    ],
)
def test_planted_word_is_found(lang, html, found):
    assert forbidden_on(Page(f'<html lang="{lang}-CA"><body>{html}</body></html>')) == found


@pytest.mark.parametrize(
    "html",
    [
        "<p>None of them turned up.</p>",
        "<p>They turn it off.</p>",
        "<p><code>listing</code></p>",
        "<p>/api/v1/listings</p>",
        "<p>Addresses and enlisting</p>",
    ],
)
def test_plain_words_are_let_be(html):
    assert forbidden_on(Page(f'<html lang="en-CA"><body>{html}</body></html>')) == []


# The glossary's own words: (English, French) that readers know something by.
GLOSSARY = [
    ("I run this group", "Je m’occupe de ce groupe"),
    ("Something is wrong here", "Signaler un problème"),
]


@pytest.mark.parametrize(("english", "french"), GLOSSARY)
def test_page_uses_the_words_of_the_glossary(client, site, english, french):
    for lang, words in (("en", english), ("fr", french)):
        with override(lang):
            page = Page(client.get(address(site.full)).content.decode())
        assert words in page.text.replace("'", "’")


def test_what_somebody_sent_waits_for_review_in_french_as_well():
    with override("fr"):
        said = {str(state.label) for state in (Entry.Review.SUBMITTED, Change.State.WAITING)}
    assert said == {"En attente de révision"}


@pytest.mark.once
def test_my_pages_have_one_name_in_french():
    texts = translation("django", settings.BASE_DIR / "locale", ["fr"])._catalog
    named = {said: text for said, text in texts.items() if "My pages" in said}
    assert len(named) >= 3
    assert [text for text in named.values() if "Mes pages" not in text] == []
