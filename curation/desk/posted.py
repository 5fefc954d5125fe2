"""What a reviewer's form brought: read once, forgiving, and never lost."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from curation import shelves
from curation.desk import case_sheet, ready_texts
from curation.desk.answers import Given
from curation.desk.case_sheet import CaseSheet
from curation.freshness import sign
from curation.models import Case, Entry
from search import index

LONGEST_NOTE = 4000
MOST_FOUND = 6


@dataclass(frozen=True)
class Hit:
    """A public page that was looked for: enough of it to tell which it is."""

    entry: Entry
    page: str
    where: str
    state: str


@dataclass
class Posted:
    """The form as it was sent. `verb` is the button; "text" and "search" only fill the form."""

    verb: str
    note: str = ""
    version: int | None = None
    fields: tuple[str, ...] = ()
    into: str = ""
    into_words: str = ""
    why: str = ""
    text: str = ""
    agreed: bool = False
    next: bool = False
    # The page into which it is to be merged, once somebody has been shown both and said yes.
    sure: str = ""
    looked: bool = False
    found: list[Hit] = field(default_factory=list)
    other: Entry | None = None

    def given(self, user: Any) -> Given:
        """What an answer takes."""
        return Given(
            by=user,
            note=self.note,
            version=self.version,
            fields=self.fields,
            into=_entry(self.into),
            public_reason=self.why,
            agreed=self.agreed,
        )

    def put_text_in(self, page: CaseSheet) -> None:
        """Add the words that are ready to those that are written already."""
        words = ready_texts.found(page.ready, self.text, page.language)
        self.note = "\n\n".join(filter(None, (self.note.strip(), words)))

    def look_for_another(self, page: CaseSheet) -> None:
        """Find the public pages that the words may mean."""
        if page.entry is None or not self.into_words.strip():
            return
        self.looked = True
        shelf = page.entry.shelf
        keys = index.ask(self.into_words, within={"shelf": [shelf]}, limit=MOST_FOUND + 1).keys
        rows = {row.pk: row for row in shelves.named(shelf).rows(keys)}
        self.found = [_hit(rows[key]) for key in keys if key in rows and key != page.entry.pk]

    def asks_whether_sure(self, page: CaseSheet) -> bool:
        """Whether both pages are to be shown first; merging then takes a second press."""
        self.other = _entry(self.into)
        if self.other is None or self.sure == self.into or self.other == page.entry:
            self.other = None
        return self.other is not None


def read(request: HttpRequest) -> Posted:
    """The form of a request; what cannot be read is as if it had not been given."""
    data = request.POST
    version = data.get("version", "")
    return Posted(
        verb=data.get("v", ""),
        note=_clean(data.get("note", ""))[:LONGEST_NOTE],
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        fields=tuple(data.getlist("fields")),
        into=data.get("into", ""),
        into_words=_clean(data.get("into_words", ""))[:200],
        why=data.get("why", ""),
        text=data.get("text", ""),
        agreed="agreed" in data,
        next="next" in data,
        sure=data.get("sure", ""),
    )


def page_of(request: HttpRequest) -> CaseSheet:
    """The page that the form stood on, as it is now. Raises Http404."""
    case, entry = request.POST.get("case", ""), request.POST.get("entry", "")
    try:
        if case:
            return case_sheet.of_case(case_sheet.found(_key(case)), request.user)
        return case_sheet.of_entry(case_sheet.found_entry(_key(entry)), request.user)
    except (Case.DoesNotExist, Entry.DoesNotExist) as gone:
        raise Http404(_("This is no longer here.")) from gone


def _hit(entry: Any) -> Hit:
    shelf = shelves.of(entry)
    state = sign(entry).sentence if shelf.manners.asked else ""
    return Hit(entry, shelf.address(entry), shelf.where(entry), state)


def _entry(key: str) -> Entry | None:
    return Entry.objects.filter(pk=_key(key)).first() if _key(key) else None


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 11 else 0


def _clean(text: str) -> str:
    """Without the sign that no database of ours takes."""
    return text.replace("\0", "")
