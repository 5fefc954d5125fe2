"""Addresses: add, edit, send, answer: how people propose, whatever the shelf.

What one may add has a word of its own in the address; the shelves bring the words along.
"""

from django.urls import path
from django.utils.translation import pgettext_lazy

from curation import shelves
from curation.proposing import views

urlpatterns = [
    path("", views.add, name="add"),
    *(
        path(each.path, views.propose, {"what": each.word}, name=each.page)
        for _shelf, each in shelves.additions()
    ),
    path(pgettext_lazy("address", "group/alike"), views.duplicates, name="duplicates"),
    path(pgettext_lazy("address", "alike/<slug:what>"), views.duplicates, name="alike"),
    path(pgettext_lazy("address", "change/<key:pk>/"), views.entry_edit, name="entry_edit"),
    path(
        pgettext_lazy("address", "confirm/<uuid:token>/"),
        views.confirm_address,
        name="confirm_address",
    ),
    path(pgettext_lazy("address", "sent/<uuid:token>/"), views.sent_page, name="sent_page"),
    path(
        pgettext_lazy("address", "sent/<uuid:token>/change/"),
        views.sent_change,
        name="sent_change",
    ),
]
