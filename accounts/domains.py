"""The domains of organizations' addresses: proposed by their people, agreed on by two reviewers."""

import re
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Domain, Organization

# Anybody gets an address there, so it says nothing about where somebody works.
FOR_EVERYBODY = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.ca hotmail.fr live.com
    live.ca msn.com yahoo.com yahoo.ca yahoo.fr ymail.com rocketmail.com icloud.com me.com mac.com
    aol.com proton.me protonmail.com pm.me tutanota.com tuta.com hey.com fastmail.com fastmail.fm
    gmx.com gmx.net gmx.de mail.com email.com zoho.com yandex.com yandex.ru mail.ru inbox.ru ukr.net
    i.ua qq.com 163.com 126.com sina.com naver.com daum.net web.de orange.fr free.fr laposte.net
    bell.net sympatico.ca rogers.com shaw.ca telus.net telusplanet.net videotron.ca videotron.qc.ca
    cogeco.ca eastlink.ca sasktel.net mts.net mymts.net nb.sympatico.ca ns.sympatico.ca
    northwestel.net xplornet.com xplornet.ca teksavvy.com primus.ca distributel.net vif.com
    nfld.net tbaytel.net execulink.com start.ca ebox.ca oricom.ca globetrotter.net
    mailinator.com guerrillamail.com yopmail.com 10minutemail.com tempmail.com sharklasers.com
    """.split()
)
# Under these anybody may register a name; they are nobody's domain.
SUFFIXES = frozenset(
    "ab.ca bc.ca mb.ca nb.ca nf.ca nl.ca ns.ca nt.ca nu.ca on.ca pe.ca qc.ca sk.ca yk.ca gc.ca "
    "co.uk org.uk com.au org.au github.io gitlab.io wordpress.com blogspot.com weebly.com "
    "wixsite.com squarespace.com onmicrosoft.com myshopify.com".split()
)
SHAPE = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+")


class DomainRefused(Exception):
    """The domain cannot be taken; the text says why and can be shown to a person."""


def domain_of(address: str) -> str:
    """The domain of an address, small and in ASCII; "" where it cannot be read."""
    return _in_ascii(address.rpartition("@")[2])


def check(name: str) -> str:
    """A domain as somebody wrote it, tidied up.

    Raises DomainRefused for what is no domain, and for those where anybody gets an address.
    """
    tidy = _in_ascii(re.sub(r"^(https?://)?(www\.)?", "", name.strip().lower()).split("/")[0])
    tidy = tidy.rpartition("@")[2]
    if not SHAPE.fullmatch(tidy) or tidy.rsplit(".", 1)[-1].isdigit():
        raise DomainRefused(_("Write the part after the @, such as “agency.ca”."))
    if tidy in FOR_EVERYBODY or tidy in SUFFIXES:
        raise DomainRefused(_("Anybody can have an address there: it does not say where you work."))
    return tidy


def propose(organization: Organization, *, name: str) -> Domain:
    """Write down a domain that its people name; nothing follows from it before it is confirmed.

    Raises DomainRefused. The same domain twice for the same organization is no error.
    """
    tidy = check(name)
    try:
        with transaction.atomic():
            domain, _made = Domain.objects.get_or_create(
                name=tidy, defaults={"organization": organization}
            )
    except IntegrityError:
        domain = Domain.objects.get(name=tidy)
    if domain.organization_id != organization.pk:
        raise DomainRefused(_("Another organization has named this domain. Please write to us."))
    return domain


@transaction.atomic
def confirm(domain: Domain, *, by: Any) -> bool:
    """One reviewer's yes. True once a second reviewer has agreed, and the domain counts.

    Raises DomainRefused for somebody who does not review, or who belongs to the organization.
    """
    locked = Domain.objects.select_for_update().get(pk=domain.pk)
    _check_reviewer(by, locked)
    if locked.confirmed_at:
        return True
    if locked.first_by_id is None:
        locked.first_by = by
    elif locked.first_by_id == by.pk:
        raise DomainRefused(_("You have agreed already. Somebody else must agree as well."))
    else:
        locked.second_by, locked.confirmed_at = by, timezone.now()
    locked.save(update_fields=["first_by", "second_by", "confirmed_at"])
    return locked.confirmed_at is not None


@transaction.atomic
def decline(domain: Domain, *, by: Any) -> None:
    """One reviewer's no is enough: the domain is forgotten, and may be named again."""
    locked = Domain.objects.select_for_update().get(pk=domain.pk)
    _check_reviewer(by, locked)
    if locked.confirmed_at:
        raise DomainRefused(_("Two reviewers have confirmed this domain already."))
    locked.delete()


def _check_reviewer(by: Any, domain: Domain) -> None:
    theirs = by.memberships.filter(organization=domain.organization_id).exists()
    if not by.reviews or theirs:
        raise DomainRefused(_("You may not do this here."))


def _in_ascii(name: str) -> str:
    try:
        return name.strip().lower().rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return ""
