"""Every type of page that a reader can meet, by name, and its address in each language."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import override

from accounts.models import Organization
from cop_directory.browse import organization_address
from cop_directory.models import Listing
from cop_directory.shelf import address
from resources.models import Resource
from resources.shelf import address as library_address

LANGUAGES = ("en", "fr")

# Questions to the directory: page type → query string.
QUESTIONS = {
    "directory": "",
    "question": "?q=employment+Halifax",
    "repaired question": "?q=employmint+Halifax",
    "filtered": "?q=housing&province=ON&language=en&language=fr&sort=name",
    "no exact match": "?q=knitting+circle+Gander",
    "question right to left": "?q=%D8%A8%D8%A7%D8%A8+%D8%A7%D9%84%D8%B9%D9%85%D9%84",
    "question without a break": "?q=" + "knittingcircle" * 14,
    "nothing fits": "?province=NU&platform=wechat&kind=lip",
    "filter unknown": "?province=XX&sort=zzz&q=housing",
    "beyond the end": "?page=999",
}
PLAIN = {
    "home": ("home",),
    "topic": ("topic_page", "housing"),
    "topics": ("topic_list",),
    "place": ("place_page", "on"),
    "place without groups": ("place_page", "nu"),
    "all of Canada": ("place_page", "ca"),
    "places": ("place_list",),
    "jobs": ("role_list",),
    "A to Z": ("page_az",),
    "about": ("page_about",),
    "what we list": ("page_what",),
    "how we keep it fresh": ("page_fresh",),
    "privacy": ("page_privacy",),
    "accessibility": ("page_accessibility",),
    "for programmers": ("page_programmers",),
    "library": ("library_home",),
    "what to add": ("add",),
    "how sure is this": ("page_evidence",),
}
LIBRARY_QUESTIONS = {
    "question to the library": "?q=digital+divide&language=en",
}
# Questions to both shelves at once.
JOINT_QUESTIONS = {"question to both": "?q=digital+divyde"}
LESSONS = ("lesson", "short note", "hidden lesson", "long lesson", "report")
GROUPS = (
    "group",
    "group with no way in",
    "chat with its plate",
    "group with nothing said",
    "group in the other language",
    "group right to left",
    "long group",
    "closed group",
)
ERRORS = {"400": "planted-400", "404": "no-such-page", "500": "planted-500"}
ORGANIZATIONS = ("organization", "long organization")

PAGE_TYPES = (
    *PLAIN, *QUESTIONS, *GROUPS, *ORGANIZATIONS, *LIBRARY_QUESTIONS, *JOINT_QUESTIONS,
    *LESSONS, *ERRORS,
)  # fmt: skip
# Error pages have no twin: their toggle leads home.
WITH_TWIN = tuple(name for name in PAGE_TYPES if name not in ERRORS)
# What the server answers with, where it is not 200.
STATUS = {"400": 400, "404": 404, "500": 500, "beyond the end": 404}


@dataclass(frozen=True)
class Site:
    """A served site: its address, and what stands for each type of page of a group or lesson."""

    url: str
    groups: dict[str, Listing]
    lessons: dict[str, Resource] = field(default_factory=dict)

    def path(self, page_type: str, lang: str) -> str:
        """The path of a page type in a language, query included."""
        with override(lang):
            if page_type in PLAIN:
                name, *args = PLAIN[page_type]
                return reverse(name, args=args)
            if page_type in QUESTIONS:
                return reverse("listing_list") + QUESTIONS[page_type]
            if page_type in LIBRARY_QUESTIONS:
                return reverse("resource_list") + LIBRARY_QUESTIONS[page_type]
            if page_type in LESSONS:
                return library_address(self.lessons[page_type])
            if page_type in JOINT_QUESTIONS:
                return reverse("search") + JOINT_QUESTIONS[page_type]
            if page_type in ORGANIZATIONS:
                return organization_address(self._organization(page_type))
            if page_type in ERRORS:
                return f"/{lang}/{ERRORS[page_type]}"
            return address(self.groups[page_type])

    def _organization(self, page_type: str) -> Organization:
        hosts = self.groups["long group"].hosts.order_by("pk")
        found = hosts.last() if page_type == "long organization" else hosts.first()
        assert found is not None
        return found
