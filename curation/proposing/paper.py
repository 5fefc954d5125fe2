"""What somebody is writing: a form on one screen or two, which is one form for the server.

The screen that is not shown travels along in hidden fields, so that nothing is kept on the
server before somebody sends, and the back button loses nothing.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from curation import shelves
from curation.changes import Invalid, NothingNew
from curation.keeping import mailboxes
from curation.models import Entry
from curation.proposing import drafts, limits, manners, sending
from curation.proposing.forms import SenderForm


@dataclass(frozen=True)
class Problem:
    """One line of the summary above a form: what is wrong, and where."""

    field: str
    label: Any
    words: str


class Paper(ABC):
    """The paper of one request. `again` is set where the form is shown anew after a post."""

    template: ClassVar[str]
    # Whether somebody with an account may keep it here for later.
    can_wait: ClassVar[bool] = True
    # Fields beside those of the shelf, by the screen on which they stand.
    extra: Mapping[int, tuple[str, ...]] = {1: (), 2: ("email", "website2")}
    # How many screens there are; it is sent from the last.
    screens = 2
    # Fields whose values came with the address, and were not typed.
    brought: frozenset[str] = frozenset()

    def __init__(self, request: HttpRequest, shelf: str, entry: Entry | None = None) -> None:
        self.request, self.entry = request, entry
        self.user = request.user if request.user.is_authenticated else None
        # A shared address that keeps the page has shown by a mailed link whose it is.
        self.mailbox = "" if self.user or entry is None else mailboxes.of(request)
        self.shelf = shelves.named(shelf)
        self.draft = drafts.restored(request) if request.method != "POST" else None
        self.data: MultiValueDict = request.POST
        if request.method != "POST":
            self.data = drafts.typed(self.draft) if self.draft else MultiValueDict()
        self.token = _uuid(self.data.get("token")) or uuid4()
        self.form: Any = None
        self.sender: Any = None
        self.notices: list[str] = []
        self.refused: Mapping[str, list[str]] = {}

    def answer(self) -> HttpResponse:
        """The page, or where what was sent leads."""
        if self.request.method != "POST":
            return self.show_what_is_wrong() if "wrong" in self.request.GET else self.show(1)
        if self.request.came_late:  # type: ignore[attr-defined]
            self.notices.append(
                _("This page was open for a long time. Nothing is lost: press the button again.")
            )
            return self.stay()
        if self.user is None and self.data.get("account"):
            return self.signed_out()
        if not self.took_files():
            return self.refuse_files()
        steps = {
            "on": self.go_on,
            "save": self.save,
            "send": self.send,
            # The button leads to the address in the other language, with all that was typed.
            "language": self.stay,
        }
        return steps.get(str(self.data.get("go")), self.go_back)()

    def show_what_is_wrong(self) -> HttpResponse:
        """A draft that was refused when its code was typed, with the reason."""
        if self.draft:
            self.checked_form()
        return self.show(1, checked=self.draft is not None)

    def go_back(self) -> HttpResponse:
        """The screen before, with what was typed."""
        return self.show(1)

    def took_files(self) -> bool:
        """Have the shelf keep the files that came along; False where it says no to one of them.

        What a browser sends by itself while somebody writes brings no files.
        """
        if not self.request.FILES or self.shelf.receive is None or self.is_quiet:
            return True
        self.data, self.refused = self.shelf.receive(self.request, self.data)
        return not self.refused

    def refuse_files(self) -> HttpResponse:
        """The form again, with the reason beside the field to which the files were added."""
        form = self.checked_form()
        for name, words in self.refused.items():
            if name in form.fields:
                form.add_error(name, words)
            else:
                self.notices += words
        stands_first = self.refused.keys() & set(self.on_screen(1))
        return self.show(1 if stands_first else self.screens, checked=True)

    @property
    def is_quiet(self) -> bool:
        """Whether the page's script keeps what is typed, and nobody has pressed a button."""
        return bool(self.request.headers.get("X-Quiet"))

    def stay(self) -> HttpResponse:
        """The same screen again, with what was typed."""
        return self.show(self.screen)

    @property
    def goes_to(self) -> str:
        """Where the form is sent: to another address than the page's own, each time.

        A browser whose line is cut puts its error page in the place of a page with the same
        address, and its button to go back would lead past what was typed.
        """
        query = self.request.GET.copy()
        number = query.get("n", "")
        query["n"] = str(int(number) + 1) if number.isdecimal() and len(number) < 4 else "1"
        return f"?{query.urlencode()}"

    @property
    def screen(self) -> int:
        """The screen from which something was sent."""
        return 2 if self.data.get("screen") == "2" else 1

    def show(self, screen: int, *, checked: bool = False, status: int = 200) -> HttpResponse:
        """One of the screens, with what was typed; what is wrong is said only when `checked`."""
        if not checked:
            self.form = self.blank()
        problems = list(self.problems(screen)) if checked else []
        context = {
            "paper": self,
            "screen": screen,
            "form": self.form,
            "sections": self.sections(screen),
            "hidden": list(self.hidden(screen)),
            "problems": problems,
            "lists": self.lists(screen),
            "sender": self.sender or self.sender_form(),
            "fresh": not any(
                name in self.data for name in self.on_screen(screen) if name not in self.brought
            ),
            "is_last": screen == self.screens,
            **self.more(screen, checked),
        }
        return render(self.request, self.template, context, status=422 if problems else status)

    @property
    def may_keep(self) -> bool:
        """Whether there is a button to keep it for later."""
        return self.user is not None and self.can_wait

    def empty_form(self) -> Any:
        """The form of the shelf with what is here, unchecked."""
        return self.shelf.form({}, self.entry)

    def blank(self) -> Any:
        """The form of the shelf with what was typed, unchecked."""
        form = self.empty_form()
        form.fill(self.data)
        return form

    def checked_form(self) -> Any:
        """The form of the shelf, checked."""
        self.form = self.shelf.form(self.data, self.entry)
        self.form.is_valid()
        return self.form

    @property
    def address(self) -> str:
        """The sender's address as far as it is known yet, or ""."""
        return self.user.email if self.user else self.mailbox or self.data.get("email") or ""

    def sender_form(self) -> Any:
        """The form of the address, for those of whom we do not know one."""
        if self.user or self.mailbox:
            return None
        began = self.data.get("opened_at") or manners.opened()
        return SenderForm(initial={"email": self.data.get("email", ""), "opened_at": began})

    def hidden(self, screen: int) -> Iterator[tuple[str, str]]:
        """(name, value) of all that was typed on the other screen."""
        here = {*self.form.sent_as(self.on_screen(screen)), *self.extra[screen]}
        known = {*self.form.sent_as(self.form.base_fields), *self.extra[1], *self.extra[2]}
        for name, values in self.data.lists():
            if name in known - here:
                yield from ((name, value) for value in values)

    def save(self) -> HttpResponse:
        """Keep it for later, for somebody with an account."""
        quiet = self.is_quiet
        try:
            if not self.may_keep:
                return self.stay()
            drafts.keep(
                self.token, self.data, by=self.user, shelf=self.shelf.name, entry=self.entry
            )
        except drafts.TooMuch:
            if quiet:
                return HttpResponse(status=413)
            self.notices.append(_("This is too much to be kept here. Send it, or make it shorter."))
            return self.stay()
        if quiet:
            return HttpResponse(status=204)
        self.notices.append(_("Kept. You find it under “My pages”."))
        return self.stay()

    def signed_out(self) -> HttpResponse:
        """Somebody's session ended while they wrote: nothing of it is lost."""
        try:
            drafts.keep(self.token, self.data, by=None, shelf=self.shelf.name, entry=self.entry)
        except drafts.TooMuch:
            pass
        else:
            query = urlencode({**self.request.GET.dict(), "draft": str(self.token)})
            here = f"{self.request.path}?{query}"
            self.sign_in = f"{reverse('account_login')}?{urlencode({'next': here})}"
        self.notices.append(
            _("You were signed out meanwhile. Nothing is lost: sign in again, or go on without.")
        )
        return self.stay()

    def deliver(self) -> HttpResponse:
        """Send what is checked: at once with an account, else after a code."""
        shelf, entry = self.shelf.name, self.entry
        try:
            if self.user or self.mailbox:
                if self.user and not limits.may_send_signed_in(self.user):
                    raise drafts.TooMuch
                sender = sending.sender_of(self.user, self.mailbox)
                sending.send(self.token, self.data, sender=sender, shelf=shelf, entry=entry)
                return redirect("sent_page", self.token)
            self.sender = SenderForm(self.data)
            if not self.sender.is_valid():
                return self.show(self.screens, checked=True)
            draft = drafts.wait_for_code(
                self.token,
                self.data,
                email=self.sender.cleaned_data["email"],
                connection=limits.connection_of(self.request),
                shelf=shelf,
                entry=entry,
            )
        except drafts.TooMuch:
            self.notices.append(_("That is all for today. Nothing is lost: come back tomorrow."))
            return self.show(self.screens, status=429)
        except (Invalid, NothingNew):
            self.checked_form()  # what is here may have changed meanwhile
            return self.show(1, checked=True)
        page = reverse("confirm_address", args=[draft.token])
        return HttpResponseRedirect(page if getattr(draft, "mailed", True) else f"{page}?mails=0")

    # What differs between a new entry and an edit -----------------------------------------------

    @abstractmethod
    def on_screen(self, screen: int) -> list[str]:
        """The fields of the shelf on a screen."""

    @abstractmethod
    def sections(self, screen: int) -> list[Any]:
        """What a screen prints of the form."""

    @abstractmethod
    def lists(self, screen: int) -> dict[str, list[str]]:
        """The names that the browser offers on a screen while one types."""

    @abstractmethod
    def problems(self, screen: int) -> Iterator[Problem]:
        """What is wrong on a screen."""

    @abstractmethod
    def more(self, screen: int, checked: bool) -> dict[str, Any]:
        """What else the template needs."""

    @abstractmethod
    def go_on(self) -> HttpResponse:
        """From the first screen on."""

    @abstractmethod
    def send(self) -> HttpResponse:
        """From the last screen to the reviewers."""


def wrong(form: Any, names: Any = None) -> Iterator[Problem]:
    """What is wrong in a form, or in some of its fields, in the order of the fields."""
    if names is None:
        for words in form.non_field_errors():
            yield Problem("", "", words)
    for name in form.fields if names is None else names:
        for words in form.errors.get(name, ()):
            yield Problem(form[name].auto_id, form[name].label, words)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
