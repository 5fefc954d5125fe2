"""An edit of an entry that is here: the form with what it holds, then what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from curation import changes, hiding, lifecycle, shelves, trust
from curation.changes import Invalid, NothingNew
from curation.lifecycle import TurnRefused
from curation.models import Change, Decision, Entry, Submission
from curation.proposing import sending
from curation.proposing.forms import NoteForm
from curation.proposing.paper import Paper, Problem, wrong
from curation.shelves import Preview


@dataclass(frozen=True)
class Difference:
    """One field that differs, as people read it; `waits`: a reviewer looks at it first.

    Of a list, what stays is `same`, and only what goes and comes is before and after. `instead`
    says what others will see in place of it, where the sender hides who they are.
    """

    label: str
    before: list[str]
    after: list[str]
    waits: bool = True
    meanwhile: list[str] | None = None
    same: tuple[str, ...] = ()
    lang: str = ""
    instead: str = ""


class EditOfEntry(Paper):
    """The paper on which somebody edits a public entry."""

    template = "curation/proposing/edit.html"
    extra = {**Paper.extra, 2: (*Paper.extra[2], "note")}
    note: Any = None
    # Whether a line for the reviewers goes along.
    has_note = True
    # Whether the browser keeps what is typed, and where to go without changing anything.
    stays_here = True
    leads_back = ""
    # Set where somebody else was faster, and the next press is to count.
    moved_on = False

    def __init__(self, request: HttpRequest, entry: Entry) -> None:
        super().__init__(request, entry.shelf, entry)
        self.base, self.seen = self._seen()
        self.patch: dict[str, list[Any]] = {}
        # What others would see of it, for those who know whose it is.
        self.preview = Preview()

    def _seen(self) -> tuple[int, dict[str, Any]]:
        assert self.entry is not None
        if "seen" in self.data:
            return sending.as_seen(self.entry, str(self.data["seen"]))
        form = self.empty_form()
        form.open_to(keeper=self.is_keeper, reviewer=self.is_reviewer)
        hidden = form.not_shown()
        values = {name: value for name, value in form.initial.items() if name not in hidden}
        return self.entry.version, values

    @property
    def is_keeper(self) -> bool:
        """Whether the fields for those who look after the page are shown."""
        assert self.entry is not None
        if self.is_reviewer:
            return not hiding.is_closed(self.entry, self.user)
        return lifecycle.role_of(self.user, self.entry) == Decision.Role.KEEPER

    @property
    def is_reviewer(self) -> bool:
        """Whether the fields that only reviewers judge are shown."""
        assert self.entry is not None
        return lifecycle.role_of(self.user, self.entry) == Decision.Role.REVIEWER

    @property
    def door(self) -> str:
        """Where somebody who looks after the page says how one gets in; "" for anybody else."""
        assert self.entry is not None
        kept = self.shelf.kept_by(self.user) if self.user else None
        row = kept.filter(pk=self.entry.pk).first() if kept is not None else None
        return self.shelf.door(row) if row else ""

    @property
    def signed(self) -> str:
        """What was seen, for the hidden field."""
        assert self.entry is not None
        told = "" if self.moved_on else self.data.get("seen")
        return told or sending.seen(self.entry, self.seen)

    def blank(self) -> Any:
        form = self.empty_form()
        if self.data:
            form.fill(self.data)
        else:
            form.initial.update(self.wanted())
            form.open_to(keeper=self.is_keeper, reviewer=self.is_reviewer)
        return form

    def wanted(self) -> dict[str, Any]:
        """What is written over the entry when the form is opened: nothing."""
        return {}

    def on_screen(self, screen: int) -> list[str]:
        return self.form.names() if screen == 1 else []

    def sections(self, screen: int) -> list[Any]:
        return self.form.sections() if screen == 1 else []

    def lists(self, screen: int) -> dict[str, list[str]]:
        return self.form.lists() if screen == 1 else {}

    def problems(self, screen: int) -> Iterator[Problem]:
        if screen == 1:
            yield from wrong(self.form)
        else:
            for form in filter(None, (self.note, self.sender)):
                yield from wrong(form)

    def more(self, screen: int, checked: bool) -> dict[str, Any]:
        note = self.note if checked else None
        if self.has_note:
            note = note or NoteForm(initial={"note": self.data.get("note")})
        return {
            "entry": self.entry,
            "note": note,
            "differences": self.differences() if screen == 2 else [],
            "seen": self.preview if screen == 2 else None,
            "mine": self.waiting() if screen == 1 else None,
        }

    def waiting(self) -> Change | None:
        """An edit of theirs that waits already."""
        if self.user is None:
            return None
        states = (Change.State.WAITING, Change.State.ASKED)
        return Change.objects.filter(entry=self.entry, by=self.user, state__in=states).first()

    def differences(self) -> list[Difference]:
        """What the person changes, and what somebody else has changed meanwhile."""
        assert self.entry is not None
        now = self.shelf.values(self.entry)
        at_once = trust.at_once(self.entry, self.patch, self.user)
        return [
            told(
                self.entry,
                name,
                seen,
                wanted,
                waits=name not in at_once,
                now=None if now[name] in (seen, wanted) else [now[name]],
                instead=self.preview.instead.get(name, ""),
            )
            for name, (seen, wanted) in self.patch.items()
        ]

    def stay(self) -> HttpResponse:
        return self.go_on() if self.screen == 2 else super().stay()

    def go_on(self) -> HttpResponse:
        return self.show(2) if self._differs() else self.show(1, checked=True)

    def send(self) -> HttpResponse:
        if not self._differs():
            return self.show(1, checked=True)
        self.note = NoteForm(self.data) if self.has_note else None
        if self.note and not self.note.is_valid():
            return self.show(2, checked=True)
        return self.deliver()

    def _differs(self) -> bool:
        """Check the form, and see what differs; says so where nothing does."""
        form = self.checked_form()
        if form.errors:
            return False
        self.patch = changes.difference(self.seen, form.values())
        if not self.patch:
            self.notices.append(_("You have not changed anything yet."))
        elif self.is_keeper:
            self.preview = self.shelf.preview(form.values(), self.address)
        return bool(self.patch)

    def amended(self, by: Any, role: str) -> bool:
        """Change at once what is not public yet; False where somebody was faster.

        Then the paper holds what they have changed, and pressing the button once more counts.
        """
        assert self.entry is not None
        wanted = {name: wanted for name, (_seen, wanted) in self.patch.items()}
        try:
            changes.amend(self.entry, wanted, by=by, role=role, version=self.base)
        except (TurnRefused, Invalid) as why:
            self.entry.refresh_from_db()
            self.moved_on = self.entry.version != self.base and not self._is_done
            words = _("Somebody has changed this meanwhile. Look at it, and press once more.")
            self.notices.append(words if self.moved_on or isinstance(why, Invalid) else str(why))
            return False
        return True

    @property
    def _is_done(self) -> bool:
        assert self.entry is not None
        return self.entry.review in (Entry.Review.PUBLISHED, Entry.Review.MERGED)

    @property
    def heading(self) -> str:
        """What stands at the top."""
        return _("Suggest a change")

    @property
    def say(self) -> str:
        """What stands beneath it."""
        return _(
            "Change what is not right and leave the rest. The page stays as it is until a "
            "volunteer reviewer has looked."
        )


class EditAgain(EditOfEntry):
    """The paper on which somebody changes what they have sent already, known by its token."""

    extra = {**Paper.extra, 2: ("note",)}
    # What is kept for later is found again at the form of a public page, which this is not.
    can_wait = False

    def __init__(self, request: HttpRequest, sent: Submission | Change) -> None:
        self.sent = sent
        self.has_note = isinstance(sent, Change)
        super().__init__(request, sent.entry)
        self.token = sent.token

    @property
    def is_keeper(self) -> bool:
        if isinstance(self.sent, Submission):
            # Of what somebody made themselves, nothing is kept from them.
            return not self.shelf.manners.asks_stance
        if self.shelf.hidden(self.sent.entry):
            return super().is_keeper
        return bool(self.empty_form().not_shown() & self.sent.patch.keys())

    def wanted(self) -> dict[str, Any]:
        if isinstance(self.sent, Submission):
            return {}
        return {name: wanted for name, (_seen, wanted) in self.sent.patch.items()}

    def waiting(self) -> Change | None:
        return None

    @property
    def address(self) -> str:
        return self.sent.by.email if self.sent.by else self.sent.email

    def sender_form(self) -> Any:
        return None

    def signed_out(self) -> HttpResponse:
        return self.send() if self.data.get("go") == "send" else self.go_on()

    def deliver(self) -> HttpResponse:
        """Change what was sent: its token says whose it is."""
        assert self.entry is not None
        if isinstance(self.sent, Change):
            done = self._rewritten(self.sent)
        else:
            done = self.amended(self.sent.by, Decision.Role.SENDER)
        return redirect("sent_page", self.sent.token) if done else self.show(2, status=409)

    def _rewritten(self, change: Change) -> bool:
        note = self.note.cleaned_data["note"]
        try:
            changes.rewrite(change, self.form.values(), base=self.base, seen=self.seen, note=note)
        except (TurnRefused, Invalid, NothingNew) as why:
            self.notices.append(str(why) if isinstance(why, TurnRefused) else str(lifecycle.FASTER))
            return False
        return True

    @property
    def heading(self) -> str:
        return _("Change what you sent")

    @property
    def say(self) -> str:
        if isinstance(self.sent, Change):
            return super().say
        return _(
            "Change what is not right and leave the rest. Nothing is public until a volunteer "
            "reviewer has looked."
        )


def told(
    entry: Entry,
    name: str,
    before: Any,
    after: Any,
    *,
    waits: bool = True,
    now: Any = None,
    instead: str = "",
) -> Difference:
    """A difference as people read it; `now` is [value] where somebody else has changed it."""
    shelf = shelves.of(entry)
    old, new = shelf.words(name, before), shelf.words(name, after)
    is_list = isinstance(before, list) and isinstance(after, list)
    same = tuple(line for line in old if line in new) if is_list else ()
    return Difference(
        shelf.label(name, entry),
        [line for line in old if line not in same],
        [line for line in new if line not in same],
        waits,
        shelf.words(name, now[0]) or [_("nothing")] if now else None,
        same,
        name[-2:] if name.endswith(("_en", "_fr")) and isinstance(after, str) else "",
        instead,
    )
