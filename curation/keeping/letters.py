"""The mails to those who look after pages and organizations. A row each, in the caller's act.

What a stranger wrote stands on our pages only, never in a mail of ours.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import allowances, letters
from accounts.languages import day_in_words
from accounts.membership import owners
from accounts.models import Domain, Membership, Organization, Verification
from curation import shelves, signed_links
from curation.keeping.keepers import Hand, hands
from curation.mails import address, page_of
from curation.models import Claim, Entry, Keeper, KeeperInvitation


def invite_keeper(invitation: KeeperInvitation, *, language: str, by: str) -> None:
    """Ask an address to look after a page."""
    _about_entry(
        "keeper_invited",
        invitation.entry,
        to=invitation.email,
        language=language,
        who=by,
        shared=invitation.role_mailbox,
        link=signed_links.address("keeper_invitation", language, invitation=invitation.pk),
    )


def tell_inviter(invitation: KeeperInvitation, *, said_yes: bool) -> None:
    """Tell whoever invited somebody to a page what the answer was."""
    to = invitation.by
    if to and to.is_active:
        _about_entry(
            "keeper_answered",
            invitation.entry,
            to=to.email,
            language=to.language,
            who=invitation.email,
            yes=said_yes,
            keepers=address("keepers", to.language, invitation.entry_id),
        )


def tell_removed(entry: Entry, keeper: Keeper) -> None:
    """Tell somebody that they no longer look after a page."""
    language = keeper.user.language if keeper.user else keeper.language
    _about_entry("keeper_removed", entry, to=keeper.address, language=language)


def confirm_claim(claim: Claim) -> None:
    """Tell whoever says "I run this group" that it has arrived."""
    language = _language(claim)
    followed = address("claim_sent", language, claim.token)
    _about_entry(
        "claim_received", claim.entry, to=_address(claim), language=language, followed=followed
    )


def tell_keepers_of_claim(claim: Claim) -> None:
    """Tell those who look after the page already, who may object."""
    for hand in hands(claim.entry):
        if allowances.stranger_may_mail(hand.address):
            _about_entry(
                "claim_heard",
                claim.entry,
                to=hand.address,
                language=hand.language,
                who=_address(claim),
                link=signed_links.address("claim_object", hand.language, claim=claim.pk),
            )


def take_back_about_claim(claim: Claim) -> None:
    """What was decided was undone: its mail is not sent, or where it has left, a correction is."""
    if not letters.take_back(f"claim.{claim.pk}"):
        language = _language(claim)
        followed = address("claim_sent", language, claim.token)
        _about_entry(
            "taken_back", claim.entry, to=_address(claim), language=language, followed=followed
        )


def tell_of_claim(claim: Claim, *, note: str, second_wanted: bool) -> None:
    """Tell the person what was decided about "I run this group"."""
    granted = claim.state == Claim.State.GRANTED
    language = _language(claim)
    _about_entry(
        "claim_granted" if granted else "claim_not_granted",
        claim.entry,
        to=_address(claim),
        language=language,
        about=f"claim.{claim.pk}",
        note=note.strip(),
        by_account=claim.by is not None,
        second_wanted=second_wanted,
        mine=address("my_pages" if claim.by else "mailbox_link", language),
        keepers=address("keepers", language, claim.entry_id),
        claim_again=address("claim", language, claim.entry_id),
    )


def ask_about(
    name: str, hand: Hand, entries: Iterable[Entry], *, second_wanted: bool = False
) -> None:
    """Ask somebody about the pages that they look after, all of today's in one mail."""
    with override(hand.language):
        pages = [
            {
                "title": entry.name.plain,
                "page": page_of(entry, hand.language),
                "link": _question(entry, hand),
            }
            for entry in entries
        ]
    letters.write(
        name,
        to=hand.address,
        language=hand.language,
        pages=pages,
        one=len(pages) == 1,
        second_wanted=second_wanted,
    )


def tell_of_lapse(verification: Verification) -> None:
    """Tell somebody that what we believe of their work address ends soon."""
    language = verification.user.language
    with override(language):
        until = day_in_words(verification.until)
    letters.write(
        "work_address_lapses",
        to=verification.user.email,
        language=language,
        until=until,
        link=address("work_address", language),
    )


def invite_member(invitation: Membership, *, language: str, by: str) -> None:
    """Ask an address to look after an organization's pages, or its account."""
    _about_organization(
        "member_invited",
        invitation.organization,
        to=invitation.email,
        language=language,
        who=by,
        owner=invitation.role == Membership.Role.OWNER,
        link=signed_links.address("member_invitation", language, membership=invitation.pk),
    )


def tell_owners_of_request(membership: Membership) -> None:
    """Tell the administrators that somebody asks to belong."""
    for row in owners(membership.organization):
        if row.user and allowances.stranger_may_mail(row.user.email):
            _about_organization(
                "member_asks",
                membership.organization,
                to=row.user.email,
                language=row.user.language,
                who=membership.user.email if membership.user else "",
            )


def tell_member(membership: Membership, name: str, *, note: str = "") -> None:
    """Tell somebody what became of their request, or that they were taken out."""
    user = membership.user
    if user:
        _about_organization(
            name,
            membership.organization,
            to=user.email,
            language=user.language,
            about=f"membership.{membership.organization_id}.{user.pk}",
            owner=membership.role == Membership.Role.OWNER,
            note=note.strip(),
        )


def take_back_about_member(membership: Membership) -> None:
    """What was decided about a request to belong was undone: the same for its mail."""
    user = membership.user
    if user and not letters.take_back(f"membership.{membership.organization_id}.{user.pk}"):
        _set_aside(membership.organization, user)


def tell_owners_of_domain(domain: Domain, *, confirmed: bool, note: str = "") -> None:
    """Tell the administrators what the reviewers decided about a domain."""
    name = "domain_confirmed" if confirmed else "domain_not_confirmed"
    for row in owners(domain.organization):
        if row.user:
            _about_organization(
                name,
                domain.organization,
                to=row.user.email,
                language=row.user.language,
                about=f"domain.{row.pk}.{domain.name}",
                domain=domain.name,
                verifies=domain.organization.verifies_by_domain,
                note=note.strip(),
            )


def take_back_about_domain(domain: Domain) -> None:
    """What was decided about a domain was undone: the same for its mails."""
    for row in owners(domain.organization):
        if row.user and not letters.take_back(f"domain.{row.pk}.{domain.name}"):
            _set_aside(domain.organization, row.user)


def suggest_correction(
    organization: Organization, *, to: str, language: str, who: str, lines: list[str]
) -> None:
    """Pass an organization's own correction of its names and web page to the site's people."""
    admin = settings.SITE_URL + reverse(
        "admin:accounts_organization_change", args=[organization.pk]
    )
    _about_organization(
        "organization_correction",
        organization,
        to=to,
        language=language,
        who=who,
        lines=lines,
        admin=admin,
    )


def _set_aside(organization: Organization, user: Any) -> None:
    """Tell somebody that our last mail about an organization no longer holds."""
    with override(user.language):
        title = str(organization)
    account = address("organization_account", user.language, organization.pk)
    letters.write(
        "taken_back", to=user.email, language=user.language, title=title, followed=account
    )


def _question(entry: Entry, hand: Hand) -> str:
    whose = {"user": hand.user.pk} if hand.user else {"email": hand.address}
    return signed_links.address("keeper_question", hand.language, entry=entry.pk, **whose)


def _about_entry(name: str, entry: Entry, *, to: str, language: str, **more: Any) -> None:
    with override(language):
        title = entry.name.plain
    page, claimed = page_of(entry, language), shelves.of(entry).manners.claimed
    letters.write(name, to=to, language=language, title=title, page=page, claimed=claimed, **more)


def _about_organization(
    name: str, organization: Organization, *, to: str, language: str, **more: Any
) -> None:
    with override(language):
        title = str(organization)
    account = address("organization_account", language, organization.pk)
    letters.write(name, to=to, language=language, title=title, account=account, **more)


def _address(claim: Claim) -> str:
    return claim.by.email if claim.by and not claim.role_mailbox else claim.email


def _language(claim: Claim) -> str:
    return claim.by.language if claim.by else claim.language
