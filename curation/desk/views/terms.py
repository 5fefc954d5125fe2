"""The words of the vocabulary: a list, one page each, and the steps that put them in order."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import second_factor_required
from curation.desk import notices, terms
from curation.lifecycle import TurnRefused
from curation.models import Tag


@require_safe
@second_factor_required
def term_list(request: HttpRequest) -> HttpResponse:
    """All terms in use, with how many groups have each."""
    words = request.GET.get("q", "")[:100]
    context = {
        "groups": terms.groups(words),
        "words": words,
        "notice": notices.read(request),
        "undo": request.session.pop("term_note", "") if "done" in request.GET else "",
    }
    return render(request, "curation/desk/terms.html", context)


@require_safe
@second_factor_required
def term_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One term: its words, and which other one may take its place."""
    return _show(request, get_object_or_404(Tag, pk=pk, facet__in=Tag.TAGGED))


@require_POST
@second_factor_required
def term_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a term other words."""
    tag = get_object_or_404(Tag, pk=pk, facet__in=Tag.TAGGED)
    form, note = terms.rename(tag, request.POST.dict())
    if form.errors:
        return _show(request, tag, form=form, status=422)
    return _done(request, "term-renamed", note)


@require_POST
@second_factor_required
def term_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a term lead to another: first what would move, then, once confirmed, the step."""
    tag = get_object_or_404(Tag, pk=pk, facet__in=Tag.TAGGED)
    key = request.POST.get("into", "")
    into = Tag.objects.filter(pk=key if key.isdecimal() and len(key) < 11 else 0).first()
    if into is None or "sure" not in request.POST:
        return _show(request, tag, into=into, asked=True, status=200 if into else 422)
    try:
        note = terms.merge(tag, into, by=request.user)
    except TurnRefused as why:
        return _show(request, tag, problem=str(why), status=409)
    return _done(request, "term-merged", note)


@require_POST
@second_factor_required
def term_undo(request: HttpRequest) -> HttpResponse:
    """Take the last step back, by the signed note that came with it."""
    try:
        terms.undo(request.POST.get("note", ""), by=request.user)
    except TurnRefused as why:
        context = {"groups": terms.groups(), "problem": str(why)}
        return render(request, "curation/desk/terms.html", context, status=409)
    return redirect(notices.after(reverse("terms"), "term-undone"))


def _show(
    request: HttpRequest, tag: Tag, *, form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "tag": tag,
        "form": form or terms.TermForm(instance=tag),
        "number": terms.number_of(tag),
        "others": terms.may_lead_to(tag),
        **more,
    }
    return render(request, "curation/desk/term.html", context, status=status)


def _done(request: HttpRequest, done: str, note: str) -> HttpResponse:
    request.session["term_note"] = note
    return redirect(notices.after(reverse("terms"), done))
