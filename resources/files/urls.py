"""Addresses of files."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from resources.files import views

urlpatterns = [
    path(
        pgettext_lazy("address", "library/files/<uuid:key>/<str:name>"),
        views.file_download,
        name="file_download",
    ),
]
