"""What the next page says after something was done: "Published." and a way to undo it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.languages import OTHER
from curation.desk import case_sheet, undoing
from curation.desk.answers import ANSWERS
from curation.desk.case_sheet import CaseSheet
from curation.models import Decision

# What is done elsewhere than in the table of answers.
OTHERS = {
    "undone": _("Undone. It stands as it did before."),
    "restored": _("The page has the earlier words again."),
    "nothing-new": _("Nothing was to be changed."),
    "term-renamed": _("Saved. The search learns the new words tonight."),
    "term-merged": _("Merged. The old address leads to the new one."),
    "term-undone": _("Undone. Everything is where it was."),
}


@dataclass(frozen=True)
class Notice:
    words: Any
    undo: Decision | None = None


def after(address: str, done: str, decision: Decision | None = None, **more: str) -> str:
    """An address that says there what was done."""
    query = {"done": done, **({"undo": decision.pk} if decision else {}), **more}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def read(request: HttpRequest) -> Notice | None:
    """What the page has to say, and the decision that can be undone from it."""
    done = request.GET.get("done", "")
    words = OTHERS.get(done) or _words(done)
    if not words:
        return None
    key = request.GET.get("undo", "")
    decision = None
    if key.isdecimal() and len(key) < 11:
        mine = Decision.objects.filter(pk=key, by=request.user.pk).select_related("entry")
        decision = mine.first()
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


def _words(done: str) -> Any:
    situation, _dot, verb = done.partition(".")
    return next((each.done for each in ANSWERS.get(situation, ()) if each.verb == verb), "")
