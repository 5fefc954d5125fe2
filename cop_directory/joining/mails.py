"""Every mail about joining. None of them ever holds an invitation."""

from typing import Any

from django.utils.translation import override

from accounts import letters
from accounts.languages import day_in_words
from accounts.models import Domain, Organization
from cop_directory import invites
from cop_directory.models import Invitation, JoinRequest, Listing
from cop_directory.related import related
from curation import mails, signed_links
from curation.models import Keeper

ALTERNATIVES = 3


def to_host(row: JoinRequest, keeper: Keeper) -> Any:
    """Somebody asks to join: who, and what of it is confirmed."""
    language = language_of(keeper)
    return letters.write(
        "join_request",
        to=keeper.address,
        language=language,
        row=row,
        title=_title(row.listing, language),
        owner=owner_of(row.email),
        answer=answer_page(row, keeper, language),
    )


def remind(listing: Listing, keeper: Keeper, rows: list[JoinRequest]) -> Any:
    """Remind a host of those who wait, all in one mail."""
    language = language_of(keeper)
    return letters.write(
        "join_reminder",
        to=keeper.address,
        language=language,
        title=_title(listing, language),
        waiting=[(row, answer_page(row, keeper, language)) for row in rows],
    )


def to_asker(row: JoinRequest, words: str) -> None:
    """What a host answered: let in, with a link to the page of the way in; or not this time."""
    is_in = row.state == JoinRequest.State.LET_IN
    with override(row.language):
        until = day_in_words(row.waits_until)
    letters.write(
        "join_let_in" if is_in else "join_not_now",
        to=row.email,
        language=row.language,
        title=_title(row.listing, row.language),
        words=words,
        way_in=way_in_page(row) if is_in else "",
        until=until,
        by_page=is_in and has_page(row.listing),
        directory=mails.address("listing_list", row.language),
    )


def answer_page(row: JoinRequest, keeper: Keeper, language: str) -> str:
    """The whole address of the page on which one host answers."""
    about = {"request": str(row.token), "host": keeper.pk}
    return signed_links.address("join_answer", language, **about)


def way_in_page(row: JoinRequest) -> str:
    """The whole address of the page on which the way in is opened."""
    return signed_links.address("join_way_in", row.language, request=str(row.token))


def has_page(listing: Listing) -> bool:
    """Whether the page of the way in has something to show; else the hosts write themselves."""
    chat = getattr(listing, "chat", None)
    if chat and (chat.other_way_en or chat.other_way_fr):
        return True
    return invites.may_be_kept(listing) and invites.has_link(invites.current(listing))


def no_answer(row: JoinRequest) -> None:
    """Tell somebody that nobody has answered within a week, and name other groups."""
    with override(row.language):
        others = [
            (other.listing.name.plain, mails.page_of(other.listing, row.language))
            for other in related(row.listing)
            if not other.listing.is_closed
        ][:ALTERNATIVES]
    letters.write(
        "join_no_answer",
        to=row.email,
        language=row.language,
        title=_title(row.listing, row.language),
        page=mails.page_of(row.listing, row.language),
        others=others,
        directory=mails.address("listing_list", row.language),
    )


def renew(invitation: Invitation, keeper: Keeper, why: str) -> None:
    """Ask a host to renew the link in their app and here; `why` is "ends" or "harvest"."""
    language = language_of(keeper)
    letters.write(
        "invitation_renew",
        to=keeper.address,
        language=language,
        title=_title(invitation.listing, language),
        why=why,
        invitation=invites.summary(invitation),
        edit=mails.address("invitation_edit", language, invitation.listing_id),
    )


def decided(invitation: Invitation, *, accepted: bool, note: str = "") -> None:
    """Tell whoever sent an invitation what a reviewer decided."""
    to = invitation.by
    if to is None:
        return
    letters.write(
        "invitation_accepted" if accepted else "invitation_not_accepted",
        to=to.email,
        language=to.language,
        title=_title(invitation.listing, to.language),
        note=note.strip(),
        page=mails.page_of(invitation.listing, to.language),
        edit=mails.address("invitation_edit", to.language, invitation.listing_id),
    )


def owner_of(email: str) -> Organization | None:
    """The organization whose confirmed domain an address has."""
    name = email.rpartition("@")[2].lower()
    domains = Domain.objects.filter(name=name, confirmed_at__isnull=False)
    found = domains.select_related("organization").first()
    return found.organization if found else None


def language_of(keeper: Keeper) -> str:
    """The language in which a host reads mails."""
    return keeper.user.language if keeper.user else keeper.language


def _title(listing: Listing, language: str) -> str:
    with override(language):
        return listing.name.plain
