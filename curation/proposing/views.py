"""Add something, suggest a change, and follow what one has sent."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from curation import lifecycle, shelves, signed_links
from curation.lifecycle import TurnRefused
from curation.models import Draft, Entry
from curation.proposing import confirming, following
from curation.proposing.alike import alike
from curation.proposing.edit import EditAgain, EditOfEntry
from curation.proposing.forms import AnswerForm
from curation.proposing.late import keeps_text
from curation.proposing.new import NewEntry

SEND_AGAIN = gettext_lazy(
    "What nobody confirmed by its code is deleted after a week. Please send it once more."
)
form_page = require_http_methods(["GET", "HEAD", "POST"])
# A page that may be shown again by the back button, with what was typed on it.
own_page = cache_control(private=True, no_cache=True)


@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """What anybody can add; what is added to something else begins on its page."""
    whole = [each for _shelf, each in shelves.additions() if not each.asks]
    return render(request, "curation/proposing/add.html", {"additions": whole})


@form_page
@own_page
@keeps_text
def propose(request: HttpRequest, what: str) -> HttpResponse:
    """The form on which anybody proposes something new."""
    shelf, addition = shelves.addition(what)
    given = addition.given(request.GET)
    if given is None:
        raise Http404
    return NewEntry(request, shelf.name, addition, given).answer()


@form_page
@own_page
@keeps_text
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a public entry, filled in, for anybody; its keepers find it always."""
    entry = get_object_or_404(Entry.objects.select_related("name_own_language"), pk=pk)
    shelf = shelves.of(entry)
    kept = lifecycle.role_of(request.user, entry) in ("keeper", "reviewer")
    if entry.review != Entry.Review.PUBLISHED or not (kept or shelf.rows([pk]).exists()):
        raise Http404
    return EditOfEntry(request, entry).answer()


@form_page
@never_cache
@keeps_text
@signed_links.by_token(now=SEND_AGAIN)
def sent_change(request: HttpRequest, token: UUID) -> HttpResponse:
    """The same form for what one has sent and nobody has decided."""
    sent = following.find(token)
    if not following.standing(sent).can_change:
        return redirect("sent_page", token)
    return EditAgain(request, sent).answer()


@form_page
@never_cache
@keeps_text
@signed_links.by_token(now=SEND_AGAIN)
def sent_page(request: HttpRequest, token: UUID) -> HttpResponse:
    """Where it stands; its sender can answer, take it back, or change it."""
    if Draft.objects.filter(token=token, sent_at=None, by=None).exists():
        return redirect("confirm_address", token)
    sent, refused, form = following.find(token), "", AnswerForm()
    if request.method == "POST":
        go, form = request.POST.get("go"), AnswerForm(request.POST)
        words = (form.cleaned_data["words"],) if go == "answer" and form.is_valid() else ()
        try:
            if not request.came_late and (go in ("take-back", "hide") or words):  # type: ignore[attr-defined]
                following.ACTIONS[go or ""](sent, *words)
                return redirect("sent_page", token)
        except TurnRefused as why:
            refused = str(why)
    page = following.standing(following.find(token), request.user)
    context = {"page": page, "form": form, "refused": refused}
    return render(request, "curation/proposing/sent.html", context)


@form_page
@never_cache
@keeps_text
@signed_links.by_token(now=SEND_AGAIN)
def confirm_address(request: HttpRequest, token: UUID) -> HttpResponse:
    """A code proves a stranger's address; then what they wrote is sent."""
    draft = Draft.objects.filter(token=token, by=None).select_related("check_of_address").first()
    if draft is None or draft.check_of_address is None:
        return redirect("sent_page", following.find(token).token)
    page = confirming.Confirming(draft, mailed=request.GET.get("mails") != "0")
    if request.method == "POST" and not request.came_late:  # type: ignore[attr-defined]
        leads_to = page.act(request)
        if leads_to:
            return redirect(leads_to)
    return render(request, "curation/proposing/confirm.html", {"page": page})


@require_safe
def duplicates(request: HttpRequest, what: str = "group") -> JsonResponse:
    """Public entries with a name like the one being typed; asked by the form's script."""
    names = {addition.word: shelf.name for shelf, addition in shelves.additions()}
    if what not in names or not shelves.named(names[what]).manners.looks_alike:
        raise Http404
    found = alike(names[what], request.GET.get("name", ""))
    rows = [{"name": each.name.plain, "url": each.url, "lang": each.name.lang} for each in found]
    return JsonResponse({"question": _("Is it one of these?"), "found": rows})
