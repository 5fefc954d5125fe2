"""A new entry: what it is and whether it is here already; then everything else."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from curation.models import Stance
from curation.proposing.alike import Alike, alike
from curation.proposing.forms import StanceForm
from curation.proposing.paper import Paper, Problem, wrong

NAMES = ("name_en", "name_fr", "name_own")


class NewEntry(Paper):
    """The paper on which somebody proposes a new entry."""

    template = "curation/proposing/new.html"
    extra = {**Paper.extra, 1: ("stance",)}
    stance: Any = None

    def on_screen(self, screen: int) -> list[str]:
        return self.form.names(screen)

    def sections(self, screen: int) -> list[Any]:
        return self.form.sections(screen)

    def lists(self, screen: int) -> dict[str, list[str]]:
        return self.form.lists(screen)

    def problems(self, screen: int) -> Iterator[Problem]:
        yield from wrong(self.form, self.form.names(screen))
        if screen == 1:
            yield from wrong(self.stance)
        elif self.sender:
            yield from wrong(self.sender)

    def more(self, screen: int, checked: bool) -> dict[str, Any]:
        stance = self.stance if checked else StanceForm(initial={"stance": self.data.get("stance")})
        return {
            "stance": stance,
            "alike": self.alike() if screen == 2 and not checked else [],
            "is_tip": self.data.get("stance") == Stance.TIP,
        }

    def alike(self) -> list[Alike]:
        """What is here already under such a name."""
        return alike(self.shelf.name, *(self.data.get(name) or "" for name in NAMES))

    def go_on(self) -> HttpResponse:
        return self.show(2) if self._fine(1) else self.show(1, checked=True)

    def send(self) -> HttpResponse:
        for screen in (1, 2):
            if not self._fine(screen):
                return self.show(screen, checked=True)
        return self.deliver()

    def _fine(self, screen: int) -> bool:
        self.checked_form()
        self.stance = StanceForm(self.data)
        return not list(self.problems(screen))

    @property
    def heading(self) -> str:
        """What stands at the top."""
        return _("Add a group")
