"""A stranger's address is proven by a code; then what they wrote is sent."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import allowances, codes
from accounts.codes import CodeRefused
from curation import shelves
from curation.changes import Invalid, NothingNew
from curation.models import Draft
from curation.proposing import drafts, limits, sending
from curation.proposing.forms import AddressForm, CodeForm

NEW_ADDRESSES_A_DAY = 10  # that one connection may try
NO_MORE = gettext_lazy(
    "We send an address three codes a day, and this one has had them. What you wrote is kept: "
    "use the newest code, give another address, or come back tomorrow."
)


class Confirming:
    """The page that asks for the code."""

    def __init__(self, draft: Draft, *, mailed: bool = True) -> None:
        self.draft = draft
        self.code = CodeForm()
        self.address = AddressForm()
        self.notice = ""
        self.refused = "" if mailed else str(NO_MORE)

    @property
    def email(self) -> str:
        return self.draft.email

    def act(self, request: HttpRequest) -> str:
        """Do what was asked for; where it leads, or "" for this page again."""
        acts = {"again": self._again, "address": self._other_address}
        return acts.get(request.POST.get("go") or "", self._confirm)(request)

    def _confirm(self, request: HttpRequest) -> str:
        self.code = CodeForm(request.POST)
        if not self.code.is_valid():
            return ""
        try:
            check = codes.confirm(
                self.draft.check_of_address_id,  # type: ignore[arg-type]
                self.code.cleaned_data["code"],
            )
            sending.send_confirmed(self.draft, check)
        except CodeRefused as why:
            self.code.add_error("code", str(why))
            return ""
        except (Invalid, NothingNew):
            return f"{writing_address(self.draft)}&wrong=1"
        return reverse("sent_page", args=[self.draft.token])

    def _again(self, request: HttpRequest) -> str:
        check = self.draft.check_of_address
        if check and codes.again(check):
            self.notice = _("A new code is on its way. The old one no longer counts.")
        else:
            self.refused = str(NO_MORE)
        return ""

    def _other_address(self, request: HttpRequest) -> str:
        self.address = AddressForm(request.POST)
        if not self.address.is_valid():
            return ""
        connection = limits.connection_of(request)
        if not allowances.use("other address", connection, limit=NEW_ADDRESSES_A_DAY):
            self.refused = _("That is all for today. Nothing is lost: come back tomorrow.")
        elif drafts.ask_at(self.draft, self.address.cleaned_data["email"]):
            self.notice = _("A code is on its way to that address.")
        else:
            self.refused = str(NO_MORE)
        return ""


def writing_address(draft: Draft) -> str:
    """Where somebody goes on writing a draft."""
    if draft.entry_id:
        return f"{reverse('entry_edit', args=[draft.entry_id])}?draft={draft.token}"
    typed = drafts.typed(draft)
    addition = shelves.added_as(draft.shelf, typed)
    about = {name: str(typed[name]) for name in addition.asks if typed.get(name)}
    return f"{reverse(addition.page)}?{urlencode({**about, 'draft': str(draft.token)})}"
