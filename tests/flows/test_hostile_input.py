"""Whatever is typed into an address gets a page, a plain refusal, or "not here"; never a 500."""

from urllib.parse import quote

import pytest

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
LONG = "housing " * 1_250  # 10,000 characters
HUGE = "a" * 300_000
FLOOD = "e" + "\u0301" * 5_000
OVERRIDE = "\u202egnisuoh\u202c \u2066x\u2069"
RTL = "\u200f\u061chousing\u200e"
DIGIT_NINE = "\uff19"  # a full-width digit

# What may be typed as words: anything is a question, so the answer is a page.
WORDS = {
    "nul": "%00",
    "nul inside": "hous%00ing",
    "broken utf-8": "%ff%fe",
    "half a character": "%c3",
    "overlong utf-8": "%c0%af",
    "lone surrogate": "%ed%a0%80",
    "surrogate pair": "%ed%a0%bd%ed%b8%80",
    "not a character": "%ef%bf%bf",
    "10,000 characters": quote(LONG),
    "300,000 characters": HUGE,
    "one word of 10,000": "x" * 10_000,
    "combining flood": quote(FLOOD),
    "blanks": "%20%09%0a%0d",
    "only signs": quote("!@#$%^&*()_+-=[]{}|;':,./<>?~`"),
    "quotes": quote("\"'`«»“”‘’"),
    "half a quote": quote('"housing'),
    "operators": "housing+AND+OR+NOT+NEAR/3",
    "wildcards": quote("hous* %_? ho_sing"),
    "brackets": quote("(((housing"),
    "minus": "-housing",
    "column": quote("name:housing"),
    "sql": quote("'; DROP TABLE curation_entry; --"),
    "sql union": quote("' UNION SELECT 1,2,3 --"),
    "sqlite": quote('housing" OR 1=1'),
    "tsquery": quote("housing & !(x | y):*"),
    "backslashes": quote("\\\\housing\\"),
    "script": quote(SCRIPT),
    "attribute": quote('" onmouseover="alert(1)'),
    "end of title": quote("</title><script>x</script>"),
    "entities": quote("&lt;b&gt; &amp; &#0;"),
    "template": quote("{{ 7*7 }} {% now 'Y' %}"),
    "format": quote("%s %(x)s {0} {x}"),
    "percent": "100%",
    "percent signs": "%%%",
    "right to left": quote(RTL),
    "bidi override": quote(OVERRIDE),
    "zero width": quote("h\u200bou\u2060sing\ufeff"),
    "emoji": quote("🏠👩🏽‍🏫🇨🇦"),
    "cjk": quote("移民 住房"),
    "arabic": quote("سكن اللاجئين"),
    "other digits": quote("٣ ९ 九"),
    "math letters": quote("𝓱𝓸𝓾𝓼𝓲𝓷𝓰"),
    "ligature": quote("oﬃce ǆ"),
    "dotless i": quote("İıI"),
    "sharp s": quote("ẞß"),
    "control": "%01%02%1b%7f",
    "c1": quote("\x85\x9b"),
    "private use": quote("\ue000\U0010ffff"),
    "plus only": "+++",
    "path": quote("../../etc/passwd"),
    "url": quote("https://evil.example/?a=b#c"),
    "number": "9" * 400,
    "line ends": quote("a\r\nX: 1"),
}
PLACES = ("/en/directory/?q=", "/fr/repertoire/?q=", "/en/suggestions?q=", "/api/v1/listings?q=")


@pytest.mark.parametrize("typed", WORDS.values(), ids=WORDS)
def test_any_words_are_a_question(client, site, typed):
    assert {where: client.get(where + typed).status_code for where in PLACES} == dict.fromkeys(
        PLACES, 200
    )


# Filters and the like: (query, status of the page, status of the API). A page leaves out what
# nobody could mean and says so; the API refuses it.
QUERIES = [
    ("kind=club", 200, 422),
    ("kind=", 200, 200),
    ("kind=LIP", 200, 422),
    ("kind=lip%00", 200, 422),
    ("kind=%ff", 200, 422),
    (f"kind={'x' * 10_000}", 200, 422),
    ("province=ns", 200, 422),
    ("province=XX", 200, 422),
    ("language=tlh", 200, 422),
    ("topic=dragons", 200, 422),
    ("topic=" + quote(SCRIPT), 200, 422),
    ("join=maybe", 200, 422),
    ("state=great", 200, 422),
    ("client=1", 200, 422),
    ("role=' OR 1=1", 200, 422),
    ("platform=pigeon", 200, 422),
    ("format=telepathy", 200, 422),
    ("scope=galaxy", 200, 422),
    ("app=perhaps", 200, 422),
    ("kind=unknown", 200, 200),
    ("kind=lip&kind=club", 200, 422),
    ("kind[]=lip", 200, 200),
    ("q[]=housing", 200, 200),
    ("q[a][b]=c", 200, 200),
    ("q=a&q=b&q=c", 200, 200),
    ("&".join(["kind=lip"] * 1000), 200, 200),
    ("&".join(["q=a"] * 900), 200, 200),
    ("&".join(f"kind=k{n}" for n in range(1000)), 200, 422),
    ("&".join(f"x{n}=1" for n in range(2000)), 400, 400),
    ("=", 200, 200),
    ("&&&", 200, 200),
    ("?", 200, 200),
    ("%", 200, 200),
    ("%00=1", 200, 200),
    ("shelf=lesson", 200, 200),
    ("within=shelf", 200, 200),
    ("exactly=1&q=hosing", 200, None),
    ("exactly=perhaps", 200, 422),
    ("utm_source=x&fbclid=y", 200, 200),
    ("page=-1", 200, None),
    ("page=0", 200, None),
    ("page=abc", 200, None),
    ("page=1e9", 200, None),
    ("page=" + DIGIT_NINE, 200, None),
    ("page=%D9%A3", 200, None),
    ("page=", 200, None),
    ("page=2", 404, None),
    ("page=99999", 404, None),
    ("page=100000", 200, None),
    ("page=99999999999999999999", 200, None),
    ("page=1.5", 200, None),
    ("page=+1", 200, None),
    ("page=1%00", 200, None),
    ("page=0x10", 200, None),
    ("page=²", 200, None),
    ("page=" + "9" * 5000, 200, None),
    ("page=1&page=x", 200, None),
    ("page=00001", 200, None),
    ("sort=random", 200, 422),
    ("sort=name;drop", 200, 422),
    ("sort=", 200, None),
    ("sort=%00", 200, 422),
    ("sort=NAME", 200, 422),
    ("limit=0", 200, 422),
    ("limit=-1", 200, 422),
    ("limit=101", 200, 422),
    ("limit=1e3", 200, 422),
    ("limit=abc", 200, 422),
    ("limit=", 200, 422),
    ("limit=" + "9" * 5000, 200, 422),
    ("limit=1.5", 200, 422),
    ("limit=null", 200, 422),
    ("limit=100", 200, 200),
    ("offset=-1", 200, 422),
    ("offset=10001", 200, 422),
    ("offset=abc", 200, 422),
    ("offset=99999999999999999999", 200, 422),
    ("offset=10000", 200, 200),
    ("offset=%00", 200, 422),
    ("lang=de", 200, 422),
    ("lang=", 200, 422),
    ("lang=EN", 200, 422),
    ("lang=fr%00", 200, 422),
]


@pytest.mark.parametrize(("query", "page", "api"), QUERIES, ids=[q[:40] for q, *_ in QUERIES])
def test_odd_filters_get_a_page_or_a_refusal(client, site, query, page, api):
    assert client.get(f"/en/directory/?{query}").status_code == page
    if api is not None:
        assert client.get(f"/api/v1/listings?{query}").status_code == api


# Paths: (path, status).
PATHS = [
    ("/en/directory/0-x/", 404),
    ("/en/directory/-1-x/", 404),
    ("/en/directory/999999999-x/", 404),
    (f"/en/directory/{2**63}-x/", 404),
    (f"/en/directory/{2**31}-x/", 404),
    (f"/en/directory/{2**64}-x/", 404),
    (f"/en/directory/{'9' * 400}-x/", 404),
    ("/en/directory/1/", 404),
    ("/en/directory/x-1/", 404),
    ("/en/directory/1e3-x/", 404),
    ("/en/directory/1-%00/", 404),
    ("/en/directory/1-%ff/", 404),
    ("/en/directory/1-../", 404),
    (f"/en/directory/1-{'x' * 10_000}/", None),
    ("/en/directory/%EF%BC%91-x/", None),
    ("/en/directory/%D9%A1-x/", None),
    ("/en/directory/1-<script>/", 404),
    ("/en/directory//", 404),
    ("//en/directory/", None),
    ("/en//directory/", 404),
    ("/en/directory", 301),
    ("/en", 301),
    ("/EN/directory/", 404),
    ("/en/Directory/", 404),
    ("/de/", 404),
    ("/de/directory/", 404),
    ("/en-ca/", 404),
    ("/fr-ca/repertoire/", 404),
    ("/en/repertoire/", 404),
    ("/fr/directory/", 404),
    ("/en/%00/", 404),
    ("/%00", 404),
    ("/%ff", 404),
    ("/%ed%a0%80", 404),
    ("/en/../../etc/passwd", 404),
    ("/" + "a" * 20_000, 404),
    ("/en/" + "a/" * 5_000, 404),
    ("/en/topics/%00/", 404),
    ("/en/topics/" + "x" * 10_000 + "/", 404),
    ("/en/topics/%F0%9F%8F%A0/", 404),
    ("/en/topics/housing", 301),
    ("/en/topics/HOUSING/", 404),
    ("/en/places/ns%00/", 404),
    ("/en/places/NS/", 404),
    ("/en/places/ns.html", 404),
    ("/en/places/ns.txt/", 404),
    ("/en/places/ns.txt%00", 404),
    ("/en/places/..txt", 404),
    ("/en/places/quebec/", 404),
    ("/en/places/ca/?page=-1", 200),
    ("/en/places/ns/?page=99", 404),
    ("/en/places/ns/?page=abc&province=QC", 200),
    ("/en/topics/housing/?page=2", 404),
    ("/en/topics/housing/?topic=x&q=%00", 200),
    ("/en/places/ns.txt?page=9", 200),
    ("/en/organizations/0-x/", 404),
    (f"/en/organizations/{2**63}-x/", 404),
    (f"/en/organizations/{'9' * 400}-x/", 404),
    ("/en/organizations/-1-x/", 404),
    ("/api/v1/listings/0", 404),
    ("/api/v1/listings/-1", None),
    (f"/api/v1/listings/{2**31}", 404),
    (f"/api/v1/listings/{2**32}", 404),
    (f"/api/v1/listings/{2**63}", 404),
    (f"/api/v1/listings/{2**64}", 404),
    (f"/api/v1/listings/{'9' * 400}", 404),
    (f"/api/v1/listings/{'9' * 5_000}", None),
    ("/api/v1/listings/abc", 422),
    ("/api/v1/listings/1.5", 422),
    ("/api/v1/listings/%EF%BC%91", None),
    ("/api/v1/listings/1%00", 422),
    ("/api/v1/listings/", 404),
    ("/api/v1/", 404),
    ("/api/v2/listings", 404),
    ("/api/", 404),
    ("/api/v1/docs", 404),
    ("/static/../settings.py", 404),
    ("/static/%00", 404),
    ("/sitemap.xml?p=99", None),
    ("/sitemap.xml?p=abc", None),
    ("/sitemap.xml?p=%00", None),
    ("/healthz?x=%00", 200),
    ("/robots.txt?x=%ff", 200),
    ("/healthz/", 404),
    ("/.env", 404),
    ("/wp-login.php", 404),
    ("/.git/config", 404),
    ("/var/db.sqlite3", 404),
]
GOOD = (200, 301, 302, 400, 404, 422)


@pytest.mark.parametrize(("path", "status"), PATHS, ids=[path[:40] for path, _ in PATHS])
def test_odd_paths_are_answered_calmly(client, site, path, status):
    assert client.get(path).status_code in ((status,) if status else GOOD)


METHODS = ("post", "put", "patch", "delete", "options", "trace")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/en/directory/",
        "/en/places/ns/",
        "/en/places/ns.txt",
        "/en/a-to-z/",
        "/en/about/",
        "/en/suggestions",
        "/healthz",
        "/robots.txt",
        "/api/v1/listings",
        "/api/v1/listings/1",
        "/en/topics/housing/",
    ],
)
def test_other_methods_are_refused(client, site, path):
    assert {method: getattr(client, method)(path).status_code for method in METHODS} == (
        dict.fromkeys(METHODS, 405)
    )


@pytest.mark.parametrize("path", ["/en/", "/en/directory/?q=housing", "/healthz", "/robots.txt"])
def test_head_is_answered_without_a_body(client, site, path):
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")


HEADERS = [
    ({"accept-language": "x" * 10_000}, 200),
    ({"accept-language": "fr;q=abc,*;q=nan"}, 200),
    ({"accept-language": "\xff\xfe"}, 200),
    ({"accept-language": ",,,;;;"}, 200),
    ({"accept-language": "en" * 300 + ";q=1"}, 200),
    ({"accept": "application/xml"}, 200),
    ({"accept-encoding": "br;q=2,gzip;q=x,\xff"}, 200),
    ({"range": "bytes=-1"}, 200),
    ({"if-none-match": '"' + "x" * 10_000 + '"'}, 200),
    ({"if-modified-since": "yesterday"}, 200),
    ({"cookie": "sessionid=\xff; csrftoken=" + "x" * 5_000}, 200),
    ({"cookie": "=;=;="}, 200),
    ({"referer": "javascript:alert(1)"}, 200),
    ({"x-forwarded-for": "' OR 1=1"}, 200),
    ({"host": "evil.example"}, 400),
    ({"host": "testserver:port"}, 400),
    ({"host": "testserver\x00"}, 400),
    ({"host": "a b"}, 400),
    ({"host": "[::1"}, 400),
    ({"host": ""}, None),
    ({"x-forwarded-host": "evil.example"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), HEADERS, ids=[str(h)[:40] for h, _ in HEADERS])
@pytest.mark.parametrize("path", ["/en/", "/en/directory/", "/api/v1/listings"])
def test_odd_headers_are_answered_calmly(client, site, headers, status, path):
    answer = client.get(path, headers=headers)
    assert answer.status_code in ((status,) if status else GOOD)
    assert b"evil.example" not in answer.content


def test_table_is_long_enough():
    assert len(WORDS) + len(QUERIES) + len(PATHS) + len(HEADERS) >= 90 * 2
