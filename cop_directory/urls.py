"""Every address of the site. The one module of the project package that names the porch."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, register_converter
from django.urls.converters import IntConverter
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView

from cop_directory import errors, views
from cop_directory.shelf import NAME
from cop_directory.sitemaps import SITEMAPS
from curation.finding.views import suggest

PAGES = {
    "about": pgettext_lazy("address", "about/"),
    "what": pgettext_lazy("address", "what-we-list/"),
    "fresh": pgettext_lazy("address", "how-we-keep-it-fresh/"),
    "evidence": pgettext_lazy("address", "how-sure-is-this/"),
    "privacy": pgettext_lazy("address", "privacy/"),
    "accessibility": pgettext_lazy("address", "accessibility/"),
    "programmers": pgettext_lazy("address", "for-programmers/"),
}


class Key(IntConverter):
    """A row's number in an address: no more digits than any database holds."""

    regex = "[1-9][0-9]{0,9}"


register_converter(Key, "key")

urlpatterns = [
    path("healthz", errors.healthz, name="healthz"),
    path("robots.txt", errors.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/mark.svg"), name="favicon"),
    path("api/v1/", include("outreach.urls")),
    path("admin/", admin.site.urls),
    path("", errors.choose_language, name="choose_language"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(pgettext_lazy("address", "directory/"), views.listing_list, name="listing_list"),
        path(
            pgettext_lazy("address", "directory/<key:pk>-<slug:slug>/"),
            views.listing_page,
            name="listing_page",
        ),
        path(pgettext_lazy("address", "topics/"), views.topic_list, name="topic_list"),
        path(pgettext_lazy("address", "topics/<slug:slug>/"), views.topic_page, name="topic_page"),
        path(pgettext_lazy("address", "places/"), views.place_list, name="place_list"),
        path(pgettext_lazy("address", "places/<slug:code>/"), views.place_page, name="place_page"),
        path(
            pgettext_lazy("address", "places/<slug:code>.txt"), views.place_text, name="place_text"
        ),
        path(pgettext_lazy("address", "jobs/"), views.role_list, name="role_list"),
        path(
            pgettext_lazy("address", "organizations/<key:pk>-<slug:slug>/"),
            views.organization_page,
            name="organization_page",
        ),
        path(pgettext_lazy("address", "a-to-z/"), views.page_az, name="page_az"),
        path(
            pgettext_lazy("address", "suggestions/groups"),
            suggest,
            {"shelf": NAME},
            name="listing_suggest",
        ),
        path(pgettext_lazy("address", "account/"), include("accounts.urls")),
        path("", include("curation.urls")),
        path("", include("cop_directory.joining.urls")),
        path("", include("resources.urls")),
        *(
            path(address, views.page, {"name": name}, name=f"page_{name}")
            for name, address in PAGES.items()
        ),
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
