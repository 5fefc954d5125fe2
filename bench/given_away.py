"""What an answer of the site gives away of what `planted_names.py` has hidden."""

from __future__ import annotations

import re
from typing import Any

from bench.traces import Traces

# The list of organizations that a form offers says nothing of what is theirs.
OFFERED = re.compile(r"<datalist.*?</datalist>", re.DOTALL)
TICKED = re.compile(r"<(?:input|option)\b[^>]*\b(?:checked|selected)\b[^>]*>[^<]*")
SIGNED = re.compile(r'name="seen" value="([^"]*)"')
TYPED = re.compile(r'<(?:input type="(?:text|url|number)"|textarea)[^>]*>[^<]*')
# Pages about an organization of our list, and those of its people: they name it, and must not
# name what is hidden of it.
OF_AN_AGENCY = re.compile(r"/(?:my-pages/organization|mes-pages/organisme)/")
OF_ONESELF = re.compile(r"/(?:my-pages|mes-pages|import|importer|add|ajouter)/")
FORM = re.compile(r"/(?:change|modifier)/")
# Where one thing of the library stands: its page, record, citation or form.
OF_ONE = re.compile(r"/(?:library|bibliotheque|resources|change|modifier)/(\d+)")
FILES = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff")
LONG = 5  # letters of a word that stands nowhere by chance


class GivenAway:
    """Names and days anywhere, and the context on the pages of what hides it."""

    def __init__(self, names: Any) -> None:
        people = [*names.people, *names.titles]
        self.all = Traces([*people, *names.agencies], names.days)
        self._without_list = Traces(people, names.days)
        self._titles = Traces(names.hidden_titles)
        self._narrow = {key: _Context(told) for key, told in names.narrow.items()}

    def found(self, who: str, path: str, said: str, data: bytes) -> set[str]:
        """What stands in an answer to `who`, "" being a stranger; `said` are its headers.

        What the address itself says is known already.
        """
        if data.startswith(FILES):
            return self.all.found(said) | self.all.found_in_file(data)
        text = data.decode(errors="replace")
        shown = OFFERED.sub("", text)
        hits = self._without_list.found("".join(OFFERED.findall(text)))
        names_it = OF_ONESELF if who == "colleague" else OF_AN_AGENCY
        if who and names_it.search(path):
            hits |= self._without_list.found(f"{said}\n{shown}")
            hits |= self._titles.found(shown) if not FORM.search(path) else set()
        else:
            hits |= self.all.found(f"{said}\n{shown}")
        return {hit for hit in hits | self._of_context(path, shown) if hit not in path}

    def _of_context(self, path: str, text: str) -> set[str]:
        one = OF_ONE.search(path)
        context = self._narrow.get(int(one[1])) if one else None
        if context is None:
            return set()
        if not FORM.search(path):
            return context.found(text)
        # A form offers everything that there is; what it holds is ticked, typed, or signed.
        held = [*TICKED.findall(text), *TYPED.findall(text), *SIGNED.findall(text)]
        return {hit for each in held for hit in context.found(each)}


class _Context:
    """What is narrow about a lesson: words, and codes that stand by themselves."""

    def __init__(self, told: list[str]) -> None:
        self._words = Traces([word for word in told if len(word) >= LONG])
        codes = [re.escape(word) for word in told if len(word) < LONG]
        self._codes = re.compile(rf"(?<![\w-])(?:{'|'.join(codes) or '(?!)'})(?![\w-])")

    def found(self, text: str) -> set[str]:
        return self._words.found(text) | set(self._codes.findall(text))
