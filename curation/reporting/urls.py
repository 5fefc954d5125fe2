"""Addresses: "Something is wrong here": reports by anyone, without an account."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from curation.reporting import views

urlpatterns = [
    path("<key:pk>/", views.report, name="report"),
    path(
        pgettext_lazy("address", "<key:pk>/thank-you/"), views.report_thanks, name="report_thanks"
    ),
]
