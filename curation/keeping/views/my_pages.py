"""My pages, the question "is it still right?", and shared addresses."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.languages import reading_language
from accounts.membership import addresses_of
from accounts.models import User
from curation import shelves, signed_links
from curation.changes import Sender
from curation.keeping import answers, handing_over, keepers, mailboxes, pages
from curation.keeping.doors import button, open_form, private_page
from curation.keeping.forms import MailboxForm
from curation.models import Entry


@private_page
def my_pages(request: HttpRequest) -> HttpResponse:
    """What I look after, what I sent, where I belong."""
    return render(request, "curation/keeping/my_pages.html", pages.overview(request.user))


@require_POST
def page_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap on a page that I look after: still right, pausing, closed, active again."""
    sender = keepers.sender_of(request)
    if sender is None:
        return redirect_to_login(reverse("my_pages"))
    entry = keepers.kept_entry(sender, pk)
    word = request.POST.get("answer", "")
    if word not in answers.ANSWERS or not shelves.of(entry).manners.asked:
        messages.error(request, _("Choose one of the answers."))
    else:
        answers.say(entry, word, by=sender)
        messages.success(request, f"{entry.name.plain}: {answers.ANSWERS[word].done}")
    return redirect("my_pages" if sender.by else "mailbox_pages")


@button("my_pages")
def pages_adopt(request: HttpRequest) -> HttpResponse:
    """Pages kept by one of my addresses come to my account."""
    keepers.adopt(request.user, addresses_of(request.user))
    messages.success(request, _("These pages are with your account now."))
    return redirect("my_pages")


@open_form
@signed_links.signed(
    "keeper_question",
    now=gettext_lazy("A shared address asks for a new link; it comes within a minute."),
    good_for=dt.timedelta(days=60),
)
def keeper_question(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail, without signing in: is this page still right? The POST decides."""
    sender = _whose(about)
    entry = Entry.objects.filter(pk=about["entry"]).first()
    if sender is None or entry is None or not keepers.keeps(sender, entry):
        raise signed_links.Ended
    context = {"entry": entry, "kept": pages.kept_page(entry), "shared": sender.by is None}
    if request.method == "POST":
        return _answered(request, entry, sender, context)
    return render(request, "curation/keeping/keeper_question.html", context)


@open_form
def mailbox_link(request: HttpRequest) -> HttpResponse:
    """A shared address asks for its link; the answer is the same for every address."""
    form = MailboxForm(request.POST or None)
    sent = form.is_valid()
    if sent:
        mailboxes.send_link(form.cleaned_data["email"], language=reading_language())
    return render(request, "curation/keeping/mailbox_link.html", {"form": form, "sent": sent})


@open_form
@signed_links.signed(
    "mailbox_open",
    now=gettext_lazy("Ask for a new link; it comes within a minute."),
    good_for=dt.timedelta(days=1),
)
def mailbox_open(request: HttpRequest, about: dict[str, Any]) -> HttpResponse:
    """From a mail: open the pages of a shared address in this browser."""
    if request.method == "POST":
        mailboxes.open_in(request, about["email"])
        return redirect("mailbox_pages")
    return render(request, "curation/keeping/mailbox_open.html", about)


@open_form
def mailbox_pages(request: HttpRequest) -> HttpResponse:
    """The pages that a shared address looks after; the POST closes them in this browser."""
    address = mailboxes.of(request)
    if request.method == "POST" or not address:
        mailboxes.close_in(request)
        return redirect("mailbox_link")
    context = {"email": address, "kept": pages.kept_pages(Sender(email=address))}
    return render(request, "curation/keeping/mailbox_pages.html", context)


def _whose(about: dict[str, Any]) -> Sender | None:
    """Who got the mail, as far as they still exist."""
    if "email" in about:
        return Sender(email=about["email"], language=reading_language())
    person = User.objects.filter(pk=about["user"], is_active=True).first()
    return Sender(by=person, language=reading_language()) if person else None


def _answered(
    request: HttpRequest, entry: Entry, sender: Sender, context: dict[str, Any]
) -> HttpResponse:
    """What follows one of the five answers."""
    word = request.POST.get("answer", "")
    if word == "change":
        if sender.by is None:
            mailboxes.open_in(request, sender.email)
        return redirect("entry_edit", entry.pk)
    if word == "leaving":
        context["left"] = handing_over.leave(entry, by=sender)
        return render(request, "curation/keeping/keeper_left.html", context)
    if word in answers.ANSWERS:
        answers.say(entry, word, by=sender)
        context["done"] = answers.ANSWERS[word].done
        context["kept"] = pages.kept_page(get_object_or_404(Entry, pk=entry.pk))
    return render(request, "curation/keeping/keeper_question.html", context)
