"""The site's addresses with a door left open on purpose: the desk asks nobody who they are."""

from django.http import HttpResponse
from django.urls import path

from cop_directory.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("en/to-review/", lambda request: HttpResponse("everything"), name="desk"),
    *urlpatterns,
]
