"""Addresses: "To review": everything that waits, and what happened."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from curation.desk.views import correcting, past, public, starting, terms, turns, waiting

urlpatterns = [
    path("", waiting.desk, name="desk"),
    path("<key:pk>/", waiting.case_page, name="case_page"),
    path(pgettext_lazy("address", "<key:pk>/take/"), waiting.case_take, name="case_take"),
    path(pgettext_lazy("address", "page/<key:pk>/"), waiting.entry_review, name="entry_review"),
    path(
        pgettext_lazy("address", "page/<key:pk>/edit/"),
        correcting.entry_correct,
        name="entry_correct",
    ),
    path(pgettext_lazy("address", "page/<key:pk>/name/"), turns.name_open, name="name_open"),
    path(pgettext_lazy("address", "answer/"), turns.take_turn, name="take_turn"),
    path(pgettext_lazy("address", "undo/"), turns.undo_turn, name="undo_turn"),
    path(pgettext_lazy("address", "asked/"), waiting.asked_list, name="asked_list"),
    path(pgettext_lazy("address", "several/"), turns.several_list, name="several_list"),
    path(pgettext_lazy("address", "several/answer/"), turns.take_several, name="take_several"),
    path(pgettext_lazy("address", "mine/"), waiting.beat_list, name="beat_list"),
    path(pgettext_lazy("address", "mine/keep/"), waiting.beat_save, name="beat_save"),
    path(pgettext_lazy("address", "what-happened/"), past.happened, name="happened"),
    path(pgettext_lazy("address", "history/<key:pk>/"), past.entry_history, name="entry_history"),
    path(
        pgettext_lazy("address", "history/<key:pk>/<key:number>/"),
        past.entry_restore,
        name="entry_restore",
    ),
    path(pgettext_lazy("address", "starting-list/"), starting.starting_list, name="starting_list"),
    path(
        pgettext_lazy("address", "starting-list/answer/"),
        starting.starting_answer,
        name="starting_answer",
    ),
    path(
        pgettext_lazy("address", "starting-list/undo/"),
        starting.starting_undo,
        name="starting_undo",
    ),
    path(pgettext_lazy("address", "words/"), terms.term_list, name="terms"),
    path(pgettext_lazy("address", "words/<key:pk>/"), terms.term_page, name="term_page"),
    path(pgettext_lazy("address", "words/<key:pk>/rename/"), terms.term_rename, name="term_rename"),
    path(pgettext_lazy("address", "words/<key:pk>/merge/"), terms.term_merge, name="term_merge"),
    path(pgettext_lazy("address", "words/undo/"), terms.term_undo, name="term_undo"),
    path(pgettext_lazy("address", "taken-off/"), public.public_log, name="public_log"),
    path(
        pgettext_lazy("address", "taken-off/<str:signed>/"),
        public.taken_off_object,
        name="taken_off_object",
    ),
]
