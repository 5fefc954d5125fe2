"""What the next page says after something was done: "Published." and a way to undo it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.languages import OTHER
from curation.desk import case_sheet, rulings, undoing
from curation.desk.answers import ANSWERS
from curation.desk.case_sheet import CaseSheet
from curation.models import Decision, Ruling

# What is done elsewhere than in the table of answers.
OTHERS = {
    "corrected": _("Saved. Nothing of it is public until you publish it."),
    "undone": _("Undone. It stands as it did before."),
    "restored": _("The page has the earlier words again."),
    "nothing-new": _("Nothing was to be changed."),
    "term-renamed": _("Saved. The search learns the new words tonight."),
    "term-merged": _("Merged. The old address leads to the new one."),
    "term-undone": _("Undone. Everything is where it was."),
}


@dataclass(frozen=True)
class Notice:
    """Words; and what can be undone, which the form names as `field`."""

    words: Any
    undo: Decision | Ruling | None = None

    @property
    def field(self) -> str:
        return "ruling" if isinstance(self.undo, Ruling) else "decision"


def after(address: str, done: str, decision: Decision | Ruling | None = None, **more: str) -> str:
    """An address that says there what was done."""
    name = "ruling" if isinstance(decision, Ruling) else "undo"
    query = {"done": done, **({name: decision.pk} if decision else {}), **more}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def read(request: HttpRequest) -> Notice | None:
    """What the page has to say, and the decision that can be undone from it."""
    done = request.GET.get("done", "")
    words = OTHERS.get(done) or _words(done)
    if not words:
        return None
    ruling = Ruling.objects.filter(pk=_key(request, "ruling"), by=request.user.pk).first()
    if ruling and rulings.may_be_undone(ruling):
        return Notice(words, ruling)
    mine = Decision.objects.filter(pk=_key(request, "undo"), by=request.user.pk)
    decision = mine.select_related("entry").first()
    return Notice(words, decision if decision and undoing.may_be_undone(decision) else None)


def twins(page: CaseSheet) -> dict[str, str]:
    """The page in both languages: where a form came back, its address is not the page's own."""
    found = {}
    for lang in OTHER:
        with override(lang):
            found[lang] = case_sheet.address(page)
    return found


def home() -> str:
    """The queue."""
    return reverse("desk")


def _key(request: HttpRequest, name: str) -> int:
    key = request.GET.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 11 else 0


def _words(done: str) -> Any:
    situation, _dot, verb = done.partition(".")
    return next((each.done for each in ANSWERS.get(situation, ()) if each.verb == verb), "")
