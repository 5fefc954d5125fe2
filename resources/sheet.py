"""The page of a lesson or guide: everything it says, put into words once."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.languages import in_both_languages, localized, reading_language
from curation import shelves
from curation.finding.phrases import and_list, words_of_address
from curation.linked_data import in_script
from curation.links import domain
from resources import cards, citations, related, shown, told
from resources.agencies import Agencies
from resources.citing import cited
from resources.evidence import Evidence, ladder, meaning
from resources.evidence_words import what_we_do_not_know
from resources.models import CRITERIA, Level, Resource
from resources.shelf import address
from resources.shown import Shown
from resources.tried import tried

# A sentence may stand large at the top of a page; a whole tale may not.
LONGEST_SENTENCE = 400
# A headline of more characters is set smaller.
LONG_HEADLINE = 90
FUNDERS_WORDS = {
    "impact": gettext_lazy("Impact"),
    "adaptability": gettext_lazy("Adaptability"),
    "quality": gettext_lazy("Quality of the evidence"),
}


def sheet(resource: Resource, request: HttpRequest) -> dict[str, Any]:
    """The context of the page of a row of `browse.whole()`."""
    here = request.build_absolute_uri(request.path)
    known = Agencies()
    seen = shown.shown(resource, known)
    evidence = shown.evidence(resource, known)
    citation = cited(resource, here)
    return {
        "resource": resource,
        "twins": in_both_languages(address, resource),
        "card": cards.card(resource),
        "slug": words_of_address(str(resource.name)),
        "is_long": len(resource.name.plain) > LONG_HEADLINE,
        "says_much": len(resource.lead.plain) > LONGEST_SENTENCE,
        "by": by_line(resource, seen),
        "look_again": look_again(resource),
        "notices": notices(resource),
        "site": domain(resource.link),
        "summary": told.summary(resource),
        "facts": told.facts(resource, seen),
        "is_narrowed": seen.is_narrowed,
        "topics": [row.tag for row in resource.tagged.all() if row.tag.facet == "topic"],
        "along": told.along(resource),
        "tried": tried(resource, evidence, known),
        "ladder": ladder(evidence),
        "meaning": meaning(evidence),
        "answered": answered(evidence),
        "unknowns": what_we_do_not_know(evidence),
        "not_reached": told.not_reached(resource),
        "criteria": criteria(resource),
        "groups": related.talked_about_in(resource),
        "kin": related.kin(resource),
        "collections": related.part_of(resource),
        "copy": cards.as_text(resource, here),
        "citation": citations.sentence(citation, reading_language()),
        "linked_data": in_script(citations.schema(citation, about=resource.lead.plain, here=here)),
    }


def by_line(resource: Resource, seen: Shown) -> SafeString:
    """ "By Marco Campana, KM4S, 2021." A hidden agency is said to be one; only its year is told."""
    when = _when(seen)
    who = _who(resource, seen)
    if who and when:
        return format_html(_("By {who}, {when}."), who=who, when=when)
    if who:
        return format_html(_("By {who}."), who=who)
    if when:
        words = _("Shared in {when}.") if resource.is_lesson else _("Published in {when}.")
        return format_html(words, when=when)
    return SafeString("")


def _when(seen: Shown) -> str:
    """The month of what was published here, else the year alone."""
    if seen.day and seen.day.year == seen.year:
        return date_format(seen.day, "F Y")
    return str(seen.year or "")


def _who(resource: Resource, seen: Shown) -> SafeString:
    if shown.is_hidden(resource):
        return format_html("{}", _("an agency that does not give its name"))
    authors = and_list([name.strip() for name in seen.authors.split(";") if name.strip()])
    agency = _linked(seen)
    if authors and agency:
        return format_html("{}, {}", authors, agency)
    return format_html("{}", authors or agency)


def _linked(seen: Shown) -> str:
    """The agency; its name leads to its page, where it has one."""
    page = shelves.page_of(seen.organization) if seen.organization else ""
    if not page:
        return seen.agency
    name = localized(seen.organization, "name")
    return format_html('<a href="{}">{}</a>{}', page, name, seen.agency.removeprefix(name.plain))


def look_again(resource: Resource) -> str:
    """When somebody should look at it again: a month, or a year where a name is hidden."""
    due = shown.look_again_on(resource)
    if not due or shown.may_be_outdated(resource):
        return ""
    return _("To be looked at again by %(when)s.") % {"when": _due_in_words(resource)}


def _due_in_words(resource: Resource) -> str:
    due = shown.look_again_on(resource)
    return date_format(due, "Y" if shown.hides_somebody(resource) else "F Y") if due else ""


def notices(resource: Resource) -> list[str]:
    """What one must know before one reads on."""
    found = []
    if resource.invented:
        found.append(_("This is invented, to show how the site works."))
    if resource.is_lesson and not shown.is_full(resource):
        missing = and_list([str(each) for each in shown.lacks(resource)])
        found.append(
            _("This is a short note. A volunteer reviewer may still complete it with %(what)s.")
            % {"what": missing}
        )
    if shown.may_be_outdated(resource):
        found.append(
            _("This may be outdated: it was to be looked at again by %(when)s.")
            % {"when": _due_in_words(resource)}
        )
    return found


def answered(evidence: Evidence) -> str:
    """ "5 other agencies said how it went for them." """
    number = len({answer.agency for answer in evidence.of_others})
    if not number:
        return ""
    words = ngettext(
        "%(number)s other agency said how it went for them.",
        "%(number)s other agencies said how it went for them.",
        number,
    )
    return words % {"number": number}


def criteria(resource: Resource) -> list[tuple[str, str, Any]]:
    """The funder's three words, where an editor set them: (word, level, why)."""
    return [
        (
            str(FUNDERS_WORDS[name]),
            str(Level(getattr(resource, name)).label),
            localized(resource, f"{name}_why"),
        )
        for name in CRITERIA
        if getattr(resource, name) != Level.UNKNOWN
    ]
