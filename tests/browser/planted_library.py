"""Lessons and a report for the browser tests: as short and as long as they can be, and hidden."""

from __future__ import annotations

import datetime as dt

from accounts.models import Organization, Province
from curation.freshness import today
from curation.models import Format, Relation, Tag
from resources.models import Lesson, Material, Resource, Upload
from tests.browser.planted import LONG, LONG_URL, UNBROKEN
from tests.factories import make_listing
from tests.library import languages_of, make_answer, make_lesson

OURS = ("en", "fr")
TALE = ("planned", "happened", "why", "next_time", "helped", "not_reached", "risks")
HEADLINE = "Put a phone-in number beside every video link. Half of our group came by phone."
LONG_HEADLINE = (f"{UNBROKEN} " + "We asked them first, and then we moved the hour. " * 5)[:280]


def plant() -> dict[str, Resource]:
    """Add them, without indexing; {page type: lesson or report}."""
    lessons = {
        "lesson": _lesson(),
        "short note": make_lesson(
            "Ring people the evening before.", topics=(), provinces=(), outcome="did-not"
        ),
        "hidden lesson": _hidden(),
        "long lesson": _long(),
        "report": Resource.objects.visible().exclude(organization=None).order_by("pk")[0],
    }
    for number in range(2):
        make_answer(lessons["short note"], f"Same here {number}", agency=f"House {number}")
    return lessons


def _lesson() -> Resource:
    """As most will be: told in full, and answered by five agencies."""
    lesson = make_lesson(
        HEADLINE,
        provinces=("ON",),
        formats=("online",),
        one_line_en="A dial-in number, printed large on the flyer, brought people back.",
        publisher="Lakeside Newcomer Services",
        place_size="small-centre",
        agency_size="10-50",
        method="own-numbers",
        method_count=26,
        method_link="https://example.org/numbers",
        impact="medium",
        impact_why_en="Half of the group came back.",
    )
    lesson.served_in.set(languages_of("en", "ar"))
    Lesson.objects.create(resource=lesson, **{f"{name}_en": "In a few words." for name in TALE})
    Material.objects.create(resource=lesson, link="https://example.org/flyer", title="The flyer")
    relation = {"from_entry": lesson, "kind": Relation.Kind.DISCUSSED_IN}
    Relation.objects.create(to_entry=make_listing("Wired: settlement online"), **relation)
    for number, size in enumerate(("small-centre",) * 3 + ("large-city",) * 2):
        verdict = "worked" if size == "small-centre" else "did-not"
        make_answer(lesson, agency=f"House {number}", place_size=size, verdict=verdict)
    return lesson


def _hidden() -> Resource:
    lesson = make_lesson(
        "Ask parents before you change the hour.",
        provinces=("NU",),
        outcome="partly",
        method="observation",
        visibility="hidden",
        publisher="Planted Harbour House",
        authors="Plantina Author",
        place_size="remote",
        agency_size="under-10",
        review_on=today() - dt.timedelta(days=800),
    )
    Lesson.objects.create(resource=lesson, happened_en="Half came.", not_reached_unknown=True)
    return lesson


def _long() -> Resource:
    """Every field filled to its limit, words that nothing breaks among them."""
    whys = {f"{name}_why_{lang}": LONG[:200] for name in ("impact", "quality") for lang in OURS}
    lesson = make_lesson(
        LONG_HEADLINE,
        name_fr=LONG_HEADLINE,
        provinces=Province.values,
        formats=Format.values,
        terms=Tag.objects.filter(facet__in=Tag.TAGGED, merged_into=None).order_by("pk")[:40],
        description_en=f"{UNBROKEN} {LONG}",
        description_fr=f"{UNBROKEN} {LONG}",
        text_status_fr="machine",
        organization=Organization.objects.exclude(name_fr="").order_by("pk")[0],
        authors=f"{UNBROKEN[:200]}; Somebody Else",
        method="study",
        method_count=10_000_000,
        method_link=LONG_URL,
        licence="cc-by-nc-nd",
        invented=True,
        impact="low",
        quality="high",
        **whys,
    )
    told = f"{LONG}\n\n* {UNBROKEN}\n* {LONG}\n\n<{LONG_URL}>"
    texts = {f"{name}_{lang}": told for name in TALE for lang in OURS}
    Lesson.objects.create(resource=lesson, **texts)
    upload = Upload.objects.create(
        name=f"{UNBROKEN[:100]}.pdf", kind="pdf", size=5_000_000, sha256="0" * 64
    )
    Material.objects.create(resource=lesson, upload=upload, title=UNBROKEN[:160])
    Material.objects.create(resource=lesson, link=LONG_URL)
    for number in range(3):
        make_answer(
            lesson,
            f"{UNBROKEN} {LONG}"[:160],
            agency=f"{UNBROKEN[:100]} {number}",
            verdict="partly",
        )
    return lesson
