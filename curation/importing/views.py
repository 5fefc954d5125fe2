"""The pages on which an organization sends in its groups as a table, and takes them out again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organization
from curation import shelves
from curation.importing import jobs, reading, showing, writing
from curation.importing.archive import TableRefused
from curation.models import ImportJob

# The shelf whose tables are sent in.
SHELF = "listing"
AGAIN = "2"  # seconds until a page that is at work asks for itself again

View = Callable[..., HttpResponse]
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def own_job(view: View) -> View:
    """A page about a table of the person's own; nobody else finds it."""

    @wraps(view)
    def guarded(request: HttpRequest, token: UUID) -> HttpResponse:
        jobs_here = ImportJob.objects.select_related("organization", "by")
        return view(request, get_object_or_404(jobs_here, pk=token, by=request.user))

    return never_cache(login_required(guarded))


class Upload(forms.Form):
    """The table, and whose groups are in it."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=gettext_lazy("Organization"), empty_label=None
    )
    table = forms.FileField(
        label=gettext_lazy("Your table"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file first.")},
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaks_for = user.memberships.granted().values("organization")
        whose = self.fields["organization"]
        whose.queryset = Organization.objects.filter(pk__in=speaks_for)  # type: ignore[attr-defined]
        whose.initial = whose.queryset.first()  # type: ignore[attr-defined]
        self.fields["table"].widget.attrs["accept"] = ".csv,.tsv,.txt,.xlsx"

    @property
    def is_for_somebody(self) -> bool:
        """Whether the person speaks for an organization at all."""
        return self.fields["organization"].queryset.exists()  # type: ignore[attr-defined]


@get_or_post
@never_cache
@login_required
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose a table; from here one also gets the empty one, and one's own."""
    form = Upload(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and not form.is_for_somebody:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            return _take_in(request, form.cleaned_data)
        except TableRefused as refused:
            form.add_error("table", str(refused))
    context = {"form": form, "recent": request.user.imports.order_by("-created_at")[:5]}  # type: ignore[union-attr]
    status = 422 if form.errors else 200
    return render(request, "curation/importing/import_upload.html", context, status=status)


def _take_in(request: HttpRequest, sent: dict[str, Any]) -> HttpResponse:
    table = sent["table"]
    if table.size > reading.LARGEST:
        raise TableRefused(_("This file is larger than 5 megabytes. Split it into several."))
    job, remark = jobs.upload(
        table.read(),
        name=table.name,
        shelf=SHELF,
        by=request.user,
        organization=sent["organization"],
    )
    jobs.look_on(job, seconds=jobs.AT_ONCE)
    if remark:
        messages.info(request, remark)
    return redirect("import_check", job.pk)


@get_or_post
@own_job
def import_check(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """What each row would do; nothing is written about a group before "Send" is pressed."""
    if job.state != ImportJob.State.CHECKED:
        return redirect("import_progress", job.pk)
    left = jobs.look_on(job, seconds=jobs.AT_ONCE)
    if request.method == "POST" and not left:
        jobs.start(job)
        return redirect("import_progress", job.pk)
    page = showing.check_page(job, request.GET.get("page", ""), request.GET.get("show", ""))
    response = render(request, "curation/importing/import_check.html", {**page, "left": left})
    return _at_work(request, response) if left else response


@require_POST
@own_job
def import_discard(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Throw a table away of which nothing has been sent."""
    if ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.CHECKED).delete()[0]:
        messages.success(request, _("The table is thrown away. Nothing was sent."))
    return redirect("import_upload")


@require_safe
@own_job
def import_progress(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Send some rows more, and say how far it is; the page asks for itself until it is done."""
    if job.state == ImportJob.State.CHECKED:
        return redirect("import_check", job.pk)
    try:
        left = jobs.send_on(job, seconds=jobs.AT_ONCE)
    except jobs.NotYours:
        raise PermissionDenied from None
    context = {"left": left, **showing.progress_page(job)}
    response = render(request, "curation/importing/import_progress.html", context)
    return _at_work(request, response) if left else response


def _at_work(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the page ask for itself again, unless its reader has said that it should stand still."""
    if "still" not in request.GET:
        response["Refresh"] = AGAIN
    return response


@require_safe
@login_required
def import_template(request: HttpRequest, form: str) -> HttpResponse:
    """The empty table with its invented row."""
    name = pgettext("file name", "groups-template")
    return _file(writing.template(SHELF, _known(form)), name, form)


@require_safe
@never_cache
@login_required
def export_own(request: HttpRequest) -> HttpResponse:
    """The groups that somebody looks after, as a table that can be sent in again."""
    form = _known(request.GET.get("as", "xlsx"))
    kept = shelves.named(SHELF).kept_by(request.user).exclude(review__in=("withdrawn", "merged"))
    name = pgettext("file name", "my-groups")
    return _file(writing.own(SHELF, kept.order_by("pk"), form), name, form)


def _known(form: str) -> str:
    if form not in writing.FORMATS:
        raise Http404
    return form


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=writing.FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
