""" "What we keep about you": to read, to take along, and to be deleted."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import own_data
from accounts.personal import delete_account
from accounts.second_factor import recently_signed_in
from curation.farewell import pages_left_alone
from curation.keeping.doors import get_or_post, private_page


@private_page
def personal(request: HttpRequest) -> HttpResponse:
    """Everything that is stored about the person who is signed in."""
    parts = own_data.overview(request.user)  # type: ignore[arg-type]
    return render(request, "curation/personal/personal.html", {"parts": parts})


@require_safe
@never_cache
@recently_signed_in
def personal_download(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    document = own_data.download(request.user)  # type: ignore[arg-type]
    name = pgettext("file name", "what-is-kept-about-me")
    return HttpResponse(
        document,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.json"'},
    )


@get_or_post
@never_cache
@recently_signed_in
def account_delete(request: HttpRequest) -> HttpResponse:
    """Delete the account, once its owner has seen what goes and what stays."""
    user = request.user
    if request.method == "POST":
        delete_account(user)  # type: ignore[arg-type]
        logout(request)
        return redirect("account_deleted")
    goes, stays = own_data.leaving(user)  # type: ignore[arg-type]
    context = {"goes": goes, "stays": stays, "alone": pages_left_alone(user)}
    return render(request, "curation/personal/account_delete.html", context)


@require_safe
def account_deleted(request: HttpRequest) -> HttpResponse:
    """Goodbye."""
    return render(request, "curation/personal/account_deleted.html")
