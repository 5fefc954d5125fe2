"""Web addresses in what people wrote, as links that a reviewer can open and need not trust."""

import re
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ADDRESS = re.compile(r"https?://[^\s<>\"'”»]+", re.IGNORECASE)
# What ends a sentence and stands beside an address, not in it.
AFTER = ".,;:!?)]…"


def linked(text: str) -> SafeString:
    """A text with its http(s) addresses as links, everything else escaped.

    The host that an address really leads to stands out, whatever the rest of it looks like.
    """
    pieces, at = [], 0
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(AFTER)
        pieces += [format_html("{}", text[at : match.start()]), _link(address)]
        at = match.start() + len(address)
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, text[at:])))


def _link(address: str) -> SafeString | str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return address  # no address at all
    start = address.lower().rfind(host, 0, address.find("/", 8) if "/" in address[8:] else None)
    if not host:
        return address
    if start < 0 or not host.isascii():
        # It is written in letters that can look like others: as machines read it, beside it.
        return format_html("{} ({})", _as_link(address, address), _in_ascii(host))
    shown = format_html(
        "{}<b>{}</b>{}",
        address[:start],
        address[start : start + len(host)],
        address[start + len(host) :],
    )
    return _as_link(address, shown)


def _as_link(address: str, shown: str) -> SafeString:
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, shown)


def _in_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
