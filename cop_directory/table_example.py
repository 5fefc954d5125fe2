"""The invented group in the empty table that organizations fill in."""

from typing import Any

from cop_directory.models import Kind, Place, Platform, Rhythm, Scope
from curation.models import Format, Tag


def example() -> dict[str, Any]:
    """What the form would hold; only what this site's own lists have."""
    place = Place.objects.order_by("pk").first()
    platform = Platform.objects.filter(is_app=False).order_by("pk").first()
    topics = Tag.objects.filter(facet=Tag.Facet.TOPIC, merged_into=None).order_by("pk")
    return {
        "kind": Kind.COMMUNITY,
        "name_en": "Invented: Housing Workers of Sampletown",
        "name_fr": "Inventé : Intervenants en logement d’Exempleville",
        "one_line_en": "People who help newcomers find homes compare what works.",
        "one_line_fr": "Des personnes qui aident à trouver un logement comparent leurs façons.",
        "text_status_en": "original",
        "text_status_fr": "human",
        "topics": [tag.slug for tag in topics[:2]],
        "scope": Scope.LOCAL,
        "provinces": [place.province] if place else ["NS"],
        "place": place.pk if place else "",
        "languages": ["en", "fr"],
        "platform": platform.pk if platform else "none",
        "website": "https://example.org/invented",
        "contact_email": "group@example.org",
        "audience_en": "housing workers",
        "formats": [Format.ONLINE],
        "rhythm": Rhythm.MONTHLY,
        "minutes_per_month": 60,
        "captions": True,
        "established": 2015,
    }
