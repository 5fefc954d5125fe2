"""A form as a browser would send it back untouched."""

from html.parser import HTMLParser


class FilledForm(HTMLParser):
    """Reads a page; `data` is what its forms hold: name → value, or several values."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._many = self._first = False
        self.feed(html)

    @property
    def data(self) -> dict[str, str | list[str]]:
        return {k: v[0] if len(v) == 1 else v for k, v in self.values.items()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "select":
            self._select, self._first = given.get("name") or "", True
            self._many = "multiple" in given
        elif tag == "option" and self._select:
            # A select without a chosen option sends its first one, unless it takes several.
            if "selected" in given or (self._first and not self._many):
                held = self.values.setdefault(self._select, [])
                if not (self._many or self._first):
                    held.pop()  # its first one
                held.append(given.get("value") or "")
            self._first = False
        elif tag == "textarea":
            self._area = given.get("name") or ""
            self.values[self._area] = [""]

    def _input(self, given: dict[str, str | None]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "button", "file"):
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        default = "on" if kind == "checkbox" else ""
        value = given.get("value", default)
        self.values.setdefault(str(given["name"]), []).append(value or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            # A browser leaves out the line break that follows the opening tag.
            self.values[self._area][0] += (
                data if self.values[self._area][0] else data.lstrip("\r\n")
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
