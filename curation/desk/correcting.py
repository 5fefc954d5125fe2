"""What a reviewer mends in something that waits, before deciding on it: the keepers' own form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation import lifecycle
from curation.cases import Reason
from curation.desk import notices
from curation.desk.case_sheet import WAITING_STATES
from curation.lifecycle import Role
from curation.models import Case, Entry
from curation.proposing.edit import EditOfEntry
from curation.proposing.paper import Paper

SECOND_PERSON = gettext_lazy(
    "The page is confirmed: its link, its contact and who runs it change only when a second "
    "person agrees. Publish it first, then suggest the change."
)


class Correction(EditOfEntry):
    """The paper on which a reviewer mends what is not public yet.

    What is saved is a decision with before and after, and can be taken back. Whoever sent it
    reads of it in the mail that says that it is public.
    """

    extra = {**Paper.extra, 2: ()}
    has_note = can_wait = stays_here = False

    def __init__(self, request: HttpRequest, entry: Entry) -> None:
        super().__init__(request, entry)
        self.leads_back = page_of(entry)

    def deliver(self) -> HttpResponse:
        """Save it, and go back to what waits."""
        assert self.entry is not None
        if self.entry.review not in WAITING_STATES:
            self.notices.append(str(lifecycle.FASTER))
        elif self.entry.confirmed_on and self.shelf.waits & self.patch.keys():
            self.notices.append(str(SECOND_PERSON))
        elif self.amended(self.user, Role.REVIEWER):
            decision = self.entry.decisions.order_by("-number").first()
            return redirect(notices.after(self.leads_back, "corrected", decision))
        return self.show(2, status=409)

    @property
    def heading(self) -> str:
        return _("Edit it before deciding")

    @property
    def say(self) -> str:
        return _(
            "Change what is not right and leave the rest. Nothing is public until you publish it; "
            "then the sender is told what was changed."
        )


def may_correct(request: HttpRequest, entry: Entry) -> bool:
    """Whether it waits, and this is a reviewer who does not step aside.

    Something that was sent from the form is looked at anyway: it was decided meanwhile, which is
    said there, and nothing that was typed is lost.
    """
    waits = entry.review in WAITING_STATES or request.method == "POST"
    return waits and lifecycle.role_of(request.user, entry) == Role.REVIEWER


def page_of(entry: Entry) -> str:
    """Where something that waits is decided."""
    case = Case.objects.waiting().filter(entry=entry, reason__in=(Reason.NEW, Reason.ANSWERED))
    key = case.values_list("pk", flat=True).first()
    return reverse("case_page", args=[key]) if key else reverse("entry_review", args=[entry.pk])
