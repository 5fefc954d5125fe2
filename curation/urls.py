"""The addresses of the bench, which every shelf shares."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from curation.finding import views as finding

urlpatterns = [
    path(pgettext_lazy("address", "search/"), finding.search, name="search"),
    path(pgettext_lazy("address", "suggestions"), finding.suggest, name="suggest"),
    path(pgettext_lazy("address", "add/"), include("curation.proposing.urls")),
    path(pgettext_lazy("address", "my-pages/"), include("curation.keeping.urls")),
    path(pgettext_lazy("address", "problem/"), include("curation.reporting.urls")),
    path(pgettext_lazy("address", "import/"), include("curation.importing.urls")),
    path(pgettext_lazy("address", "to-review/"), include("curation.desk.urls")),
]
