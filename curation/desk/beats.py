"""What a reviewer looks after first: provinces and topics."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from accounts.models import Province
from curation.models import Beat, Tag


def has_any(user: Any) -> bool:
    """Whether a reviewer has said what they look after."""
    return Beat.objects.filter(user=user).exists()


def choices(user: Any) -> dict[str, list[tuple[Any, Any, bool]]]:
    """All provinces and topics, each as (code, label, chosen)."""
    mine = Beat.objects.filter(user=user).values_list("province", "topic")
    chosen = {each for row in mine for each in row if each}
    topics = Tag.objects.filter(facet=Tag.Facet.TOPIC, merged_into=None).order_by("name")
    return {
        "province": [(code, label, code in chosen) for code, label in Province.choices],
        "topic": [(tag.pk, tag.label, tag.pk in chosen) for tag in topics],
    }


@transaction.atomic
def save(user: Any, *, provinces: Collection[str], topics: Collection[str]) -> None:
    """Look after these from now on, and after no others."""
    Beat.objects.filter(user=user).delete()
    keys = [int(key) for key in topics if key.isdecimal() and len(key) < 11]
    terms = Tag.objects.filter(pk__in=keys, facet=Tag.Facet.TOPIC)
    Beat.objects.bulk_create(
        [Beat(user=user, province=p) for p in Province.values if p in provinces]
        + [Beat(user=user, topic=term) for term in terms]
    )
