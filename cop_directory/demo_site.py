"""Invented people and papers for a local site, so that one can try the desk at once.

Everything goes through the doors that people use: what waits here waits as it would from them.
All of it says that it is invented, all addresses end in example.org, and a second run adds
nothing.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts import domains, verification
from accounts.models import Domain, Membership, Organization, User
from cop_directory import invites
from cop_directory.invites import Wish
from cop_directory.joining import asking
from cop_directory.models import Invitation, JoinRequest, Kind, Listing
from curation import changes, lifecycle, shelves
from curation.changes import NothingNew, Sender
from curation.keeping import belonging, claims
from curation.models import Draft, Entry, Keeper, Report, Stance, Submission, Tag
from curation.reporting import reports

SHELF = "listing"
PEOPLE = {
    # address → (language, what they are for whoever tries the site)
    "reviewer@example.org": ("en", "a volunteer reviewer: the desk, “To review”"),
    "reviseuse@example.org": ("fr", "a second one, in French: new domains need two"),
    "keeper@example.org": ("en", "looks after two groups, one of them with an invitation"),
    "tenir@example.org": ("fr", "looks after one of them too, in French"),
    "administrator@harbour.example.org": ("en", "administers an invented organization"),
    "worker@harbour.example.org": ("en", "works in the sector: may open some invitations"),
    "somebody@example.org": ("en", "an account like any other"),
}
REVIEWERS = ("reviewer@example.org", "reviseuse@example.org")
KEPT = "demo-door-to-work-in-halifax-employment-counsellors"
KEPT_BY_TWO = "demo-youth-workers-commons"
OF_THE_AGENCY = "demo-prairie-digital-navigators"
UNKEPT = "demo-calgary-tablet-lenders"


@dataclass(frozen=True)
class Sent:
    """A group that somebody proposes: what it is called, how they know it, from which address."""

    name_en: str
    name_fr: str
    stance: str
    email: str
    kind: str = Kind.COMMUNITY
    question: str = ""


SENT = (
    Sent("Invented: Interpreters’ Lunch Hour", "Inventé : Le midi des interprètes", Stance.TIP,
         "tip@example.org"),
    Sent("Invented: Harbour Employment Table", "Inventé : Table de l’emploi du Havre", Stance.RUN,
         "keeper@example.org"),
    Sent("Invented: Winter Coats Chat", "Inventé : Manteaux d’hiver", Stance.TIP,
         "tip@example.org", kind=Kind.CHAT),
    Sent("Invented: Refugee Health Exchange", "Inventé : Échange en santé des réfugiés",
         Stance.ASKED, "somebody@example.org",
         question="Is it open to people of other provinces too?"),
)  # fmt: skip


def fill() -> Iterator[str]:
    """Add what is not there yet, and say who can sign in."""
    people = {email: _person(email, language) for email, (language, _) in PEOPLE.items()}
    for fill_in in STEPS:
        with transaction.atomic():
            fill_in(people)
    for email, (_language, words) in PEOPLE.items():
        yield f"{email}: {words}"


def _person(email: str, language: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, language=language)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    User.objects.filter(pk=user.pk).update(is_moderator=email in REVIEWERS)
    return User.objects.get(pk=user.pk)


def _token(name: str) -> UUID:
    """The same for the same name, so that a second run sends nothing twice."""
    return uuid5(NAMESPACE_URL, f"https://example.org/invented/{name}")


def _group(key: str) -> Listing:
    return Listing.objects.get(source_key=key)


def _entry(key: str) -> Entry:
    return Entry.objects.get(source_key=key)


def _agency(people: dict[str, User]) -> None:
    agency, _made = Organization.objects.get_or_create(
        source_key="demo-harbour",
        defaults={
            "name_en": "Invented: Harbour Settlement Society",
            "name_fr": "Inventé : Société d’établissement du Havre",
            "type": Organization.Type.AGENCY,
            "province": "NS",
            "website": "https://example.org/invented",
            "trusted": True,
        },
    )
    boss = people["administrator@harbour.example.org"]
    Membership.objects.get_or_create(
        organization=agency,
        user=boss,
        defaults={"role": Membership.Role.OWNER, "granted_at": timezone.now()},
    )
    _group(OF_THE_AGENCY).hosts.add(agency)
    domain = domains.propose(agency, name="harbour.example.org")
    for email in REVIEWERS:
        domains.confirm(domain, by=people[email])
    verification.verify_by_domain(people["worker@harbour.example.org"])
    if not Domain.objects.filter(name="harbour-west.example.org").exists():
        belonging.propose_domain(agency, name="harbour-west.example.org", by=boss)
    second, _made = Organization.objects.get_or_create(
        source_key="demo-lakeside", defaults={"name_en": "Invented: Lakeside Centre"}
    )
    belonging.ask(
        second, by=people["somebody@example.org"], words="Invented: I have worked there since 2019."
    )


def _keepers(people: dict[str, User]) -> None:
    for key, emails in {
        KEPT: ("keeper@example.org",),
        KEPT_BY_TWO: ("keeper@example.org", "tenir@example.org"),
    }.items():
        for email in emails:
            Keeper.objects.get_or_create(entry_id=_group(key).pk, user=people[email])
    Draft.objects.get_or_create(
        token=_token("draft"),
        defaults={
            "by": people["keeper@example.org"],
            "purpose": Draft.Purpose.PROPOSE,
            "shelf": SHELF,
            "data": {"name_en": ["Invented: A group that is not finished"]},
        },
    )


def _invitations(people: dict[str, User]) -> None:
    for key, link in (
        (KEPT, "https://chat.whatsapp.com/InventedInvitation00001"),
        (KEPT_BY_TWO, "https://discord.gg/invented-demo"),
    ):
        group = _group(key)
        if not Invitation.objects.filter(listing=group).exists():
            wish = Wish(Invitation.Mode.WORKERS, link=link)
            row = invites.propose(group, wish, by=people["keeper@example.org"])
            if key == KEPT:
                invites.accept(row, by=people["reviewer@example.org"])


def _new_groups(people: dict[str, User]) -> None:
    for sent in SENT:
        if Submission.objects.filter(token=_token(sent.name_en)).exists():
            continue
        person = people.get(sent.email)
        sender = Sender(by=person) if person else Sender(email=sent.email)
        entry = changes.propose_new(
            SHELF, _values(sent), sender=sender, stance=sent.stance, token=_token(sent.name_en)
        )
        Entry.objects.filter(pk=entry.pk).update(invented=True)
        if sent.question:
            lifecycle.take(entry, "ask", by=people["reviewer@example.org"], note=sent.question)


def _values(sent: Sent) -> dict[str, Any]:
    """A group as the form takes it."""
    topics = Tag.objects.filter(facet=Tag.Facet.TOPIC, merged_into=None).order_by("pk")
    chat = {"platform": "whatsapp", "members": "unknown", "app_only": True}
    form = shelves.named(SHELF).form(
        {
            "kind": sent.kind,
            "name_en": sent.name_en,
            "name_fr": sent.name_fr,
            "one_line_en": "Invented, to try this site: people compare what works.",
            "one_line_fr": "Inventé, pour essayer ce site : on y compare ses façons de faire.",
            "topics": [tag.slug for tag in topics[:2]],
            "provinces": ["NS"],
            "languages": ["en", "fr"],
            **({"platform": "none"} if sent.kind != Kind.CHAT else chat),
            "website": "https://example.org/invented",
        },
        None,
    )
    assert form.is_valid(), form.errors
    return form.values()


def _edits(people: dict[str, User]) -> None:
    _edit(KEPT, people["keeper@example.org"], {
        "website": "https://example.org/invented/new",
        "one_line_en": "Invented: job leads and questions, now also for Moncton.",
    })  # fmt: skip
    # A trusted organization: public at once, and looked at afterwards.
    _edit(OF_THE_AGENCY, people["administrator@harbour.example.org"], {
        "one_line_en": "Invented: people who teach newcomers to use phones and forms.",
    })  # fmt: skip


def _edit(key: str, by: User, wanted: dict[str, Any]) -> None:
    entry = _entry(key)
    shelf = shelves.of(entry)
    seen = shelf.values(entry)
    try:
        changes.propose(
            entry,
            {**seen, **wanted},
            sender=Sender(by=by),
            token=_token(f"edit {key}"),
            base=entry.version,
            seen=seen,
            note="Invented, to try the desk.",
        )
    except NothingNew:
        return  # the second run


def _reports(people: dict[str, User]) -> None:
    for key, reason, words in (
        (UNKEPT, Report.Reason.DEAD_LINK, "Invented: the page says “not found”."),
        (KEPT_BY_TWO, Report.Reason.DANGEROUS, "Invented: somebody there asks for bank details."),
    ):
        entry = _entry(key)
        if not entry.reports.filter(reason=reason).exists():
            reports.report(entry, reason, words=words)


def _claim(people: dict[str, User]) -> None:
    claims.send(
        _entry(UNKEPT),
        sender=Sender(by=people["somebody@example.org"]),
        words="Invented: I began it with a colleague and lend the tablets.",
        token=_token("claim"),
    )


def _request(people: dict[str, User]) -> None:
    row, is_new = JoinRequest.objects.get_or_create(
        token=_token("request to join"),
        defaults={
            "listing": _group(KEPT),
            "name": "Invented Person",
            "email": "asker@example.org",
            "organization": "Invented: Lakeside Centre",
            "sentence": "I help newcomers find work in Halifax.",
            "confirmed_at": timezone.now() - dt.timedelta(hours=1),
        },
    )
    if is_new:
        asking.send(row)


STEPS: tuple[Callable[[dict[str, User]], None], ...] = (
    _agency,
    _keepers,
    _invitations,
    _new_groups,
    _edits,
    _reports,
    _claim,
    _request,
)
