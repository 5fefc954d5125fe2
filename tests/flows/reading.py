"""A page as its readers meet it: the words that can be seen, their language, links, attributes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
UNSEEN = {"script", "style", "template", "head"}
SPOKEN = ("alt", "aria-label", "placeholder", "title", "content")  # attributes that people get
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "text"}


@dataclass
class Piece:
    """Some words in one place; `lang` is that of the nearest element that names one."""

    text: str
    lang: str
    inside: tuple[str, ...]


@dataclass
class Page(HTMLParser):
    """One HTML page, read."""

    html: str
    pieces: list[Piece] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        lang = given.get("lang", self._lang)
        if "hreflang" in given and "lang" in given:
            lang = given["lang"]
        if (
            tag != "meta"
            or given.get("name") == "description"
            or "og:" in given.get("property", "")
        ):
            for name in SPOKEN:
                if given.get(name):
                    self.pieces.append(Piece(given[name], lang, (*self._names, f"@{name}")))
        if tag not in VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        names = self._names
        if data.strip() and (not UNSEEN & set(names) or "title" in names):
            self.pieces.append(Piece(" ".join(data.split()), self._lang, names))

    @property
    def _lang(self) -> str:
        return self._open[-1][1] if self._open else ""

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self._open)

    @property
    def lang(self) -> str:
        """The page's own language, as it says itself."""
        return next(attrs.get("lang", "") for tag, attrs in self.tags if tag == "html")

    def texts(self, *, own_language: bool = False, without: tuple[str, ...] = ()) -> list[str]:
        """All pieces of text; only those in the page's own language, or outside some elements."""
        return [
            piece.text
            for piece in self.pieces
            if (not own_language or piece.lang == self.lang)
            and not set(without) & set(piece.inside)
        ]

    @property
    def text(self) -> str:
        """Everything that can be seen, on one line."""
        return " ".join(self.texts())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such element that has these attributes."""
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(k) == v for k, v in wanted.items())
        ]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]


def read(response) -> Page:
    """The page that a test client got."""
    return Page(response.content.decode())
