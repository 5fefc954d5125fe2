"""A new entry: what it is and whether it is here already; then everything else."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from curation.manners import Addition
from curation.models import Entry, Stance
from curation.proposing.alike import Alike, alike
from curation.proposing.forms import SenderForm, StanceForm
from curation.proposing.paper import Paper, Problem, wrong
from curation.shelves import Preview

NAMES = ("name_en", "name_fr", "name_own")
LOOK = 3  # the screen on which its sender looks at it once more, where the shelf wants that


class NewEntry(Paper):
    """The paper on which somebody proposes a new entry; `given` came with the address."""

    template = "curation/proposing/new.html"
    stance: Any = None

    def __init__(
        self, request: HttpRequest, shelf: str, addition: Addition, given: Mapping[str, str]
    ) -> None:
        super().__init__(request, shelf)
        self.addition, self.given = addition, given
        self.screens = addition.screens
        self.asks_stance = self.shelf.manners.asks_stance
        first = ("stance",) if self.asks_stance else ()
        second = Paper.extra[2]
        self.extra = {1: first, 2: second} if self.screens == 2 else {1: first + second, 2: ()}
        self.brought = frozenset({*given, *addition.preset})
        self.data = self._with_what_is_given()

    def _with_what_is_given(self) -> MultiValueDict:
        """What was typed; what the word in the address says stands, whatever was sent."""
        data = MultiValueDict(dict(self.data.lists()))
        for name, value in self.given.items():
            data.setdefault(name, value)
        for name, value in self.addition.preset.items():
            data[name] = value
        return data

    @property
    def screen(self) -> int:
        return LOOK if self.data.get("screen") == str(LOOK) else super().screen

    def on_screen(self, screen: int) -> list[str]:
        return self.form.names(screen if self.screens == 2 else 0)

    def sections(self, screen: int) -> list[Any]:
        return self.form.sections(screen if self.screens == 2 else 0)

    def lists(self, screen: int) -> dict[str, list[str]]:
        return self.form.lists(screen if self.screens == 2 else 0)

    def problems(self, screen: int) -> Iterator[Problem]:
        yield from wrong(self.form, self.on_screen(screen))
        if screen == 1 and self.stance:
            yield from wrong(self.stance)
        if screen == self.screens and self.sender:
            yield from wrong(self.sender)

    def more(self, screen: int, checked: bool) -> dict[str, Any]:
        stance = self.stance
        if not checked and self.asks_stance:
            stance = StanceForm(initial={"stance": self.data.get("stance")})
        return {
            "stance": stance,
            "alike": self.alike() if screen == 2 and not checked else [],
            "is_tip": self.data.get("stance") == Stance.TIP,
            "about": self.about,
        }

    @property
    def kept_as(self) -> str:
        """What the browser calls what it keeps of this form."""
        if self.addition is self.shelf.adds[0] and not self.given:
            return self.shelf.name
        return "-".join((self.shelf.name, self.addition.word, *self.given.values()))

    @property
    def about(self) -> Entry | None:
        """The public entry that it is about, if any."""
        return self.addition.about(self.data)

    @property
    def looks_alike(self) -> str:
        """Where the browser asks for names like the one being typed; "" where it need not."""
        if not self.shelf.manners.looks_alike:
            return ""
        if self.addition.page == "propose":
            return reverse("duplicates")
        return reverse("alike", args=[self.addition.word])

    def alike(self) -> list[Alike]:
        """What is here already under such a name."""
        if not self.shelf.manners.looks_alike:
            return []
        return alike(self.shelf.name, *(self.data.get(name) or "" for name in NAMES))

    def stay(self) -> HttpResponse:
        return self.send() if self.screen == LOOK else super().stay()

    def go_back(self) -> HttpResponse:
        return self.show(self.screens if self.screen == LOOK else 1)

    def go_on(self) -> HttpResponse:
        if self.screens == 1:
            return self.send()
        return self.show(2) if self._fine(1) else self.show(1, checked=True)

    def send(self) -> HttpResponse:
        if self.sender_form():
            self.sender = SenderForm(self.data)
            self.sender.is_valid()
        for screen in range(1, self.screens + 1):
            if not self._fine(screen):
                return self.show(screen, checked=True)
        seen = self.shelf.preview(self.form.values(), self.address)
        is_sure = self.screen == LOOK and self.data.get("go") == "send"
        return self.deliver() if is_sure or not seen else self._show_what_is_seen(seen)

    def _show_what_is_seen(self, seen: Preview) -> HttpResponse:
        """What others will see of it, before it is sent; nothing of what was typed is lost."""
        carried = {*self.extra[1], *self.extra[2], "opened_at"}
        carried |= self.form.sent_as(self.form.base_fields)
        context = {
            "paper": self,
            "screen": LOOK,
            "seen": seen,
            "hidden": [
                (name, value)
                for name, values in self.data.lists()
                if name in carried
                for value in values
            ],
        }
        return render(self.request, "curation/proposing/look.html", context)

    def _fine(self, screen: int) -> bool:
        self.checked_form()
        self.stance = StanceForm(self.data) if self.asks_stance else None
        return not list(self.problems(screen))

    @property
    def heading(self) -> str:
        """What stands at the top."""
        return str(self.addition.heading)
