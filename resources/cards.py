"""Something of the library as a row of a list or a text to pass on: what is said, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.languages import LocalText
from curation.finding.phrases import (
    formats_in_words,
    in_languages,
    provinces_in_words,
    shorten,
)
from curation.models import Entry
from resources import shown
from resources.models import Kind, Outcome, PlaceSize, Resource, Verdict
from resources.shelf import address

COPY_LENGTH = 500
LEAD_LENGTH = 240  # characters of what a list shows of a longer text
# How an outcome looks before it is read: a shape and its words, never colour alone.
SHAPE = {
    Outcome.WORKED: "ok",
    Outcome.PARTLY: "pub",
    Outcome.DID_NOT: "no",
    Outcome.TOO_EARLY: "off",
}


@dataclass(frozen=True)
class Card:
    """One result. `facts` are the short words beside it: where, how, in which language."""

    resource: Resource
    url: str
    kind: str
    outcome: str
    shape: str
    by: str
    sure: str
    facts: list[str]
    because: list[str]

    @property
    def entry(self) -> Entry:
        return self.resource

    @property
    def lead(self) -> LocalText:
        """What it is, as long as a list has room for it."""
        text = self.resource.lead
        return LocalText(shorten(text.plain, LEAD_LENGTH), text.lang, text.page_lang)


def card(resource: Resource, because: list[str] | None = None) -> Card:
    """The card of a row of `shelf.rows()`; `because` says what it was found by."""
    rung = shown.rung(resource)
    return Card(
        resource=resource,
        url=address(resource),
        kind=kind_words(resource),
        outcome=str(Outcome(resource.outcome).label) if resource.outcome else "",
        shape=SHAPE.get(Outcome(resource.outcome), "") if resource.outcome else "",
        by=by(resource),
        sure=str(rung.name) if rung else "",
        facts=facts(resource),
        because=because or [],
    )


def kind_words(resource: Resource) -> str:
    """What it is: "Lesson", "Short note", "Report"."""
    if resource.is_lesson and not shown.is_full(resource):
        return _("Short note")
    return str(Kind(resource.kind).label)


def by(resource: Resource) -> str:
    """Who says so, and when: "OCASI, 2021"."""
    year = shown.year(resource)
    who = str(shown.agency(resource)) or shorten(shown.authors(resource), 80)
    if shown.is_hidden(resource):  # a sentence rather than a name
        who = who[:1].lower() + who[1:]
    return ", ".join(filter(None, (who, str(year or ""))))


def facts(resource: Resource) -> list[str]:
    """At most four short facts; of what hides its agency, none that would lead there."""
    found = [answers_in_words(resource), languages(resource)]
    if not shown.is_hidden(resource):
        found += [where(resource), formats_in_words(row.format for row in resource.formats.all())]
    return [fact for fact in found if fact]


def where(resource: Resource) -> str:
    """ "Small centre, Nova Scotia", "all of Canada"."""
    if resource.national:
        return _("All of Canada")
    size = "" if resource.place_size == PlaceSize.UNKNOWN else resource.get_place_size_display()
    places = provinces_in_words(row.province for row in resource.provinces.all())
    return ", ".join(filter(None, (size, places)))


def languages(resource: Resource) -> str:
    """ "In English"; a lesson shows its language by itself."""
    return "" if resource.is_lesson else in_languages(resource)


def answers_in_words(resource: Resource) -> str:
    """ "3 other agencies tried it"."""
    tried = sum(row.verdict != Verdict.COULD_NOT_TRY for row in shown.answers(resource))
    if not tried:
        return ""
    words = ngettext(
        "%(number)s other agency tried it", "%(number)s other agencies tried it", tried
    )
    return words % {"number": tried}


def as_text(resource: Resource, url: str) -> str:
    """In at most 500 characters, to pass on in a chat. No tracker."""
    head = [shorten(resource.name.plain, 284)]
    line = ", ".join(
        filter(
            None,
            (
                kind_words(resource),
                str(Outcome(resource.outcome).label).lower() if resource.outcome else "",
                by(resource),
            ),
        )
    )
    foot = [shorten(line, 110), url]
    room = COPY_LENGTH - len("\n".join([*head, *foot])) - 1
    lead = shorten(resource.lead.plain, room) if room > 20 else ""
    return "\n".join([*head, *filter(None, [lead]), *foot])


def resource_count(number: int) -> str:
    """“1 lesson or guide”, “12 lessons and guides”."""
    return ngettext("%(number)s lesson or guide", "%(number)s lessons and guides", number) % {
        "number": number
    }
