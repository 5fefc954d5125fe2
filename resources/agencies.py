"""Which agency it is, and what is known of all of them together.

Nothing here is shown to anybody: it says how many agencies fit a context, so that a hidden one
cannot be recognized (`unrecognizable.py`).
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from accounts.models import Organization
from curation.forms.named import plain
from curation.models import Entry
from resources.models import Corroboration, Resource
from resources.unrecognizable import Context, known_to_fit

LIVING = (Entry.Review.PUBLISHED, Entry.Review.SUBMITTED, Entry.Review.NEEDS_ANSWER)


def key(organization_id: int | None, words: str) -> str:
    """What an agency is known by: its number on our list, or its name as it is compared; or ""."""
    return f"organization:{organization_id}" if organization_id else plain(words)


def context_of(row: Resource | Corroboration) -> Context:
    """Where and how it was tried, as its author said it."""
    if isinstance(row, Resource):
        return Context(
            provinces=tuple(each.province for each in row.provinces.all()),
            place_size=row.place_size,
            agency_size=row.agency_size,
            client_groups=_clients(row),
            formats=tuple(each.format for each in row.formats.all()),
            languages=tuple(language.code for language in row.served_in.all()),
            staff_time=row.staff_time,
            money=row.money,
            year=row.year,
            from_year=row.from_year,
            to_year=row.to_year,
        )
    return Context(
        provinces=(row.province,) if row.province else (),
        place_size=row.place_size,
        agency_size=row.agency_size,
        client_groups=_clients(row),
        formats=(row.format,) if row.format else (),
        year=row.year,
    )


def _clients(row: Any) -> tuple[str, ...]:
    return tuple(each.tag.slug for each in row.tagged.all() if each.tag.facet == "client-group")


class Agencies:
    """Everything known of every agency, read at most once for a page, and only where asked."""

    @cached_property
    def known(self) -> dict[str, Context]:
        """The key of an agency → all that its lessons, its answers and our list say of it."""
        found = {
            key(pk, ""): Context(provinces=(province,) if province else ())
            for pk, province in Organization.objects.values_list("pk", "province")
        }
        for agency, context in self._said():
            if agency:
                found[agency] = _together(found.get(agency), context)
        return found

    def fits(self, context: Context) -> int:
        """How many agencies are known to fit."""
        return sum(known_to_fit(agency, context) for agency in self.known.values())

    def join(self, agency: str, context: Context) -> None:
        """Count an agency in as well, with what is about to be said of it. "" is nobody."""
        if agency:
            self.known[agency] = _together(self.known.get(agency), context)

    def _said(self) -> Iterator[tuple[str, Context]]:
        lessons = Resource.objects.filter(kind="lesson", review__in=LIVING).prefetch_related(
            "provinces", "formats", "served_in", "tagged__tag"
        )
        for row in lessons:
            yield key(row.organization_id, row.publisher), context_of(row)
        for answer in Corroboration.objects.filter(review__in=LIVING).prefetch_related(
            "tagged__tag"
        ):
            yield key(answer.organization_id, answer.agency), context_of(answer)


def _together(one: Context | None, other: Context) -> Context:
    """What is said in either place; of what is said differently, the first stands."""
    if one is None:
        return other
    return replace(
        one,
        place_size=one.place_size or other.place_size,
        agency_size=one.agency_size or other.agency_size,
        provinces=one.provinces + other.provinces,
        client_groups=one.client_groups + other.client_groups,
        formats=one.formats + other.formats,
        languages=one.languages + other.languages,
    )
