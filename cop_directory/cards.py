"""A group as a row on a shelf, a line of text or a text to pass on: what is said, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cop_directory.models import Join, Kind, Listing, Platform, Scope
from cop_directory.shelf import address
from curation.finding.phrases import (
    SHORT,
    formats_in_words,
    in_languages,
    provinces_in_short,
    provinces_in_words,
    shorten,
)
from curation.freshness import Sign, sign
from curation.models import Entry

COPY_LENGTH = 500

# The colour of a kind's book spine; communities of practice have the plain one.
SPINE = {
    Kind.LIP: "lip",
    Kind.ZIP: "lip",
    Kind.RIF: "rif",
    Kind.CFA: "rif",
    Kind.CHAT: "chat",
    Kind.MAILING_LIST: "chat",
}


@dataclass(frozen=True)
class Card:
    """One result. `facts` are the short words for the door: how to join, languages, way."""

    listing: Listing
    url: str
    sign: Sign
    where: str
    facts: list[str]
    because: list[str]

    @property
    def entry(self) -> Entry:
        return self.listing

    @property
    def spine(self) -> str:
        return SPINE.get(Kind(self.listing.kind), "")

    @property
    def kind(self) -> str:
        return kind_words(self.listing)

    @property
    def shape(self) -> str:
        """The sign's shape; nothing looks healthy while a danger is being looked at."""
        return "no" if self.listing.door_is_shut else self.sign.shape

    @property
    def sentence(self) -> str:
        """How alive the group is, or that somebody has reported a danger."""
        if self.listing.door_is_shut:
            return _("Somebody has reported a danger here.")
        return self.sign.sentence


def card(listing: Listing, because: list[str] | None = None) -> Card:
    """The card of a row of `shelf.rows()`; `because` says what it was found by."""
    return Card(
        listing=listing,
        url=address(listing),
        sign=sign(listing),
        where=where(listing),
        facts=facts(listing),
        because=because or [],
    )


def kind_words(listing: Listing) -> str:
    """The kind, with the platform of a chat group: "Chat group (WhatsApp)"."""
    kind = str(Kind(listing.kind).label)
    if listing.kind == Kind.CHAT and listing.platform:
        return f"{kind} ({listing.platform.name})"
    return kind


def where(listing: Listing) -> str:
    """ "Halifax, NS", "Halifax, for NB, NS, PE, NL", "all of Canada"."""
    provinces = [row.province for row in listing.provinces.all()]
    if listing.scope in (Scope.NATIONAL, Scope.INTERNATIONAL):
        return pgettext("where", "all of Canada")
    if not listing.place:
        return provinces_in_words(provinces)
    if provinces in ([], [listing.place.province]):
        return _("%(place)s, %(province)s") % {
            "place": listing.place.name.plain,
            "province": SHORT[listing.place.province],
        }
    return _("%(place)s, for %(provinces)s") % {
        "place": listing.place.name.plain,
        "provinces": provinces_in_short(provinces),
    }


def facts(listing: Listing) -> list[str]:
    """At most four short facts, the unknown ones said as calmly as the known ones."""
    found = [how_to_join(listing), in_languages(listing)]
    if not listing.is_closed:
        found.append(where_it_meets(listing))
    if not (listing.is_closed or listing.door_is_shut):
        found.append(way_in(listing))
    return [fact for fact in found if fact]


def how_to_join(listing: Listing) -> str:
    """How one joins, or that nobody knows; a closed group says only that."""
    if listing.is_closed:
        return _("Closed")
    if listing.door_is_shut:
        return _("Closed until somebody has looked")
    if listing.join == Join.OPEN and listing.members == Listing.Members.SECTOR:
        return _("Open to all who work in the sector")
    if listing.join == Join.UNKNOWN:
        return _("How to join: not known")
    return str(Join(listing.join).label)


def where_it_meets(listing: Listing) -> str:
    """The app and what it shows of a member, or how the group meets."""
    if listing.platform and listing.platform.is_app:
        if listing.platform.shows_number == Platform.Answer.YES:
            return _("%(platform)s: members see your number") % {"platform": listing.platform.name}
        return str(listing.platform.name)
    return how_it_meets(listing)


def how_it_meets(listing: Listing) -> str:
    """ "In person and online"; nothing where nobody said."""
    return formats_in_words(row.format for row in listing.formats.all())


def way_in(listing: Listing) -> str:
    """Whether there is a page or an address."""
    if listing.website:
        return _("Has a web page")
    return _("Has an address to write to") if listing.contact_email else _("No way in known yet")


def as_text(listing: Listing, url: str) -> str:
    """The group in at most 500 characters, to pass on in a chat. No tracker, no invitation."""
    acronym = f" ({listing.acronym})" if listing.acronym else ""
    head = [
        shorten(listing.name.plain, 110) + acronym,
        shorten(f"{kind_words(listing)}, {where(listing)}".rstrip(", "), 90),
    ]
    foot = [how_to_join(listing) if listing.door_is_shut else sign(listing).sentence, url]
    with_page = listing.website and not listing.door_is_shut
    if with_page and len("\n".join([*head, *foot, listing.website])) <= COPY_LENGTH - 60:
        foot.insert(0, listing.website)
    lines = [line for line in (*head, *foot) if line]
    room = COPY_LENGTH - len("\n".join(lines)) - 1
    lead = shorten(listing.lead.plain, room) if room > 20 else ""
    return "\n".join([*head, *filter(None, [lead]), *filter(None, foot)])


def group_count(number: int) -> str:
    """“1 group”, “12 groups”."""
    return ngettext("%(number)s group", "%(number)s groups", number) % {"number": number}
