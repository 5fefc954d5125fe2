"""What a lesson or guide tells, line by line: what happened, where it fits, how one knows."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from accounts.languages import LocalText, localized
from curation.finding.facets import known
from curation.finding.phrases import formats_in_words, languages_of
from curation.links import domain
from resources import shown
from resources.cards import SHAPE
from resources.files.along import Along, of_file
from resources.models import AgencySize, Licence, Method, Money, Outcome, Resource
from resources.shown import Shown
from resources.unrecognizable import REGIONS, WORDS, Context

AGENCIES = {
    AgencySize.UNDER_10: gettext_lazy("agency of fewer than 10 people"),
    AgencySize.TO_50: gettext_lazy("agency of 10 to 50 people"),
    AgencySize.OVER_50: gettext_lazy("agency of more than 50 people"),
}
NONE = pgettext_lazy("money", "no money beside wages")


@dataclass(frozen=True)
class Fact:
    """One line: `values` are printed with commas between, `text` is Markdown, below them.

    `shape` is the mark in front of the values of an outcome; `anchor` is what links lead to.
    """

    label: str
    values: list[Any] = field(default_factory=list)
    text: LocalText | str = ""
    shape: str = ""
    anchor: str = ""


def facts(resource: Resource, seen: Shown) -> list[Fact]:
    """What is told of a row of `browse.whole()`; what nobody said is left out."""
    lines = _of_a_lesson(resource, seen) if resource.is_lesson else _of_a_guide(resource, seen)
    return [line for line in lines if line.values or line.text]


def summary(resource: Resource) -> list[Fact]:
    """The one-minute summary of something published elsewhere: three questions."""
    asked = (
        ("about", _("What is it about?")),
        ("to_know", _("What do you need to know?")),
        ("to_do", _("What can you do with it?")),
    )
    lines = [Fact(label, text=localized(resource, name)) for name, label in asked]
    return [line for line in lines if line.text]


def _of_a_lesson(resource: Resource, seen: Shown) -> list[Fact]:
    tale = getattr(resource, "lesson", None)

    def told(name: str) -> LocalText | str:
        return localized(tale, name) if tale else ""

    went = str(Outcome(resource.outcome).label)
    return [
        Fact(_("What was tried"), text=resource.body),
        Fact(_("What was planned"), text=told("planned")),
        Fact(_("How it went"), [went], told("happened"), SHAPE[Outcome(resource.outcome)]),
        Fact(_("Why"), text=told("why")),
        Fact(_("Next time"), text=told("next_time")),
        Fact(_("What stood in the way"), _labels(resource, "barrier")),
        Fact(_("What helped"), text=told("helped")),
        _not_reached(resource, told("not_reached")),
        Fact(_("Where it fits"), where_it_fits(resource, seen.context)),
        Fact(_("How it was given"), _given(seen.context)),
        Fact(_("Languages"), _spoken(resource, seen.context)),
        Fact(_("Time and money"), _spent(seen.context)),
        Fact(_("How they know"), how_known(resource)),
        Fact(_("Risks and privacy"), text=told("risks")),
        Fact(_("Licence"), _licence(resource)),
    ]


def _of_a_guide(resource: Resource, seen: Shown) -> list[Fact]:
    return [
        Fact(_("Can be read in"), languages_of(resource)),
        Fact(_("For whom and where"), where_it_fits(resource, seen.context)),
        Fact(_("How the service is given"), _given(seen.context)),
        Fact(_("What stood in the way"), _labels(resource, "barrier")),
        Fact(_("How they know"), how_known(resource)),
        Fact(_("Licence"), _licence(resource)),
        Fact(_("Where we found it"), _source(resource)),
    ]


def not_reached(resource: Resource) -> str:
    """What is known of who was not reached: "told", "unknown" to those who tried it, or ""."""
    tale = getattr(resource, "lesson", None)
    if tale and (tale.not_reached_en or tale.not_reached_fr):
        return "told"
    return "unknown" if tale and tale.not_reached_unknown else ""


def _not_reached(resource: Resource, text: LocalText | str) -> Fact:
    is_unknown = not_reached(resource) == "unknown"
    values = [_("Those who tried it do not know.")] if is_unknown else []
    return Fact(_("Who was not reached"), values, text, anchor="not-reached")


def where_it_fits(resource: Resource, context: Context) -> list[Any]:
    """For whom and where it was, of what may be shown."""
    clients = [
        row.tag.label
        for row in resource.tagged.all()
        if row.tag.facet == "client-group" and row.tag.slug in context.client_groups
    ]
    place = [str(WORDS[context.place_size])] if context.place_size else []
    national = (
        [pgettext("where", "all of Canada")] if resource.national and not context.region else []
    )
    agency = [str(AGENCIES[AgencySize(context.agency_size)])] if context.agency_size else []
    found = [*clients, *(_lowered(words) for words in place), *regions(context), *national, *agency]
    return [*(_risen(words) for words in found[:1]), *found[1:]]


def along(resource: Resource) -> list[Along]:
    """The files and links that go along with it, of a row of `browse.whole()`."""
    found = []
    for row in resource.materials.all():
        if row.upload is None:
            found.append(Along(row.title or row.link, row.link, domain(row.link)))
            continue
        name = shown.file_name(row)
        found.append(of_file(row.upload, row.title or name, name))
    return found


def regions(context: Context) -> list[str]:
    """The provinces, or the region that stands for them."""
    region = [str(REGIONS[context.region])] if context.region in REGIONS else []
    return [*(str(WORDS[code]) for code in context.provinces), *region]


def _given(context: Context) -> list[str]:
    words = formats_in_words(context.formats)
    return [words] if words else []


def _spoken(resource: Resource, context: Context) -> list[LocalText]:
    return [
        localized(language, "name")
        for language in resource.served_in.all()
        if language.code in context.languages
    ]


def _spent(context: Context) -> list[str]:
    years = dict.fromkeys(str(year) for year in (context.from_year, context.to_year) if year)
    time = [_lowered(str(WORDS[f"time {context.staff_time}"]))] if context.staff_time else []
    money = [_lowered(str(WORDS[f"money {context.money}"]))] if context.money else []
    if context.money == Money.NONE:
        money = [str(NONE)]
    found = [*(["–".join(years)] if years else []), *time, *money]
    return [*map(capfirst, found[:1]), *found[1:]]


def how_known(row: Any) -> list[Any]:
    """How the authors of a lesson, guide or answer know, with numbers and where to see them."""
    if row.method == Method.UNKNOWN:
        return []
    found: list[Any] = [str(Method(row.method).label)]
    if row.method_count:
        words = ngettext(
            "%(number)s person or case", "%(number)s people or cases", row.method_count
        )
        found.append(words % {"number": row.method_count})
    if getattr(row, "by_others", False):
        found.append(_("made by somebody else"))
    if getattr(row, "peer_reviewed", False):
        found.append(_("reviewed by other researchers"))
    link = shown.method_link(row)
    if link:
        words = _("see it on %(site)s") % {"site": domain(link)}
        found.append(format_html('<a href="{}">{}</a>', link, words))
    return found


def _source(resource: Resource) -> list[Any]:
    if not resource.source_url or resource.source_url == resource.link:
        return []
    site = domain(resource.source_url)
    if resource.source_is_mirror:
        site = _("%(site)s (archived copy)") % {"site": site}
    return [format_html('<a href="{}">{}</a>', resource.source_url, site)]


def _licence(resource: Resource) -> list[str]:
    return [str(Licence(code).label) for code in known(resource.licence)]


def _labels(resource: Resource, facet: str) -> list[LocalText]:
    return [row.tag.label for row in resource.tagged.all() if row.tag.facet == facet]


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _risen(words: Any) -> Any:
    return words if isinstance(words, LocalText) else capfirst(words)
