"""“Confirm that you work in the sector”: by the address, or by two colleagues."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts import allowances, verification
from accounts.models import User
from curation import signed_links
from curation.keeping.doors import get_or_post, private_form

VOUCHES_A_DAY = 5


@private_form
def work_address(request: HttpRequest) -> HttpResponse:
    """Both ways explained; the POST looks at the addresses of the account."""
    if request.method == "POST":
        try:
            verification.verify_by_domain(request.user)
        except verification.NotShown as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Your work address is confirmed for a year."))
        return redirect("work_address")
    return render(request, "curation/keeping/work_address.html", _context(request))


@get_or_post
@never_cache
@login_required
@signed_links.signed(
    "vouch",
    now=gettext_lazy(
        "Ask your colleague for a new link: there is one on their page about the work address."
    ),
)
def vouch(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """A colleague asks: do you know that they work in the sector?"""
    person = User.objects.filter(pk=about["user"], is_active=True).first()
    if person is None:
        raise signed_links.Ended
    context: dict[str, Any] = {"person": person}
    if request.method == "POST":
        context |= _given(request, person)
    return render(request, "curation/keeping/vouch.html", context)


def _given(request: HttpRequest, person: User) -> dict[str, Any]:
    """Give one's word, and what came of it."""
    by: Any = request.user
    if not allowances.use("vouch", str(by.pk), limit=VOUCHES_A_DAY):
        return {"why": _("That is enough for today. Please come back tomorrow.")}
    try:
        return {"done": True, "complete": verification.vouch(person, by=by)}
    except verification.NotShown as why:
        return {"why": str(why)}


def _context(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    path = reverse("vouch", args=[signed_links.sign("vouch", user=person.pk)])
    return {
        "believed": verification.current(person),
        "vouches": person.vouches.count(),
        "needed": verification.VOUCHES_NEEDED,
        "link": request.build_absolute_uri(path),
    }
