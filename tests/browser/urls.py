"""The site's addresses, and two that fail on purpose so that their error pages can be read."""

from django.urls import path

from cop_directory.urls import handler400, handler404, handler500, urlpatterns
from tests.browser import planted

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("<str:lang>/planted-400", planted.suspicious),
    path("<str:lang>/planted-500", planted.broken),
    *urlpatterns,
]
