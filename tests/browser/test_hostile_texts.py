"""Nothing that somebody typed runs in a reader's browser, even without the browser's own guard.

Every text field of a public group, its parts, its organization and its terms holds one hostile
text; over all rounds every field has held every text. The pages are opened in Chromium with the
content security policy switched off, so that only our own escaping stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db.models import CharField, Model, SlugField, TextField, URLField
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page

from accounts.models import Organization
from cop_directory.browse import organization_address
from cop_directory.models import Chat, Kind, Listing, Partnership, Practice
from cop_directory.shelf import address
from curation.models import Tag
from tests.browser.hostile_texts import HOSTILE, RUN
from tests.browser.page_types import Site
from tests.factories import make_listing, make_organization, make_tag, reindex

pytestmark = pytest.mark.once

# Fields that hold a code of ours, never what somebody typed.
CODES = {"shelf", "source_key", "timezone", "rule", "slug"}
# What the page itself may contain that would not be there without a hostile text.
FOUND = """() => ({
  hit: window.hit || null,
  handlers: [...document.querySelectorAll('*')].filter(
    each => [...each.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).length,
  links: [...document.querySelectorAll('[href],[src],[action]')].map(
    each => each.getAttribute('href') || each.getAttribute('src') || each.getAttribute('action')
  ).filter(link => /^\\s*(javascript|data|vbscript):/i.test(link)),
  foreign: [...document.querySelectorAll(
    'iframe,object,embed,base,style,video,audio,math,template,body img')].map(e => e.tagName),
})"""
CLEAN = {"hit": None, "handlers": 0, "links": [], "foreign": []}


def text_fields(model: type[Model]) -> list[CharField | TextField]:
    """The fields of a model into which somebody may type."""
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, CharField | TextField)
        and not isinstance(field, URLField | SlugField)
        and not field.choices
        and field.name not in CODES
        and "email" not in field.name
    ]


FIELDS = [
    (model, field)
    for model in (Listing, Practice, Partnership, Chat, Organization, Tag)
    for field in text_fields(model)
]


@pytest.fixture(scope="module")
def group(site: Site, django_db_blocker) -> Iterator[Listing]:
    """One public group with every part, and its organization and term; gone afterwards."""
    with django_db_blocker.unblock():
        agency, topic = make_organization("Agency"), make_tag("hostile")
        listing = make_listing("Group", kind=Kind.LIP, hosts=(agency,), tags=(topic,))
        for part in (Practice, Partnership, Chat):
            part.objects.create(listing=listing)
        reindex()
        yield listing
        listing.decisions.all().delete()
        listing.delete()
        topic.delete()
        agency.delete()
        reindex()


def fill(group: Listing, turn: int) -> None:
    """Give every text field a hostile text, another one in each round."""
    rows = {
        Listing: Listing.objects.filter(pk=group.pk),
        Practice: Practice.objects.filter(listing=group),
        Partnership: Partnership.objects.filter(listing=group),
        Chat: Chat.objects.filter(listing=group),
        Organization: group.hosts.all(),
        Tag: Tag.objects.filter(tagged__content_object=group),
    }
    for model, row in rows.items():
        values = {
            field.name: HOSTILE[(turn + FIELDS.index((model, field))) % len(HOSTILE)][
                : field.max_length
            ]
            for field in text_fields(model)
        }
        if model is Listing:
            values |= {"text_status_en": "original", "text_status_fr": "human"}
            values["name_own_language"] = "ar"
        row.update(**values)


def pages(group: Listing) -> Iterator[str]:
    """The pages on which these texts stand."""
    for lang in ("en", "fr"):
        with override(lang):
            yield address(Listing.objects.get(pk=group.pk))
    with override("en"):
        yield organization_address(group.hosts.get())
        yield reverse("listing_list") + "?sort=newest"


def test_fields_and_texts_make_more_than_1200_cases():
    assert len(FIELDS) * len(HOSTILE) >= 1200


def test_no_hostile_text_runs_or_asks_outside(
    reader: Callable[..., Page], site: Site, group: Listing
):
    page = reader(bypass_csp=True)
    outside: list[str] = []
    page.on("request", lambda sent: sent.url.startswith(site.url) or outside.append(sent.url))
    for turn in range(len(HOSTILE)):
        fill(group, turn)
        for path in pages(group):
            page.goto(path)
            assert (turn, path, page.evaluate(FOUND)) == (turn, path, CLEAN)
    assert outside == []


@pytest.mark.parametrize(
    "html",
    [
        f"<script>{RUN}</script>",
        f"<img src=x onerror={RUN}>",
        f"<a href='javascript:{RUN}'>x</a>",
        "<iframe></iframe>",
        "<p style='color:red'>x</p>",
    ],
)
def test_planted_hole_is_seen(reader: Callable[..., Page], html: str):
    page = reader(bypass_csp=True)
    page.set_content(f"<!doctype html><title>x</title><body>{html}")
    assert page.evaluate(FOUND) != CLEAN
