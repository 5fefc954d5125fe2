"""Addresses of the library."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from curation.finding.views import suggest
from resources import views
from resources.collecting import views as collecting
from resources.shelf import NAME

urlpatterns = [
    path(pgettext_lazy("address", "library/"), views.library_home, name="library_home"),
    path(pgettext_lazy("address", "library/all/"), views.resource_list, name="resource_list"),
    path(
        pgettext_lazy("address", "suggestions/library"),
        suggest,
        {"shelf": NAME},
        name="library_suggest",
    ),
    path(
        pgettext_lazy("address", "library/collections/"),
        collecting.collection_list,
        name="collection_list",
    ),
    path(
        pgettext_lazy("address", "library/collections/<key:pk>-<slug:slug>/"),
        collecting.collection_page,
        name="collection_page",
    ),
    path(
        pgettext_lazy("address", "library/<key:pk>-<slug:slug>/"),
        views.resource_page,
        name="resource_page",
    ),
    path(
        pgettext_lazy("address", "library/<key:pk>-<slug:slug>.bib"),
        views.citation_file,
        {"ending": "bib"},
        name="resource_bib",
    ),
    path(
        pgettext_lazy("address", "library/<key:pk>-<slug:slug>.ris"),
        views.citation_file,
        {"ending": "ris"},
        name="resource_ris",
    ),
    path("", include("resources.files.urls")),
]
