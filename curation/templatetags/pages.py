"""What every page needs: its twin in the other language, and links that know where they are."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.languages import OTHER, LocalText, day_in_words, reading_language
from curation.links import domain
from curation.prose import safe_html
from search import index

register = template.Library()

# A longer question is cut anyway; repeated in every link, it would swell the page.
LONGEST_ADDRESS = 2000

LANGUAGE_NAMES = {"en": "English", "fr": "Français"}


def _twin(context: Context, lang: str) -> str:
    """This page's address in a language, query kept. Pages that have no twin lead home."""
    request: HttpRequest | None = context.get("request")
    twin = (context.get("twins") or {}).get(lang)
    if twin:
        return twin
    if request is None or request.resolver_match is None:
        return f"/{lang}/"
    here = request.get_full_path()
    return translate_url(here if len(here) <= LONGEST_ADDRESS else request.path, lang)


@register.simple_tag(takes_context=True)
def language_toggle(context: Context) -> SafeString:
    """The link to the same page, same question and filters, in the other language."""
    lang = OTHER[reading_language()]
    return format_html(
        '<a class="lang" href="{}" lang="{}" hreflang="{}">{}</a>',
        _twin(context, lang),
        lang,
        lang,
        LANGUAGE_NAMES[lang],
    )


@register.simple_tag(takes_context=True)
def language_button(context: Context, form: str) -> SafeString:
    """The same as a button of a form, which takes along what is typed in it."""
    lang = OTHER[reading_language()]
    return format_html(
        '<button type="submit" class="lang" form="{}" formaction="{}" name="go" value="language"'
        ' lang="{}">{}</button>',
        form,
        _twin(context, lang),
        lang,
        LANGUAGE_NAMES[lang],
    )


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """The hreflang pair and the canonical address, for pages that have both."""
    request: HttpRequest | None = context.get("request")
    if request is None or request.resolver_match is None:
        return SafeString("")
    pairs = [(lang, request.build_absolute_uri(_twin(context, lang))) for lang in OTHER]
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', pairs)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, view: str, words: str) -> SafeString:
    """A link of the main navigation, marked when its page, or one below it, is being read."""
    address = reverse(view)
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    here = "page" if path == address else "true" if path.startswith(address) else ""
    current = format_html(' aria-current="{}"', here) if here else ""
    return format_html('<a href="{}"{}>{}</a>', address, current, words)


@register.simple_tag
def mark(text: str, answer: Any = None) -> SafeString:
    """The text with the words that answer the question marked."""
    if not answer:
        return format_html("{}", text)
    pieces = (
        ("<mark>{}</mark>" if hit else "{}", piece) for piece, hit in index.mark(text, answer)
    )
    return SafeString("".join(format_html(shape, piece) for shape, piece in pieces))


register.filter("day", day_in_words, expects_localtime=True)
register.filter("domain", domain)


@register.filter
def prose(text: LocalText) -> SafeString:
    """Markdown as safe HTML: no raw HTML in, only absolute http(s) and mailto links out."""
    return format_html("<div{}>{}</div>", text.attributes, SafeString(safe_html(text.plain)))
