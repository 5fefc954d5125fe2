"""Addresses: tables of an organization, row by row."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from curation.importing import views

urlpatterns = [
    path("", views.import_upload, name="import_upload"),
    path(
        pgettext_lazy("address", "template/<slug:form>/"),
        views.import_template,
        name="import_template",
    ),
    path(pgettext_lazy("address", "my-groups/"), views.export_own, name="export_own"),
    path(pgettext_lazy("address", "check/<uuid:token>/"), views.import_check, name="import_check"),
    path(
        pgettext_lazy("address", "throw-away/<uuid:token>/"),
        views.import_discard,
        name="import_discard",
    ),
    path(
        pgettext_lazy("address", "sent/<uuid:token>/"),
        views.import_progress,
        name="import_progress",
    ),
]
