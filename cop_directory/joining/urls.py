"""Addresses: how one gets into a chat group: asking to join, and showing the invitation."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from cop_directory.joining import invitation_views, views

urlpatterns = [
    path(
        pgettext_lazy("address", "directory/<key:pk>/ask-to-join/"), views.join_ask, name="join_ask"
    ),
    path(pgettext_lazy("address", "join/<uuid:token>/"), views.join_code, name="join_code"),
    path(
        pgettext_lazy("address", "join/answer/<str:signed>/"), views.join_answer, name="join_answer"
    ),
    path(
        pgettext_lazy("address", "join/way-in/<str:signed>/"), views.join_way_in, name="join_way_in"
    ),
    path(
        pgettext_lazy("address", "directory/<key:pk>/invitation/"),
        invitation_views.invitation_show,
        name="invitation_show",
    ),
    path(
        pgettext_lazy("address", "directory/<key:pk>/invitation/change/"),
        invitation_views.invitation_edit,
        name="invitation_edit",
    ),
    path(
        pgettext_lazy("address", "directory/<key:pk>/invitation/review/"),
        invitation_views.invitation_review,
        name="invitation_review",
    ),
]
