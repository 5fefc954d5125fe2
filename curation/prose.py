"""Markdown that strangers wrote, as HTML that is safe to show."""

import re

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "code", "pre"}
LINK = re.compile(r"(?:https?://[^\s/@]+(?:/\S*)?|mailto:[^\s@]+@[^\s@]+)\Z", re.IGNORECASE)

_markdown = MarkdownIt("commonmark", {"html": False})


def safe_html(text: str) -> str:
    """HTML of a Markdown text; a link that is not plain http(s) or mailto loses its address."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_only_plain_links,
        link_rel="nofollow noopener ugc",
    )


def _only_plain_links(tag: str, attribute: str, value: str) -> str | None:
    """nh3's scheme list lets odd addresses through; only absolute ones that we know stay."""
    return value if LINK.match(value) else None
