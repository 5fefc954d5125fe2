"""What search engines may know: every public page, in both languages."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from accounts.models import Province
from cop_directory import browse
from cop_directory.models import Listing
from cop_directory.shelf import address
from curation import shelves
from curation.models import Entry


class Bilingual(Sitemap):
    i18n = True
    alternates = True


class Pages(Bilingual):
    def items(self) -> list[str]:
        return [
            "home",
            "listing_list",
            "library_home",
            "resource_list",
            "collection_list",
            "topic_list",
            "place_list",
            "role_list",
            "page_az",
            "page_about",
            "page_what",
            "page_fresh",
            "page_evidence",
            "page_privacy",
            "page_accessibility",
            "page_programmers",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Places(Bilingual):
    def items(self) -> list[str]:
        return [*(code.lower() for code in Province.values), "ca"]

    def location(self, item: str) -> str:
        return reverse("place_page", args=[item])


class Topics(Bilingual):
    def items(self) -> list[str]:
        return [row.value for row in browse.topics()]

    def location(self, item: str) -> str:
        return browse.topic_address(item)


class Groups(Bilingual):
    def items(self) -> Any:
        return Listing.objects.visible().select_related("name_own_language").order_by("pk")

    def location(self, item: Listing) -> str:
        return address(item)


class Library(Bilingual):
    """What stands on the shelves beside the directory. No page tells when it was changed: of a
    lesson whose author is hidden that would say too much."""

    def items(self) -> Any:
        beside = Entry.objects.visible().filter(shelf__in=("resource", "collection"))
        return beside.select_related("name_own_language").order_by("pk")

    def location(self, item: Entry) -> str:
        return shelves.of(item).address(item)


SITEMAPS = {
    "pages": Pages,
    "places": Places,
    "topics": Topics,
    "groups": Groups,
    "library": Library,
}
