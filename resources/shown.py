"""What everybody may have of a lesson or an answer. Page, record, citation and index read this.

Where a name is hidden, this is the one place that holds it back: nothing else in the library may
look at the author, the agency, the day or the context of a row.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.languages import LocalText, localized
from accounts.models import Organization
from curation.freshness import add_months, today
from resources import agencies
from resources.agencies import Agencies, context_of
from resources.evidence import Answer, Evidence, Rung, rung_of, standing
from resources.forms import rules
from resources.forms.contents import LESSON as TOLD
from resources.models import Corroboration, Kind, Material, Resource, Visibility
from resources.unrecognizable import NOTHING, Context, broadened

# The languages in which a text of ours may be written.
OURS = ("en", "fr")
# After so long a lesson may be outdated, where nobody said when to look at it again.
MONTHS_UNTIL_ANOTHER_LOOK = 24


@dataclass(frozen=True)
class Shown:
    """The public side of a row. `day` is None where only the year may be known."""

    authors: str
    agency: str | LocalText
    organization: Organization | None
    year: int | None
    day: dt.date | None
    context: Context
    is_narrowed: bool = False


def is_hidden(row: Resource | Corroboration) -> bool:
    """Whether nobody may know which agency it is."""
    return row.visibility == Visibility.HIDDEN


def hides_somebody(row: Resource | Corroboration) -> bool:
    """Whether a name is hidden: then only the year is shown, and no way to a group."""
    return row.visibility != Visibility.NAMED and not (
        isinstance(row, Corroboration) and row.visibility == Visibility.AGENCY
    )


def shown(row: Resource | Corroboration, known: Agencies) -> Shown:
    """The public side of a lesson, a guide or an answer; `known` is asked for hidden ones alone."""
    said = context_of(row)
    context = broadened(said, known.fits) if is_hidden(row) else said
    return Shown(
        authors=authors(row),
        agency=agency(row),
        organization=None if is_hidden(row) else row.organization,
        year=year(row),
        day=day(row),
        context=context,
        is_narrowed=context != said,
    )


def authors(row: Resource | Corroboration) -> str:
    """The names of its authors, or "" where they are hidden or not known."""
    if isinstance(row, Corroboration) or hides_somebody(row):
        return ""
    return row.authors


def agency(row: Resource | Corroboration) -> str | LocalText:
    """Whose it is, as readers see it; "" where we do not know."""
    if is_hidden(row):
        return _("An agency that does not give its name")
    ours, other = institutions(row)
    return f"{ours}, {other}" if ours and other else ours or other


def institutions(row: Resource | Corroboration) -> tuple[str | LocalText, str]:
    """The organization of our list, and what stands beside it or instead of it in words; "" where
    there is none, and for both where the agency is hidden."""
    if is_hidden(row):
        return "", ""
    ours = localized(row.organization, "name") if row.organization else ""
    return ours, row.publisher if isinstance(row, Resource) else row.agency


def method_link(row: Resource | Corroboration) -> str:
    """Where the numbers can be seen; there a hidden agency would be seen as well."""
    return "" if is_hidden(row) else row.method_link


def names(resource: Resource) -> Iterator[str]:
    """By which names of people and organizations it may be found."""
    yield authors(resource)
    if not is_hidden(resource):
        yield resource.publisher
        if resource.organization:
            yield from (resource.organization.name_en, resource.organization.name_fr)
            yield resource.organization.acronym


def year(row: Resource | Corroboration) -> int | None:
    """The year that it gives, else that of its publication here, for what is born here."""
    if row.year or not (isinstance(row, Corroboration) or row.is_lesson):
        return row.year
    day = _published_on(row)
    return day.year if day else None


def day(row: Resource | Corroboration) -> dt.date | None:
    """The day on which it was published here, where it may be known."""
    return None if hides_somebody(row) else _published_on(row)


def look_again_on(resource: Resource) -> dt.date | None:
    """The day from which it may be outdated; None where nobody thought of one.

    Of what hides a name the last day of its year, so that no month is given away.
    """
    public = _published_on(resource)
    due = resource.review_on
    if not due and resource.is_lesson and public:
        due = add_months(public, MONTHS_UNTIL_ANOTHER_LOOK)
    return dt.date(due.year, 12, 31) if due and hides_somebody(resource) else due


def may_be_outdated(resource: Resource) -> bool:
    """Whether that day has passed."""
    due = look_again_on(resource)
    return due is not None and due < today()


def languages(resource: Resource) -> tuple[str, ...]:
    """The languages in which it can be read."""
    if resource.is_lesson:
        return tuple(lang for lang in OURS if getattr(resource, f"name_{lang}"))
    return tuple(language.code for language in resource.languages.all())


def evidence(resource: Resource, known: Agencies | None = None) -> Evidence:
    """What the ladder looks at; with contexts, as they may be shown, where `known` is given."""
    return Evidence(
        kind=resource.kind,
        method=resource.method,
        n=resource.method_count,
        link=resource.method_link or resource.link,
        by_others=bool(resource.by_others),
        peer_reviewed=bool(resource.peer_reviewed),
        agency=agencies.key(resource.organization_id, resource.publisher)
        if resource.kind == Kind.LESSON
        else "",
        answers=tuple(as_evidence(each, known) for each in answers(resource)),
        context=shown(resource, known).context if known else NOTHING,
    )


def answers(resource: Resource) -> list[Any]:
    """The public answers of other agencies, of a row of `shelf.rows()`."""
    mine = agencies.key(resource.organization_id, resource.publisher)
    return [
        row
        for row in getattr(resource, "answers", [])
        if not mine or agencies.key(row.organization_id, row.agency) != mine
    ]


def file_name(material: Material) -> str:
    """What a file is called: by its own name, or, where somebody is hidden, by its place alone."""
    assert material.upload is not None
    if hides_somebody(material.resource):
        return f"{material.position + 1}.{material.upload.kind}"
    return material.upload.name


def rung(resource: Resource) -> Rung | None:
    """The step of the ladder on which it stands."""
    return rung_of(evidence(resource))


def step(resource: Resource) -> int:
    """The number of that step, from 1; 0 where none is claimed."""
    return standing(evidence(resource))


def is_full(resource: Resource) -> bool:
    """Whether a lesson tells enough to be more than a short note; of a row of `shelf.rows()`."""
    return not lacks(resource)


def lacks(resource: Resource) -> list[Any]:
    """What a lesson lacks to be more than a short note, in words."""
    lesson = getattr(resource, "lesson", None)
    tags = {row.tag.facet for row in resource.tagged.all()}
    held = {
        "topics": "topic" in tags,
        "clients": "client-group" in tags,
        "place_size": resource.place_size,
        "agency_size": resource.agency_size,
        "formats": list(resource.formats.all()),
        "served_in": list(resource.served_in.all()),
        "staff_time": resource.staff_time,
        "money": resource.money,
        "method": resource.method,
        **{name: getattr(lesson, name, "") for name in TOLD},
    }
    return rules.lacks(held)


def as_evidence(row: Corroboration, known: Agencies | None = None) -> Answer:
    """An answer as the ladder looks at it; `known` as for `evidence()`."""
    return Answer(
        agency=agencies.key(row.organization_id, row.agency),
        verdict=row.verdict,
        method=row.method,
        n=row.method_count,
        link=row.method_link,
        # What is in another language stands beside it, not within a sentence of ours.
        because=row.name.plain if row.name.lang == row.name.page_lang else "",
        context=shown(row, known).context if known else NOTHING,
    )


def _published_on(row: Resource | Corroboration) -> dt.date | None:
    if isinstance(row, Corroboration):
        return row.said_on
    return timezone.localdate(row.published_at) if row.published_at else None
