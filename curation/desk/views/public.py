"""What everybody may read of the desk, the log of removals; and how one objects to a removal."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from curation import removals, signed_links, taken_off
from curation.desk import objecting, public_lines

PAGE = 50
WRITE = _(
    "It has been looked at again, or it is on the site again. If neither is so, write to us, and "
    "say which group it is."
)


@require_safe
def public_log(request: HttpRequest) -> HttpResponse:
    """What was taken off or not accepted, and why; no name, no person, no form."""
    page = Paginator(removals.log(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": public_lines.of(page.object_list)}
    return render(request, "curation/desk/public_log.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_links.signed(taken_off.PAGE, now=WRITE)
def taken_off_object(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail to those who look after a page: why it should come back."""
    removal = objecting.standing(about["decision"])
    form = objecting.ObjectionForm(request.POST or None)
    done = form.is_valid() and objecting.object_to(removal, form.cleaned_data["words"])
    context = {"removal": removal, "entry": removal.entry, "form": form, "done": done}
    context["why"] = objecting.in_words(removal)
    return render(request, "curation/desk/taken_off_object.html", context)
