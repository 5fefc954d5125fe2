"""A group's page: everything it says, put into words once."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.languages import day_in_words, in_both_languages, localized
from cop_directory import cards, invites
from cop_directory.browse import organization_address, place_address
from cop_directory.forms.meetings import When
from cop_directory.joining.ways import ways_in
from cop_directory.models import Join, Listing, PlatformFact, Rhythm
from cop_directory.related import discussed, related, successors
from cop_directory.shelf import address
from curation.finding.facets import ALL_OF_CANADA
from curation.finding.phrases import languages_of
from curation.linked_data import in_script
from curation.links import domain
from curation.models import Entry


@dataclass(frozen=True)
class Fact:
    """One line of "What it is"; `values` are printed with commas between."""

    label: str
    values: list[Any]


@dataclass(frozen=True)
class Proof:
    """Where a fact comes from: its source, and when it was seen."""

    what: str
    source: str
    url: str
    seen: str


def sheet(listing: Listing, request: HttpRequest) -> dict[str, Any]:
    """The context of a group's page."""
    here = request.build_absolute_uri(request.path)
    chat = getattr(listing, "chat", None)
    return {
        "listing": listing,
        "twins": in_both_languages(address, listing),
        "card": cards.card(listing),
        "facts": [fact for fact in _facts(listing, chat) if fact.values],
        "chat": chat,
        "plate": _plate(listing),
        "other_way": localized(chat, "other_way") if chat else "",
        "members_see": localized(chat, "members_see") if chat else "",
        "joining": joining(listing),
        "ways": ways_in(listing),
        "danger": invites.WHY["shut"] if listing.door_is_shut else "",
        "meetings": _meetings(listing),
        "site": domain(listing.website),
        "proofs": _proofs(listing),
        "related": related(listing),
        "discussed": discussed(listing),
        "successors": successors(listing) if listing.is_closed else [],
        "topics": [row.tag for row in listing.tagged.all() if row.tag.facet == "topic"],
        "copy": cards.as_text(listing, here),
        "linked_data": linked_data(listing, here),
        "alert": localized(listing, "alert"),
        "closed_why": localized(listing, "closed_why"),
    }


def joining(listing: Listing) -> str:
    """How one gets in, in a sentence; what is not known is said as calmly as what is."""
    if not listing.way_in_known:
        return _("We know it exists but not how to reach it.")
    of_the_sector = listing.members == Listing.Members.SECTOR
    known = {
        Join.OPEN: _("Everybody who works in the sector may take part.")
        if of_the_sector
        else _("Everybody may take part."),
        Join.ASK: _("You ask to join, and the group answers."),
        Join.INVITATION: _("New members are invited."),
    }
    said = known.get(Join(listing.join), _("We do not know how new members get in."))
    where_to_ask = (
        _("Its own page is the place to ask.") if listing.website else _("Write and ask.")
    )
    return f"{said} {where_to_ask}"


def _meetings(listing: Listing) -> list[str]:
    """When it meets next; of one that repeats the first day is known."""
    rows = [(When.of(row), row) for row in listing.meetings.all()]
    return [when.words for when, row in rows if row.rule or not when.is_over]


def _facts(listing: Listing, chat: Any) -> list[Fact]:
    note = localized(listing, "host_note")
    hosts: list[Any] = [
        format_html('<a href="{}">{}</a>', organization_address(host), localized(host, "name"))
        for host in listing.hosts.all()
    ]
    clients = [row.tag.label for row in listing.tagged.all() if row.tag.facet == "client-group"]
    jobs = [row.tag.label for row in listing.tagged.all() if row.tag.facet == "role"]
    return [
        Fact(_("Run by"), hosts or _some(note)),
        Fact(_("About who runs it"), _some(note) if hosts else []),
        Fact(_("For"), _some(localized(listing, "audience").capitalized)),
        Fact(_("Who may join"), _some(localized(listing, "who_may_join"))),
        Fact(_("Members"), _said(listing.members, listing.get_members_display())),
        Fact(_("Where"), _where(listing)),
        Fact(_("Area it serves"), _some(localized(listing, "area"))),
        Fact(_("Works in"), languages_of(listing)),
        Fact(_("How it meets"), [cards.how_it_meets(listing) or _("Not known")]),
        Fact(_("How often"), _said(listing.rhythm, Rhythm(listing.rhythm).label)),
        Fact(_("Time it asks"), _minutes(listing)),
        Fact(_("Live or any time"), _said(listing.presence, listing.get_presence_display())),
        Fact(_("Cost"), _said(listing.cost, listing.get_cost_display())),
        Fact(_("Good to know"), _comforts(listing)),
        Fact(_("Size"), _said(listing.size, listing.get_size_display())),
        Fact(_("Since"), _some(listing.established and str(listing.established))),
        Fact(_("People it serves"), clients),
        Fact(_("Jobs it is for"), jobs),
        *_practice_facts(getattr(listing, "practice", None)),
        *_partnership_facts(getattr(listing, "partnership", None)),
        *_chat_facts(chat),
    ]


def _some(value: Any) -> list[Any]:
    return [value] if value else []


def _said(value: str, label: Any) -> list[Any]:
    """A choice that was made; nothing where nobody said."""
    return [] if value == "unknown" else [label]


def _where(listing: Listing) -> list[Any]:
    """Town, provinces (each leading to its page) and reach."""
    if listing.scope == "national":
        place = listing.place and listing.place.name.plain
        seat = [_("its office is in %(place)s") % {"place": place}] if place else []
        return [_page_of(ALL_OF_CANADA, _("All of Canada")), *seat]
    town = [listing.place.name] if listing.place else []
    provinces = [
        _page_of(row.province, row.get_province_display()) for row in listing.provinces.all()
    ]
    reach = [] if listing.scope == "unknown" else [listing.get_scope_display().lower()]
    return [*town, *provinces, *reach]


def _page_of(code: str, name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', place_address(code), name)


def _minutes(listing: Listing) -> list[str]:
    if listing.minutes_per_month is None:
        return []
    return [_("about %(minutes)s minutes a month") % {"minutes": listing.minutes_per_month}]


def _comforts(listing: Listing) -> list[str]:
    said = (
        (listing.by_and_for_francophones, _("By and for Francophones")),
        (listing.reading_along_ok, _("Reading along is fine")),
        (listing.captions, _("Captions")),
        (listing.interpretation, _("Interpretation")),
        (listing.plain_language, _("Plain language")),
    )
    return [words for yes, words in said if yes]


def _link(url: str) -> list[SafeString]:
    return [format_html('<a href="{}">{}</a>', url, domain(url))] if url else []


def _practice_facts(practice: Any) -> list[Fact]:
    if practice is None:
        return []
    return [
        Fact(_("What it cares about"), _some(localized(practice, "domain"))),
        Fact(_("Who is in it"), _some(localized(practice, "community"))),
        Fact(_("What it makes"), _some(localized(practice, "makes"))),
        Fact(_("Your first month"), _some(localized(practice, "first_month"))),
        Fact(_("How new members are welcomed"), _some(localized(practice, "welcome"))),
        Fact(_("Last topics"), _some(localized(practice, "last_topics"))),
        Fact(_("Facilitator is paid"), _yes_no(practice.facilitator_paid)),
        Fact(_("A funder requires it"), _yes_no(practice.funder_requires_it)),
        Fact(
            _("Size of the core group"),
            _some(practice.core_group_size and str(practice.core_group_size)),
        ),
        Fact(_("Recordings and notes"), _link(practice.recordings_url)),
    ]


def _partnership_facts(partnership: Any) -> list[Fact]:
    if partnership is None:
        return []
    holder = partnership.agreement_holder
    return [
        Fact(_("Area"), _some(localized(partnership, "catchment"))),
        Fact(
            _("Holder of the contribution agreement"), [localized(holder, "name")] if holder else []
        ),
        Fact(
            _("Type of the holder"),
            _said(partnership.holder_type, partnership.get_holder_type_display()),
        ),
        Fact(
            _("Community plan"),
            _some(" ".join(filter(None, (partnership.plan_title, partnership.plan_period)))),
        ),
        Fact(_("Link to the plan"), _link(partnership.plan_url)),
        Fact(_("Priorities"), _some(localized(partnership, "priorities"))),
        Fact(_("Research"), _link(partnership.research_url)),
        Fact(_("Can help others with"), _some(localized(partnership, "offers"))),
        Fact(_("Would like to learn about"), _some(localized(partnership, "asks"))),
        Fact(_("At the national secretariat"), _link(partnership.secretariat_url)),
    ]


def _chat_facts(chat: Any) -> list[Fact]:
    if chat is None:
        return []
    rule = _("No client names or documents in the group")
    return [
        Fact(_("Messages"), _said(chat.traffic, chat.get_traffic_display())),
        Fact(_("Who may write"), _said(chat.posting, chat.get_posting_display())),
        Fact(_("New members see old messages"), _yes_no(chat.new_members_see_history)),
        Fact(_("Messages disappear"), _yes_no(chat.messages_disappear)),
        Fact(_("Somebody moderates"), _yes_no(chat.moderated)),
        Fact(_("Hours"), _some(localized(chat, "hours"))),
        Fact(_("House rule"), [rule] if chat.no_client_data else []),
        Fact(_("Rules"), _link(chat.rules_url)),
    ]


def _yes_no(value: bool | None) -> list[str]:
    return [] if value is None else [_("Yes") if value else _("No")]


def _plate(listing: Listing) -> list[PlatformFact]:
    """What the platform shows of its members, in the order in which people ask."""
    if not listing.platform:
        return []
    order = PlatformFact.About.values
    return sorted(listing.platform.facts.all(), key=lambda fact: order.index(fact.about))


def _proofs(listing: Listing) -> list[Proof]:
    proofs = []
    if listing.source_url:
        label = domain(listing.source_url)
        if listing.source_is_mirror:
            label = _("%(site)s (archived copy)") % {"site": label}
        what = (
            _("It is named there")
            if listing.source == Entry.Source.NAMED
            else _("What it is and who runs it")
        )
        proofs.append(Proof(what, label, listing.source_url, str(listing.source_year or "")))
    if listing.confirmed_on:
        proofs.append(
            Proof(
                _("This page is right"),
                listing.get_confirmed_by_display(),
                "",
                day_in_words(listing.confirmed_on),
            )
        )
    if listing.link_checked_on:
        what = _("Its page answers") if listing.link_answered else _("Its page did not answer")
        proofs.append(Proof(what, _("Our link check"), "", day_in_words(listing.link_checked_on)))
    if listing.last_activity_on:
        proofs.append(
            Proof(
                _("Last sign of activity"),
                listing.last_activity_how,
                "",
                day_in_words(listing.last_activity_on),
            )
        )
    if listing.join == "unknown":
        proofs.append(Proof(_("How to join"), _("Nothing found"), "", ""))
    return proofs


def linked_data(listing: Listing, here: str) -> SafeString:
    """schema.org's description of the group, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": listing.name.plain,
        "alternateName": listing.acronym,
        "description": listing.lead.plain,
        "url": here if listing.door_is_shut else listing.website or here,
        "mainEntityOfPage": here,
        "knowsLanguage": [language.code for language in listing.languages.all()],
        "areaServed": [row.get_province_display() for row in listing.provinces.all()],
        "parentOrganization": [
            {"@type": "Organization", "name": str(host)} for host in listing.hosts.all()
        ],
    }
    return in_script(data)
