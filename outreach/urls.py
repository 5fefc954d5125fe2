"""The addresses of the porch, under /api/v1/."""

from django.urls import path

from outreach.api import api

urlpatterns = [path("", api.urls)]
