"""What search engines may know: every public page, in both languages."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from accounts.models import Province
from cop_directory.models import Listing
from cop_directory.shelf import address
from curation.models import Tag


class Bilingual(Sitemap):
    i18n = True
    alternates = True


class Pages(Bilingual):
    def items(self) -> list[str]:
        return [
            "home",
            "listing_list",
            "topic_list",
            "place_list",
            "role_list",
            "page_az",
            "page_about",
            "page_what",
            "page_fresh",
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
    def items(self) -> Any:
        listings = Listing.objects.visible()
        return Tag.objects.filter(facet="topic", tagged__content_object__in=listings).distinct()

    def location(self, item: Tag) -> str:
        return reverse("topic_page", args=[item.slug])


class Groups(Bilingual):
    def items(self) -> Any:
        return Listing.objects.visible().select_related("name_own_language").order_by("pk")

    def location(self, item: Listing) -> str:
        return address(item)


SITEMAPS = {"pages": Pages, "places": Places, "topics": Topics, "groups": Groups}
