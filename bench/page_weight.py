"""How much does a first view weigh? Counts every byte that the server sends, headers included.

    .venv/bin/python bench/page_weight.py [http://localhost:8000]

The site must be running (`python3 run.py`). For each page: the page itself and everything that
it makes a browser fetch from us (style sheet, script, icon), compressed as the server sends it
to a browser that takes gzip and brotli. The goal is at most 14,336 bytes, the first TCP window.
Requests to other hosts and cookies are counted too: both must be 0.
"""

import re
import socket
import sys
from urllib.parse import urljoin, urlsplit

GOAL = 14_336
PAGES = (
    "/en/", "/fr/", "/en/directory/", "/fr/repertoire/", "/en/directory/?q=employmint+Halifax",
    "/fr/repertoire/?q=logement+demandeurs+d%27asile", "/en/directory/?q=knitting+circle+Gander",
    "/en/library/", "/fr/bibliotheque/", "/en/library/all/", "/fr/bibliotheque/tout/",
    "/en/library/all/?q=digital+divide",
    "/en/search/?q=digital+divide", "/fr/recherche/?q=logement",
    "/en/how-sure-is-this/", "/fr/a-quel-point-est-ce-etabli/",
)  # fmt: skip


def fetch(url: str) -> tuple[int, str, bytes]:
    """Bytes on the wire of one answer, its head and its (still compressed) body."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip, br\r\n"
        "Accept: text/html,*/*\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=30) as wire:
        wire.sendall(request.encode())
        data = b""
        while piece := wire.recv(65536):
            data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    return len(data), head.decode("latin-1"), body


def plain(url: str) -> str:
    """The page's text, asked for without compression."""
    from urllib.request import urlopen

    return urlopen(url, timeout=30).read().decode()


def parts_of(html: str, base: str) -> list[str]:
    """What a browser fetches by itself for this page."""
    links = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', html)
    links += re.findall(r'<(?:script|img|iframe)[^>]* src="([^"]+)"', html)
    return [urljoin(base, link) for link in links]


def weigh(url: str) -> tuple[int, int, int]:
    """Bytes in all, requests to other hosts, cookies."""
    host = urlsplit(url).netloc
    total, head, _ = fetch(url)
    cookies = head.lower().count("\nset-cookie:")
    others = 0
    for part in parts_of(plain(url), url):
        if urlsplit(part).netloc != host:
            others += 1
            continue
        size, head, _ = fetch(part)
        total += size
        cookies += head.lower().count("\nset-cookie:")
    return total, others, cookies


def main() -> int:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    lists = ("/en/directory/?q=Halifax", "/en/library/all/?q=digital")
    first = [re.search(r'class="name"><a href="([^"]+)"', plain(base + url)) for url in lists]
    pages = [*PAGES, *(found[1] for found in first if found)]
    worst = 0
    for page in pages:
        total, others, cookies = weigh(base + page)
        worst = max(worst, total)
        print(f"{total:>7,} bytes  {others} other hosts  {cookies} cookies  {page}")
    print(f"{worst:>7,} bytes at most; goal {GOAL:,}: {'kept' if worst <= GOAL else 'MISSED'}")
    return int(worst > GOAL)


if __name__ == "__main__":
    sys.exit(main())
